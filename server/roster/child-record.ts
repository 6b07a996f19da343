import type { ChildFacts, TierChange } from '../domain/cadence/child-facts.ts';
import { laterOf, type LocalDate } from '../domain/local-date.ts';
import { cadenceColumns } from '../services/cadence-record.ts';
import type { ChildRow as ChildRecord } from '../store/generated/tables.ts';
import type { ChildRow } from './check-child.ts';
import type { Writing } from './write-batches.ts';

/** Several words in one column, as the tables of the counties write them. */
const JOINT = '、';

/** What the file says of a child, apart from what duties are computed from. */
type PlainColumns = Omit<
  ChildRecord,
  | 'id'
  | 'tier'
  | 'tierAssumed'
  | 'enteredBy'
  | 'dutiesFrom'
  | 'endsOn'
  | 'importedLastContactOn'
  | 'importedLastVisitOn'
  | 'lastContactOn'
  | 'lastVisitOn'
  | 'cadence'
  | 'recent'
  | 'rev'
>;

/** A child's columns as the file wants them. An empty cell says nothing: what is stored stays. */
export function plainColumns(
  writing: Writing,
  row: ChildRow,
  householdId: string | null,
  stored: ChildRecord | null,
): PlainColumns {
  const identityNumber = row.identityNumber ?? stored?.identityNumber ?? null;
  const moved = stored !== null && stored.villageCode !== row.villageCode;
  return {
    code: stored?.code ?? row.code.toUpperCase(),
    name: row.name,
    nickname: row.nickname ?? stored?.nickname ?? null,
    sex: row.sex,
    bornOn: row.bornOn,
    identityNumber,
    identityIndex: identityNumber === null ? null : writing.store.index('identity', identityNumber),
    registration: row.household ?? stored?.registration ?? 'unknown',
    category: row.categories.join(JOINT),
    difficulty: row.difficulties.length > 0 ? row.difficulties.join(JOINT) : (stored?.difficulty ?? null),
    villageCode: row.villageCode,
    householdId: householdId ?? (moved ? null : (stored?.householdId ?? null)),
    health: row.health ?? stored?.health ?? null,
    sealed: sealedColumn(row, stored),
    schooling: row.schooling ?? stored?.schooling ?? null,
    school: row.school ?? stored?.school ?? null,
    grade: row.grade ?? stored?.grade ?? null,
    boarder: row.boarder ?? stored?.boarder ?? false,
  };
}

// Once sealed, a fact stays until a named person of the county takes it away: a blank cell is no such person.
function sealedColumn(row: ChildRow, stored: ChildRecord | null): string | null {
  const before = stored?.sealed ? (JSON.parse(stored.sealed) as string[]) : [];
  const facts = [...new Set([...before, ...row.sealed])].sort();
  return facts.length === 0 ? null : JSON.stringify(facts);
}

/** A child that is new to the store: its duties begin on the day of the import. */
export function newChild(writing: Writing, row: ChildRow, householdId: string | null): ChildRecord {
  const { today } = writing;
  const id = writing.newId();
  const plain = plainColumns(writing, row, householdId, null);
  const imported = { importedLastContactOn: row.lastContactOn, importedLastVisitOn: row.lastVisitOn };
  const facts: ChildFacts = {
    childId: id,
    dutiesFrom: today,
    registration: 'import',
    tierChanges: [{ on: today, tier: row.tier }],
    boarder: plain.boarder,
    absences: [],
    endsOn: null,
    encounters: [],
    ...imported,
  };
  return {
    ...plain,
    id,
    tier: row.tier,
    tierAssumed: !row.tierGiven,
    enteredBy: 'import',
    dutiesFrom: today,
    endsOn: null,
    ...imported,
    ...cadenceColumns(facts, today),
    rev: 1,
  };
}

/** What the file changes for a stored child; `set` is null where it changes nothing. */
export interface ChildChange {
  readonly set: Partial<ChildRecord> | null;
  readonly tierChange: TierChange | null;
}

/**
 * Compares a stored child with its row. A tier that a person confirmed in the service stands against the file; days of
 * earlier contacts only move forward; whatever duties are computed from is computed anew over the full history.
 */
export function changedChild(
  writing: Writing,
  row: ChildRow,
  householdId: string | null,
  stored: ChildRecord,
  history: ChildFacts,
  tierConfirmed: boolean,
): ChildChange {
  const { today } = writing;
  const plain = plainColumns(writing, row, householdId, stored);
  const takesTier = row.tierGiven && !tierConfirmed;
  const tier = takesTier ? row.tier : stored.tier;
  const tierChange = tier === stored.tier ? null : { on: today, tier };
  const tierAssumed = takesTier ? false : stored.tierAssumed;
  const imported = {
    importedLastContactOn: forward(stored.importedLastContactOn, row.lastContactOn),
    importedLastVisitOn: forward(stored.importedLastVisitOn, row.lastVisitOn),
  };
  const wanted = { ...plain, ...imported, tier, tierAssumed };
  if (holds(stored, wanted)) return { set: null, tierChange: null };
  const tierChanges = tierChange ? [...history.tierChanges, tierChange] : history.tierChanges;
  const facts = { ...history, ...imported, tierChanges, boarder: plain.boarder };
  return { set: { ...wanted, ...cadenceColumns(facts, today), rev: stored.rev + 1 }, tierChange };
}

function forward(stored: string | null, given: LocalDate | null): LocalDate | null {
  const before = stored as LocalDate | null;
  return before === null || given === null ? (given ?? before) : laterOf(before, given);
}

function holds(stored: ChildRecord, wanted: Partial<ChildRecord>): boolean {
  return (Object.keys(wanted) as (keyof ChildRecord)[]).every((key) => stored[key] === wanted[key]);
}
