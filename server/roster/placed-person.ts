import type { AssignmentRow, DutyRosterEntryRow, WorkerRow } from '../store/generated/tables.ts';
import type { StaffRow } from './check-staff.ts';

/** What is stored of the people, read once for the whole file. */
export interface StoredStaff {
  readonly byCode: ReadonlyMap<string, WorkerRow>;
  readonly assignments: readonly AssignmentRow[];
  readonly duties: readonly DutyRosterEntryRow[];
}

/** A person of the file with the row that is to be stored. */
export interface PlacedPerson {
  readonly row: StaffRow;
  readonly worker: WorkerRow;
  readonly stored: WorkerRow | null;
}
