import { insert, update, type Batch, type Guard, type Write } from '../services/batch.ts';
import type { ChildRow as ChildRecord } from '../store/generated/tables.ts';
import type { ChildRow } from './check-child.ts';
import { changedChild, newChild } from './child-record.ts';
import { CARERS, GUARDIANS } from './family-tables.ts';
import { importAudit, writeInBatches, type Writing } from './write-batches.ts';
import { planFamilies, type PlacedChild } from './write-families.ts';
import { placeHouseholds } from './write-households.ts';

/** County by village code. */
export type CountyOfVillage = ReadonlyMap<string, string>;

interface Known {
  readonly children: ReadonlyMap<string, ChildRecord>;
  readonly histories: Awaited<ReturnType<Writing['store']['facts']>>;
  readonly confirmedTiers: ReadonlyMap<string, string>;
  readonly householdOf: (row: ChildRow) => string | null;
}

interface Placement extends Batch {
  readonly childId: string;
}

/** Keeps checked children with their households, guardians and carers; a child's rows all in one commit. */
export async function writeChildren(
  writing: Writing,
  rows: readonly ChildRow[],
  counties: CountyOfVillage,
): Promise<void> {
  await writeInBatches(writing, rows, (part) => planChildren(writing, part, counties));
}

async function planChildren(
  writing: Writing,
  rows: readonly ChildRow[],
  counties: CountyOfVillage,
): Promise<Batch> {
  const households = await placeHouseholds(writing, rows);
  const known = await knownOf(writing, rows, households.idOf);
  const placements = rows.map((row) => placeChild(writing, row, known));
  const placed = rows.map((row, at): PlacedChild => ({
    row,
    childId: placements[at]?.childId ?? '',
    countyCode: counties.get(row.villageCode) ?? '',
  }));
  const writes = [
    ...households.writes,
    ...placements.flatMap((placement) => placement.writes),
    ...(await planFamilies(writing, GUARDIANS, placed)),
    ...(await planFamilies(writing, CARERS, placed)),
  ];
  if (writes.length === 0) return { guards: [], writes };
  return {
    guards: placements.flatMap((placement) => placement.guards),
    writes: [...writes, importAudit(writing, 'children', rows.length)],
  };
}

async function knownOf(
  { store }: Writing,
  rows: readonly ChildRow[],
  householdOf: Known['householdOf'],
): Promise<Known> {
  const codes = rows.map((row) => row.code.toUpperCase());
  const children = await store.children(codes);
  const ids = [...children.values()].map((child) => child.id);
  const [histories, confirmedTiers] =
    ids.length === 0
      ? [new Map(), new Map()]
      : [await store.facts(ids), await store.confirmedTiersByCode([...children.keys()])];
  return { children, histories, confirmedTiers, householdOf };
}

function placeChild(writing: Writing, row: ChildRow, known: Known): Placement {
  const code = row.code.toUpperCase();
  const stored = known.children.get(code);
  const history = known.histories.get(stored?.id ?? '');
  if (!stored || !history) return placeNew(writing, row, known);
  const confirmed = known.confirmedTiers.has(code);
  const { set, tierChange } = changedChild(writing, row, known.householdOf(row), stored, history, confirmed);
  const { id: childId, rev } = stored;
  if (set === null) return { childId, guards: [], writes: [] };
  const guard: Guard = { table: 'Child', id: childId, rev };
  const writes: Write[] = [update('Child', childId, set)];
  if (tierChange) writes.push(tierRow(writing, childId, tierChange.tier));
  return { childId, guards: [guard], writes };
}

function placeNew(writing: Writing, row: ChildRow, known: Known): Placement {
  const child = newChild(writing, row, known.householdOf(row));
  return {
    childId: child.id,
    guards: [],
    writes: [insert('Child', child), tierRow(writing, child.id, child.tier)],
  };
}

function tierRow(writing: Writing, childId: string, tier: ChildRecord['tier']): Write {
  return insert('TierChange', {
    id: writing.newId(),
    childId,
    tier,
    confirmedOn: writing.today,
    confirmedBy: null,
    reason: null,
  });
}
