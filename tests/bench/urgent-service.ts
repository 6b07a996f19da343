import type { Channel } from '../../bot/channels/channel.ts';
import { BESIDE_EVERY_MS } from '../../server/jobs/rhythm.ts';
import { createLogger } from '../../server/platform/logger.ts';
import { everySoOften, sleep } from '../../server/platform/waiting.ts';
import { outboxRow } from '../../server/store/outbox.ts';
import { openService } from '../../server/service.ts';
import { settingsOf } from './bench-database.ts';
import { answer, serve } from './programs.ts';

/**
 * A program of the bench: a service that ticks as `main.ts` does, with a list of many messages before it and a platform
 * that takes its time for each. Sent `list`, it queues them; sent `climb`, it lets the next page of every open report fall
 * due at a moment of its own. Sent `stop`, it says when it handed over which page, and when each of them was due.
 */
const [file = '', at = '', messages = '0'] = process.argv.slice(2);
/** What a message takes with a platform that is near. */
const PLATFORM_MS = 10;
/** Over so many milliseconds the pages of the ladder fall due. */
const CLIMB_MS = 30_000;

const wallMs = (): number => performance.timeOrigin + performance.now();
const startedMs = wallMs();
const clock = { now: () => new Date(Date.parse(at) + wallMs() - startedMs) };
const service = await openService(settingsOf(file), createLogger({ write: () => undefined }), clock);
const { world } = service;
const handedMs: Record<string, number[]> = {};
const dueMs: Record<string, number> = {};

const channels = world.channels as Map<string, Channel>;
const phones = channels.get('simulator');
if (phones === undefined) throw new Error('no simulator');
channels.set('simulator', {
  name: 'simulator',
  send: async (message) => {
    const { lane, text } = message;
    const now = wallMs();
    const numbers = lane === 'urgent' ? (text.match(/R-\d{4}-\d{6}/gu) ?? []) : [];
    for (const number of numbers) (handedMs[number] ??= []).push(now);
    await sleep(PLATFORM_MS);
    return phones.send(message);
  },
});
const url = await service.app.listen({ host: '127.0.0.1', port: 0 });
const timers = [
  everySoOften(BESIDE_EVERY_MS, () => service.beside()),
  everySoOften(5_000, () => service.beat()),
];
await service.beat();
serve((word) => (word === 'list' ? list() : word === 'climb' ? climb() : stop()));
answer({ url });

/** The same few words for everybody, as a notice is stored. */
async function list() {
  const now = clock.now().toISOString();
  const noticeId = world.ids.next();
  const desk = await world.store.client.worker.findFirstOrThrow({ where: { role: 'county-desk' } });
  const notice = { id: noticeId, authorId: desk.id, areaCode: desk.areaCode, at: now, text: '周三开会。' };
  const accounts = await world.store.client.chatAccount.findMany({ select: { id: true, personId: true } });
  const rows = Array.from({ length: Number(messages) }, (_, n) => {
    const account = accounts[n % accounts.length];
    return outboxRow({
      ...{ id: world.ids.next(), key: `notice:${noticeId}:${String(n)}`, lane: 'broadcast', kind: 'says' },
      ...{ accountId: account?.id ?? '', sessionKey: account?.personId ?? '', state: 'queued', attempts: 0 },
      ...{ refs: JSON.stringify({ noticeId }), body: JSON.stringify({ text: notice.text, options: [] }) },
      ...{ createdAt: now, dueAt: now, notBefore: now, retryAt: null, claimedAt: null, acceptedAt: null },
      ...{ error: null, causeSeq: null, possiblyRepeated: false, callId: null },
    });
  });
  for (let first = 0; first < rows.length; first += 500)
    await world.store.commit({ guards: [], writes: rows.slice(first, first + 500) });
  return {};
}

async function climb() {
  const reports = await world.store.client.mandatoryReport.findMany({ where: { state: 'open' } });
  const fromMs = clock.now().getTime() + 1_000;
  for (const [n, { id, number }] of reports.entries()) {
    const nextPageAt = new Date(fromMs + (n * CLIMB_MS) / reports.length);
    dueMs[number] = startedMs + nextPageAt.getTime() - Date.parse(at);
    await world.store.commit({
      guards: [],
      writes: [{ op: 'update', table: 'MandatoryReport', id, set: { nextPageAt: nextPageAt.toISOString() } }],
    });
  }
  await sleep(CLIMB_MS + 3_000);
  return {};
}

async function stop() {
  const waiting = await world.store.client.outbox.count({ where: { lane: 'broadcast', state: 'queued' } });
  await world.store.client.outbox.updateMany({
    where: { lane: 'broadcast', state: 'queued' },
    data: { state: 'dropped' },
  });
  for (const timer of timers) timer.stop();
  await service.stop();
  return { waiting, handedMs, dueMs };
}
