import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { insert, update, type Write } from '../../server/services/batch.ts';
import type { OutboxRow } from '../../server/store/generated/tables.ts';
import { CARER, childId, startSmallCounty, workerId, type SmallCounty } from '../support/small-county.ts';
import { playTranscript } from '../support/transcript.ts';

vi.setConfig({ testTimeout: 180_000 });

let county: SmallCounty;
beforeEach(async () => {
  county = await startSmallCounty();
});
afterEach(() => county.stop());

/** Thursday afternoon is agreed on, the grandmother knows of it, and late on Tuesday it becomes Friday morning. */
const MOVED_AT_NIGHT = `2026-11-23 08:50  (王奶奶已绑定)

2026-11-23 09:00  郑主任    预约 小明 周四下午
2026-11-23 09:01  郑主任    [告诉]
2026-11-23 09:02  (时间过去)
2026-11-24 22:30  郑主任    预约 小明 周五上午
2026-11-24 22:31  郑主任    [改]
2026-11-24 22:32  (时间过去)
`;

const store = () => county.service.world.store;
const play = (...lines: readonly string[]) => playTranscript(`${lines.join('\n')}\n`, county);
const toGrandmother = (played: string): readonly string[] =>
  played.split('\n').filter((line) => line.includes('bot→王奶奶'));
const cards = (played: string): number => played.split('走访有变').length - 1;

async function write(...writes: readonly Write[]): Promise<void> {
  await store().commit({ guards: [], writes });
}

/** How each change ended, the first one first. */
async function ends(): Promise<readonly string[]> {
  const rows = await store().client.visitTelling.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ state, way, reason }) => [state, way, reason].filter((one) => one !== null).join(' '));
}

/** What the channel answers to the message that waits for the morning. */
async function refuseWaiting(): Promise<void> {
  const { id } = await store().client.outbox.findFirstOrThrow({
    where: { state: 'queued', refs: { contains: '"telling":' } },
  });
  await write(update('Outbox', id, { state: 'failed', error: 'refused' }));
}

it('a change that came to the grandmother is accounted for, and her 在家 confirms it', async () => {
  const played = await play(MOVED_AT_NIGHT, '2026-11-25 07:05  (时间过去)');
  expect(toGrandmother(played).at(-1)).toContain('时间改了：儿童主任郑玉兰11月27日(周五)上午来看孩子');
  expect(await ends()).toEqual(['accepted chat']);
  expect(cards(await play('2026-11-25 08:00  王奶奶    [在家]'))).toBe(0);
  expect(await ends()).toEqual(['confirmed chat']);
});

it('a change goes however full the month is, where an announcement would not', async () => {
  await play('2026-11-23 08:50  (王奶奶已绑定)', '2026-11-23 09:00  郑主任    预约 小明 周四下午');
  await play('2026-11-23 09:01  郑主任    [告诉]', '2026-11-23 09:02  (时间过去)');
  const sent = await store().client.outbox.findFirstOrThrow({ where: { refs: { contains: '"family":' } } });
  const more = Array.from({ length: 6 }, (_one, n) => ({
    ...sent,
    id: `m${String(n)}`,
    key: `m${String(n)}`,
  }));
  await write(...more.map((row) => insert('Outbox', { ...row, refs: '{"family":"x"}' } as OutboxRow)));
  const played = await play(
    '2026-11-24 10:00  郑主任    预约 小明 周五上午',
    '2026-11-24 10:01  郑主任    [改]',
    '2026-11-24 10:02  郑主任    取消预约',
    '2026-11-24 10:03  郑主任    预约 小明 周六上午',
    '2026-11-24 10:04  郑主任    [告诉]',
    '2026-11-24 10:05  (时间过去)',
  );
  expect(toGrandmother(played).map((line) => line.slice(27))).toEqual([
    '时间改了：儿童主任郑玉兰11月27日(周五)上午来看孩子，您在家吗？',
    '儿童主任郑玉兰11月27日(周五)上午不来了，下次再约。',
  ]);
});

it('a message that was refused gives way to the director, once', async () => {
  await play(MOVED_AT_NIGHT);
  await refuseWaiting();
  const played = await play('2026-11-24 22:50  (时间过去)', '2026-11-25 09:00  (时间过去)');
  expect(cards(played)).toBe(1);
  expect(toGrandmother(played)).toEqual([]);
  expect(await ends()).toEqual(['waiting director']);
  const later = await play(
    '2026-11-25 12:00  (时间过去)',
    '2026-11-25 18:00  (时间过去)',
    '2026-11-25 18:01  郑主任    已转告',
  );
  expect(cards(later)).toBe(0);
  expect(await ends()).toEqual(['told director']);
});

