import { describe, expect, it } from 'vitest';
import { policiesFor, policyOn, forCounties } from '../../../server/domain/cadence/policy-timeline.ts';
import { enteredLines } from '../../../server/policy/policy-sentences.ts';
import { day, fileOf, PolicyDesk } from './policy-fixture.ts';

const STRICT = 'tiers: { high: { visitIntervalDays: 14 } }\ntalkDays: 3';
const CITIES = [
  { code: '990101', cityCode: '990100' },
  { code: '990102', cityCode: '990100' },
  { code: '990201', cityCode: '990200' },
];

async function said(desk: PolicyDesk, text: string, dryRun = false): Promise<readonly string[]> {
  return enteredLines(await desk.enter(text, dryRun), 'zh-CN');
}

describe('a version that is refused', () => {
  const refusals: [what: string, file: string, sentence: string][] = [
    ['no YAML at all', 'area: [', '读不懂这个文件。照 docs/county-policy.yaml 的样子写'],
    ['an empty file', '', '读不懂这个文件。照 docs/county-policy.yaml 的样子写'],
    [
      'the same key twice',
      fileOf('talkDays: 3\ntalkDays: 4'),
      '读不懂这个文件。照 docs/county-policy.yaml 的样子写',
    ],
    ['no area', 'from: 2026-12-01\nsource: 通知', 'area：写县或市的区划代码；方案本身写 plan'],
    [
      'a list of areas',
      'area: [1]\nfrom: 2026-12-01\nsource: 通知',
      'area：写县或市的区划代码；方案本身写 plan',
    ],
    ['an unknown area', fileOf(STRICT, '990109'), 'area：区划表里没有 990109'],
    ['a township', fileOf(STRICT, '990101001'), 'area：990101001 不是县，也不是市'],
    ['no first day', "area: '990101'\nsource: 通知", 'from：从哪天起，写成 2026-12-01 这样'],
    ['no such day', fileOf(STRICT, '990101', '2026-02-30'), 'from：从哪天起，写成 2026-12-01 这样'],
    ['no source', "area: '990101'\nfrom: 2026-12-01", 'source：依据哪份文件，最多 300 字'],
    [
      'a source of blanks',
      "area: '990101'\nfrom: 2026-12-01\nsource: '  '",
      'source：依据哪份文件，最多 300 字',
    ],
    ['an unknown key', fileOf('visitDays: 3'), 'visitDays：没有这一项'],
    ['a name of its own', fileOf('id: mine\nversion: 7'), 'id：没有这一项'],
    ['an unknown tier', fileOf('tiers: { top: {} }'), 'tiers.top：没有这一项'],
    ['an unknown key of a tier', fileOf('tiers: { high: { days: 3 } }'), 'tiers.high.days：没有这一项'],
    ['no tiers where tiers stand', fileOf('tiers: 3'), 'tiers：下面写 low、medium、high'],
    [
      'a word for a number',
      fileOf('talkDays: three'),
      '走访没见到孩子，几天内谈一次（talkDays）：只能是 1 到 366',
    ],
    ['half a day', fileOf('talkDays: 2.5'), '走访没见到孩子，几天内谈一次（talkDays）：只能是 1 到 366'],
    [
      'a period of two months',
      fileOf('tiers: { low: { visitEveryMonths: 2 } }'),
      '低风险·几个月走访一次（tiers.low.visitEveryMonths）：只能是 1 或 3，风险高的不能比风险低的少',
    ],
    [
      'reminders out of order',
      fileOf('stagesBeforeDays: [3, 10, 0]'),
      '到期前几天提醒（stagesBeforeDays）：只能是 几个从大到小的数，最后一个是 0',
    ],
    [
      'a looser limit',
      fileOf('talkDays: 8'),
      '走访没见到孩子，几天内谈一次（talkDays）：文件里是 8，最多 7（fujian-plan@1，2026-12-01），只能更严',
    ],
    [
      'a looser number of a tier',
      fileOf('tiers: { low: { contactEveryMonths: 3 } }'),
      '低风险·几个月联系一次（tiers.low.contactEveryMonths）：文件里是 3，最多 1（fujian-plan@1，2026-12-01），只能更严',
    ],
    [
      'a reminder left out',
      fileOf('stagesBeforeDays: [3, 0]'),
      '到期前几天提醒（stagesBeforeDays）：文件里是 3,0，至少要有 10,3,0（fujian-plan@1，2026-12-01），只能更严',
    ],
    [
      'a late reminder that puts off the weekly ones',
      fileOf('overdueAfterDays: [1, 3, 7, 60]'),
      '逾期后第几天提醒（overdueAfterDays）：文件里是 1,3,7,60，1,3,7 之后两次之间最多隔 7 天（fujian-plan@1，2026-12-01），只能更严',
    ],
    [
      'a day of the past',
      fileOf(STRICT, '990101', '2026-11-24'),
      'from：2026-11-24，这一天已经过去，过去的按当时的规定算；最早 2026-11-26',
    ],
    [
      'a day that is planned',
      fileOf(STRICT, '990101', '2026-11-25'),
      'from：2026-11-25，这一天的提醒已经排好了；最早 2026-11-26',
    ],
  ];

  it.each(refusals)('for %s is not kept, and the sentence says what to do', async (_what, file, sentence) => {
    const desk = new PolicyDesk();
    const entered = await desk.enter(file);
    expect(entered.kind).toBe('refused');
    expect(enteredLines(entered, 'zh-CN')).toContain(`  ${sentence}`);
    expect(enteredLines(entered, 'en').join('')).not.toMatch(/\p{Script=Han}/u);
    expect(desk.batches).toEqual([]);
  });

  it('names every number that is looser, not only the first', async () => {
    const entered = await new PolicyDesk().enter(
      fileOf(
        'firstVisitDays: 20\noverdueEveryDays: 14\ntiers: { high: { visitEveryMonths: 3 }, medium: { visitEveryMonths: 3 } }',
      ),
    );
    const fields =
      entered.kind === 'refused' ? entered.problems.map((p) => 'number' in p && p.number.field) : [];
    expect(fields).toEqual([
      'tiers.medium.visitEveryMonths',
      'tiers.high.visitEveryMonths',
      'firstVisitDays',
      'overdueEveryDays',
    ]);
  });

  it('because it is looser than the city, or than a version of the plan still to come', async () => {
    const desk = new PolicyDesk();
    await desk.enter(fileOf('talkDays: 4', '990100'));
    expect((await said(desk, fileOf('talkDays: 5'))).join()).toContain(
      '文件里是 5，最多 4（990100@1，2026-12-01）',
    );
    expect((await desk.enter(fileOf('talkDays: 5', '990201'))).kind).toBe('entered');
    await desk.enter(fileOf('returnVisitDays: 6', 'plan', '2027-03-01'));
    expect((await said(desk, fileOf('returnVisitDays: 9', '990102'))).join()).toContain(
      '文件里是 9，最多 6（fujian-plan@2，2027-03-01）',
    );
  });
});

