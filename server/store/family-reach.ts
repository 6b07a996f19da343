import { LETTER_TEXT_VERSION } from '../domain/family/invitation.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { marksOn } from './families.ts';
import { phonesOf } from './family-phones.ts';
import type { ChatAccountRow, ConsentRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A guardian or carer of some children, and whether and how they may be written to. */
export interface FamilyAdult {
  readonly kind: 'guardian' | 'carer';
  readonly id: string;
  readonly name: string;
  /** Null where there is none, and where nobody may call. */
  readonly phone: string | null;
  readonly bonds: readonly {
    readonly childId: string;
    readonly relation: string;
    /** Since when a guardian works away; null where nobody said so. */
    readonly awaySince: LocalDate | null;
  }[];
  /** Their phones with a chat that a director confirmed. */
  readonly accounts: readonly ChatAccountRow[];
  readonly noContact: boolean;
  /** What they last said to tips and weekly reminders; null where they were not asked. */
  readonly tips: boolean | null;
  /** They said yes to words that name the letters of a director. */
  readonly letters: boolean;
}

/** The guardians and carers of these children on a day, each person once. Whoever marked 不得联系 is among them, so marked. */
export async function adultsOfChildren(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<readonly FamilyAdult[]> {
  const [guarded, cared] = await Promise.all([
    rowsIn(store, 'Guardianship', 'childId', childIds, {
      columns: ['childId', 'guardianId', 'relation', 'awaySince'],
    }),
    rowsIn(store, 'CareArrangement', 'childId', childIds, {
      columns: ['childId', 'carerId', 'relation', 'untilOn'],
    }),
  ]);
  const inForce = cared.filter(({ untilOn }) => untilOn === null || untilOn >= today);
  const [guardians, carers] = await Promise.all([
    rowsIn(
      store,
      'Guardian',
      'id',
      guarded.map(({ guardianId }) => guardianId),
    ),
    rowsIn(
      store,
      'Carer',
      'id',
      inForce.map(({ carerId }) => carerId),
    ),
  ]);
  const ids = [...guardians, ...carers].map(({ id }) => id);
  const [marks, phones, consents] = await Promise.all([
    marksOn(store, ids, today),
    phonesOf(store, ids),
    rowsIn(store, 'Consent', 'personId', ids, { same: { kind: 'tips' } }),
  ]);
  const about = (id: string, phone: string | null) => ({
    phone: marks.has(id) ? null : phone,
    accounts: phones.get(id) ?? [],
    noContact: marks.has(id),
    ...saidToTips(consents.filter(({ personId }) => personId === id)),
  });
  return [
    ...guardians.map((row): FamilyAdult => {
      const { id, name, phone } = store.open('Guardian', row);
      const bonds = guarded.filter(({ guardianId }) => guardianId === id);
      return {
        ...{ kind: 'guardian', id, name, ...about(id, phone) },
        bonds: bonds.map(({ childId, relation, awaySince }) => ({
          childId,
          relation,
          awaySince: awaySince as LocalDate | null,
        })),
      };
    }),
    ...carers.map((row): FamilyAdult => {
      const { id, name, phone } = store.open('Carer', row);
      const bonds = inForce.filter(({ carerId }) => carerId === id);
      return {
        ...{ kind: 'carer', id, name, ...about(id, phone) },
        bonds: bonds.map(({ childId, relation }) => ({ childId, relation, awaySince: null })),
      };
    }),
  ];
}

/** What somebody last said to tips, and to which words. */
function saidToTips(
  consents: readonly Pick<ConsentRow, 'at' | 'given' | 'textVersion'>[],
): Pick<FamilyAdult, 'tips' | 'letters'> {
  const newest = [...consents].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).at(-1);
  const isNamed = (newest?.textVersion ?? 0) >= LETTER_TEXT_VERSION;
  return { tips: newest?.given ?? null, letters: newest?.given === true && isNamed };
}

/** Reports of which nothing automatic may reach the family: everything before its end. */
const UNDER_WAY = ['open', 'acknowledged', 'resolved'] as const;

/**
 * Of these children those of whom a report or a concern is open, and their brothers and sisters of one household: nothing
 * automatic goes to their families. Who asks must not let anybody see why (a report's existence is nobody's knowledge).
 */
export async function heldChildren(store: Store, childIds: readonly string[]): Promise<ReadonlySet<string>> {
  const own = await rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'householdId'] });
  const homes = own.flatMap(({ householdId }) => householdId ?? []);
  const together = await rowsIn(store, 'Child', 'householdId', homes, { columns: ['id', 'householdId'] });
  const ids = [...new Set([...own, ...together].map(({ id }) => id))];
  const [reports, concerns, looks] = await Promise.all([
    store.client.mandatoryReport.findMany({
      where: { childId: { in: ids }, state: { in: [...UNDER_WAY] }, drill: false },
      select: { childId: true },
    }),
    store.client.concern.findMany({
      where: { childId: { in: ids }, state: { in: ['open', 'call-asked'] } },
      select: { childId: true },
    }),
    // A worry that somebody looks at again is open until they have; one that became a report is as long as that.
    store.client.followUp.findMany({
      where: { childId: { in: ids }, state: 'open', concernId: { not: null } },
      select: { childId: true },
    }),
  ]);
  const troubled = new Set([...reports, ...concerns, ...looks].flatMap(({ childId }) => childId ?? []));
  const homeOf = new Map([...own, ...together].map(({ id, householdId }) => [id, householdId ?? id]));
  const heldHomes = new Set([...troubled].map((id) => homeOf.get(id) ?? id));
  return new Set(childIds.filter((id) => heldHomes.has(homeOf.get(id) ?? id)));
}

/** Whether a report or a concern of this child, or of a brother or sister in its home, was opened at or after an instant. */
export async function isTroubledSince({ client }: Store, childId: string, since: string): Promise<boolean> {
  const child = await client.child.findUnique({ where: { id: childId }, select: { householdId: true } });
  const home = child?.householdId ?? null;
  const together =
    home === null ? [] : await client.child.findMany({ where: { householdId: home }, select: { id: true } });
  const where = { childId: { in: [childId, ...together.map(({ id }) => id)] }, openedAt: { gte: since } };
  const [reports, concerns] = await Promise.all([
    client.mandatoryReport.count({ where: { ...where, drill: false } }),
    client.concern.count({ where }),
  ]);
  return reports + concerns > 0;
}
