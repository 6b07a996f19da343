import { shanghaiDate } from '../domain/local-date.ts';
import { waitOffTheMark } from '../domain/reminding/off-the-mark.ts';
import { nextAllowedAt } from '../domain/reminding/quiet-hours.ts';
import { say } from '../domain/say.ts';
import type { Address, OutboxPorts } from '../jobs/outbox-worker-ports.ts';
import { update, type Guard, type Write } from '../services/batch.ts';
import { StaleBatch } from '../store/commit.ts';
import { isNoContact } from '../store/families.ts';
import { hasOpenAsks, openRequest } from '../store/family-requests.ts';
import { gathered } from '../store/gathered.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { listeningOf } from '../store/listening.ts';
import { claimWrite, dueRows, orphanedRows, outcomeWrite, type Lane } from '../store/outbox.ts';
import { accountsByIds } from '../store/people.ts';
import { excludedFrom } from '../store/reports.ts';
import { sentCard } from '../store/sent-cards.ts';
import { faultOf } from '../platform/logger.ts';
import { familyMayRead } from './family-claim.ts';
import { campaignOf } from './campaign-refs.ts';
import { renderDigest } from './digest-renderer.ts';
import { joinedWords } from './joined-page.ts';
import { pageOf, reportOfPage } from './page-of.ts';
import { languageOf, type World } from './world.ts';

/** No channel takes so long: a row that is still in flight has lost its sender (our default). */
const STUCK_AFTER_MS = 300_000;
/** So often it is looked for such rows (our default). */
const STUCK_LOOK_MS = 30_000;

/** What goes to its reader alone; the words for many go by `broadcast-job.ts`. */
const ONE_BY_ONE: readonly Lane[] = ['urgent', 'reply', 'reminder'];

/** The outbox worker's ports on the real store, clocks and channels. */
export function outboxPorts(world: World): OutboxPorts {
  const { store, clock, realClock } = world;
  const businessNow = (): string => clock.now().toISOString();
  const realNow = (): string => realClock.now().toISOString();
  let lookAgainMs = 0;
  const account = gathered((ids) => accountsByIds(store, ids));
  return {
    channels: world.channels,
    due: (limit, which) => dueOutsideQuietHours(world, limit, which === 'urgent' ? ['urgent'] : ONE_BY_ONE),
    orphaned: () => orphanedRows(store),
    stuck: async () => {
      if (realClock.now().getTime() < lookAgainMs) return [];
      lookAgainMs = realClock.now().getTime() + STUCK_LOOK_MS;
      const before = new Date(realClock.now().getTime() - STUCK_AFTER_MS).toISOString();
      return (await orphanedRows(store)).filter((row) => row.claimedAt !== null && row.claimedAt < before);
    },
    repeats: ({ lane, refs }) => lane === 'urgent' || lane === 'reply' || campaignOf({ refs }) !== null,
    addresses: async (ids) => {
      const found = await Promise.all(ids.map(account));
      return new Map(found.flatMap((a) => (a === null ? [] : [[a.id, addressOf(world, a)] as const])));
    },
    relies: async (row) => {
      const to = await account(row.accountId);
      if (to !== null && to.goneAt !== null) return null; // whoever has left is not written to
      if (to !== null && !(await familyMayRead(world, row, to))) return null;
      return (await mayBeSent(world, row)) ? reliesOn(world, row) : null;
    },
    render: (row) => renderDigest(world, row),
    claim: (row, body, joined) => claimWrite(row, body, realNow(), joined),
    reportOfPage: (row) => (row.lane === 'urgent' ? reportOfPage(row) : null),
    joined: (pages) => joinedWords(world, pages),
    outcome: (row, state, error) => outcomeWrite(row.id, state, businessNow(), error),
    retry: (row, attempts, afterMs, error) =>
      update('Outbox', row.id, {
        state: 'queued',
        attempts,
        retryAt: new Date(realClock.now().getTime() + afterMs).toISOString(),
        error,
      }),
    commit: (batch, options) => world.commit(batch, options),
    arrived: async (row, cardCode) => [
      ...(await questionAsked(world, row, businessNow())),
      ...cardKept(row, cardCode, realNow()),
    ],
    isStale: (error) => error instanceof StaleBatch,
    observe: (row, state) => {
      world.metrics.sent(row.lane, state);
      if (row.possiblyRepeated) world.metrics.possiblyRepeated();
      if (state === 'failed') world.logger.warn('message failed', { outboxId: row.id, lane: row.lane });
    },
    failed: (row, error) => {
      world.logger.error('message not dealt with', { outboxId: row.id, lane: row.lane, ...faultOf(error) });
    },
    realNow: () => realClock.now(),
  };
}

