import type { OutboxRow } from '../store/generated/tables.ts';

type Page = Pick<OutboxRow, 'key' | 'refs'>;

/** The report that a row pages about; null where the row is no page. */
export function reportOfPage({ key, refs }: Page): string | null {
  if (!key.startsWith('page:')) return null;
  return (JSON.parse(refs) as { reportId?: string }).reportId ?? null;
}

/** The one report that the card of a row is about; null where it is none, or that of several reports at once. */
export function pageOf(row: Page): string | null {
  const { joined = false } = JSON.parse(row.refs) as { joined?: boolean };
  return joined ? null : reportOfPage(row);
}
