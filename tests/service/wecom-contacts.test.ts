import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insert } from '../../server/services/batch.ts';
import { WecomService } from '../support/wecom-service.ts';
import { DIRECTOR, SUPERVISOR } from '../support/wecom-tenant.ts';

vi.setConfig({ testTimeout: 120_000 });

const DESK = 'county.desk';
/** Everybody of the demo county, with the case a company's administrator happens to use. */
const DIRECTORS = Array.from({ length: 12 }, (_, n) => `Dir.${String(n + 1).padStart(5, '0')}`);
const OTHERS = ['sup.001', 'sup.002', 'sup.003', 'deputy.001', 'deputy.002', 'deputy.003', DESK];

let service: WecomService;
let clock: WecomService['clock'];
let wecom: WecomService['wecom'];
let running: WecomService['running'];

beforeEach(async () => {
  service = await WecomService.open({
    departments: [
      { id: 2, name: '上坪村', parentid: 1, order: 1 },
      { id: 3, name: '别的村', parentid: 1, order: 2 },
    ],
    members: [...DIRECTORS, ...OTHERS].map((userid) => ({ userid, name: `姓名${userid}`, departments: [2] })),
  });
  ({ clock, wecom, running } = service);
  await lookedAt();
});

afterEach(() => service.stop());

const client = () => running.service.world.store.client;

/** Every change that WeCom told has been looked at, and what follows from it is done. */
async function lookedAt(): Promise<void> {
  await until(async () => {
    expect(await client().wecomMember.count()).toBeGreaterThan(0);
    expect(await client().wecomChange.count({ where: { doneAt: null } })).toBe(0);
  });
}

async function until(holds: () => Promise<void>): Promise<void> {
  await vi.waitFor(
    async () => {
      await running.service.beat();
      await holds();
    },
    { timeout: 30_000, interval: 20 },
  );
  await running.service.conversation.quiet();
  await running.service.beat();
}

/** What is not urgent keeps off the full hour and the half hour by some minutes. */
async function minutesLater(): Promise<void> {
  clock.pass(600_000);
  await running.service.beat();
}

/** The next morning: the night's look is done and the lists are out. */
async function nextMorning(): Promise<void> {
  const before = lookups();
  clock.pass(86_400_000);
  await until(async () => {
    expect(lookups()).toBeGreaterThan(before);
    await Promise.resolve();
  });
  await lookedAt();
}

const lookups = (): number => wecom.count('department/list');

const workerId = async (account: string): Promise<string> =>
  (await client().worker.findFirstOrThrow({ where: { account } })).id;

/** The account on WeCom of whom the roster knows by this userid. */
async function accountOf(account: string) {
  const personId = await workerId(account);
  return client().chatAccount.findFirstOrThrow({ where: { channel: 'wecom', personId } });
}

const states = async (): Promise<Record<string, number>> => {
  const rows = await client().wecomMember.findMany();
  return Object.fromEntries(
    ['here', 'gone', 'renamed'].map((state) => [state, rows.filter((row) => row.state === state).length]),
  );
};

async function says(userid: string, words: string): Promise<string> {
  await wecom.say(userid, words);
  await running.service.conversation.quiet();
  await running.service.beat();
  return wecom.readPhone(userid).at(-1) ?? '';
}

/** A message to somebody that is to go out in the afternoon. */
const waitingRow = (accountId: string) => {
  const at = '2026-11-25T07:00:00.000Z';
  const body = JSON.stringify({ text: '下午的消息', options: [] });
  const row = {
    id: 'waits',
    key: 'waits',
    lane: 'reply',
    kind: 'says',
    refs: '{}',
    state: 'queued',
  } as const;
  const times = { createdAt: at, dueAt: at, notBefore: at, retryAt: null, claimedAt: null, acceptedAt: null };
  const rest = { sessionKey: 'nobody', attempts: 0, error: null, causeSeq: null, possiblyRepeated: false };
  return insert('Outbox', { ...row, ...times, ...rest, accountId, body, callId: null });
};

/** The words about a hand-over that somebody has read. */
const handOvers = (userid: string): readonly string[] =>
  wecom.readPhone(userid).filter((text) => text.includes('等着交接'));

