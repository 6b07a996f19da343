import type { Conversation } from '../../bot/conversation.ts';
import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import type { OutboxWorker } from '../jobs/outbox-worker.ts';
import { nextPlanAt, planDay } from '../jobs/plan-day.ts';
import type { Job } from '../jobs/rhythm.ts';
import { sealAudit } from '../store/audit.ts';
import { inboxRow, oldestPending } from '../store/inbox.ts';
import { accountToWake, nextWakeAt, sessionsToWake } from '../store/sessions.ts';
import { bindingsJob } from './bindings-job.ts';
import { broadcastJob } from './broadcast-job.ts';
import { calendarJob } from './calendar-job.ts';
import { callJob } from './call-job.ts';
import { campaignJob } from './campaign-job.ts';
import { erasureJob } from './erasure-job.ts';
import { familyRequestJob } from './family-request-job.ts';
import { ladderJob } from './ladder-job.ts';
import { letterJob } from './letter-job.ts';
import { listeningJob } from './listening-job.ts';
import { noticeRecallJob } from './notice-recall-job.ts';
import { noticeSpreadJob } from './notice-spread-job.ts';
import { nudgeJob } from './nudge-job.ts';
import { plannerPorts } from './planner-ports.ts';
import { reachabilityJob } from './reachability-job.ts';
import { ringJob } from './ring-job.ts';
import { tipJob } from './tip-job.ts';
import { unheardJob } from './unheard-job.ts';
import { visitJob } from './visit-job.ts';
import type { World } from './world.ts';

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
    callJob(world),
    wakeJob(world),
    turnsJob(world, conversation),
    listeningJob(world),
    bindingsJob(world),
    familyRequestJob(world),
    plannerJob(world, breathe),
    visitJob(world),
    letterJob(world),
    nudgeJob(world, breathe),
    reachabilityJob(world, breathe),
    tipJob(world, breathe),
    calendarJob(world, breathe),
    outboxJob(world, outbox),
    ringJob(world),
    unheardJob(world),
    noticeSpreadJob(world, breathe),
    campaignJob(world, breathe),
    broadcastJob(world, breathe),
    noticeRecallJob(world),
    sealJob(world),
    erasureJob(world),
  ];
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
  const account = await accountToWake(world.store, key, world.primary);
  if (account === null) return;
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
  const { clock, metrics, logger } = world;
  const ports = plannerPorts(world, breathe);
  let plannedOn: LocalDate | null = null; // as the last run left it; before any nothing is planned as far as we know
  return {
    name: 'planner',
    nextAt: () => Promise.resolve(nextPlanAt(plannedOn)),
    run: async () => {
      const today = shanghaiDate(clock.now());
      plannedOn = await ports.lastPlannedOn();
      if (plannedOn !== null && plannedOn >= today) return 0;
      const result = await planDay(ports, today);
      plannedOn = today;
      metrics.plannerSucceeded(clock.now());
      logger.info('day planned', { on: today, ...result });
      return 1;
    },
  };
}

function outboxJob({ store, clock }: World, outbox: OutboxWorker): Job {
  return {
    name: 'outbox',
    // A row that waits for its next try on the real clock must not hide the rows whose business time is still to come.
    nextAt: async () => instantOf(await nextQueuedAfter(store, clock.now().toISOString())),
    run: () => outbox.quiet(),
    beside: () => outbox.overtake(),
  };
}

async function nextQueuedAfter(store: World['store'], nowText: string): Promise<string | null> {
  const row = await store.client.outbox.findFirst({
    where: { state: 'queued', notBefore: { gt: nowText } },
    orderBy: { notBefore: 'asc' },
    select: { notBefore: true },
  });
  return row?.notBefore ?? null;
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
