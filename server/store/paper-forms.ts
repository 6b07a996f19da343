import type { LocalDate } from '../domain/local-date.ts';
import type { Store } from './store.ts';

/** The day of the trip a printed file is for; null for a file that is no form. */
export async function tripOfFile(store: Store, fileId: string): Promise<LocalDate | null> {
  const row = await store.client.paperForm.findFirst({ where: { fileId }, select: { tripOn: true } });
  return (row?.tripOn ?? null) as LocalDate | null;
}
