import { commandOption, say } from '../domain/say.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Outgoing } from '../services/acting.ts';
import { nextClimb } from '../services/attach.ts';
import { update } from '../services/batch.ts';
import { assignmentsOfVillages } from '../store/caseloads.ts';
import { StaleBatch } from '../store/commit.ts';
import type { ChatAccountRow, ListeningRow } from '../store/generated/tables.ts';
import { listeningsToTell, nextListeningAt } from '../store/listening.ts';
import { accountsOfPersons, areasByCode, roleHolders } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const BATCH = 50;

/** What families sent: their director hears at once, the supervisor when nobody has listened for two hours. */
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
  const isFirst = row.climbAt === row.receivedAt;
  const accounts = isFirst ? await directorsOf(world, row) : [];
  const reached = accounts.length > 0 ? accounts : await supervisorsOf(world, row);
  const step = update('Listening', row.fileId, { climbAt: nextClimb(row), rev: row.rev + 1 });
  const rows = reached.map((account) => queuedRow(world, messageTo(account, row, isFirst)));
  try {
    await world.commit(
      { guards: [{ table: 'Listening', id: row.fileId, rev: row.rev }], writes: [step, ...rows] },
      { urgent: false },
    );
    return true;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return false;
  }
}

function messageTo(account: ChatAccountRow, row: ListeningRow, isFirst: boolean): Outgoing {
  return {
    account,
    lane: 'reply',
    key: `listen:${row.fileId}:${isFirst ? 'first' : 'climbed'}:${account.id}`,
    reply: {
      ...say(isFirst ? 'listen.family-sent' : 'listen.family-unheard', { at: row.receivedAt }),
      options: [commandOption('listen', null, say('listen.button'))],
    },
    refs: { fileId: row.fileId },
  };
}

async function directorsOf({ store, clock, primary }: World, { areaCode }: ListeningRow) {
  const assigned = await assignmentsOfVillages(store, [areaCode], shanghaiDate(clock.now()));
  const ids = [...new Set(assigned.filter((a) => a.childId === null).map((a) => a.workerId))];
  return [...(await accountsOfPersons(store, ids, primary)).values()];
}

/** The first role somebody fills: supervisor, deputy, then the desk. */
async function supervisorsOf({ store, clock, primary }: World, { areaCode }: ListeningRow) {
  const area = (await areasByCode(store, [areaCode])).get(areaCode);
  const codes = [area?.townshipCode, area?.countyCode, areaCode].flatMap((code) => code ?? []);
  const holders = await roleHolders(store, [...new Set(codes)], shanghaiDate(clock.now()), primary);
  for (const role of ['supervisor', 'deputy', 'county-desk'] as const) {
    const accounts = holders.filter((h) => h.role === role).flatMap((h) => h.account ?? []);
    if (accounts.length > 0) return accounts;
  }
  return [];
}
