import type { Job } from '../jobs/rhythm.ts';
import { askHandOver, settleHandOver } from '../services/departure.ts';
import { StaleBatch } from '../store/commit.ts';
import { childrenWaiting, departures, nextHandOverAskAt } from '../store/departures.ts';
import type { DepartureRow } from '../store/generated/tables.ts';
import { roleHolders, workersById } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import { ladderAreas } from './ladder-areas.ts';
import { actingNow } from './wecom-contacts-job.ts';
import type { World } from './world.ts';

/** An import changes who answers for whom without a word to us: so often we look (our default). */
const LOOK_EVERY_MS = 600_000;

/** Children of directors who left: whoever supervises is asked until every one of them has a new director. */
export function handOverJob(world: World): Job {
  const { store, clock } = world;
  let lookedAtMs = -Infinity;
  return {
    name: 'hand-over',
    nextAt: async () => {
      const next = await nextHandOverAskAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run: async () => {
      const now = clock.now();
      const open = (await departures(store)).filter(({ state }) => state === 'open');
      const isDue = open.some(({ nextAskAt }) => nextAskAt !== null && nextAskAt <= now.toISOString());
      if (open.length === 0 || (!isDue && now.getTime() - lookedAtMs < LOOK_EVERY_MS)) return 0;
      lookedAtMs = now.getTime();
      const waiting = await childrenWaiting(store, open, actingNow(world).today);
      let done = 0;
      for (const one of open) done += await seeTo(world, one, waiting.get(one.workerId) ?? 0);
      return done;
    },
  };
}

/** 1 where something was done: the task is over, or somebody was asked. */
async function seeTo(world: World, departure: DepartureRow, children: number): Promise<number> {
  const acting = actingNow(world);
  const isDue = departure.nextAskAt !== null && departure.nextAskAt <= acting.at.toISOString();
  if (children > 0 && !isDue) return 0;
  const decision = children === 0 ? settleHandOver(acting, departure) : await ask(world, departure, children);
  const rows = decision.outgoing.map((outgoing) => queuedRow(world, outgoing));
  try {
    await world.commit({ guards: decision.guards, writes: [...decision.writes, ...rows] });
    return 1;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return 0;
  }
}

async function ask(world: World, departure: DepartureRow, children: number) {
  const { store, primary, logger } = world;
  const acting = actingNow(world);
  const worker = (await workersById(store, [departure.workerId])).get(departure.workerId);
  const areas = worker === undefined ? [] : await ladderAreas(world, worker.areaCode);
  const holders = await roleHolders(store, areas, acting.today, primary);
  const decision = askHandOver(acting, departure, { name: worker?.name ?? '', children }, holders);
  if (decision.outgoing.length === 0) logger.warn('nobody to ask about a hand-over', { children });
  return decision;
}
