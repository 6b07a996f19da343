import { afterEach, expect, it, vi } from 'vitest';
import { insert } from '../../server/services/batch.ts';
import { childId, GUARDIAN, startSmallCounty, type SmallCounty } from '../support/small-county.ts';
import { playTranscript } from '../support/transcript.ts';

vi.setConfig({ testTimeout: 120_000 });

let county: SmallCounty | null = null;
afterEach(async () => {
  await county?.stop();
  county = null;
});

const MARKED = `2026-11-23 09:00  许科员    不得联系 李小明爸爸

2026-11-23 09:01  许科员    [人身安全保护令]

2026-11-23 09:02  许科员    [今天 11月23日(周一)]

2026-11-23 09:03  许科员    [还没有文书]

2026-11-23 09:04  许科员    [确认不得联系]

2026-11-23 09:10  何主任    [看卡片]
`;

it('a father who is marked 不得联系 is marked for his child in the next village: its directors are told, and not why', async () => {
  county = await startSmallCounty();
  const bond = { id: 'g-2', childId: childId('杨若兰'), guardianId: GUARDIAN.id, relation: '父亲' };
  await county.service.world.commit({
    guards: [],
    writes: [insert('Guardianship', { ...bond, workplace: null, awaySince: null })],
  });
  const played = await playTranscript(MARKED, county);
  const told = played.split('\n').filter((line) => line.includes('有个孩子家里的联系办法变了'));
  expect(told.map((line) => /bot→(\S+)/u.exec(line)?.[1]).sort()).toEqual(
    ['何主任', '罗主任', '郑主任'].sort(),
  );
  expect(played).toContain('爸爸：不要联系');
  expect(played.slice(played.indexOf('[看卡片]\n'))).not.toContain('保护令');
});
