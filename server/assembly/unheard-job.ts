import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Acting } from '../services/acting.ts';
import type { LoadedReport } from '../services/loaded.ts';
import { isAnsweredHere, reopenUnheard } from '../services/unheard.ts';
import { StaleBatch } from '../store/commit.ts';
import { reportsWithLostAnswers } from '../store/outbox.ts';
import { accountsOfPersons, roleHolders } from '../store/people.ts';
import { loadReports } from '../store/reports.ts';
import { queuedRow } from './conversation-ports.ts';
import { ladderAreas } from './ladder-areas.ts';
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
      for (const report of lost) done += await reopenOnce(world, report);
      return done;
    },
  };
}

async function reopenOnce(world: World, loaded: LoadedReport): Promise<number> {
  const { store, clock, ids, primary } = world;
  const { report, excludedIds } = loaded;
  const at = clock.now();
  const today = shanghaiDate(at);
  const acting: Acting = {
    ...{ at, today, personId: null, accountId: report.accountId },
    newId: () => ids.next(),
    digest: (text) => store.sealing.blindIndex('audit', text),
  };
  const endedBy = report.endedBy ?? '';
  const areas = report.areaCode === null ? [] : await ladderAreas(world, report.areaCode);
  const [accounts, holders] = await Promise.all([
    accountsOfPersons(store, [endedBy], primary),
    roleHolders(store, areas, today, primary),
  ]);
  const desks = holders.filter((h) => h.role === 'county-desk' && !excludedIds.includes(h.workerId));
  const decision = reopenUnheard(loaded, acting, {
    ended: accounts.get(endedBy) ?? null,
    desks: desks.flatMap(({ account }) => account ?? []),
  });
  const rows = decision.outgoing.map((outgoing) => queuedRow(world, outgoing));
  try {
    await world.commit({ guards: decision.guards, writes: [...decision.writes, ...rows] }, { urgent: true });
    return 1;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return 0; // somebody went on with it in this very moment: the next round reads again
  }
}
