import type { ReportEntryRow } from '../store/generated/tables.ts';
import type { Acting } from './acting.ts';
import { insert, type Write } from './batch.ts';

/** One line of a report's record; never changed afterwards. */
export function reportEntry(
  acting: Acting,
  reportId: string,
  kind: ReportEntryRow['kind'],
  said: { readonly text?: string | null; readonly value?: string | null; readonly byId?: string | null } = {},
): Write {
  const { text = null, value = null, byId = acting.personId } = said;
  return insert('ReportEntry', {
    id: acting.newId(),
    reportId,
    at: acting.at.toISOString(),
    byId,
    kind,
    text,
    value,
  });
}
