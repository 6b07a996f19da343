import type { Job } from '../jobs/rhythm.ts';
import type { LoadedReport } from '../services/loaded.ts';
import { isAnsweredHere, reopenUnheard } from '../services/unheard.ts';
import { reportsWithLostAnswers } from '../store/outbox.ts';
import { accountsOfPersons } from '../store/people.ts';
import { loadReports } from '../store/reports.ts';
import { actingFor, committed, receiversFor } from './report-acting.ts';
import type { World } from './world.ts';

/** Answers to reporters that did not arrive, whether the channel said so at once or hours later. */
export function unheardJob(world: World): Job {
  const { store } = world;
  return {
    name: 'unheard',
    nextAt: () => Promise.resolve(null), // a channel says so when it does
    run: async () => {
      const ids = await reportsWithLostAnswers(store);
      if (ids.length === 0) return 0;
      const lost = [...(await loadReports(store, ids)).values()].filter(isAnsweredHere);
      let done = 0;
      for (const report of lost) if (await reopenOnce(world, report)) done += 1;
      return done;
    },
  };
}

/** False when somebody went on with it in this very moment: the next round reads again. */
async function reopenOnce(world: World, loaded: LoadedReport): Promise<boolean> {
  const { report } = loaded;
  const acting = actingFor(world, report);
  const endedBy = report.endedBy ?? '';
  const [accounts, receivers] = await Promise.all([
    accountsOfPersons(world.store, [endedBy], world.primary),
    receiversFor(world, report, acting),
  ]);
  return committed(world, reopenUnheard(loaded, acting, receivers, accounts.get(endedBy) ?? null));
}
