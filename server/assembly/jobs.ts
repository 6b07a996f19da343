import type { Conversation } from '../../bot/conversation.ts';
import { parseLocalDate, shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import type { OutboxWorker } from '../jobs/outbox-worker.ts';
import { nextPlanAt, planDay, type PlannerPorts } from '../jobs/plan-day.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Acting } from '../services/acting.ts';
import { climb } from '../services/report.ts';
import { sealAudit } from '../store/audit.ts';
import { StaleBatch } from '../store/commit.ts';
import type { MandatoryReportRow } from '../store/generated/tables.ts';
import { inboxRow, oldestPending } from '../store/inbox.ts';
import { digestsSince, nextOutboxAt } from '../store/outbox.ts';
import { areasByCode, roleHolders } from '../store/people.ts';
import { childrenAfter, digestWindow, responsibilityOn } from '../store/planning.ts';
import { carePolicies } from '../store/policies.ts';
import { nextPageAt, reportsToPage } from '../store/reports.ts';
import { nextWakeAt, sessionsToWake } from '../store/sessions.ts';
import { readSetting, settingWrite } from '../store/settings.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const PAGE_BATCH = 50;
const WAKE_BATCH = 200;

/** The jobs in the order of their weight: a report's page before anything else. */
export function jobsOf(
  world: World,
  conversation: Conversation,
  outbox: OutboxWorker,
  breathe: () => Promise<void>,
): readonly Job[] {
  return [
    ladderJob(world),
    wakeJob(world),
    turnsJob(world, conversation),
    plannerJob(world, breathe),
    outboxJob(world, outbox),
    sealJob(world),
  ];
}

/** Pages for reports nobody has taken yet. */
function ladderJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'ladder',
    nextAt: async () => instantOf(await nextPageAt(store)),
    run: async () => {
      const reports = await reportsToPage(store, clock.now().toISOString(), PAGE_BATCH);
      for (const report of reports) await pageOnce(world, report);
      return reports.length;
    },
  };
}

async function pageOnce(world: World, report: MandatoryReportRow): Promise<void> {
  const { store, clock, ids } = world;
  const at = clock.now();
  const today = shanghaiDate(at);
  const areas = report.areaCode === null ? [] : await ladderAreas(world, report.areaCode);
  const acting: Acting = {
    at,
    today,
    personId: null,
    accountId: report.accountId,
    newId: () => ids.next(),
    digest: (text) => store.sealing.blindIndex('audit', text),
  };
  const decision = climb(report, acting, await roleHolders(store, areas, today, world.primary));
  const rows = decision.outgoing.map((outgoing) => queuedRow(world, outgoing));
  try {
    await world.commit({ guards: decision.guards, writes: [...decision.writes, ...rows] }, { urgent: true });
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error; // somebody took the report in this very moment
  }
}

async function ladderAreas({ store }: World, areaCode: string): Promise<readonly string[]> {
  const area = (await areasByCode(store, [areaCode])).get(areaCode);
  const codes = [area?.townshipCode ?? null, area?.countyCode ?? null, areaCode];
  return [...new Set(codes.flatMap((code) => (code === null ? [] : [code])))];
}

/** Conversations whose patience has run out hear of it through the inbox, like every other event. */
function wakeJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'wake',
    nextAt: async () => instantOf(await nextWakeAt(store)),
    run: async () => {
      const now = clock.now().toISOString();
      const sessions = await sessionsToWake(store, now, WAKE_BATCH);
      for (const { key, wakeAt } of sessions) await wakeOne(world, key, wakeAt, now);
      return 0; // the turns job does the work and counts it
    },
  };
}

async function wakeOne(world: World, key: string, wakeAt: string, now: string): Promise<void> {
  const { store, primary } = world;
  const byAccount = key.startsWith('account:')
    ? { id: key.slice('account:'.length) }
    : { personId: key, channel: primary };
  const account = await store.client.chatAccount.findFirst({ where: byAccount, select: { id: true } });
  if (!account) return;
  const body = { kind: 'wake', text: '' } as const;
  await world.commit(
    inboxRow({
      channel: 'clock',
      externalId: `wake:${key}:${wakeAt}`,
      accountId: account.id,
      sessionKey: key,
      receivedAt: now,
      body,
    }),
  );
}

/** Turns that wait: new wakes, and whatever a crash left behind. */
function turnsJob({ store }: World, conversation: Conversation): Job {
  return {
    name: 'turns',
    nextAt: () => Promise.resolve(null),
    run: async () => {
      if ((await oldestPending(store)) === null) return 0;
      await conversation.quiet();
      return (await oldestPending(store)) === null ? 1 : 0;
    },
  };
}

/** The daily plan, once per business day. */
function plannerJob(world: World, breathe: () => Promise<void>): Job {
  const { store, clock, metrics, logger } = world;
  const lastPlannedOn = async (): Promise<LocalDate | null> =>
    parseLocalDate((await readSetting(store, 'last-planned-on')) ?? '');
  const ports: PlannerPorts = {
    childrenAfter: (id, limit) => childrenAfter(store, id, limit),
    policies: () => carePolicies(store),
    responsibility: (today) => responsibilityOn(store, today, world.primary),
    digestsBetween: (from, before) => {
      const window = digestWindow(from, before);
      return digestsSince(store, window.since, window.before);
    },
    lastPlannedOn,
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
  return {
    name: 'planner',
    nextAt: async () => nextPlanAt(await lastPlannedOn()),
    run: async () => {
      const today = shanghaiDate(clock.now());
      const last = await lastPlannedOn();
      if (last !== null && last >= today) return 0;
      const result = await planDay(ports, today);
      metrics.plannerSucceeded(clock.now());
      logger.info('day planned', { on: today, ...result });
      return 1;
    },
  };
}

function outboxJob({ store }: World, outbox: OutboxWorker): Job {
  return {
    name: 'outbox',
    nextAt: async () => instantOf(await nextOutboxAt(store)),
    run: () => outbox.quiet(),
  };
}

/** The audit trail into its chain. */
function sealJob(world: World): Job {
  return {
    name: 'audit seal',
    nextAt: () => Promise.resolve(null),
    run: () => sealAudit(world.store, world.clock.now(), world.commit),
  };
}

function instantOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
