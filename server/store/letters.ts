import { VISIT_MODES } from '../domain/cadence/child-facts.ts';
import { isLetterDay, type LetterDesk, type LetterPlace } from '../domain/family/letter.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { isForbidden, phonesOf } from './family-phones.ts';
import { adultsOfChildren } from './family-reach.ts';
import type { ChatAccountRow, FamilyLetterRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A parent far away who may be written to, and a telephone of theirs that nobody else must not read. */
interface LetterReader {
  readonly relation: string;
  readonly accounts: readonly ChatAccountRow[];
}

/** What has to be known before somebody writes of their visit to a child. */
export async function letterDesk(
  store: Store,
  childId: string,
  workerId: string,
  today: LocalDate,
): Promise<LetterDesk> {
  const [readers, visit] = await Promise.all([
    letterReaders(store, childId, today),
    calmVisit(store, childId, workerId, today),
  ]);
  // The record may have been put right since: one visit, one letter.
  const same = { directorId: workerId, onDay: visit?.on ?? '' };
  const written =
    visit === null
      ? []
      : await rowsIn(store, 'FamilyLetter', 'childId', [childId], { columns: ['id'], same });
  return { readers: readers.map(({ relation }) => relation), visit, isWritten: written.length > 0 };
}

/**
 * The guardians of a child who work away, have a telephone that a director confirmed, agreed to what is sent beside safety
 * and are not marked 不得联系. Nobody for a HIGH child. Whether the family is held back is asked when a letter goes.
 */
export async function letterReaders(
  store: Store,
  childId: string,
  today: LocalDate,
): Promise<readonly LetterReader[]> {
  // Most families have no telephone here: two looks tell so.
  const bonds = await rowsIn(store, 'Guardianship', 'childId', [childId], {
    columns: ['guardianId', 'awaySince'],
  });
  const away = bonds.filter(({ awaySince }) => awaySince !== null).map(({ guardianId }) => guardianId);
  const phones = away.length === 0 ? null : await phonesOf(store, away);
  if (phones === null || [...phones.values()].every(({ length }) => length === 0)) return [];
  const [[child], adults] = await Promise.all([
    rowsIn(store, 'Child', 'id', [childId], { columns: ['id', 'tier', 'endsOn'] }),
    adultsOfChildren(store, [childId], today),
  ]);
  if (child === undefined || child.tier === 'high') return [];
  if (child.endsOn !== null && child.endsOn <= today) return [];
  const readers = adults
    .filter(
      ({ id, kind, letters, noContact }) => kind === 'guardian' && away.includes(id) && letters && !noContact,
    )
    .map(async ({ bonds: [bond], accounts }): Promise<LetterReader> => {
      const forbidden = await Promise.all(accounts.map((account) => isForbidden(store, account, today)));
      return {
        relation: bond?.relation ?? '',
        accounts: accounts.filter((_account, n) => forbidden[n] !== true),
      };
    });
  return (await Promise.all(readers)).filter(({ accounts }) => accounts.length > 0);
}

/** The newest visit of a worker to a child, where it was calm and the child was seen; null where it was not, or is old. */
async function calmVisit(
  store: Store,
  childId: string,
  workerId: string,
  today: LocalDate,
): Promise<LetterDesk['visit']> {
  const row = await store.client.contact.findFirst({
    where: { childId, supersededById: null, withdrawn: false, mode: { in: [...VISIT_MODES] } },
    orderBy: [{ takenOn: 'desc' }, { filedAt: 'desc' }],
    select: { id: true, authorId: true, takenOn: true, mode: true, childSeen: true, outcome: true },
  });
  const isCalm = row?.authorId === workerId && row.childSeen === true && row.outcome === 'none';
  if (!isCalm) return null;
  const on = row.takenOn as LocalDate;
  return isLetterDay(on, today) ? { contactId: row.id, on, place: row.mode as LetterPlace } : null;
}

/** Letters that wait and are to be looked at now, the longest waiting first. */
export async function lettersToLookAt(
  store: Store,
  now: string,
  limit: number,
): Promise<readonly FamilyLetterRow[]> {
  const rows = await store.client.familyLetter.findMany({
    where: { nextAt: { lte: now } },
    orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map((row) => store.open('FamilyLetter', row as FamilyLetterRow));
}

/** When a letter is next to be looked at. */
export async function nextLetterAt(store: Store, now: string): Promise<string | null> {
  const row = await store.client.familyLetter.findFirst({
    where: { nextAt: { gt: now } },
    orderBy: { nextAt: 'asc' },
    select: { nextAt: true },
  });
  return row?.nextAt ?? null;
}

/** Whether the visit a letter tells of still stands on record as it was: put right in its words alone, it is the same visit. */
export async function isVisitInForce(
  store: Store,
  { childId, directorId, onDay, place }: FamilyLetterRow,
): Promise<boolean> {
  const row = await store.client.contact.findFirst({
    where: {
      ...{ childId, authorId: directorId, takenOn: onDay, mode: place, childSeen: true, outcome: 'none' },
      ...{ supersededById: null, withdrawn: false },
    },
    select: { id: true },
  });
  return row !== null;
}

/** What became of a letter's messages, by the account. */
export async function lettersSent(
  { client }: Store,
  letterId: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await client.outbox.findMany({
    where: { key: { in: accountIds.map((id) => letterKey(letterId, id)) } },
    select: { accountId: true, state: true },
  });
  return new Map(rows.map(({ accountId, state }) => [accountId, state]));
}

/** One letter reaches one telephone once. */
export function letterKey(letterId: string, accountId: string): string {
  return `letter:${letterId}:${accountId}`;
}
