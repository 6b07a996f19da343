import {
  NUDGE_POLICY,
  unansweredInARow,
  type NudgeStanding,
  type SilentParent,
} from '../domain/family/nudge.ts';
import { addDays, type LocalDate } from '../domain/local-date.ts';
import { adultsOfChildren, heldChildren, type FamilyAdult } from './family-reach.ts';
import type { NudgeWishRow, WeeklyNudgeRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** So many weeks back a silence is counted, and a reminder may still be answered. */
const WEEKS_BACK = 12;
const ANSWERABLE_DAYS = 14;

/** Guardians who may be reminded this week: with their children who are in the system, and what they said to it. */
export interface NudgeCandidate extends NudgeStanding {
  readonly adult: FamilyAdult;
  readonly childIds: readonly string[];
  readonly held: boolean;
  /** What the child calls whoever looks after it, where that is one person. */
  readonly carer: string | null;
}

/** The next guardians after `after` in the order of their ids who agreed to reminders or asked for them. */
export async function nudgeCandidates(
  store: Store,
  after: string,
  limit: number,
  today: LocalDate,
): Promise<{ readonly last: string | null; readonly candidates: readonly NudgeCandidate[] }> {
  const later = { personId: { gt: after } };
  const page = { distinct: ['personId' as const], orderBy: { personId: 'asc' as const }, take: limit };
  const [agreed, asked] = await Promise.all([
    store.client.consent.findMany({
      ...page,
      where: { ...later, personKind: 'guardian', kind: 'tips', given: true },
      select: { personId: true },
    }),
    store.client.nudgeWish.findMany({
      ...page,
      where: { ...later, wish: 'again' },
      select: { personId: true },
    }),
  ]);
  const ids = [...new Set([...agreed, ...asked].map(({ personId }) => personId))].sort().slice(0, limit);
  return { last: ids.at(-1) ?? null, candidates: await candidatesOf(store, ids, today) };
}

async function candidatesOf(
  store: Store,
  ids: readonly string[],
  today: LocalDate,
): Promise<readonly NudgeCandidate[]> {
  const bonds = await rowsIn(store, 'Guardianship', 'guardianId', ids, {
    columns: ['childId', 'guardianId'],
  });
  const children = await rowsIn(
    store,
    'Child',
    'id',
    bonds.map(({ childId }) => childId),
    { columns: ['id', 'endsOn'] },
  );
  const inSystem = children.filter(({ endsOn }) => endsOn === null || endsOn > today).map(({ id }) => id);
  const [adults, held, consents, wishes] = await Promise.all([
    adultsOfChildren(store, inSystem, today),
    heldChildren(store, inSystem),
    rowsIn(store, 'Consent', 'personId', ids, { same: { kind: 'tips' } }),
    rowsIn(store, 'NudgeWish', 'personId', ids),
  ]);
  return adults
    .filter(({ id, kind, accounts }) => kind === 'guardian' && ids.includes(id) && accounts.length > 0)
    .map((adult): NudgeCandidate => {
      const own = adult.bonds.map(({ childId }) => childId).sort();
      const consent = newest(consents.filter(({ personId }) => personId === adult.id));
      const wish = newest<NudgeWishRow>(wishes.filter(({ personId }) => personId === adult.id));
      const carers = adults.filter(({ kind }) => kind === 'carer').flatMap((one) => one.bonds);
      const relations = new Set(
        carers.filter((c) => own.includes(c.childId)).map(({ relation }) => relation),
      );
      const [only, ...more] = relations;
      return {
        ...{ adult, childIds: own, consent, wish },
        away: adult.bonds.some(({ awaySince }) => awaySince !== null),
        held: own.some((id) => held.has(id)),
        carer: more.length === 0 ? (only ?? null) : null,
      };
    });
}

function newest<T extends { readonly at: string }>(rows: readonly T[]): T | null {
  return [...rows].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))[0] ?? null;
}

/** Who was reminded in this week already. */
export async function nudgedIn(
  store: Store,
  personIds: readonly string[],
  weekOn: LocalDate,
): Promise<readonly WeeklyNudgeRow[]> {
  return rowsIn(store, 'WeeklyNudge', 'personId', personIds, { same: { weekOn } });
}

/** The keys of the newest reminders of these people that wait for an answer. */
export async function nudgesToAnswer(
  store: Store,
  personIds: readonly string[],
  today: LocalDate,
): Promise<readonly string[]> {
  const rows = await rowsIn(store, 'WeeklyNudge', 'personId', personIds);
  const since = addDays(today, -ANSWERABLE_DAYS);
  return personIds.flatMap((id) => {
    const own = rows.filter((row) => row.personId === id && row.weekOn >= since);
    const last = own.sort((a, b) => (a.weekOn < b.weekOn ? 1 : -1))[0];
    return last?.answeredAt === null ? [last.key] : [];
  });
}

/**
 * Parents of these children who got so many reminders one after the other and answered none. Nobody of whom nobody may
 * be contacted is among them, and no family about which something is open.
 */
export async function silentParents(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<readonly SilentParent[]> {
  const bonds = await rowsIn(store, 'Guardianship', 'childId', childIds, {
    columns: ['childId', 'guardianId', 'relation'],
  });
  const nudges = await rowsIn(
    store,
    'WeeklyNudge',
    'personId',
    bonds.map(({ guardianId }) => guardianId),
  );
  const since = addDays(today, -7 * WEEKS_BACK);
  const recent = nudges.filter(({ weekOn }) => weekOn >= since);
  if (recent.length < NUDGE_POLICY.unansweredLimit) return [];
  const sent = await rowsIn(
    store,
    'Outbox',
    'id',
    recent.map(({ outboxId }) => outboxId),
    { columns: ['id', 'state'], same: { state: 'accepted' } },
  );
  const arrived = new Set(sent.map(({ id }) => id));
  const weeksOf = (personId: string): number =>
    unansweredInARow(
      recent
        .filter((row) => row.personId === personId)
        .map((row) => ({
          weekOn: row.weekOn as LocalDate,
          arrived: arrived.has(row.outboxId),
          answered: row.answeredAt !== null,
        })),
    );
  const found = bonds
    .map(({ childId, guardianId, relation }) => ({
      childId,
      guardianId,
      relation,
      weeks: weeksOf(guardianId),
    }))
    .filter(({ weeks }) => weeks >= NUDGE_POLICY.unansweredLimit);
  const about = found.map(({ childId }) => childId);
  const [adults, held] = await Promise.all([
    adultsOfChildren(store, about, today),
    heldChildren(store, about),
  ]);
  const kept = new Set(adults.filter(({ noContact }) => noContact).map(({ id }) => id));
  return found
    .filter(({ childId, guardianId }) => !held.has(childId) && !kept.has(guardianId))
    .map(({ childId, relation, weeks }) => ({ childId, relation, weeks }));
}
