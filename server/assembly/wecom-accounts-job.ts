import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import { linkWorkers } from '../store/wecom-accounts.ts';
import type { World } from './world.ts';

/** Once a day, and at every start, colleagues whom an import has brought are linked to their WeCom accounts. */
export function wecomAccountsJob({ store, clock, ids }: World, breathe: () => Promise<void>): Job {
  let linkedOn: string | null = null;
  return {
    name: 'wecom-accounts',
    nextAt: () => Promise.resolve(null), // the planner's midnight wakes everybody
    run: async () => {
      const today = shanghaiDate(clock.now());
      if (linkedOn === today) return 0;
      const linked = await linkWorkers(store, clock.now(), () => ids.next(), breathe);
      linkedOn = today;
      return linked;
    },
  };
}
