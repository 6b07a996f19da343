import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import { climbListening, listeningLadder, type Listener } from '../services/listening.ts';
import { assignmentsOfVillages } from '../store/caseloads.ts';
import { StaleBatch } from '../store/commit.ts';
import type { ListeningRow } from '../store/generated/tables.ts';
import { listeningsToTell, nextListeningAt } from '../store/listening.ts';
import { accountsOfPersons, areasByCode, roleHolders } from '../store/people.ts';
import { quietUntil, sleepsThrough } from './asleep.ts';
import { queuedRow } from './conversation-ports.ts';
import { ladderAreas } from './ladder-areas.ts';
import type { World } from './world.ts';

const BATCH = 50;

/** What families sent: their director hears at once, those above as long as nobody has listened. */
export function listeningJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'listening',
    nextAt: async () => {
      const next = await nextListeningAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run: async () => {
      const rows = await listeningsToTell(store, clock.now().toISOString(), BATCH);
      const told = await Promise.all(rows.map((row) => tellOnce(world, row)));
      return told.filter(Boolean).length;
    },
  };
}

/** Tells once; false when somebody listened in this very moment. */
async function tellOnce(world: World, row: ListeningRow): Promise<boolean> {
  const at = world.clock.now();
  const { afterHelp, pages } = listeningLadder(row);
  const area = (await areasByCode(world.store, [row.areaCode])).get(row.areaCode);
  const { writes, outgoing, guards } = climbListening(
    row,
    at,
    [...(await directorsOf(world, row)), ...(await rungsAbove(world, row))],
    area?.countyCode ?? null,
    (account) => sleepsThrough(account, at, pages),
  );
  const rows = outgoing.map((one) => queuedRow(world, one, afterHelp ? null : quietUntil(one.account, at)));
  try {
    await world.commit({ guards, writes: [...writes, ...rows] }, { urgent: afterHelp });
    return true;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return false;
  }
}

async function directorsOf(
  { store, clock, primary }: World,
  { areaCode }: ListeningRow,
): Promise<readonly Listener[]> {
  const assigned = await assignmentsOfVillages(store, [areaCode], shanghaiDate(clock.now()));
  const ids = [...new Set(assigned.filter((a) => a.childId === null).map((a) => a.workerId))];
  const accounts = await accountsOfPersons(store, ids, primary);
  return ids.map((workerId) => ({ workerId, role: 'director', account: accounts.get(workerId) ?? null }));
}

async function rungsAbove(world: World, { areaCode }: ListeningRow): Promise<readonly Listener[]> {
  const { store, clock, primary } = world;
  return roleHolders(store, await ladderAreas(world, areaCode), shanghaiDate(clock.now()), primary);
}
