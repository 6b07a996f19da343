import type { LocalDate } from '../domain/local-date.ts';
import type { Wish } from '../domain/route/plan-week.ts';
import type { Week } from '../domain/route/route-lines.ts';
import { hamletsOf } from './families.ts';
import type { Store } from './store.ts';

/** What the way through these days is made of, for one worker and these children. */
export async function weekOf(
  store: Store,
  workerId: string,
  childIds: readonly string[],
  days: readonly LocalDate[],
): Promise<Week> {
  const [hamlets, row] = await Promise.all([
    hamletsOf(store, childIds),
    store.client.tripPlan.findUnique({ where: { workerId } }),
  ]);
  const wishes = row === null ? [] : (JSON.parse(store.open('TripPlan', row).body) as Wish[]);
  return { hamlets, days, wishes };
}
