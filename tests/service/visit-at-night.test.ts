import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { update } from '../../server/services/batch.ts';
import { startSmallCounty, type SmallCounty } from '../support/small-county.ts';
import { playTranscript } from '../support/transcript.ts';

vi.setConfig({ testTimeout: 180_000 });

let county: SmallCounty;
beforeEach(async () => {
  county = await startSmallCounty();
});
afterEach(() => county.stop());

const BOUND = '2026-11-23 08:50  (王奶奶已绑定)';
/** At half past ten at night a visit of Wednesday afternoon is announced: the words wait for seven. */
const ANNOUNCED = [
  BOUND,
  '2026-11-23 22:30  郑主任    预约 小明 周三下午',
  '2026-11-23 22:31  郑主任    [告诉]',
  '2026-11-23 22:32  (时间过去)',
];
const MORNING = '2026-11-24 12:00  (时间过去)';
const COMES_FRIDAY = '儿童主任郑玉兰11月27日(周五)上午来看孩子，您在家吗？';

/** What the grandmother reads, line by line. */
async function reads(...lines: readonly string[]): Promise<readonly string[]> {
  const played = await playTranscript(`${lines.join('\n')}\n`, county);
  return played.split('\n').flatMap((line) => (line.includes('bot→王奶奶') ? [line.slice(27)] : []));
}

const tellings = () => county.service.world.store.client.visitTelling.count();

it('what is moved before the morning is told once, as it is then', async () => {
  const read = await reads(
    ...ANNOUNCED,
    '2026-11-23 22:40  郑主任    预约 小明 周五上午',
    '2026-11-23 22:41  郑主任    [改]',
    MORNING,
  );
  expect(read).toEqual([COMES_FRIDAY]);
  expect(await tellings()).toBe(0);
});

it('moved twice in one night it is told once', async () => {
  const read = await reads(
    ...ANNOUNCED,
    '2026-11-23 22:40  郑主任    预约 小明 周四上午',
    '2026-11-23 22:41  郑主任    [改]',
    '2026-11-23 22:42  (时间过去)',
    '2026-11-23 22:50  郑主任    预约 小明 周五上午',
    '2026-11-23 22:51  郑主任    [改]',
    MORNING,
  );
  expect(read).toEqual([COMES_FRIDAY]);
});

it('of a visit that is dropped before anybody read of it, nobody reads anything', async () => {
  const read = await reads(...ANNOUNCED, '2026-11-23 22:40  郑主任    取消预约', MORNING);
  expect(read).toEqual([]);
  expect(await tellings()).toBe(0);
});

it('a change after the morning is a change', async () => {
  const read = await reads(
    ...ANNOUNCED,
    '2026-11-24 09:00  郑主任    预约 小明 周五上午',
    '2026-11-24 09:01  郑主任    [改]',
    MORNING,
  );
  expect(read).toEqual(['儿童主任郑玉兰明天(11月25日)下午来看孩子，您在家吗？', `时间改了：${COMES_FRIDAY}`]);
  expect(await tellings()).toBe(1);
});

it('a reminder that waits for the end of quiet hours does not go once the visit is moved', async () => {
  const { store } = county.service.world;
  await reads(BOUND, '2026-11-23 09:00  郑主任    预约 小明 周三下午', '2026-11-23 09:01  郑主任    [告诉]');
  const grandmother = await store.client.chatAccount.findFirstOrThrow({ where: { personKind: 'carer' } });
  // She goes to bed at six: what reminds her of the day waits until then.
  const early = update('ChatAccount', grandmother.id, {
    quietFromMinutes: 18 * 60,
    quietUntilMinutes: 7 * 60,
  });
  await store.commit({ guards: [], writes: [early] });
  const read = await reads(
    '2026-11-24 19:00  (时间过去)',
    '2026-11-24 19:10  郑主任    预约 小明 周五上午',
    '2026-11-24 19:11  郑主任    [改]',
    '2026-11-25 12:00  (时间过去)',
  );
  expect(read).toEqual([`时间改了：${COMES_FRIDAY}`]);
});

it('an announcement that the channel refused is no news of the day that was moved', async () => {
  await reads(...ANNOUNCED);
  const { store } = county.service.world;
  const { id } = await store.client.outbox.findFirstOrThrow({ where: { refs: { contains: '"visits":' } } });
  await store.commit({ guards: [], writes: [update('Outbox', id, { state: 'failed', error: 'refused' })] });
  const read = await reads(
    '2026-11-24 09:00  郑主任    预约 小明 周五上午',
    '2026-11-24 09:01  郑主任    [改]',
    MORNING,
  );
  expect(read).toEqual([COMES_FRIDAY]);
});

it('after a restart in the night she still reads the newest alone', async () => {
  await reads(
    ...ANNOUNCED,
    '2026-11-23 22:40  郑主任    预约 小明 周五上午',
    '2026-11-23 22:41  郑主任    [改]',
  );
  await county.restart();
  expect(await reads('2026-11-24 06:59  (时间过去)', MORNING)).toEqual([COMES_FRIDAY]);
});