describe('a director who leaves the company', () => {
  it('becomes a task of the supervisor with the count of children, and is not written to any more', async () => {
    const children = await client().child.count({ where: { villageCode: { endsWith: '001001' } } });
    expect(children).toBeGreaterThan(1);
    const account = await accountOf(DIRECTOR);
    await running.service.world.store.commit({ guards: [], writes: [waitingRow(account.id)] });
    await wecom.contacts.remove(DIRECTOR);
    await lookedAt();
    expect(await client().departure.findMany()).toMatchObject([{ state: 'open', children, asksSent: 1 }]);
    await minutesLater();
    const asks = new RegExp(`^有${String(children)}个孩子等着交接`, 'u');
    expect(handOvers(SUPERVISOR).filter((text) => asks.test(text))).toHaveLength(1);
    const sent = await client().outbox.count({ where: { accountId: account.id } });
    await nextMorning();
    const rows = await client().outbox.findMany({ where: { accountId: account.id } });
    expect(rows).toHaveLength(sent);
    expect(rows.find(({ id }) => id === 'waits')).toMatchObject({ state: 'dropped', error: 'pointless' });
    for (let day = 0; day < 5; day += 1) await nextMorning();
    const list = handOvers(SUPERVISOR).find((text) => text.includes('还没有人接手'));
    expect(list).toMatch(/有\d+个孩子等着交接\n.+已经不在企业微信里，还没有人接手/u);
    expect(list).not.toContain('还没有儿童主任');
  });

  it('stands in 台账 and 预警 of the supervisor, and nobody else reads of it', async () => {
    await wecom.contacts.remove(DIRECTOR);
    await lookedAt();
    for (const word of ['台账', '预警'])
      expect(await says(SUPERVISOR, word)).toMatch(/名下\d+个孩子等着交接/u);
    expect(await says('sup.002', '台账')).not.toContain('等着交接');
    expect(handOvers('sup.002')).toEqual([]);
    expect(running.log.join('\n')).not.toMatch(/姓名|等着交接|dir\.0/iu);
  });

  it('is asked about once a week, then at the desk as well, until the children have a new director', async () => {
    await wecom.contacts.remove(DIRECTOR);
    await lookedAt();
    for (let day = 0; day < 8; day += 1) await nextMorning();
    const asked = await client().outbox.findMany({ where: { key: { startsWith: 'hand-over:' } } });
    expect(asked).toHaveLength(3);
    await minutesLater();
    expect(handOvers(DESK)).toHaveLength(1);
    const gone = await workerId(DIRECTOR);
    const { villageCode } = await client().assignment.findFirstOrThrow({ where: { workerId: gone } });
    await running.service.world.store.commit({
      guards: [],
      writes: [
        insert('Assignment', {
          id: 'new-director',
          workerId: await workerId('dir.00002'),
          villageCode,
          childId: null,
          fromOn: '2026-12-03',
          untilOn: null,
        }),
      ],
    });
    clock.pass(600_000);
    await until(async () => {
      expect(await client().departure.findMany()).toMatchObject([{ state: 'settled', nextAskAt: null }]);
    });
    expect(await says(SUPERVISOR, '台账')).not.toContain('等着交接');
    expect(await says('dir.00002', '待办')).toContain('李小明');
  });

  it('who comes back has the children again, and the task is over', async () => {
    await wecom.contacts.remove(DIRECTOR);
    await lookedAt();
    await wecom.contacts.create({ userid: 'DIR.00001', departments: [3] });
    await lookedAt();
    expect(await client().departure.findMany()).toMatchObject([{ state: 'back', openFor: null }]);
    expect((await accountOf(DIRECTOR)).goneAt).toBeNull();
    expect(await says(DIRECTOR, '待办')).toContain('李小明');
    clock.pass(60_000); // the same words in the same second would be the same event
    await wecom.contacts.remove(DIRECTOR);
    await lookedAt();
    expect(await client().departure.count({ where: { state: 'open' } })).toBe(1);
  });
});

describe('a director under a new userid', () => {
  it('goes on as the same person, whatever the roster still calls them', async () => {
    await wecom.contacts.rename(DIRECTOR, 'Li.Laoshi');
    await lookedAt();
    expect(await accountOf(DIRECTOR)).toMatchObject({ externalId: 'li.laoshi', goneAt: null });
    expect(await client().departure.count()).toBe(0);
    expect(await says('li.laoshi', '待办')).toContain('李小明');
    await nextMorning();
    expect(await client().chatAccount.count({ where: { channel: 'wecom', externalId: DIRECTOR } })).toBe(0);
    await wecom.contacts.rename('li.laoshi', 'li.2');
    await wecom.contacts.remove('li.2');
    await lookedAt();
    expect(await client().departure.count({ where: { state: 'open' } })).toBe(1);
  });

  it('who wrote under it before we knew keeps what was chosen, and hears what was still to be sent', async () => {
    await says(DIRECTOR, '设置 7点');
    const before = await accountOf(DIRECTOR);
    wecom.callbacks.hold();
    await wecom.contacts.rename(DIRECTOR, 'new.me');
    const held = wecom.callbacks.sent.at(-1);
    await wecom.callbacks.release();
    expect(held?.xml).toContain('new.me');
    await wecom.say('new.me', '待办');
    await lookedAt();
    const after = await accountOf(DIRECTOR);
    expect(after).toMatchObject({ externalId: 'new.me', digestMinutes: before.digestMinutes });
    expect(after.id).not.toBe(before.id);
  });
});

