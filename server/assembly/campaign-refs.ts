import type { OutboxRow } from '../store/generated/tables.ts';

/** The safety notice a row belongs to; null where it belongs to none. */
export function campaignOf({ refs }: Pick<OutboxRow, 'refs'>): string | null {
  return (JSON.parse(refs) as { readonly campaignId?: string }).campaignId ?? null;
}
