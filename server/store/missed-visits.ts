import type { MissedVisit } from '../domain/family/missed-visit.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { VisitAppointmentRow } from './generated/tables.ts';
import type { Store } from './store.ts';
import { SHOWN } from './visits.ts';

/**
 * Appointments of the days from `from` on that are over, without a record, the earliest first; of everybody, or of one who
 * was to go. Whether a job has marked them as missed already says nothing: their day counts.
 */
export async function missedVisits(
  { client }: Store,
  from: LocalDate,
  today: LocalDate,
  directorId?: string,
): Promise<readonly MissedVisit[]> {
  const rows = await client.visitAppointment.findMany({
    where: {
      ...{ state: { in: [...SHOWN] }, onDay: { gte: from, lt: today } },
      ...(directorId === undefined ? {} : { directorId }),
    },
    orderBy: [{ onDay: 'asc' }, { id: 'asc' }],
    select: { childId: true, directorId: true, onDay: true, daypart: true },
  });
  return (rows as Pick<VisitAppointmentRow, 'childId' | 'directorId' | 'onDay' | 'daypart'>[]).map(
    ({ onDay, daypart, ...rest }) => ({ ...rest, on: onDay as LocalDate, part: daypart }),
  );
}
