import { hasLeft, standingIn } from '../domain/leave.ts';
import { leavesOn } from './leaves.ts';
import { workerNames } from './worker-names.ts';
import type { LoadedChild } from '../services/loaded.ts';
import { recentFacts, readCadence } from '../services/cadence-record.ts';
import { policiesFor } from '../domain/cadence/policy-timeline.ts';
import type { CarePolicy } from '../domain/cadence/policy.ts';
import { standingFromSummary } from '../domain/cadence/standing.ts';
import { ageOn, type LocalDate } from '../domain/local-date.ts';
import { grouped } from './grouped.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

const CHILD_COLUMNS = [
  'id',
  'rev',
  'name',
  'nickname',
  'bornOn',
  'villageCode',
  'householdId',
  'tier',
  'cadence',
  'recent',
  'endsOn',
] as const;

interface AssignmentRow {
  readonly workerId: string;
  readonly villageCode: string;
  readonly childId: string | null;
}

/** The children of these villages who are still in the system, the most urgent first. */
export async function childrenOfVillages(
  store: Store,
  villageCodes: readonly string[],
  policies: readonly CarePolicy[],
  today: LocalDate,
): Promise<LoadedChild[]> {
  if (villageCodes.length === 0) return [];
  const codes = [...villageCodes];
  const [kept, areas, assignments] = await Promise.all([
    rowsIn(store, 'Child', 'villageCode', codes, { columns: CHILD_COLUMNS }),
    rowsIn(store, 'Area', 'code', codes),
    rosterOfVillages(store, codes, today),
  ]);
  const rows = kept.filter((row) => row.endsOn === null || row.endsOn > today);
  const { assigned, answering, left } = assignments;
  const names = await workerNames(store, [...new Set([...assigned, ...answering].map((a) => a.workerId))]);
  const [assignedIn, answeringIn] = [assigned, answering].map((all) => grouped(all, (a) => a.villageCode));
  const areaOf = new Map(areas.map((a) => [a.code, a]));
  const timelines = new Map(
    [...new Set(areas.map((a) => a.countyCode))].map((code) => [code, policiesFor(policies, code)]),
  );
  const children = rows.map((row): LoadedChild => {
    let facts: LoadedChild['facts'] | null = null;
    const { child, summary } = readCadence(row.cadence);
    const area = areaOf.get(row.villageCode);
    const of = (all: typeof assignedIn) =>
      directorsOf(row.id, row.villageCode, all?.get(row.villageCode) ?? []);
    const directorIds = of(answeringIn);
    const away = directorIds.length > 0 ? [] : of(assignedIn);
    const onLeave = away.filter((id) => !left.has(id));
    return {
      id: row.id,
      rev: row.rev,
      name: store.openName('Child', 'name', row.id, row.name),
      nickname: row.nickname === null ? null : store.openName('Child', 'nickname', row.id, row.nickname),
      ageYears: ageOn(row.bornOn as LocalDate, today),
      bornOn: row.bornOn as LocalDate,
      villageCode: row.villageCode,
      householdId: row.householdId,
      village: area?.name ?? '',
      tier: row.tier,
      directorIds,
      directors: directorIds.flatMap((id) => names.get(id) ?? []),
      onLeave: onLeave.flatMap((id) => names.get(id) ?? []),
      leftBy: onLeave.length > 0 ? [] : away.flatMap((id) => names.get(id) ?? []),
      get facts() {
        return (facts ??= recentFacts(child, row.recent)); // most turns never ask
      },
      standing: standingFromSummary(
        child,
        summary,
        timelines.get(area?.countyCode ?? null) ?? policies,
        today,
      ),
    };
  });
  const keys = new Map(children.map((child) => [child, urgencyKey(child)]));
  const keyOf = (child: LoadedChild): string => keys.get(child) ?? '';
  return children.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

/** The assignments in force on a day for these villages, with whoever stands in for somebody on leave. */
export async function assignmentsOfVillages(
  store: Store,
  codes: readonly string[],
  today: LocalDate,
): Promise<readonly AssignmentRow[]> {
  return (await rosterOfVillages(store, codes, today)).answering;
}

/** Who is assigned on a day, and who answers: not the same where somebody is on leave. */
async function rosterOfVillages(
  store: Store,
  codes: readonly string[],
  today: LocalDate,
): Promise<{
  readonly assigned: readonly AssignmentRow[];
  readonly answering: readonly AssignmentRow[];
  /** Whoever of the assigned has left for good. */
  readonly left: ReadonlySet<string>;
}> {
  const leaves = await leavesOn(store, today);
  const all = await rowsIn(store, 'Assignment', 'villageCode', codes);
  const rows = all.filter((a) => a.fromOn <= today && (a.untilOn === null || a.untilOn >= today));
  const left = new Set(leaves.filter(hasLeft).map((leave) => leave.workerId));
  return { assigned: rows, answering: standingIn(rows, leaves), left };
}

/** The assigned director of a child; where none is, all directors of the village. */
export function directorsOf(
  childId: string,
  villageCode: string,
  assignments: readonly AssignmentRow[],
): readonly string[] {
  const own = assignments.filter((a) => a.childId === childId);
  const of =
    own.length > 0 ? own : assignments.filter((a) => a.childId === null && a.villageCode === villageCode);
  return [...new Set(of.map((a) => a.workerId))];
}

/** Overdue before due, earlier before later, then by name of the village and id: no chance in the order. */
function urgencyKey({ standing, tier, villageCode, id }: LoadedChild): string {
  const tierRank = { high: '0', medium: '1', low: '2' }[tier];
  const [overdue] = standing.overdue;
  const [open] = standing.open;
  if (overdue) return `0 ${tierRank} ${overdue.since} ${villageCode} ${id}`;
  return open ? `1 ${open.dueOn} ${tierRank} ${villageCode} ${id}` : `2 ${villageCode} ${id}`;
}