describe('a version that is entered', () => {
  it('says what changes for how many children, and is written in one batch with a line of the audit trail', async () => {
    const desk = new PolicyDesk();
    const expected = [
      '清溪县 990101，从 2026-12-01 起，编号 990101@1，依据：清溪县民政局 2026年11月通知',
      '  高风险·走访后几天内再走访（tiers.high.visitIntervalDays）：不限 → 14，3 个孩子',
      '  走访没见到孩子，几天内谈一次（talkDays）：7 → 3，23 个孩子',
    ];
    expect(await said(desk, fileOf(STRICT), true)).toEqual([...expected, '只是检查，什么都没有写入。']);
    expect(desk.batches).toEqual([]);
    expect(await said(desk, fileOf(STRICT))).toEqual([...expected, '已写入。服务不用重启。']);
    expect(desk.batches).toHaveLength(1);
    expect(desk.batches[0]?.writes).toMatchObject([
      { table: 'CarePolicyVersion', row: { id: '990101', version: 1, validFrom: '2026-12-01', talkDays: 3 } },
      { table: 'AuditEvent', row: { action: 'enter-policy', subject: '990101@1', actorId: null } },
    ]);
  });

  it('a second time is there already, even once it is in force', async () => {
    const desk = new PolicyDesk();
    await desk.enter(fileOf(STRICT));
    desk.today = day('2027-01-05');
    desk.lastPlannedOn = desk.today;
    expect(await said(desk, fileOf(STRICT))).toEqual([
      '这一版已经在了：清溪县 990101，从 2026-12-01 起，编号 990101@1。什么都没有改。',
    ]);
    expect((await desk.enter(fileOf('talkDays: 2'))).kind).toBe('refused');
    expect(desk.batches).toHaveLength(1);
  });

  it('corrects one of the same day that is still to come, by a version of its own', async () => {
    const desk = new PolicyDesk();
    await desk.enter(fileOf(STRICT));
    await desk.enter(fileOf('talkDays: 2'));
    expect(desk.kept.map(({ id, version }) => `${id}@${String(version)}`)).toEqual([
      'fujian-plan@1',
      '990101@1',
      '990101@2',
    ]);
    const held = policyOn(desk.kept, '990101', day('2026-12-01'));
    expect([held.talkDays, held.tiers.high.visitIntervalDays]).toEqual([2, null]);
    expect((await desk.enter(fileOf(STRICT))).kind).toBe('entered'); // what no longer holds is not "already there"
  });

  it('keeps where each number comes from', async () => {
    const desk = new PolicyDesk();
    await desk.enter(fileOf(STRICT));
    const sources = desk.kept.at(-1)?.sources ?? {};
    expect(sources['tiers.high.visitIntervalDays']).toBe('清溪县民政局 2026年11月通知');
    expect(sources.talkDays).toBe('清溪县民政局 2026年11月通知');
    expect(sources.firstVisitDays).toBe('our default');
  });

  it('of a city holds in its counties only, where a county is not stricter still', async () => {
    const desk = new PolicyDesk();
    await desk.enter(fileOf('talkDays: 2', '990101'));
    expect(await said(desk, fileOf('talkDays: 3\nreturnVisitDays: 10', '990100', '2027-01-01'))).toEqual([
      '榕安市 990100，从 2027-01-01 起，编号 990100@1，依据：清溪县民政局 2026年11月通知',
      '  走访没见到孩子，几天内谈一次（talkDays）：2 → 3，23 个孩子',
      '  孩子回来后几天内走访（returnVisitDays）：14 → 10，27 个孩子',
      '  走访没见到孩子，几天内谈一次（talkDays）：7 → 3，4 个孩子',
      '  清溪县 990101 自己的规定比新的宽，那天起不再用',
      '已写入。服务不用重启。',
    ]);
    const all = forCounties(desk.kept, CITIES);
    const names = (code: string | null) =>
      policiesFor(all, code).map(({ id, version, validFrom }) => `${id}@${String(version)} ${validFrom}`);
    expect(names('990101')).toEqual([
      'fujian-plan@1 2024-01-01',
      '990101@1 2026-12-01',
      '990100@1 2027-01-01',
    ]);
    expect(names('990102')).toEqual(['fujian-plan@1 2024-01-01', '990100@1 2027-01-01']);
    expect(names('990201')).toEqual(['fujian-plan@1 2024-01-01']);
    expect(names(null)).toEqual(['fujian-plan@1 2024-01-01']);
  });

  it('of the plan may be looser, and says for whom; a stricter county keeps its own', async () => {
    const desk = new PolicyDesk();
    await desk.enter(fileOf('talkDays: 2', '990101'));
    const lines = await said(desk, fileOf('talkDays: 10', 'plan', '2027-01-01'), true);
    expect(lines).toContain('  走访没见到孩子，几天内谈一次（talkDays）：7 → 10，55 个孩子');
    expect(lines[0]).toContain('方案本身，从 2027-01-01 起，编号 fujian-plan@2');
  });

  it('in the middle of a month says from when monthly numbers count', async () => {
    const monthly = 'tiers: { low: { visitEveryMonths: 1 } }';
    expect((await said(new PolicyDesk(), fileOf(monthly, '990101', '2026-12-10'))).join()).toContain(
      '下一个月的 1 号',
    );
    expect((await said(new PolicyDesk(), fileOf(monthly))).join()).not.toContain('下一个月的 1 号');
  });

  it('beside somebody else who enters one is decided anew, and given up loudly', async () => {
    const desk = new PolicyDesk();
    desk.losesRaces = 2;
    expect((await desk.enter(fileOf(STRICT))).kind).toBe('entered');
    desk.losesRaces = 99;
    await expect(desk.enter(fileOf('talkDays: 1'))).rejects.toThrow('keeps entering');
  });
});
