import { addDays, type LocalDate } from '../domain/local-date.ts';
import type { PrintedForm } from '../domain/paper/sheet.ts';
import type { Store } from './store.ts';

/** The day of the trip a printed file is for; null for a file that is no form. */
export async function tripOfFile(store: Store, fileId: string): Promise<LocalDate | null> {
  const row = await store.client.paperForm.findFirst({ where: { fileId }, select: { tripOn: true } });
  return (row?.tripOn ?? null) as LocalDate | null;
}

/** A form older than this is not the one whose lines are typed in today (our default). */
const FORM_DAYS = 31;

/** The form a worker printed last, if the trip is not long ago. */
export async function lastForm(
  store: Store,
  workerId: string,
  today: LocalDate,
): Promise<PrintedForm | null> {
  const row = await store.client.paperForm.findFirst({
    where: { workerId, tripOn: { gte: addDays(today, -FORM_DAYS) } },
    orderBy: [{ printedAt: 'desc' }, { id: 'desc' }],
  });
  if (row === null) return null;
  const { tripOn, body } = store.open('PaperForm', row);
  return { tripOn: tripOn as LocalDate, childIds: JSON.parse(body) as string[] };
}
