import { addDays } from '../domain/local-date.ts';
import { put, update, type Write } from '../services/batch.ts';
import type { DutyRosterEntryRow, WorkerRow } from '../store/generated/tables.ts';
import type { Writing } from './write-batches.ts';
import { mapInSlices } from './slices.ts';
import type { PlacedPerson, StoredStaff } from './placed-person.ts';

/** Terms the import made itself: only those does it ever end, never what somebody arranged in the service. */
const OWN = 'import:';

const PEOPLE_A_BREATH = 2_000;

/** A director answers for every village of their row from today on; a village no longer listed ended yesterday. */
export async function assignmentWrites(
  writing: Writing,
  people: readonly PlacedPerson[],
  stored: Pick<StoredStaff, 'assignments'>,
): Promise<Write[]> {
  const { today } = writing;
  const termsOf = grouped(stored.assignments, (term) => term.workerId);
  const writes = await mapInSlices(people, PEOPLE_A_BREATH, ({ row, worker }): Write[] => {
    const wanted = row.role === 'director' ? row.areaCodes : [];
    const open = termsOf.get(worker.id) ?? [];
    const missing = wanted.filter((code) => !open.some((term) => term.villageCode === code));
    const over = open.filter((term) => term.id.startsWith(OWN) && !wanted.includes(term.villageCode));
    return [
      ...missing.map((villageCode) =>
        put('Assignment', {
          id: `${OWN}${worker.id}:${villageCode}:${today}`,
          workerId: worker.id,
          villageCode,
          childId: null,
          fromOn: today,
          untilOn: null,
        }),
      ),
      ...over.map((term) => update('Assignment', term.id, { untilOn: addDays(today, -1) })),
    ];
  });
  return writes.flat();
}

/**
 * Somebody who serves several areas belongs to the first and stands on the duty roster of the others. A roster replaces
 * whoever holds the role in an area without being on it, so those go on it as well.
 */
export async function dutyWrites(
  writing: Writing,
  people: readonly PlacedPerson[],
  stored: Pick<StoredStaff, 'byCode' | 'duties'>,
): Promise<Write[]> {
  const { today } = writing;
  const wanted = await wantedDuties(people, stored.byCode);
  const held = new Set(stored.duties.map(dutyKey));
  const keys = new Set(wanted.map(dutyKey));
  const known = new Set(people.map(({ worker }) => worker.id));
  const over = stored.duties.filter(
    (term) => term.id.startsWith(OWN) && known.has(term.workerId) && !keys.has(dutyKey(term)),
  );
  return [
    ...wanted
      .filter((duty) => !held.has(dutyKey(duty)))
      .map((duty) =>
        put('DutyRosterEntry', {
          ...duty,
          id: `${OWN}${duty.workerId}:${duty.role}:${duty.areaCode}:${today}`,
          fromOn: today,
          untilOn: null,
          replacesId: null,
          filedAt: null,
        }),
      ),
    ...over.map((term) => update('DutyRosterEntry', term.id, { untilOn: addDays(today, -1) })),
  ];
}

type Duty = Pick<DutyRosterEntryRow, 'areaCode' | 'role' | 'workerId'>;

async function wantedDuties(
  people: readonly PlacedPerson[],
  byCode: StoredStaff['byCode'],
): Promise<readonly Duty[]> {
  const several = people.filter(({ row }) => row.areaCodes.length > 1);
  const further = several.flatMap(({ row, worker }) => dutiesOf(worker, row.areaCodes.slice(1)));
  const shared = new Set(further.map(({ areaCode, role }) => `${role} ${areaCode}`));
  const inFile = new Set(people.map(({ worker }) => worker.id));
  const others = [...byCode.values()].filter(({ id, state }) => state === 'active' && !inFile.has(id));
  const holders = [...people.map(({ worker }) => worker), ...others];
  const first = await mapInSlices(holders, PEOPLE_A_BREATH, (worker) =>
    dutiesOf(worker, [worker.areaCode]).filter(({ areaCode, role }) => shared.has(`${role} ${areaCode}`)),
  );
  return [...further, ...first.flat()];
}

function dutiesOf({ id, role }: WorkerRow, areaCodes: readonly string[]): Duty[] {
  if (role === 'director' || role === 'city-desk' || role === 'province-desk') return [];
  return areaCodes.map((areaCode) => ({ areaCode, role, workerId: id }));
}

const dutyKey = ({ areaCode, role, workerId }: Duty): string => `${role} ${areaCode} ${workerId}`;

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
