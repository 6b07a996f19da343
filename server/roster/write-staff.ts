import { insert, update, type Write } from '../services/batch.ts';
import type { WorkerRow } from '../store/generated/tables.ts';
import type { StaffRow } from './check-staff.ts';
import type { PlacedPerson, StoredStaff } from './placed-person.ts';
import { accountWrites } from './staff-accounts.ts';
import { assignmentWrites, dutyWrites } from './staff-terms.ts';
import { mapInSlices } from './slices.ts';
import { importAudit, writeInBatches, type Writing } from './write-batches.ts';

/** Each person's telephone costs a keyed digest. */
const PEOPLE_A_BREATH = 500;

/** Reads what is stored of the people. */
export async function storedStaff({ store, today }: Writing): Promise<StoredStaff> {
  const [workers, terms] = await Promise.all([store.workers(), store.openTerms(today)]);
  return { byCode: new Map(workers.map((worker) => [worker.code.toUpperCase(), worker])), ...terms };
}

/**
 * Keeps the people of a file by their staff number: ids, and whatever a person chose for their account, stay. Somebody
 * who is stored but not in the file stays as well; the report names them.
 */
export async function writeStaff(
  writing: Writing,
  rows: readonly StaffRow[],
  stored: StoredStaff,
): Promise<void> {
  const people = await mapInSlices(rows, PEOPLE_A_BREATH, (row) =>
    placed(writing, row, stored.byCode.get(row.staffNumber.toUpperCase()) ?? null),
  );
  const assignments = await assignmentWrites(writing, people, stored);
  const terms = [...assignments, ...(await dutyWrites(writing, people, stored))];
  await writeInBatches(writing, people, async (part) => {
    const accounts = await writing.store.accounts(part.flatMap(accountNames));
    return batchOf(writing, [...part.flatMap(workerWrites), ...accountWrites(writing, part, accounts)]);
  });
  await writeInBatches(writing, terms, async (part) => batchOf(writing, part));
}

function batchOf(writing: Writing, writes: readonly Write[]) {
  if (writes.length === 0) return { guards: [], writes };
  return { guards: [], writes: [...writes, importAudit(writing, 'staff', writes.length)] };
}

function placed(writing: Writing, row: StaffRow, stored: WorkerRow | null): PlacedPerson {
  const phone = row.phone ?? stored?.phone ?? null;
  const worker: WorkerRow = {
    id: stored?.id ?? writing.newId(),
    code: stored?.code ?? row.staffNumber,
    name: row.name,
    role: row.role,
    areaCode: row.areaCodes[0] ?? '',
    phone,
    phoneIndex: phone === null ? null : writing.store.index('phone', phone),
    account: row.wecomAccount?.toLowerCase() ?? stored?.account ?? null,
    state: 'active',
  };
  return { row, worker, stored };
}

function workerWrites({ worker, stored }: PlacedPerson): Write[] {
  if (stored === null) return [insert('Worker', worker)];
  const { id, ...set } = worker;
  const same = (Object.keys(worker) as (keyof WorkerRow)[]).every((key) => worker[key] === stored[key]);
  return same ? [] : [update('Worker', id, set)];
}

function accountNames({ worker, stored }: PlacedPerson): string[] {
  return [worker.account, stored?.account ?? null].filter((account) => account !== null);
}
