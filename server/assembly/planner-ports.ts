import { parseLocalDate, shanghaiInstant } from '../domain/local-date.ts';
import { nextAllowedAt } from '../domain/reminding/quiet-hours.ts';
import { say } from '../domain/say.ts';
import type { Desk, DigestRefs, PlannerPorts, UnsentDigest } from '../jobs/planner-ports.ts';
import { insertOnce, type Write } from '../services/batch.ts';
import type { OutboxRow } from '../store/generated/tables.ts';
import { dueFollowUps } from '../store/follow-ups.ts';
import { missedVisits } from '../store/missed-visits.ts';
import { digestsSince, outcomeWrite } from '../store/outbox.ts';
import { childrenAfter, digestWindow, responsibilityOn } from '../store/planning.ts';
import { carePolicies } from '../store/policies.ts';
import { readSetting, settingWrite } from '../store/settings.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const KEYS_LIMIT = 500;

/** The planner's ports on the real store and clocks. */
export function plannerPorts(world: World, breathe: () => Promise<void>): PlannerPorts {
  const { store, clock } = world;
  return {
    childrenAfter: (today, id, limit) => childrenAfter(store, today, id, limit),
    policies: () => carePolicies(store),
    responsibility: (today) => responsibilityOn(store, today, world.primary, breathe),
    digestsBetween: (from, before) => {
      const window = digestWindow(from, before);
      return digestsSince(store, window.since, window.before);
    },
    unsentDigests: async (today) => unsentBefore(world, shanghaiInstant(today, 0)),
    dueFollowUps: (today) => dueFollowUps(store, today),
    missedVisits: (from, today) => missedVisits(store, from, today),
    plannedAlready: (keys) => plannedAlready(world, keys),
    superseded: (rowId) => outcomeWrite(rowId, 'dropped', clock.now().toISOString(), 'superseded'),
    calendarNotice: (desk, year, at) => calendarNotice(world, desk, year, at),
    lastPlannedOn: async () => parseLocalDate((await readSetting(store, 'last-planned-on')) ?? ''),
    plannedWrites: (today, at) => [
      settingWrite('last-planned-on', today),
      settingWrite('planner-succeeded-at', at.toISOString()),
    ],
    commit: (batch) => world.commit(batch),
    breathe,
    now: () => clock.now(),
    newId: () => world.ids.next(),
    workingDays: world.workingDays,
  };
}

async function unsentBefore({ store }: World, midnight: Date): Promise<readonly UnsentDigest[]> {
  const rows = await store.client.outbox.findMany({
    where: {
      state: 'queued',
      lane: 'reminder',
      kind: { not: 'says' },
      dueAt: { lt: midnight.toISOString() },
    },
    select: { id: true, sessionKey: true, kind: true, refs: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, sessionKey, kind, refs }) => ({
    rowId: id,
    workerId: sessionKey,
    kind: kind as UnsentDigest['kind'],
    refs: JSON.parse(refs) as DigestRefs,
  }));
}

async function plannedAlready({ store }: World, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let first = 0; first < keys.length; first += KEYS_LIMIT) {
    const part = keys.slice(first, first + KEYS_LIMIT);
    const rows = await store.client.plannedWork.findMany({
      where: { key: { in: part } },
      select: { key: true },
    });
    for (const { key } of rows) known.add(key);
  }
  return known;
}

/** Frozen at once: a sentence about the calendar does not change until the morning. */
function calendarNotice(world: World, desk: Desk, year: number, at: Date): Write {
  const { account, workerId } = desk;
  const queued = queuedRow(world, {
    account,
    lane: 'reminder',
    key: `calendar:${workerId}:${String(year)}`,
    reply: say('digest.calendar-unpublished', { year }),
    refs: { year },
  });
  const quiet = { fromMinutes: account.quietFromMinutes, untilMinutes: account.quietUntilMinutes };
  const now = world.clock.now();
  const notBefore = nextAllowedAt(at > now ? at : now, quiet).toISOString();
  return queued.op === 'update'
    ? queued
    : insertOnce('Outbox', { ...(queued.row as OutboxRow), dueAt: notBefore, notBefore });
}
