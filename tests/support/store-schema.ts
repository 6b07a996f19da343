/** A table, wherever it is described. */
export interface TableShape {
  readonly columns: readonly ColumnShape[];
  readonly key: readonly string[];
  /** Columns of each unique index and each other index, joined by a comma, sorted. */
  readonly uniques: readonly string[];
  readonly indexes: readonly string[];
  /** Names of the indexes, as Prisma gives them. */
  readonly indexNames: readonly string[];
  /** Known from the schema only; a database cannot say it. */
  readonly encrypted?: readonly string[];
}

export interface ColumnShape {
  readonly name: string;
  readonly type: 'String' | 'Int' | 'Boolean';
  readonly nullable: boolean;
  readonly auto: boolean;
  readonly values: readonly string[] | null;
}

/** Reads the models of a Prisma schema, independently of the generator. */
export function schemaTables(
  schema: string,
): ReadonlyMap<string, TableShape & { readonly encrypted: readonly string[] }> {
  const models = schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm);
  return new Map([...models].map(([, name = '', body = '']) => [name, tableOf(name, body)]));
}

function tableOf(table: string, body: string) {
  const fields = [...body.matchAll(/((?:^ *\/\/\/.*\n)*)^ +(\w+) +(String|Int|Boolean)(\?)?(.*)$/gm)].map(
    ([, notes = '', name = '', type = '', optional, rest = '']) => ({ notes, name, type, optional, rest }),
  );
  const groups = (kind: string) =>
    [...body.matchAll(new RegExp(`@@${kind}\\(\\[([^\\]]+)\\]\\)`, 'g'))].map(([, names = '']) =>
      names.replaceAll(' ', ''),
    );
  const uniques = [...fields.filter((f) => /@unique\b/.test(f.rest)).map((f) => f.name), ...groups('unique')];
  const indexes = groups('index');
  return {
    columns: fields.map((f): ColumnShape => ({
      name: f.name,
      type: f.type as ColumnShape['type'],
      nullable: f.optional === '?',
      auto: f.rest.includes('autoincrement()'),
      values: / @values (.+)$/m.exec(f.notes)?.[1]?.split(' ') ?? null,
    })),
    key: fields.filter((f) => /@id\b/.test(f.rest)).map((f) => f.name),
    uniques: uniques.sort(),
    indexes: indexes.sort(),
    indexNames: namesOf(table, uniques, indexes),
    encrypted: fields.filter((f) => f.notes.includes('@encrypted')).map((f) => f.name),
  };
}

function namesOf(table: string, uniques: readonly string[], indexes: readonly string[]): readonly string[] {
  const name = (suffix: string) => (columns: string) => `${table}_${columns.replaceAll(',', '_')}_${suffix}`;
  return [...uniques.map(name('key')), ...indexes.map(name('idx'))].sort();
}
