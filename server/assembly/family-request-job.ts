import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import { climbFamilyRequest } from '../services/family-request.ts';
import type { Listener, ListeningLadder } from '../services/listening.ts';
import { assignmentsOfVillages, directorsOf } from '../store/caseloads.ts';
import { StaleBatch } from '../store/commit.ts';
import { keptFromPerson, nextRequestAt, requestsToTell } from '../store/family-requests.ts';
import type { FamilyRequestRow } from '../store/generated/tables.ts';
import { accountsOfPersons, roleHolders } from '../store/people.ts';
import { quietUntil, sleepsThrough } from './asleep.ts';
import { queuedRow } from './conversation-ports.ts';
import { ladderAreas } from './ladder-areas.ts';
import type { World } from './world.ts';

const BATCH = 50;

/** What families ask: whoever answers for the child hears at once, those above as long as nobody has answered. */
export function familyRequestJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'family requests',
    nextAt: async () => {
      const next = await nextRequestAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run: async () => {
      const rows = await requestsToTell(store, clock.now().toISOString(), BATCH);
      const asked = await Promise.all(rows.map((row) => askOnce(world, row)));
      return asked.filter(Boolean).length;
    },
  };
}

/** Asks once; false when somebody answered in this very moment. */
async function askOnce(world: World, row: FamilyRequestRow): Promise<boolean> {
  const at = world.clock.now();
  const { afterHelp, pages } = JSON.parse(row.ladder) as ListeningLadder;
  const askable = [...(await directorsFor(world, row)), ...(await rungsAbove(world, row))];
  const { writes, outgoing, guards } = climbFamilyRequest(
    row,
    at,
    askable,
    await keptFromPerson(world.store, row),
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

/** The directors of the child; of a village where nobody knows which child it is. */
async function directorsFor(
  { store, clock, primary }: World,
  { areaCode, childId }: FamilyRequestRow,
): Promise<readonly Listener[]> {
  const assigned = await assignmentsOfVillages(store, [areaCode], shanghaiDate(clock.now()));
  const ids = directorsOf(childId ?? '', areaCode, assigned);
  const accounts = await accountsOfPersons(store, ids, primary);
  return ids.map((workerId) => ({ workerId, role: 'director', account: accounts.get(workerId) ?? null }));
}

async function rungsAbove(world: World, { areaCode }: FamilyRequestRow): Promise<readonly Listener[]> {
  const { store, clock, primary } = world;
  return roleHolders(store, await ladderAreas(world, areaCode), shanghaiDate(clock.now()), primary);
}
