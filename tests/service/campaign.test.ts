import { afterEach, describe, expect, it, vi } from 'vitest';
import { insert } from '../../server/services/batch.ts';
import { familyMembers, memberId, winterBreak, type FamilyMember } from '../support/campaign-families.ts';
import { moveClock, Phone } from '../support/phone.ts';
import {
  CARER,
  childId,
  GUARDIAN,
  startSmallCounty,
  WORKERS,
  workerId,
  type SmallCounty,
} from '../support/small-county.ts';
import { HandClock } from '../support/start-service.ts';

vi.setConfig({ testTimeout: 300_000 });

const COUNTY = '990301000000';

let county: SmallCounty;
afterEach(() => county.stop());

const FAMILIES: readonly FamilyMember[] = [
  // Two children of different ages, one phone.
  {
    kind: 'carer',
    name: '王秀珍',
    relation: '祖母',
    childIds: ['王家乐', '王家欣'],
    phone: '10000000031',
    bound: true,
  },
  {
    kind: 'guardian',
    name: '陈大海',
    relation: '父亲',
    childIds: ['陈思雨'],
    phone: '10000000032',
    bound: true,
  },
  { kind: 'carer', name: '林阿公', relation: '祖父', childIds: ['林小红'] },
  {
    kind: 'carer',
    name: '许阿婆',
    relation: '祖母',
    childIds: ['许嘉怡'],
    phone: '10000000034',
    bound: true,
  },
  { kind: 'guardian', name: '邱国强', relation: '父亲', childIds: ['邱海燕'], phone: '10000000035' },
  { kind: 'guardian', name: '吴丽华', relation: '母亲', childIds: ['吴俊辉'], phone: '10000000036' },
].map((member) => ({ ...member, childIds: member.childIds.map(childId) }) as FamilyMember);
const [WANG, CHEN, LIN, XU, QIU, WU] = FAMILIES.map((_member, n) => memberId(n));

async function begin(at = '2026-11-28T00:30:00.000Z'): Promise<void> {
  county = await startSmallCounty(new HandClock(at));
  const { store } = county.service.world;
  await store.commit({
    guards: [],
    writes: [...familyMembers(store, FAMILIES), ...winterBreak(COUNTY, '2026-12-05', '2026-12-06')],
  });
  await county.service.beat();
}

const phone = (who: keyof typeof WORKERS): Phone => new Phone(county, WORKERS[who].account);
const familyPhone = (kind: 'guardian' | 'carer', id: string): Phone => new Phone(county, `${kind}:${id}`);
const notices = async (one: Phone): Promise<readonly string[]> =>
  (await one.received()).flatMap(({ text }) => (/寒假|台风要来/u.test(text) ? [text] : []));

/** Marked 不得联系, as the desk's conversation would keep it. */
async function mark(kind: 'guardian' | 'carer', personId: string, child: string): Promise<void> {
  const row = {
    id: `mark-${personId}`,
    personKind: kind,
    personId,
    childId: childId(child),
    fromOn: '2026-11-28',
  };
  const set = { reason: 'protection-order', setBy: workerId('xu'), setAt: '2026-11-28T00:00:00.000Z' };
  await county.service.world.store.commit({
    guards: [],
    writes: [
      insert('NoContact', { ...row, ...set, liftedBy: null, liftedAt: null, liftedWhy: null, source: null }),
    ],
  });
}

async function worry(child: string): Promise<void> {
  const row = {
    id: `concern-${child}`,
    childId: childId(child),
    contactId: null,
    authorId: workerId('zheng'),
  };
  const when = { openedAt: '2026-11-28T00:00:00.000Z', answeredAt: null, followUpOn: null, closedAt: null };
  await county.service.world.store.commit({
    guards: [],
    writes: [insert('Concern', { ...row, ...when, outcome: 'worried', state: 'open', rev: 1, words: null })],
  });
}

/** Where each person stands: state, and why where it came to nobody. */
async function ends(): Promise<Readonly<Record<string, string>>> {
  const rows = await county.service.world.store.client.campaignPerson.findMany({
    orderBy: { id: 'asc' },
  });
  return Object.fromEntries(
    rows.map(({ personId, state, reason }) => [personId, reason === null ? state : `${state} ${reason}`]),
  );
}

/** The desk reads the notice of a week before and sends it. */
async function approves(): Promise<void> {
  await phone('xu').say('安全通知');
  await phone('xu').press('发出');
  await county.service.beat();
}