it('a home in which everybody is marked 不得联系 is on no list and ends so', async () => {
  await play(MOVED_AT_NIGHT);
  await write(
    insert('NoContact', {
      ...{ id: 'mark', personKind: 'carer', personId: CARER.id, childId: childId('李小明') },
      ...{ reason: '纸', fromOn: '2026-11-24', setBy: workerId('xu'), setAt: '2026-11-24T14:00:00.000Z' },
      ...{ liftedBy: null, liftedAt: null, source: null, liftedWhy: null },
    }),
  );
  const played = await play(
    '2026-11-24 22:50  (时间过去)',
    '2026-11-25 09:00  (时间过去)',
    '2026-11-25 09:01  郑主任    转告',
  );
  expect(toGrandmother(played)).toEqual([]);
  expect(played).not.toContain('王阿妹');
  expect(await ends()).toEqual(['unreachable no-contact']);
});

it('a worry holds the message, and whoever goes reads what she reads of any home that no message reaches', async () => {
  await play(
    MOVED_AT_NIGHT,
    '2026-11-24 22:40  周督导    今天去了李小明家，奶奶在，孩子见到了',
    '2026-11-24 22:41  周督导    [有担心]',
  );
  const played = await play('2026-11-24 22:50  (时间过去)', '2026-11-25 09:00  (时间过去)');
  expect(toGrandmother(played)).toEqual([]);
  expect(cards(played)).toBe(1);
  expect(played).toContain('王阿妹（李小明的奶奶），10000000022');
});

it('after the time the family waits for nothing goes, and nobody is asked any more', async () => {
  await play(MOVED_AT_NIGHT);
  const { id } = await store().client.outbox.findFirstOrThrow({
    where: { state: 'queued', refs: { contains: '"telling":' } },
  });
  await write(update('Outbox', id, { notBefore: '2026-11-26T10:00:00.000Z' }));
  const played = await play(
    '2026-11-26 17:00  (时间过去)',
    '2026-11-26 18:05  (时间过去)',
    '2026-11-26 18:06  郑主任    转告',
  );
  expect(toGrandmother(played)).toEqual([]);
  expect(cards(played)).toBe(0);
  expect(played).toContain('没有要转告的了');
  expect(await ends()).toEqual(['unreachable not-reached']);
});

it('who did not pass it on until then is not asked about it for ever', async () => {
  await play(MOVED_AT_NIGHT);
  await refuseWaiting();
  await play('2026-11-25 09:00  (时间过去)', '2026-11-26 18:05  (时间过去)');
  expect(await ends()).toEqual(['unreachable director not-reached']);
});

it('of two changes in one night only the last one is told, of the day on which the home waits', async () => {
  const played = await play(
    MOVED_AT_NIGHT,
    '2026-11-24 22:40  郑主任    取消预约',
    '2026-11-24 22:41  (时间过去)',
    '2026-11-25 09:00  (时间过去)',
  );
  expect(
    toGrandmother(played)
      .slice(1)
      .map((line) => line.slice(18)),
  ).toEqual(['bot→王奶奶  儿童主任郑玉兰明天(11月26日)下午不来了，下次再约。']);
  expect(await ends()).toEqual(['unreachable chat not-reached', 'accepted chat']);
  // A home counts once, by the last change.
  const read = await play('2026-11-25 09:10  周督导    安全通知', '2026-11-25 09:11  何主任    走访有变');
  expect(read).toContain('已告诉1户，还有0户\n');
  expect(read.split('何主任')[1]).not.toMatch(/等主任转告/u);
});

it('who waited in vain learns of the new day as of any visit', async () => {
  const played = await play(
    '2026-11-23 08:50  (王奶奶已绑定)',
    '',
    '2026-11-23 09:00  郑主任    预约 小明 周四上午',
    '2026-11-23 09:01  郑主任    [告诉]',
    '2026-11-26 13:00  郑主任    预约 小明 周五上午',
    '2026-11-26 13:01  郑主任    [改]',
    '2026-11-26 13:02  (时间过去)',
  );
  expect(toGrandmother(played).at(-1)).toContain('儿童主任郑玉兰明天(11月27日)上午来看孩子，您在家吗？');
  expect(await ends()).toEqual([]);
});
