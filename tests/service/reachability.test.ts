import { afterEach, describe, expect, it, vi } from 'vitest';
import { shanghaiDate, shanghaiInstant } from '../../server/domain/local-date.ts';
import { insert, update, type Write } from '../../server/services/batch.ts';
import {
  COUNTY,
  day,
  FIXED_COUNTY,
  FIXED_START,
  idOf,
  NORTH,
  PlanningCounty,
  SOUTH,
  type CountyPlan,
} from '../support/planning-county.ts';
import type { PhoneMessage } from '../support/phone.ts';
import { startReportCounty, type Around } from '../support/report-county.ts';
import { phoneOf, walkTo } from '../support/report-course.ts';

vi.setConfig({ testTimeout: 300_000 });

let county: PlanningCounty | null = null;
async function open(plan: CountyPlan = FIXED_COUNTY): Promise<PlanningCounty> {
  county = await PlanningCounty.open(plan, FIXED_START);
  await county.beat();
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

const morning = (date: string): string => shanghaiInstant(day(date), 9 * 60).toISOString();
const workerOf = (account: string): number => FIXED_COUNTY.workers.findIndex((w) => w.account === account);
const accountId = (account: string): string => idOf('5', workerOf(account));
const change = (fixed: PlanningCounty, ...writes: Write[]): Promise<void> =>
  fixed.store.commit({ guards: [], writes });

const isProof = ({ text }: PhoneMessage): boolean => text.includes('有人收到');
/** What a phone was told of the proof without asking, by its day. */
async function told(fixed: PlanningCounty, account: string): Promise<string[]> {
  const messages = (await fixed.phone(account).received()).filter((m) => m.lane === 'reminder' && isProof(m));
  return messages.map(
    ({ at, text }) =>
      `${shanghaiDate(new Date(at)).slice(5)} ${text.split('\n').filter(Boolean).join(' | ')}`,
  );
}
const answerTo = async (fixed: PlanningCounty, account: string, words: string): Promise<string> => {
  await fixed.phone(account).say(words);
  return (await fixed.phone(account).received()).at(-1)?.text ?? '';
};
const metric = async (fixed: PlanningCounty, kind: string): Promise<number> => {
  const text = await (await fetch(`${fixed.running.url}/metrics`)).text();
  return Number(new RegExp(`alert_unreached\\{kind="${kind}"\\} (\\d+)`, 'u').exec(text)?.[1]);
};

const FIRST =
  '11-20 有些预警会没有人收到 | 预警有2级没有人 | 1位主任没有督导员 | 1个孩子眼下没有主任 | 新查出4处。';

describe('the proof of every night', () => {
  it('tells the desk in the morning, in numbers and once, and nobody else', async () => {
    const fixed = await open();
    await fixed.walkTo(morning('2026-11-26'));
    expect(await told(fixed, 'desk')).toEqual([FIRST]);
    const [message] = (await fixed.phone('desk').received()).filter(isProof);
    expect(message?.at).toBe(shanghaiInstant(day('2026-11-20'), 7 * 60).toISOString()); // not in the night
    const words = [...fixed.plan.children, ...fixed.plan.workers].map(({ name }) => name);
    expect([...words, '村', '镇'].filter((word) => message?.text.includes(word))).toEqual([]);
    for (const { account } of fixed.plan.workers.filter((w) => w.account !== 'desk'))
      expect(await told(fixed, account)).toEqual([]);
  });

  it('once more after a week, at once of what is new, and that it is mended', async () => {
    const fixed = await open();
    await fixed.walkTo(morning('2026-11-28'));
    expect(await told(fixed, 'desk')).toEqual([
      FIRST,
      FIRST.replace('11-20', '11-27').replace(' | 新查出4处。', ''),
    ]);
    const gone = { goneAt: '2026-11-28T00:00:00.000Z' };
    await change(fixed, update('ChatAccount', accountId('sup.north'), gone));
    await fixed.walkTo(morning('2026-11-29'));
    expect((await told(fixed, 'desk')).slice(2)).toEqual([
      '11-29 有些预警会没有人收到 | 预警有1级收不到消息 | 预警有2级没有人 | 1位主任没有督导员 | 1个孩子眼下没有主任 | 新查出1处。',
    ]);
    await change(fixed, update('ChatAccount', accountId('sup.north'), { goneAt: null }));
    await fixed.walkTo(morning('2026-11-30'));
    expect((await told(fixed, 'desk')).slice(3)).toEqual([
      FIRST.replace('11-20', '11-30').replace('新查出4处', '补好了1处'),
    ]);
  });

  it('says when all is mended, and then nothing more', async () => {
    const whole: CountyPlan = {
      ...FIXED_COUNTY,
      workers: [
        ...FIXED_COUNTY.workers,
        {
          account: 'dir.d',
          name: '丁主任',
          role: 'director',
          area: `${NORTH.slice(0, 9)}004`,
          villages: [`${NORTH.slice(0, 9)}004`],
        },
        { account: 'sup.south', name: '南督导', role: 'supervisor', area: SOUTH },
        { account: 'dep.south', name: '南副督', role: 'deputy', area: SOUTH, linked: false },
      ],
    };
    const fixed = await open(whole);
    expect(await told(fixed, 'desk')).toEqual([]);
    await fixed.walkTo(morning('2026-11-20'));
    expect(await told(fixed, 'desk')).toEqual([
      '11-20 有些预警会没有人收到 | 预警有1级收不到消息 | 新查出1处。',
    ]);
    const account = idOf('5', whole.workers.length - 1);
    const linked = {
      personKind: 'worker',
      personId: idOf('1', whole.workers.length - 1),
      linkedAt: '2026-11-20T02:00:00.000Z',
    } as const;
    await change(fixed, update('ChatAccount', account, linked));
    await fixed.walkTo(morning('2026-11-29'));
    expect((await told(fixed, 'desk')).slice(1)).toEqual([
      '11-21 上次查出的都补好了，现在每一级预警都有人收到。',
    ]);
    expect(await answerTo(fixed, 'desk', '谁收不到预警')).toContain('没有查出问题');
  });

  it('is made once a day however often the service restarts, and after an outage once', async () => {
    const fixed = await open();
    for (let n = 0; n < 3; n += 1) {
      await fixed.restart();
      await fixed.beat();
    }
    await fixed.walkTo(morning('2026-11-20'));
    expect(await told(fixed, 'desk')).toEqual([FIRST]);
    await fixed.stop();
    fixed.clock.pass(20 * 24 * 3_600_000);
    await fixed.start();
    await fixed.beat();
    expect((await told(fixed, 'desk')).length).toBe(2);
  });

  it('follows the duty roster: a rung is filled by whoever stands on it', async () => {
    const fixed = await open();
    const place = { areaCode: SOUTH, role: 'supervisor' } as const;
    const entry = { ...place, fromOn: '2026-11-20', untilOn: null, replacesId: null, filedAt: null };
    await change(
      fixed,
      insert('DutyRosterEntry', { id: idOf('7', 1), workerId: idOf('1', workerOf('sup.north')), ...entry }),
    );
    const answer = await answerTo(fixed, 'desk', '谁收不到预警');
    expect(answer).not.toContain('主任没有督导员');
    expect(answer).toContain('没有人当副督导员');
  });
});

describe('nobody on any rung', () => {
  it('is told to whoever runs the service: in the log, in the metrics and as an alarm, without a name', async () => {
    const fixed = await open();
    const gone = { goneAt: '2026-11-20T00:00:00.000Z' };
    for (const account of ['desk', 'leader'])
      await change(fixed, update('ChatAccount', accountId(account), gone));
    await fixed.walkTo(morning('2026-11-21'));
    expect([await metric(fixed, 'nobody'), await metric(fixed, 'rung-unreached')]).toEqual([2, 2]);
    const log = fixed.running.log.filter((line) => line.includes('"level":50'));
    expect(log.some((line) => line.includes(`"county":"${COUNTY}","areas":2`))).toBe(true);
    expect(log.some((line) => line.includes('nobody to tell whom an alert would not reach'))).toBe(true);
    fixed.clock.pass(61_000);
    await fixed.running.service.look();
    expect(fixed.running.log.some((line) => line.includes('"code":"nobody-reachable"'))).toBe(true);
    await change(fixed, update('ChatAccount', accountId('leader'), { goneAt: null }));
    await fixed.walkTo(morning('2026-11-22'));
    expect(await metric(fixed, 'nobody')).toBe(0);
    expect((await told(fixed, 'leader')).length).toBe(1); // the desk is not reached, so the leader reads it
  });
});

describe('somebody whose last messages all failed', () => {
  const row = (n: number, state: 'accepted' | 'failed' | 'queued' | 'unknown', error: string | null) =>
    insert('Outbox', {
      id: idOf('8', n),
      key: `test:${String(n)}`,
      lane: state === 'queued' ? 'urgent' : 'reminder',
      accountId: accountId('dir.high'),
      sessionKey: idOf('1', workerOf('dir.high')),
      kind: 'says',
      refs: '{}',
      body: '{"text":"","options":[]}',
      state,
      createdAt: `2026-11-20T0${String(n)}:00:00.000Z`,
      dueAt: `2026-11-20T0${String(n)}:00:00.000Z`,
      notBefore: '2027-11-20T01:00:00.000Z',
      retryAt: null,
      claimedAt: null,
      acceptedAt: null,
      attempts: 1,
      error,
      causeSeq: null,
      callId: null,
      possiblyRepeated: false,
    });

  it.each<[string, boolean, Write[]]>([
    [
      'three failed',
      true,
      [row(1, 'failed', 'fault'), row(2, 'failed', 'unreachable'), row(3, 'failed', 'unreachable')],
    ],
    [
      'one arrived long ago',
      true,
      [row(1, 'accepted', null), row(2, 'failed', 'x'), row(3, 'failed', 'x'), row(4, 'failed', 'x')],
    ],
    [
      'the last one arrived',
      false,
      [row(1, 'failed', 'x'), row(2, 'failed', 'x'), row(3, 'failed', 'x'), row(4, 'accepted', null)],
    ],
    ['two failed and there were no more', false, [row(1, 'failed', 'x'), row(2, 'failed', 'x')]],
    [
      'of the third nobody knows',
      false,
      [row(1, 'failed', 'x'), row(2, 'failed', 'x'), row(3, 'unknown', null)],
    ],
    [
      'pages are still tried again, and the reader is not there',
      true,
      [row(1, 'queued', 'unreachable'), row(2, 'queued', 'refused'), row(3, 'failed', 'x')],
    ],
    [
      'pages wait for the platform',
      false,
      [row(1, 'queued', 'settings'), row(2, 'queued', 'paced'), row(3, 'queued', 'fault')],
    ],
  ])('%s: %s', async (_, isFound, writes) => {
    const fixed = await open();
    await change(fixed, ...writes);
    const answer = await answerTo(fixed, 'desk', '谁收不到预警');
    expect(answer.includes('高主任最近的消息都没送到')).toBe(isFound);
  });
});

describe('谁收不到预警', () => {
  it('shows the desk areas and colleagues, and the children only when asked for, with an access row', async () => {
    const fixed = await open();
    const answer = await answerTo(fixed, 'desk', '谁收不到预警');
    expect(answer.split('\n').filter(Boolean)).toEqual([
      '安县000000有这些预警通知不到：',
      '镇002000：没有人当副督导员',
      '镇002000：没有人当督导员',
      '镇002000：1位主任没有督导员：远主任',
      '村001004：1个孩子眼下没有主任',
    ]);
    expect(await fixed.store.client.accessRow.count()).toBe(0);
    await fixed.phone('desk').press('看是哪些孩子');
    expect((await fixed.phone('desk').received()).at(-1)?.text).toContain('丁一（村001004）');
    expect(await fixed.store.client.accessRow.findMany({ select: { screen: true, childIds: true } })).toEqual(
      [{ screen: 'children-without-director', childIds: JSON.stringify([idOf('2', 8)]) }],
    );
  });

  it('shows a supervisor and her deputy their township only', async () => {
    const fixed = await open();
    for (const account of ['sup.north', 'dep.north']) {
      const answer = await answerTo(fixed, account, '谁收不到预警');
      expect(answer).toContain('村001004：1个孩子眼下没有主任');
      expect(answer).not.toContain('002');
      expect(await answerTo(fixed, account, '没有主任的孩子')).toContain('丁一');
    }
  });

  it('is no word of a director’s', async () => {
    const fixed = await open();
    expect(await answerTo(fixed, 'dir.five', '谁收不到预警')).not.toContain('村001004');
    expect(await answerTo(fixed, 'dir.five', '没有主任的孩子')).not.toContain('丁一');
  });
});

describe('谁收不到预警 above the counties', () => {
  it('shows city and province what the last proof found in each county, in numbers and without a name', async () => {
    const around = await startReportCounty();
    try {
      const ask = async (who: Around, words = '谁收不到预警'): Promise<string> =>
        (await phoneOf(around, who).say(words)).map(({ text }) => text).join('\n');
      await walkTo(around, '11-23 09:00');
      const { store } = around.service.world;
      const gone = { goneAt: '2026-11-23T02:00:00.000Z' };
      const desk = await store.client.chatAccount.findFirstOrThrow({ where: { externalId: 'desk.other' } });
      await store.commit({ guards: [], writes: [update('ChatAccount', desk.id, gone)] });
      await walkTo(around, '11-24 09:00');
      for (const [who, area] of [
        ['the city desk', '宁平市'],
        ['the province desk', '闽省'],
      ] as const) {
        expect((await ask(who)).split('\n').filter(Boolean)).toEqual([
          `11月24日(周二)早上查的，${area}有2个县查出了问题：`,
          '安宁县：预警有1级没有人',
          '邻安县：预警有1级收不到消息、预警有1级没有人',
        ]);
        expect(await ask(who, '没有主任的孩子')).toContain('没听懂');
      }
      expect(await ask('a director of another county')).not.toContain('县');
    } finally {
      await around.stop();
    }
  });
});
