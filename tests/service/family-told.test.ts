import { afterEach, expect, it, vi } from 'vitest';
import { update } from '../../server/services/batch.ts';
import { childId, startSmallCounty, type SmallCounty } from '../support/small-county.ts';
import { playTranscript } from '../support/transcript.ts';

vi.setConfig({ testTimeout: 180_000 });

let county: SmallCounty | null = null;
afterEach(async () => {
  await county?.stop();
  county = null;
});

it('a visit to the brother of a HIGH child is not announced: it is a visit to the same home', async () => {
  county = await startSmallCounty();
  const { store, commit } = county.service.world;
  const { householdId } = await store.client.child.findUniqueOrThrow({ where: { id: childId('李小明') } });
  await commit({ guards: [], writes: [update('Child', childId('许嘉怡'), { householdId })] });
  const played = await playTranscript(
    `2026-11-23 08:50  (王奶奶已绑定)

2026-11-23 09:00  郑主任    明天下午去小明家

2026-11-23 09:01  郑主任    [只记下]

2026-11-23 09:10  (时间过去)
`,
    county,
  );
  expect(played).toContain('这个孩子的走访不预先通知');
  expect(played).not.toContain('[告诉]');
  expect(played).not.toContain('bot→王奶奶');
});

it('a worry that comes up after a visit was announced holds the reminder of the evening before', async () => {
  county = await startSmallCounty();
  const played = await playTranscript(
    `2026-11-23 08:50  (王奶奶已绑定)

2026-11-23 09:00  郑主任    周三下午去小明家

2026-11-23 09:01  郑主任    [告诉]

2026-11-23 09:02  周督导    今天去了李小明家，奶奶在，孩子见到了

2026-11-23 09:03  周督导    [有担心]

2026-11-24 19:00  (时间过去)
`,
    county,
  );
  const told = played.split('\n').filter((line) => line.includes('bot→王奶奶'));
  expect(told.map((line) => line.slice(0, 16))).toEqual(['2026-11-23 09:01']);
});

it('a reminder of the week is sent once, also where the service was started again in its hour', async () => {
  county = await startSmallCounty();
  const played = await playTranscript(
    `2026-11-29 10:00  (李爸爸要提醒)

2026-11-29 10:31  (时间过去)

2026-11-29 10:35  (重新启动)

2026-11-29 11:30  (时间过去)
`,
    county,
  );
  expect(played.split('bot→李爸爸')).toHaveLength(2);
});