/** Where everybody sends on the hour and the half hour, and we do not. */
const CROWDED_CHANNELS: ReadonlySet<string> = new Set(['wecom']);

/**
 * Rows whose time has come. A reminder whose time came while nobody was there to send it does not wake anybody
 * afterwards: it waits for the end of its reader's quiet hours, and some minutes where all the world sends just now.
 * Urgent pages and answers wait for neither.
 */
export async function dueOutsideQuietHours(
  world: World,
  limit: number,
  lanes: readonly Lane[],
): Promise<readonly OutboxRow[]> {
  for (;;) {
    const now = world.clock.now();
    const realNow = world.realClock.now().toISOString();
    const rows = await dueRows(world.store, now.toISOString(), realNow, limit, lanes);
    const patient = rows.filter((row) => row.lane === 'reminder' || row.lane === 'broadcast');
    if (patient.length === 0) return rows;
    const accounts = await accountsByIds(
      world.store,
      patient.map((row) => row.accountId),
    );
    const waits = new Map(patient.flatMap((row) => waitOf(world, row, accounts.get(row.accountId), now)));
    if (waits.size === 0) return rows;
    await world.commit({ guards: [], writes: [...waits.values()] });
    if (waits.size < rows.length) return rows.filter((row) => !waits.has(row.id));
  }
}

function addressOf({ wording }: World, account: ChatAccountRow): Address {
  return {
    channel: account.channel,
    address: account.externalId,
    get repeatedMark() {
      return wording.render(languageOf(account), say('dialog.possibly-repeated')); // hardly ever asked for
    },
    get chosenLabel() {
      return wording.render(languageOf(account), say('wecom.chosen'));
    },
  };
}

function waitOf(
  { realClock }: World,
  { id, lane, refs }: OutboxRow,
  account: ChatAccountRow | undefined,
  now: Date,
): [string, Write][] {
  if (!account) return [];
  const quiet = { fromMinutes: account.quietFromMinutes, untilMinutes: account.quietUntilMinutes };
  const isQuiet = (at: Date): boolean => nextAllowedAt(at, quiet) > at;
  if (isQuiet(now))
    return [[id, update('Outbox', id, { notBefore: nextAllowedAt(now, quiet).toISOString() })]];
  const real = realClock.now();
  // The same words go to all of their readers in one minute, and so in one call.
  const together = lane === 'broadcast' ? (campaignOf({ refs }) ?? refs) : account.id;
  const waitMs = CROWDED_CHANNELS.has(account.channel) ? waitOffTheMark(real, together) : 0;
  // Some minutes of waiting must not become a night.
  if (waitMs === 0 || isQuiet(new Date(now.getTime() + waitMs))) return [];
  return [[id, update('Outbox', id, { retryAt: new Date(real.getTime() + waitMs).toISOString() })]];
}

/** What nobody asked for never goes to somebody marked 不得联系, whenever it was written. */
async function mayBeSent({ store, clock }: World, { kind, lane, sessionKey }: OutboxRow): Promise<boolean> {
  if (kind !== 'says' || lane === 'urgent' || lane === 'reply') return true;
  return !(await isNoContact(store, sessionKey, shanghaiDate(clock.now())));
}

/**
 * A page goes only while nobody has taken the report, and its claim is refused when somebody does in that very
 * moment: after 收到 no page is claimed. A page that failed gives way to the newer one of the same report.
 */
async function reliesOn(world: World, row: OutboxRow): Promise<readonly Guard[] | null> {
  if (/^call(-nobody)?:/u.test(row.key)) return reliesOnCall(world, row);
  if (row.key.startsWith('hand-over:')) return reliesOnDeparture(world, row);
  if (row.key.startsWith('listen:')) return reliesOnListening(world, row);
  if (row.key.startsWith('binding:')) return reliesOnBinding(world, row);
  if (row.key.startsWith('family-request:')) return reliesOnRequest(world, row);
  const { store } = world;
  const { reportId, page } = JSON.parse(row.refs) as { reportId?: string; page?: number };
  if (reportId === undefined) return [];
  // Whoever must not hear of it since it was written does not get it; the guard refuses the claim in that very moment.
  const isKept = (await excludedFrom(store, reportId)).includes(row.sessionKey);
  const report = await store.client.mandatoryReport.findUnique({
    where: { id: reportId },
    select: { state: true, rev: true, pagesSent: true },
  });
  if (isKept || report === null) return null;
  const guards = [{ table: 'MandatoryReport', id: reportId, rev: report.rev }] as const;
  const isPage = row.key.startsWith('page:') || row.key.startsWith('nobody:');
  if (!isPage) return guards;
  if (report.state !== 'open') return null;
  const outdated = row.attempts > 0 && !row.possiblyRepeated && page !== undefined;
  if (outdated && page + 1 < report.pagesSent) return null;
  return guards;
}

