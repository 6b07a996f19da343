// Makes, from prisma/schema.prisma: the PostgreSQL twin of the schema, the table descriptions the store writes by,
// and both Prisma clients. Does nothing when the schema has not changed since.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const generated = join(root, 'server/store/generated');
const schemaFile = join(root, 'prisma/schema.prisma');
const postgresFile = join(generated, 'postgresql.prisma');
const stampFile = join(generated, 'stamp');

const schema = readFileSync(schemaFile, 'utf8');
const stamp = createHash('sha256')
  .update(schema)
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0);

rmSync(generated, { recursive: true, force: true });
mkdirSync(generated, { recursive: true });
writeFileSync(
  postgresFile,
  schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('../server/store/generated/sqlite', './postgresql'),
);
writeFileSync(join(generated, 'tables.ts'), describeTables(schema));
for (const file of [schemaFile, postgresFile]) generateClient(file);
writeFileSync(stampFile, stamp);

/** Runs `prisma generate`; the client generator needs no engine, so any existing file stands in for it. */
function generateClient(file) {
  const run = spawnSync(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--schema', file],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (run.status !== 0) {
    rmSync(generated, { recursive: true, force: true });
    console.error(run.stdout + run.stderr);
    process.exit(1);
  }
}

/** One entry per model: columns with type, nullability and encryption, and the row types for the code that writes. */
function describeTables(text) {
  const tables = [];
  for (const [, name, body] of text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const columns = [];
    let marks = { encrypted: false, values: null };
    for (const line of body.split('\n').map((l) => l.trim())) {
      if (line === '/// @encrypted') marks.encrypted = true;
      else if (line.startsWith('/// @values ')) marks.values = line.slice(12).split(' ');
      else {
        const field = /^(\w+)\s+(String|Int|Boolean)(\?)?(.*)$/.exec(line);
        if (!field) continue;
        columns.push({
          name: field[1],
          type: field[2],
          nullable: field[3] === '?',
          encrypted: marks.encrypted,
          auto: field[4].includes('autoincrement'),
          id: /@id\b/.test(field[4]),
          values: marks.values,
        });
        marks = { encrypted: false, values: null };
      }
    }
    tables.push({ name, columns });
  }
  const typeOf = (c) => {
    const base = c.values
      ? c.values.map((v) => `'${v}'`).join(' | ')
      : { String: 'string', Int: 'number', Boolean: 'boolean' }[c.type];
    return c.nullable ? `${base} | null` : base;
  };
  const rows = tables
    .map(
      (t) =>
        `export interface ${t.name}Row {\n${t.columns.map((c) => `  readonly ${c.name}${c.auto ? '?' : ''}: ${typeOf(c)};`).join('\n')}\n}`,
    )
    .join('\n\n');
  return `// Made by prisma/generate.mjs from prisma/schema.prisma.
export interface Column { readonly name: string; readonly type: 'String' | 'Int' | 'Boolean'; readonly nullable: boolean; readonly encrypted: boolean; readonly auto: boolean; readonly id: boolean; readonly values: readonly string[] | null }

${rows}

export interface Rows {
${tables.map((t) => `  ${t.name}: ${t.name}Row;`).join('\n')}
}
export type TableName = keyof Rows;

export const TABLES: Readonly<Record<TableName, readonly Column[]>> = ${JSON.stringify(Object.fromEntries(tables.map((t) => [t.name, t.columns])), null, 1)};
`;
}
