import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SentOutside } from '../../server/platform/senders.ts';
import { insert, update, type Write } from '../../server/services/batch.ts';
import {
  CARER,
  childId,
  GUARDIAN,
  startSmallCounty,
  workerId,
  type SmallCounty,
} from '../support/small-county.ts';
import { playTranscript } from '../support/transcript.ts';

vi.setConfig({ testTimeout: 180_000 });

/** What left by SMS and by messages of the platform: to whom, and the words. */
let sent: string[];
let county: SmallCounty;
beforeEach(async () => {
  county = await startSmallCounty();
  sent = [];
});
afterEach(() => county.stop());

const SENT = (): Promise<SentOutside> => Promise.resolve({ kind: 'sent' });
const NOT_SENT = (): Promise<SentOutside> => Promise.resolve({ kind: 'not-sent' });

/** A provider of SMS stands behind the service. */
function smsGives(answer: () => Promise<SentOutside>): void {
  vi.spyOn(county.service.world.senders.sms, 'send').mockImplementation((phone, words) => {
    sent.push(`sms ${phone} ${words}`);
    return answer();
  });
}

/** These people asked for a message of the platform. */
function subscribed(personIds: readonly string[], answer: () => Promise<SentOutside>): void {
  const { subscription } = county.service.world.senders;
  vi.spyOn(subscription, 'subscribed').mockImplementation((asked) =>
    Promise.resolve(new Set(asked.filter((id) => personIds.includes(id)))),
  );
  vi.spyOn(subscription, 'send').mockImplementation((personId, words) => {
    sent.push(`subscription ${personId} ${words}`);
    return answer();
  });
}

const store = () => county.service.world.store;
const play = (...lines: readonly string[]) => playTranscript(`${lines.join('\n')}\n`, county);
const cards = (played: string): number => played.split('走访有变').length - 1;

async function write(...writes: readonly Write[]): Promise<void> {
  await store().commit({ guards: [], writes });
}

async function ends(): Promise<readonly string[]> {
  const rows = await store().client.visitTelling.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ state, way, reason }) => [state, way, reason].filter((one) => one !== null).join(' '));
}

/** The grandmother knew of Thursday afternoon; then her chat was lost. */
const TOLD_AND_LOST = [
  '2026-11-23 08:50  (王奶奶已绑定)',
  '2026-11-23 09:00  郑主任    预约 小明 周四下午',
  '2026-11-23 09:01  郑主任    [告诉]',
  '2026-11-23 09:10  (时间过去)',
  '2026-11-23 09:20  (王奶奶的手机收不到了)',
];
const MOVED = ['2026-11-24 10:00  郑主任    预约 小明 周五上午', '2026-11-24 10:01  郑主任    [改]'];
const MOVED_AT_NIGHT = ['2026-11-24 22:30  郑主任    预约 小明 周五上午', '2026-11-24 22:31  郑主任    [改]'];
/** One minute to nine, when nothing of this may have gone, and nine. */
const NINE = ['2026-11-25 08:59  (时间过去)', '2026-11-25 09:00  (时间过去)'];
const WORDS = '时间改了：儿童主任郑玉兰11月27日(周五)上午来看孩子，您在家吗？';

async function mark(personKind: 'guardian' | 'carer', personId: string): Promise<void> {
  await write(
    insert('NoContact', {
      ...{ id: `mark-${personId}`, personKind, personId, childId: childId('李小明'), reason: '纸' },
      ...{ fromOn: '2026-11-24', setBy: workerId('xu'), setAt: '2026-11-23T14:00:00.000Z' },
      ...{ liftedBy: null, liftedAt: null, source: null, liftedWhy: null },
    }),
  );
}

it('a home without a chat reads it in a message that it subscribed to, and nobody is asked to pass it on', async () => {
  subscribed([CARER.id], SENT);
  smsGives(SENT);
  const played = await play(...TOLD_AND_LOST, ...MOVED, '2026-11-24 10:02  (时间过去)');
  expect(sent).toEqual([`subscription ${CARER.id} ${WORDS}`]);
  expect(cards(played)).toBe(0);
  expect(await ends()).toEqual(['accepted subscription']);
  expect(await play('2026-11-24 10:03  郑主任    转告')).toContain('没有要转告的了');
});

it('a subscription that is used up gives way to an SMS, whose words name no child', async () => {
  subscribed([CARER.id], NOT_SENT);
  smsGives(SENT);
  const played = await play(...TOLD_AND_LOST, ...MOVED, '2026-11-24 10:02  (时间过去)');
  expect(sent).toEqual([`subscription ${CARER.id} ${WORDS}`, `sms ${CARER.phone} ${WORDS}`]);
  expect(sent.join()).not.toMatch(/小明/u);
  expect(cards(played)).toBe(0);
  expect(await ends()).toEqual(['accepted sms']);
  expect(county.log.join()).not.toContain(CARER.phone);
});