/** Nobody is asked to listen to what somebody has listened to. */
async function reliesOnListening({ store }: World, { refs }: OutboxRow): Promise<readonly Guard[] | null> {
  const { fileId = '' } = JSON.parse(refs) as { fileId?: string };
  const waiting = await listeningOf(store, fileId);
  return waiting === null ? null : [{ table: 'Listening', id: fileId, rev: waiting.rev }];
}

/** Nobody is asked who it was once somebody has said so. */
async function reliesOnBinding({ store }: World, { refs }: OutboxRow): Promise<readonly Guard[] | null> {
  const { bindingId = '' } = JSON.parse(refs) as { bindingId?: string };
  const found = await store.client.binding.findUnique({
    where: { id: bindingId },
    select: { state: true, rev: true },
  });
  return found?.state === 'asked' ? [{ table: 'Binding', id: bindingId, rev: found.rev }] : null;
}

/** Nobody is asked about what a family wanted and somebody has answered. */
async function reliesOnRequest({ store }: World, row: OutboxRow): Promise<readonly Guard[] | null> {
  const { requestId } = JSON.parse(row.refs) as { requestId?: string };
  if (requestId === undefined) return (await hasOpenAsks(store, row.sessionKey)) ? [] : null;
  const open = await openRequest(store, requestId);
  return open === null ? null : [{ table: 'FamilyRequest', id: requestId, rev: open.rev }];
}

/** Nobody is asked to find a director for children who have one by now. */
async function reliesOnDeparture({ store }: World, row: OutboxRow): Promise<readonly Guard[] | null> {
  const { departureId = '' } = JSON.parse(row.refs) as { departureId?: string };
  const departure = await store.client.departure.findUnique({
    where: { id: departureId },
    select: { state: true },
  });
  return departure?.state === 'open' ? [] : null;
}

/** What a question about one call refers to, or a list of several. */
interface CallRefs {
  readonly callId?: string;
  /** Several ids, with commas. */
  readonly callIds?: string;
  readonly ask?: number;
  readonly state?: string;
}

/** A question about a call goes only while it is still that question; one that failed gives way to the newer one. */
async function reliesOnCall({ store }: World, row: OutboxRow): Promise<readonly Guard[] | null> {
  const refs = JSON.parse(row.refs) as CallRefs;
  const { callId = '', callIds, ask, state } = refs;
  if (callIds !== undefined) {
    const open = await store.client.callRequest.count({
      where: { id: { in: callIds.split(',') }, openFor: { not: null } },
    });
    return open > 0 ? [] : null;
  }
  const call = await store.client.callRequest.findUnique({
    where: { id: callId },
    select: { state: true, rev: true, asksSent: true },
  });
  if (call === null || call.state !== state) return null;
  const outdated = row.attempts > 0 && !row.possiblyRepeated && ask !== undefined;
  if (outdated && ask + 1 < call.asksSent) return null;
  return [{ table: 'CallRequest', id: callId, rev: call.rev }];
}

/** The card of a page is changed when somebody takes the report. */
function cardKept(row: OutboxRow, code: string | null, realNowText: string): readonly Write[] {
  const reportId = pageOf(row);
  return code === null || reportId === null ? [] : [sentCard(row, reportId, code, realNowText)];
}

/** A digest asks its reader to do something. The oldest question without an answer counts: a newer one never hides it. */
async function questionAsked({ store }: World, row: OutboxRow, at: string): Promise<readonly Write[]> {
  if (row.kind !== 'digest') return [];
  const account = (await accountsByIds(store, [row.accountId])).get(row.accountId);
  return account?.questionAskedAt === null
    ? [update('ChatAccount', account.id, { questionAskedAt: at })]
    : [];
}
