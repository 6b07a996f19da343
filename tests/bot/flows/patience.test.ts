import { afterAll, beforeAll, expect, it } from 'vitest';
import { moveClock, Phone } from '../../support/phone.ts';
import {
  bindFamily,
  PEOPLE,
  startSmallCounty,
  WORKERS,
  type SmallCounty,
} from '../../support/small-county.ts';

/**
 * Words that could once be read in so many ways that reading them took longer than anybody waits; each stands for a
 * sentence that is understood word by word. Whoever writes such a line stops nobody else.
 */
const OVER_AND_OVER = [`${'谢'.repeat(60)}甲`, `今天${'补记'.repeat(60)}甲去看了小明`];

let county: SmallCounty;
beforeAll(async () => {
  county = await startSmallCounty();
  await moveClock(county, '2026-11-23T01:00:00.000Z');
  await bindFamily(county, '王奶奶');
});
afterAll(() => county.stop());

it.each(OVER_AND_OVER)('%s is answered, to a director and to a family', async (words) => {
  for (const account of [WORKERS.zheng.account, PEOPLE.王奶奶 ?? '']) {
    const phone = new Phone(county, account);
    expect((await phone.say(words)).length).toBeGreaterThan(0);
    await phone.say('取消');
  }
});

it('whoever is to stand in, named by the same words over and over, is asked for again', async () => {
  const phone = new Phone(county, WORKERS.zheng.account);
  await phone.say('请假 明天到后天');
  expect((await phone.say(`甲${'帮代'.repeat(60)}乙`)).length).toBeGreaterThan(0);
  await phone.say('取消');
});