describe('the winter notice of a county', () => {
  it('accounts for every guardian, carer and director once the break is over, whoever could not be reached included', async () => {
    await begin();
    await mark('guardian', CHEN ?? '', '陈思雨');
    await worry('许嘉怡');
    await approves();
    await moveClock(county, '2026-11-28T02:30:00.000Z');
    expect(await ends()).toMatchObject({
      [GUARDIAN.id]: 'accepted',
      [WANG ?? '']: 'accepted',
      [CHEN ?? '']: 'unreachable no-contact',
      [XU ?? '']: 'waiting',
      [CARER.id]: 'waiting',
    });
    const [toWang = ''] = await notices(familyPhone('carer', WANG ?? ''));
    expect(toWang.split('\n').filter((line) => line.startsWith('·'))).toHaveLength(6);
    expect(toWang).not.toMatch(/家乐|家欣/u);
    expect(await notices(familyPhone('guardian', CHEN ?? ''))).toEqual([]);
    expect(await notices(familyPhone('carer', XU ?? ''))).toEqual([]);

    await familyPhone('guardian', GUARDIAN.id).press('知道了');
    await phone('luo').say('知道了');
    // 转告: neither the family that is waited with nor the one that must not be contacted stands on the list.
    const said = (await phone('zheng').say('转告')).map(({ text }) => text);
    expect(said.slice(0, -1).join()).not.toMatch(/小明|王阿妹|林阿公|邱国强|吴丽华/u);
    for (const name of ['王阿妹', '林阿公', '邱国强', '吴丽华']) expect(said.at(-1)).toContain(name);
    expect(said.join()).not.toMatch(/许阿婆|许嘉怡|陈大海/u);
    await phone('zheng').say('已转告 王阿妹');
    await phone('zheng').say('联系不上 林阿公');
    await phone('zheng').press('没有电话');
    await phone('zheng').say('联系不上 吴丽华');
    await phone('zheng').press('不愿意听');

    await moveClock(county, '2026-12-07T02:00:00.000Z');
    expect(await ends()).toEqual({
      [GUARDIAN.id]: 'confirmed',
      [WANG ?? '']: 'accepted',
      [CHEN ?? '']: 'unreachable no-contact',
      [LIN ?? '']: 'unreachable no-phone',
      [XU ?? '']: 'unreachable not-reached',
      [QIU ?? '']: 'unreachable not-reached',
      [WU ?? '']: 'unreachable refused',
      [CARER.id]: 'told',
      [workerId('zheng')]: 'accepted',
      [workerId('he')]: 'accepted',
      [workerId('luo')]: 'confirmed',
    });
    const shown = await phone('xu').say('全部安全通知');
    const weekBefore = shown[0]?.options.find(({ label }) => label.includes('11月28日'));
    const [progress] = await phone('xu').pressId(weekBefore?.id ?? '');
    expect(progress?.text).toContain('已经结束');
    expect(progress?.text).toContain('一共11位，送到6位，没送到5位，还有0位');
    expect(county.log.join('\n')).not.toMatch(/王秀珍|陈大海|1000000003/u);
  });
});

describe('不得联系 and a worry, while a notice is on its way', () => {
  it('set one second before it goes is obeyed, and the family reads nothing', async () => {
    await begin('2026-11-27T22:30:00.000Z'); // half past six in the morning of the 28th
    await approves();
    await moveClock(county, '2026-11-28T00:59:59.000Z');
    expect((await ends())[WANG ?? '']).toBe('queued');
    await mark('carer', WANG ?? '', '王家乐');
    await moveClock(county, '2026-11-28T01:30:00.000Z');
    expect(await notices(familyPhone('carer', WANG ?? ''))).toEqual([]);
    expect((await ends())[WANG ?? '']).toBe('unreachable no-contact');
    expect(await notices(familyPhone('guardian', CHEN ?? ''))).toHaveLength(1);
  });

  it('a worry that is answered lets the notice go the next day, once', async () => {
    await begin();
    await worry('许嘉怡');
    await approves();
    await moveClock(county, '2026-11-28T04:00:00.000Z');
    expect(await notices(familyPhone('carer', XU ?? ''))).toEqual([]);
    await county.service.world.store.client.concern.updateMany({ data: { state: 'closed' } });
    await moveClock(county, '2026-11-30T04:00:00.000Z');
    expect(await notices(familyPhone('carer', XU ?? ''))).toHaveLength(1);
  });
});

