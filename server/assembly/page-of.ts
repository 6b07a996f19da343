import type { OutboxRow } from '../store/generated/tables.ts';

/** The report that a row pages about; null where the row is no page. */
export function pageOf({ key, refs }: Pick<OutboxRow, 'key' | 'refs'>): string | null {
  if (!key.startsWith('page:')) return null;
  return (JSON.parse(refs) as { reportId?: string }).reportId ?? null;
}
