import { addDays, monthEnd, monthStart, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import type { Store } from './store.ts';

/** Sent, or on its way; what was dropped or failed reached nobody. */
const COUNTED = ['queued', 'sending', 'accepted', 'unknown'];

/** How many automatic messages each of these accounts had in the month of a day, by their `refs.family`. */
export async function familyMessagesIn(
  store: Store,
  accountIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, number>> {
  const from = shanghaiInstant(monthStart(today), 0).toISOString();
  const until = shanghaiInstant(addDays(monthEnd(today), 1), 0).toISOString();
  const rows = await store.client.outbox.findMany({
    where: {
      accountId: { in: [...accountIds] },
      createdAt: { gte: from, lt: until },
      state: { in: COUNTED },
      refs: { contains: '"family":' },
    },
    select: { accountId: true },
  });
  return new Map(accountIds.map((id) => [id, rows.filter(({ accountId }) => accountId === id).length]));
}