describe('what WeCom tells of its address book', () => {
  it('two changes of one second are both kept, and one that comes four times is one', async () => {
    wecom.callbacks.hold();
    await wecom.contacts.rename('dir.00001', 'one');
    await wecom.contacts.rename('dir.00002', 'two');
    await wecom.callbacks.release('at-once');
    const [first] = wecom.callbacks.sent.slice(-2);
    if (first) await wecom.callbacks.again(first, { copies: 3 });
    await lookedAt();
    expect(await client().wecomChange.count()).toBe(2);
    expect((await accountOf('dir.00001')).externalId).toBe('one');
    expect((await accountOf('dir.00002')).externalId).toBe('two');
    expect(await states()).toEqual({ here: 19, gone: 0, renamed: 2 });
  });

  it('a move is noted and touches nobody; a member nobody imported becomes no director', async () => {
    const workers = await client().worker.count();
    await wecom.contacts.update(DIRECTOR, { departments: [3, 2] });
    await wecom.contacts.create({ userid: 'stranger', name: '新来的', departments: [2] });
    await lookedAt();
    const member = await client().wecomMember.findUniqueOrThrow({ where: { userid: DIRECTOR } });
    expect(member.departments).toBe('[2,3]');
    expect(await client().worker.count()).toBe(workers);
    expect(await client().departure.count()).toBe(0);
    expect(await client().chatAccount.count({ where: { externalId: 'stranger' } })).toBe(0);
    await nextMorning();
    await nextMorning();
    await minutesLater();
    const told = wecom.readPhone(DESK).filter((text) => text.includes('人不在名册上'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('企业微信里有1人不在名册上');
    expect(told[0]).not.toMatch(/新来的|stranger/u);
  });

  it('is found in the night where no event came, and a broken line is no sign of anybody leaving', async () => {
    wecom.callbacks.hold();
    await wecom.contacts.remove(DIRECTOR);
    wecom.faults.plan('user/list', { kind: 'html-502' }, { times: 1 });
    clock.pass(86_400_000);
    await until(async () => {
      expect(running.log.join('\n')).toContain('wecom contacts not read');
      await Promise.resolve();
    });
    expect(await client().departure.count()).toBe(0);
    clock.pass(600_000);
    await until(async () => {
      expect(await client().departure.count()).toBe(1);
    });
  });
});

describe('when much would vanish at once', () => {
  it('nothing is done, and the log says how many of how many', async () => {
    for (const userid of DIRECTORS) wecom.tenant.known(userid).visible = false;
    clock.pass(86_400_000);
    await until(async () => {
      expect(running.log.join('\n')).toContain('held back');
      await Promise.resolve();
    });
    expect(running.log.join('\n')).toMatch(/"leaving":12,"known":19/u);
    expect(await running.service.world.metrics.text()).toContain('wecom_contacts{what="held"} 12');
    await minutesLater();
    const told = wecom.readPhone(DESK).filter((text) => text.includes('一下子少了12人'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('您这里的名册上少了12人');
    expect(await states()).toEqual({ here: 19, gone: 0, renamed: 0 });
    expect(await client().departure.count()).toBe(0);
    for (const userid of DIRECTORS) wecom.tenant.known(userid).visible = true;
    await nextMorning();
    expect(await states()).toEqual({ here: 19, gone: 0, renamed: 0 });
    expect((await says(DIRECTOR, '待办')).length).toBeGreaterThan(0);
  });

  it('those who vanish one by one are added up', async () => {
    for (const userid of ['dir.00004', 'dir.00005']) {
      await wecom.contacts.remove(userid);
      await lookedAt();
    }
    expect(await client().departure.count()).toBe(2);
    await wecom.contacts.remove('dir.00006');
    await until(async () => {
      expect(running.log.join('\n')).toContain('held back');
      await Promise.resolve();
    });
    expect(await client().departure.count()).toBe(2);
  });
});
