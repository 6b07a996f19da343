import { tipChildOf, type TipChildFacts } from '../domain/family/tip-child.ts';
import type { TipDesk } from '../domain/family/tip-desk.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { personsBehind } from './family-phones.ts';
import type { ChatAccountRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** What is known of a phone's readers besides what their next tip is chosen by. */
export interface TipReader extends TipDesk {
  readonly childIds: readonly string[];
  /** One of them works away from a child: they are reminded every week to ring it (周提醒). */
  readonly isAway: boolean;
  /** When a tip last came to them by itself; null for never. */
  readonly pushedAt: string | null;
}

interface Bond {
  readonly personId: string;
  readonly childId: string;
  readonly relation: string;
  readonly awaySince: LocalDate | null;
}

/** What the next tip on one phone is chosen by. */
export async function tipDeskOf(store: Store, account: ChatAccountRow, today: LocalDate): Promise<TipDesk> {
  const reader = (await tipReaders(store, [account], today)).get(account.id);
  return reader ?? { persons: [], children: [], given: [] };
}

/** The readers behind these phones on a day; phones of workers and strangers have none. */
export async function tipReaders(
  store: Store,
  accounts: readonly ChatAccountRow[],
  today: LocalDate,
): Promise<ReadonlyMap<string, TipReader>> {
  const behind = await personsBehind(store, accounts);
  const personIds = [...new Set([...behind.values()].flat().map(({ id }) => id))];
  const bonds = await bondsOf(store, personIds, today);
  const [facts, given] = await Promise.all([
    childrenNow(
      store,
      bonds.map(({ childId }) => childId),
      today,
    ),
    rowsIn(store, 'TipGiven', 'personId', personIds),
  ]);
  const lost = await undelivered(
    store,
    given.flatMap(({ outboxId }) => outboxId ?? []),
  );
  return new Map(
    [...behind].map(([accountId, persons]) => {
      const isOwn = ({ personId }: { readonly personId: string }) =>
        persons.some(({ id }) => id === personId);
      const own = bonds.filter(isOwn);
      const pairs = own.flatMap((bond) => {
        const child = facts.get(bond.childId);
        return child === undefined ? [] : [{ bond, child: tipChildOf({ ...child, ...bond }, today) }];
      });
      const pushed = given.filter(isOwn).flatMap(({ outboxId, at }) => (outboxId === null ? [] : [at]));
      return [
        accountId,
        {
          persons,
          childIds: [...new Set(pairs.map(({ bond }) => bond.childId))],
          children: pairs.map(({ child }) => child),
          isAway: pairs.some(({ child }) => child.reader === 'away'),
          given: given.filter((row) => isOwn(row) && !lost.has(row.outboxId ?? '')),
          pushedAt: pushed.sort().at(-1) ?? null,
        },
      ];
    }),
  );
}

/** Who is bound to whom; a carer's arrangement holds until its last day. */
async function bondsOf(
  store: Store,
  personIds: readonly string[],
  today: LocalDate,
): Promise<readonly Bond[]> {
  const [guarded, cared] = await Promise.all([
    rowsIn(store, 'Guardianship', 'guardianId', personIds, {
      columns: ['guardianId', 'childId', 'relation', 'awaySince'],
    }),
    rowsIn(store, 'CareArrangement', 'carerId', personIds, {
      columns: ['carerId', 'childId', 'relation', 'untilOn'],
    }),
  ]);
  return [
    ...guarded.map(({ guardianId, awaySince, ...bond }) => ({
      ...bond,
      personId: guardianId,
      awaySince: awaySince as LocalDate | null,
    })),
    ...cared
      .filter(({ untilOn }) => untilOn === null || untilOn >= today)
      .map(({ carerId, childId, relation }) => ({ childId, relation, personId: carerId, awaySince: null })),
  ];
}

/** Those of these children who are in the system. */
async function childrenNow(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<ReadonlyMap<string, Pick<TipChildFacts, 'bornOn' | 'difficulty' | 'grade'>>> {
  const rows = await rowsIn(store, 'Child', 'id', childIds, {
    columns: ['id', 'bornOn', 'difficulty', 'grade', 'endsOn'],
  });
  return new Map(
    rows
      .filter(({ endsOn }) => endsOn === null || endsOn > today)
      .map(({ id, bornOn, difficulty, grade }) => [
        id,
        {
          bornOn: bornOn as LocalDate,
          difficulty: difficulty === null ? null : store.openText('Child', 'difficulty', id, difficulty),
          grade,
        },
      ]),
  );
}

/** Of these messages those that never reached anybody. */
async function undelivered(store: Store, outboxIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await rowsIn(store, 'Outbox', 'id', outboxIds, { columns: ['id', 'state'] });
  return new Set(rows.filter(({ state }) => state === 'dropped' || state === 'failed').map(({ id }) => id));
}
