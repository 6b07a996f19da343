import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Acting } from '../services/acting.ts';
import { climbCalls } from '../services/call.ts';
import { callsToAsk, calledPeople, nextCallAskAt } from '../store/calls.ts';
import { StaleBatch } from '../store/commit.ts';
import type { CallRequestRow } from '../store/generated/tables.ts';
import { grouped } from '../store/grouped.ts';
import { roleHolders } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import { ladderAreas } from './ladder-areas.ts';
import type { World } from './world.ts';

const BATCH = 50;

/** Calls nobody has made, and calls of which nobody knows what came of them. */
export function callJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'calls',
    nextAt: async () => {
      const next = await nextCallAskAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run: async () => {
      const rows = await callsToAsk(store, clock.now().toISOString(), BATCH);
      // Worries told in one breath are one call to one person.
      const rounds = grouped(rows, (row) => [row.directorId, row.askedAt, row.state].join());
      const done = await Promise.allSettled([...rounds.values()].map((round) => askOnce(world, round)));
      const failed = done.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      return done.filter((one) => one.status === 'fulfilled' && one.value).length;
    },
  };
}

/** Asks once; false when somebody said 打过了 in this very moment. */
async function askOnce(world: World, round: readonly CallRequestRow[]): Promise<boolean> {
  const { store, clock, ids, primary } = world;
  const [lead] = round;
  if (!lead) return false;
  const at = clock.now();
  const today = shanghaiDate(at);
  const areas = lead.areaCode === null ? [] : await ladderAreas(world, lead.areaCode);
  const holders = await roleHolders(store, areas, today, primary);
  const people = await calledPeople(store, [lead.directorId]);
  const acting: Acting = {
    at,
    today,
    personId: null,
    accountId: '',
    newId: () => ids.next(),
    digest: (text) => store.sealing.blindIndex('audit', text),
  };
  const called = people.get(lead.directorId) ?? { name: '', phone: null };
  const decision = climbCalls(round, acting, called, holders);
  const rows = decision.outgoing.map((outgoing) => queuedRow(world, outgoing));
  try {
    await world.commit({ guards: decision.guards, writes: [...decision.writes, ...rows] }, { urgent: true });
    return true;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return false;
  }
}
