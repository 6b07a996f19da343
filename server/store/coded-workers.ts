import type { ChatAccountRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A name that means one worker to its reader, and how the roster knows them. */
export interface CodedColleague {
  readonly name: string;
  readonly code: string;
  readonly role: string;
  /** The reader. */
  readonly isOneself: boolean;
}

const NAME_LENGTH = 2;
const ABOVE = ['townshipCode', 'countyCode', 'cityCode'] as const;

/** The areas below and above a worker, and what of them somebody reads: their own, and the townships of a county. */
export interface CodedAreas {
  readonly own: { readonly name: string } | null;
  readonly townships: readonly { readonly name: string; readonly code: string }[];
}

/**
 * The workers a worker has to do with: of the areas above theirs, of those below a township or a
 * county, and of the counties beside theirs; a name that two
 * of them have is left out.
 */
export async function codedColleagues(
  store: Store,
  account: ChatAccountRow | null,
): Promise<{ readonly colleagues: readonly CodedColleague[]; readonly areas: CodedAreas }> {
  const [self] =
    account?.personKind === 'worker' && account.personId !== null
      ? await rowsIn(store, 'Worker', 'id', [account.personId], { columns: ['id', 'areaCode'] })
      : [];
  if (self === undefined) return { colleagues: [], areas: { own: null, townships: [] } };
  const { areaCode } = self;
  const [[own], villages, townships] = await Promise.all([
    rowsIn(store, 'Area', 'code', [areaCode]),
    rowsIn(store, 'Area', 'townshipCode', [areaCode], { columns: ['code'] }),
    rowsIn(store, 'Area', 'parentCode', [areaCode], {
      columns: ['code', 'name'],
      same: { kind: 'township' },
    }),
  ]);
  // A report of somebody unknown is told to the desks of every county, and one of them takes it.
  const beside =
    own?.kind === 'county' && own.parentCode !== null
      ? await rowsIn(store, 'Area', 'parentCode', [own.parentCode], {
          columns: ['code'],
          same: { kind: 'county' },
        })
      : [];
  const above = ABOVE.flatMap((column) => own?.[column] ?? []);
  const codes = [areaCode, ...above, ...[...villages, ...townships, ...beside].map(({ code }) => code)];
  const rows = await rowsIn(store, 'Worker', 'areaCode', codes, {
    columns: ['id', 'code', 'role', 'name'],
    same: { state: 'active' },
  });
  const named = rows
    .map(({ id, code, role, name }) => {
      return { name: store.openText('Worker', 'name', id, name), code, role, isOneself: id === self.id };
    })
    .filter(({ name }) => name.length >= NAME_LENGTH);
  const colleagues = named.filter(({ name }) => named.filter((other) => other.name === name).length === 1);
  // A village is so small that nobody's is told.
  return { colleagues, areas: { own: own === undefined || own.kind === 'village' ? null : own, townships } };
}