describe('a chat that takes nothing', () => {
  it('gives way to the director by itself', async () => {
    await begin();
    const channel = county.service.world.channels.get('simulator');
    if (channel === undefined) throw new Error('no simulator');
    const send = channel.send.bind(channel);
    vi.spyOn(channel, 'send').mockImplementation((message) =>
      message.address.startsWith('carer:')
        ? Promise.resolve({ kind: 'failed', retryable: false, reason: 'closed' })
        : send(message),
    );
    await approves();
    await moveClock(county, '2026-11-28T02:30:00.000Z');
    const list = (await phone('zheng').say('转告')).at(-1)?.text;
    expect(list ?? '').toContain('王秀珍');
    const asked = (await phone('zheng').received()).filter(({ text }) => text.includes('要您转告'));
    expect(asked).toHaveLength(1);
  });
});

describe('a notice that nobody answers', () => {
  it('is asked about once more on the day before, and then stands in the list as not sent', async () => {
    await begin();
    const asked = async (): Promise<number> =>
      (await phone('xu').received()).filter(({ text }) => text.includes('还没有发')).length;
    await moveClock(county, '2026-12-03T08:00:00.000Z');
    expect(await asked()).toBe(0);
    await moveClock(county, '2026-12-05T02:00:00.000Z');
    expect(await asked()).toBeGreaterThan(0);
    const [list] = await phone('xu').say('全部安全通知');
    expect(list?.text).toContain('没人同意，没有发');
    expect(await ends()).toEqual({});
    expect(await notices(familyPhone('guardian', GUARDIAN.id))).toEqual([]);
  });

  it('is not sent with another number of people than was read', async () => {
    await begin();
    const [first] = (await phone('xu').say('安全通知')).filter(({ options }) => options.length > 0);
    const send = first?.options.find(({ label }) => label === '发出')?.id ?? '';
    const { store } = county.service.world;
    await store.client.child.updateMany({ where: { id: childId('邱海燕') }, data: { endsOn: '2026-11-28' } });
    const again = await phone('xu').pressId(send);
    expect(again[0]?.text).toContain('人数和刚才不一样');
    expect(await ends()).toEqual({});
  });
});

describe('a notice that was on its way when the process died', () => {
  it('goes again, says so and is counted', async () => {
    await begin();
    await approves();
    const { client } = county.service.world.store;
    const family = await client.chatAccount.findFirstOrThrow({ where: { personId: WANG ?? '' } });
    const before = await client.outbox.findFirstOrThrow({ where: { accountId: family.id } });
    const claimed = { state: 'sending', claimedAt: '2026-11-28T01:00:00.000Z', attempts: 1 };
    await client.outbox.update({ where: { id: before.id }, data: { ...claimed, callId: 'call-lost' } });
    await county.restart();
    await moveClock(county, '2026-11-28T02:30:00.000Z');
    const after = await county.service.world.store.client.outbox.findUniqueOrThrow({
      where: { id: before.id },
    });
    expect([before.state, after.state, after.possiblyRepeated]).toEqual(['queued', 'accepted', true]);
    const read = await notices(familyPhone('carer', WANG ?? ''));
    expect(read).toHaveLength(1);
    expect(read[0]).toContain('（可能重复）');
    expect(await county.service.world.metrics.text()).toMatch(/possibly_repeated_total 1/u);
    expect(await county.service.world.store.client.outbox.count({ where: { possiblyRepeated: true } })).toBe(
      1,
    );
  });
});

describe('台风', () => {
  it('a supervisor warns the families of her township at once, in her own words', async () => {
    await begin('2026-11-27T02:00:00.000Z');
    await phone('zhou').say('台风 明天下午登陆，孩子都别出门');
    await phone('zhou').press('发出');
    await county.service.beat();
    const [read = ''] = await notices(familyPhone('guardian', GUARDIAN.id));
    expect(read).toContain('明天下午登陆');
    expect((await ends())[WANG ?? '']).toBe('accepted');
    const kept = await county.service.world.store.client.campaign.findFirst({ where: { kind: 'typhoon' } });
    expect(kept).toMatchObject({ answeredBy: workerId('zhou'), state: 'approved' });
  });

  it('with the name of a child in it goes to nobody', async () => {
    await begin('2026-11-27T02:00:00.000Z');
    const [answer] = await phone('xu').say('台风 李小明家要转移');
    expect(answer?.text).toContain('有孩子的名字');
    expect(await notices(familyPhone('guardian', GUARDIAN.id))).toEqual([]);
  });
});
