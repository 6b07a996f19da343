import { CALL_LADDER_POLICY } from '../domain/escalation/ladder.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Acting } from '../services/acting.ts';
import { ASKED_JUST_NOW_MS, climbCalls, type DueRound } from '../services/call.ts';
import { notCalledYet } from '../services/call-unmade.ts';
import type { RoleHolder } from '../services/loaded.ts';
import { callsToAsk, callsToldTo, calledPeople, nextCallAskAt } from '../store/calls.ts';
import { StaleBatch } from '../store/commit.ts';
import type { CallRequestRow } from '../store/generated/tables.ts';
import { grouped } from '../store/grouped.ts';
import { accountsOfPersons, roleHolders } from '../store/people.ts';
import { quietUntil, sleepsThrough } from './asleep.ts';
import { queuedRow } from './conversation-ports.ts';
import { ladderAreas } from './ladder-areas.ts';
import type { World } from './world.ts';

const BATCH = 50;
/** A list that went out so lately has told of the same calls (our default). */
const JUST_NOW_MS = 10 * 60_000;

/** Calls nobody has made, and calls of which nobody knows what came of them. */
export function callJob(world: World): Job {
  const { store, clock } = world;
  const run = async (): Promise<number> => {
    const now = clock.now();
    const soon = await callsToAsk(store, new Date(now.getTime() + ASKED_JUST_NOW_MS).toISOString(), BATCH);
    const rounds = [...grouped(soon, ({ directorId, state }) => [directorId, state].join()).values()];
    // What is to be talked of with the same person in a few minutes is asked for now, as one call.
    const due = rounds.filter((calls) => calls.some((call) => (call.nextAskAt ?? '') <= now.toISOString()));
    return due.length === 0 ? 0 : askAll(world, due);
  };
  return {
    name: 'calls',
    nextAt: async () => {
      const next = await nextCallAskAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run,
    beside: run,
  };
}

/** Asks about everything that is due, all with one person as one call; 0 when somebody said 打过了 in this very moment: the next tick reads again. */
async function askAll(world: World, due: readonly (readonly CallRequestRow[])[]): Promise<number> {
  const { store, clock, ids } = world;
  const at = clock.now();
  const acting: Acting = {
    at,
    today: shanghaiDate(at),
    personId: null,
    accountId: '',
    newId: () => ids.next(),
    digest: (text) => store.sealing.blindIndex('audit', text),
  };
  const rounds = await Promise.all(due.map((calls) => roundOf(world, calls, acting)));
  const told = await toldJustNow(world, rounds, acting);
  const decision = climbCalls(
    rounds,
    acting,
    (holder, lead) => lead.asksSent > 0 && isSpared(holder, at, told),
  );
  const directors = await accountsOfPersons(
    store,
    rounds.flatMap(({ calls }) => calls.map(({ directorId }) => directorId)),
    world.primary,
  );
  const waiting = rounds.flatMap(
    (round) => notCalledYet(round, directors.get(round.calls[0]?.directorId ?? ''), acting) ?? [],
  );
  const queued = [...decision.outgoing, ...waiting].map((outgoing) =>
    queuedRow(world, outgoing, quietUntil(outgoing.account, at)),
  );
  try {
    await world.commit(
      { guards: decision.guards, writes: [...decision.writes, ...queued] },
      { urgent: true },
    );
    return rounds.length;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return 0;
  }
}

async function roundOf(world: World, calls: readonly CallRequestRow[], { today }: Acting): Promise<DueRound> {
  const { store, primary } = world;
  const [lead] = calls;
  const area = lead?.areaCode ?? null;
  const areas = area === null ? [] : await ladderAreas(world, area);
  const holders = await roleHolders(store, areas, today, primary);
  const people = await calledPeople(store, [lead?.directorId ?? '']);
  return { calls, holders, called: people.get(lead?.directorId ?? '') ?? { name: '', phone: null } };
}

/**
 * A worry is no report: asked again it wakes nobody who sleeps, for in the morning it is asked once more; and whoever
 * reads of the same calls at the head of this morning's list is not told twice (our default).
 */
function isSpared({ account, workerId }: RoleHolder, at: Date, toldJustNow: ReadonlySet<string>): boolean {
  if (account === null || toldJustNow.has(workerId)) return true;
  return sleepsThrough(account, at, CALL_LADDER_POLICY.pages);
}

/** Who was asked before about all that is due now, and gets a list just now that begins with the calls. */
async function toldJustNow(
  { store }: World,
  rounds: readonly DueRound[],
  { at, today }: Acting,
): Promise<ReadonlySet<string>> {
  const workerIds = [...new Set(rounds.flatMap(({ holders }) => holders.map((h) => h.workerId)))];
  const known = await callsToldTo(store, workerIds);
  const digests = await store.client.outbox.findMany({
    where: {
      key: { in: workerIds.map((id) => `digest:${id}:${today}`) },
      kind: 'supervisor-digest',
      state: { in: ['queued', 'sending', 'accepted'] },
      notBefore: { lte: at.toISOString(), gt: new Date(at.getTime() - JUST_NOW_MS).toISOString() },
    },
    select: { sessionKey: true },
  });
  const lists = new Set(digests.map((row) => row.sessionKey));
  const knowsAll = (id: string): boolean => {
    const calls = new Set((known.get(id) ?? []).map(({ call }) => call.id));
    const due = rounds.filter(({ holders }) => holders.some((h) => h.workerId === id));
    return due.flatMap((round) => round.calls).every((call) => calls.has(call.id));
  };
  return new Set(workerIds.filter((id) => lists.has(id) && knowsAll(id)));
}