it('a chat that refuses the message in the morning gives way to an SMS at nine', async () => {
  smsGives(SENT);
  await play(...TOLD_AND_LOST.slice(0, 4), ...MOVED_AT_NIGHT, '2026-11-24 22:32  (时间过去)');
  const { id } = await store().client.outbox.findFirstOrThrow({
    where: { state: 'queued', refs: { contains: '"telling":' } },
  });
  await write(update('Outbox', id, { state: 'failed', error: 'refused' }));
  await play('2026-11-25 08:59  (时间过去)');
  expect(sent).toEqual([]);
  const played = await play(...NINE, '2026-11-25 09:10  (时间过去)');
  expect(sent).toEqual([`sms ${CARER.phone} ${WORDS}`]);
  expect(cards(played)).toBe(0);
  expect(await ends()).toEqual(['accepted sms']);
});

it('an SMS that did not go asks the director once, and goes no second time', async () => {
  smsGives(NOT_SENT);
  const played = await play(...TOLD_AND_LOST, ...MOVED, '2026-11-24 10:02  (时间过去)');
  const later = await play('2026-11-24 10:03  (时间过去)', '2026-11-25 09:00  (时间过去)');
  expect(sent).toHaveLength(1);
  expect([cards(played), cards(later)]).toEqual([1, 0]);
  expect(await ends()).toEqual(['waiting director']);
});

it('a provider that breaks down counts as not sent, and says no number in the log', async () => {
  smsGives(() => Promise.reject(new Error(`no route to ${CARER.phone}`)));
  const played = await play(...TOLD_AND_LOST, ...MOVED, '2026-11-24 10:02  (时间过去)');
  expect(sent).toHaveLength(1);
  expect(cards(played)).toBe(1);
  expect(county.log.join()).toContain('an outside message failed');
  expect(county.log.join()).not.toContain(CARER.phone);
});

it('at night nobody is woken: the SMS goes at nine, with the day as it is called then', async () => {
  smsGives(SENT);
  const night = await play(...TOLD_AND_LOST, ...MOVED_AT_NIGHT, '2026-11-25 08:59  (时间过去)');
  expect([sent, cards(night)]).toEqual([[], 0]);
  await play('2026-11-25 09:00  (时间过去)');
  expect(sent).toEqual([`sms ${CARER.phone} ${WORDS}`]);
});

it('where the family waits already in the morning, whoever goes is asked when she wakes, and no SMS comes too late', async () => {
  smsGives(SENT);
  const played = await play(
    ...TOLD_AND_LOST,
    ...MOVED,
    '2026-11-24 10:02  (时间过去)',
    '2026-11-26 21:30  郑主任    取消预约',
    '2026-11-26 21:31  (时间过去)',
    '2026-11-27 08:59  (时间过去)',
  );
  expect(sent).toEqual([`sms ${CARER.phone} ${WORDS}`]);
  expect(cards(played)).toBe(1);
  expect(await ends()).toEqual(['accepted sms', 'waiting director']);
});

it('a second change goes by SMS as the first one did', async () => {
  smsGives(SENT);
  await play(
    ...TOLD_AND_LOST,
    ...MOVED,
    '2026-11-24 10:02  (时间过去)',
    '2026-11-24 15:00  郑主任    取消预约',
    '2026-11-24 15:01  (时间过去)',
  );
  expect(sent).toEqual([
    `sms ${CARER.phone} ${WORDS}`,
    `sms ${CARER.phone} 儿童主任郑玉兰11月27日(周五)上午不来了，下次再约。`,
  ]);
  expect(await ends()).toEqual(['accepted sms', 'accepted sms']);
});

it('不得联系 that was set in the night is obeyed at nine', async () => {
  smsGives(SENT);
  subscribed([CARER.id], SENT);
  await play(...TOLD_AND_LOST, ...MOVED_AT_NIGHT, '2026-11-25 08:50  (时间过去)');
  await mark('carer', CARER.id);
  await play('2026-11-25 09:05  (时间过去)');
  expect(sent).toEqual([]);
  expect(await ends()).toEqual(['unreachable no-contact']);
});

it('nothing goes to a number that somebody marked 不得联系 answers too', async () => {
  smsGives(SENT);
  await write(
    update('Guardian', GUARDIAN.id, {
      phone: CARER.phone,
      phoneIndex: store().sealing.blindIndex('phone', CARER.phone),
    }),
  );
  await mark('guardian', GUARDIAN.id);
  await play(...TOLD_AND_LOST, ...MOVED, '2026-11-24 10:02  (时间过去)');
  expect(sent).toEqual([]);
  expect(await ends()).toEqual(['waiting director']);
});

it('a parent who works away is no home: the grandmother without a number is told by whoever goes', async () => {
  smsGives(SENT);
  await write(update('Carer', CARER.id, { phone: null, phoneIndex: null }));
  const played = await play(...TOLD_AND_LOST, ...MOVED, '2026-11-24 10:02  (时间过去)');
  expect(sent).toEqual([]);
  expect(cards(played)).toBe(1);
});

it('a worry holds every way, and whoever goes is asked at the hour at which an SMS would have failed', async () => {
  smsGives(SENT);
  subscribed([CARER.id], SENT);
  await play(
    ...TOLD_AND_LOST,
    ...MOVED_AT_NIGHT,
    '2026-11-24 22:40  周督导    今天去了李小明家，奶奶在，孩子见到了',
    '2026-11-24 22:41  周督导    [有担心]',
  );
  const played = await play('2026-11-25 07:00  (时间过去)', ...NINE);
  expect(sent).toEqual([]);
  expect(played.split('走访有变').map((part) => part.includes(NINE[1] ?? ''))).toEqual([true, false]);
});
