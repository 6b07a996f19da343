import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queuedRow } from '../../server/assembly/conversation-ports.ts';
import { settingsFrom } from '../../server/config.ts';
import { StaleBatch } from '../../server/store/commit.ts';
import { accountByExternalId } from '../../server/store/people.ts';
import type { Store } from '../../server/store/store.ts';
import { amrVoice, sampleFile } from '../support/sample-files.ts';
import { wecomEnv } from '../support/wecom-tenant.ts';
import { SAMPLE_KF } from '../support/wecom/fake-wecom.ts';
import { startKf, type KfWorld } from '../support/kf-service.ts';

const MOTHER = 'wmMOTHER';
const GRANDFATHER = 'wmGRANDFATHER';

let world: KfWorld;

beforeEach(async () => {
  world = await startKf();
});

afterEach(async () => {
  await world.stop();
});

/** The words that were stored, in their order. */
async function stored(): Promise<readonly string[]> {
  const { store } = world.running.service.world;
  const rows = await store.client.inbox.findMany({ where: { channel: 'kf' }, orderBy: { seq: 'asc' } });
  return rows.map((row) => {
    const { body } = store.open('Inbox', row as Parameters<typeof store.open<'Inbox'>>[1]);
    return (JSON.parse(body ?? '{}') as { text: string }).text;
  });
}

const syncs = (): number => world.wecom.count('kf/sync_msg');

describe('what happens at an account of 微信客服', () => {
  it('is read after a wake-up, once, in order, whatever the wake-ups did', async () => {
    const { wecom, answered } = world;
    wecom.callbacks.hold();
    const spoken = [
      wecom.kf.say(SAMPLE_KF, MOTHER, '你好'),
      wecom.kf.say(SAMPLE_KF, GRANDFATHER, '007'),
      wecom.kf.say(SAMPLE_KF, MOTHER, '有人吗'),
    ];
    await wecom.callbacks.release('at-once');
    await Promise.all(spoken);
    await wecom.kf.wake(SAMPLE_KF, { copies: 3 });
    await answered();
    expect(await stored()).toEqual(['你好', '007', '有人吗']);
  });

  it('comes in many pages, some of them empty', async () => {
    const { wecom, answered } = world;
    wecom.kfLog.pageSize = 2;
    wecom.callbacks.hold();
    for (let n = 0; n < 7; n += 1) void wecom.kf.say(SAMPLE_KF, MOTHER, `第${String(n)}句`);
    wecom.kfLog.emptyPages = 3;
    await wecom.callbacks.release();
    await answered();
    expect(await stored()).toEqual(Array.from({ length: 7 }, (_, n) => `第${String(n)}句`));
    wecom.kfLog.emptyPages = 1;
    await wecom.kf.say(SAMPLE_KF, MOTHER, '还有');
    await answered();
    expect(await stored()).toHaveLength(8);
  });

  it('is read by one reader: wake-ups during a reading cause one more, not one each', async () => {
    const { wecom, answered } = world;
    const before = syncs();
    wecom.callbacks.hold();
    for (let n = 0; n < 20; n += 1) void wecom.kf.say(SAMPLE_KF, MOTHER, `第${String(n)}句`);
    await wecom.callbacks.release('at-once');
    await answered();
    expect(await stored()).toHaveLength(20);
    expect(syncs() - before).toBeLessThan(10);
  });

  it('is read with the token of its wake-up, so that a busy hour shuts nobody out', async () => {
    const { wecom, answered } = world;
    for (let n = 0; n < 15; n += 1) {
      await wecom.kf.say(SAMPLE_KF, MOTHER, `第${String(n)}句`);
      await answered();
    }
    expect(await stored()).toHaveLength(15);
    const withoutToken = wecom.calls.filter(
      ({ path, body }) => path === 'kf/sync_msg' && !JSON.stringify(body).includes('token'),
    );
    expect(withoutToken).toHaveLength(1);
  });

  it('and its place are stored together or not at all', async () => {
    const { wecom, answered, running } = world;
    const { store } = running.service.world;
    const place = async () =>
      (await store.client.kfAccount.findUnique({ where: { openKfId: SAMPLE_KF } }))?.cursor;
    const before = await place();
    const commit = store.commit.bind(store);
    let refused = 0;
    const refusing: Store['commit'] = async (batch, options) => {
      if (!batch.writes.some(({ table }) => table === 'Inbox')) return commit(batch, options);
      refused += 1;
      expect(await place()).toBe(before);
      expect(await stored()).toEqual([]);
      store.commit = commit;
      throw new StaleBatch('a race');
    };
    store.commit = refusing;
    await wecom.kf.say(SAMPLE_KF, MOTHER, '你好');
    await answered();
    expect(refused).toBe(1);
    expect(await stored()).toEqual(['你好']);
    expect(await place()).not.toBe(before);
  });

  it('is found within a minute where the wake-up was lost, and not asked for more often than that', async () => {
    const { wecom, answered, clock } = world;
    wecom.callbacks.hold();
    void wecom.kf.say(SAMPLE_KF, MOTHER, '你好');
    await answered();
    expect(await stored()).toEqual([]);
    clock.pass(60_000);
    const before = syncs();
    for (let n = 0; n < 5; n += 1) await answered();
    expect(await stored()).toEqual(['你好']);
    expect(syncs() - before).toBe(1);
    await wecom.callbacks.release();
    await answered();
    expect(await stored()).toEqual(['你好']);
  });

  it('is read at the next tick where the line broke after a wake-up', async () => {
    const { wecom, answered, clock } = world;
    wecom.faults.plan('kf/sync_msg', { kind: 'close-before' }, { times: 1 });
    await wecom.kf.say(SAMPLE_KF, MOTHER, '你好');
    await world.running.service.conversation.quiet();
    expect(await stored()).toEqual([]);
    clock.pass(5_000);
    await answered();
    expect(await stored()).toEqual(['你好']);
  });

  it('is noted by a process that rests, and read by the one that takes over the work', async () => {
    const { wecom, answered, clock, read, running } = world;
    const { client } = running.service.world.store;
    const expiresAt = new Date(clock.now().getTime() + 30_000).toISOString();
    await client.lease.updateMany({ data: { holder: 'elsewhere/1/x', rev: { increment: 1 }, expiresAt } });
    await answered();
    const before = syncs();
    await wecom.kf.say(SAMPLE_KF, MOTHER, '你好');
    for (let n = 0; n < 20; n += 1) await wecom.callbacks.verify(); // room for a reading that should not be
    expect(syncs()).toBe(before);
    clock.pass(31_000);
    await answered();
    expect(read(MOTHER)).toHaveLength(1);
  });

  it('of an hour ago is read with a token that is over, and dated as it was written', async () => {
    const { wecom, answered, clock } = world;
    wecom.faults.plan('kf/sync_msg', { kind: 'html-502' }, { times: 1_000 });
    await wecom.kf.say(SAMPLE_KF, MOTHER, '孩子不吃饭');
    await answered();
    clock.pass(3_600_000);
    wecom.faults.clear();
    await answered();
    expect(await stored()).toEqual(['孩子不吃饭']);
    const [row] = await world.running.service.world.store.client.inbox.findMany();
    expect(row?.receivedAt).toBe('2026-11-25T03:00:00.000Z');
  });

  it('is left alone for a minute after a refusal', async () => {
    const { wecom, answered, clock } = world;
    wecom.faults.plan('kf/sync_msg', { kind: 'errcode', errcode: 45_009 });
    await wecom.kf.say(SAMPLE_KF, MOTHER, '你好');
    await answered();
    const before = syncs();
    await answered();
    await wecom.kf.wake(SAMPLE_KF);
    await answered();
    expect(syncs()).toBe(before);
    clock.pass(60_000);
    await answered();
    expect(await stored()).toEqual(['你好']);
  });

  it('at an account that is not ours is none of our business', async () => {
    const { wecom, answered, running } = world;
    const before = syncs();
    expect(await wecom.kf.say('wkANOTHERPROJECT', MOTHER, '李小明家')).toMatchObject({ received: true });
    await answered();
    expect(syncs()).toBe(before);
    expect(await stored()).toEqual([]);
    expect(running.log.join('\n')).toContain('kf_msg_or_event of another account');
    expect(running.log.join('\n')).not.toContain('小明');
  });
});

/** A guardian says something and reads the newest answer. */
async function says(customer: string, words: string): Promise<string> {
  await world.wecom.kf.say(SAMPLE_KF, customer, words);
  await world.answered();
  return world.read(customer).at(-1) ?? '';
}

const reports = (): Promise<number> => world.running.service.world.store.client.mandatoryReport.count();

describe('a family that comes to 微信客服', () => {
  it('hears who we are and how to reach a person, once, and the invitation is kept', async () => {
    const { wecom, answered, read, running } = world;
    const way = `https://work.weixin.qq.com/kfid/${SAMPLE_KF}?enc_scene=village`;
    await wecom.kf.follow(`${way}&scene_param=350000001001`, MOTHER);
    await answered();
    expect(read(MOTHER)).toHaveLength(1);
    expect(read(MOTHER)[0]).toMatch(/护童.*求助/su);
    await wecom.kf.enter(SAMPLE_KF, MOTHER);
    await answered();
    expect(read(MOTHER)).toHaveLength(1);
    const { store } = running.service.world;
    const [reach] = await store.client.kfReach.findMany();
    expect(reach?.invitation).not.toContain('350000001001');
    expect(store.openText('KfReach', 'invitation', reach?.accountId ?? '', reach?.invitation ?? '')).toBe(
      '350000001001',
    );
  });

  it('is not greeted when that would come too late', async () => {
    const { wecom, answered, clock, read, running } = world;
    wecom.callbacks.hold();
    void wecom.kf.enter(SAMPLE_KF, MOTHER);
    clock.pass(60_000);
    await answered();
    await wecom.callbacks.release();
    expect(read(MOTHER)).toEqual([]);
    expect(await running.service.world.store.client.outbox.count({ where: { lane: 'reply' } })).toBe(0);
  });

  it('sees no child, gets choices to tap, and reaches a person by one tap', async () => {
    const { wecom, answered, read } = world;
    expect(await says(MOTHER, '李小明怎么样')).not.toContain('小明');
    await says(MOTHER, '你好');
    const menu = wecom.kf.phone(SAMPLE_KF, MOTHER).at(-1)?.menu ?? [];
    expect(menu.map(({ text }) => text)).toEqual(['紧急', '儿童主任', '投诉建议', '帮助']);
    await wecom.kf.tapMenu(SAMPLE_KF, MOTHER, menu.find(({ text }) => text === '紧急')?.id ?? '');
    await answered();
    expect(read(MOTHER).at(-1)).toContain('别人也看这部手机吗');
    expect(await reports()).toBe(1);
  });

  it('reaches a person by the word 求助, although the line breaks, once', async () => {
    const { wecom, answered, clock, read } = world;
    wecom.faults.plan('kf/send_msg', { kind: 'close-after' }, { times: 2 });
    await says(MOTHER, '求助 奶奶病了');
    for (let n = 0; n < 4; n += 1) {
      clock.pass(30_000);
      await answered();
    }
    expect(read(MOTHER).filter((text) => text.includes('别人也看这部手机吗'))).toHaveLength(1);
    expect(wecom.count('kf/send_msg')).toBeGreaterThan(1);
  });
});

describe('while a person of the service talks with a family', () => {
  beforeEach(async () => {
    await says(MOTHER, '你好');
    await world.wecom.kf.servicerTakes(SAMPLE_KF, MOTHER, 'sup.001');
    await world.wecom.kf.servicerSays(SAMPLE_KF, MOTHER, '我是王主任');
    await world.answered();
  });

  it('nothing is said, and what was said is kept', async () => {
    const before = world.read(MOTHER);
    await says(MOTHER, '投诉建议');
    expect(world.read(MOTHER)).toEqual(before);
    expect(await stored()).toContain('投诉建议');
    await world.wecom.kf.servicerEnds(SAMPLE_KF, MOTHER);
    expect(await says(MOTHER, '你好')).toContain('护童');
  });

  it('whose end nobody told us of, the next words are answered', async () => {
    const session = world.wecom.kf.session(SAMPLE_KF, MOTHER) as { state: number };
    session.state = 0;
    expect(await says(MOTHER, '你好')).toContain('护童');
  });

  it('a call for help opens a report all the same, silently', async () => {
    const before = world.read(MOTHER);
    await says(MOTHER, '求助 孩子被打了');
    expect(await reports()).toBe(1);
    expect(world.read(MOTHER)).toEqual(before);
    const { client } = world.running.service.world.store;
    expect(await client.outbox.count({ where: { state: 'failed', error: 'taken' } })).toBe(1);
  });
});

/** Queues a word to the mother that nobody asked for, as a reminder or a page would. */
async function queued(lane: 'reminder' | 'urgent', key: string): Promise<void> {
  const { store, commit, ...rest } = world.running.service.world;
  const account = await accountByExternalId(store, 'kf', MOTHER);
  if (account === null) throw new Error('nobody of this name');
  const outgoing = { account, lane, key, reply: { key: 'menu.family' }, refs: {} } as const;
  await commit({ guards: [], writes: [queuedRow({ store, commit, ...rest }, outgoing)] });
}

/** What became of the rows of these keys. */
async function fates(...keys: readonly string[]): Promise<readonly string[]> {
  const rows = await world.running.service.world.store.client.outbox.findMany({
    where: { key: { in: [...keys] } },
  });
  return keys.map((key) => {
    const row = rows.find((one) => one.key === key);
    if (row === undefined) return 'nowhere';
    return row.error === null ? row.state : `${row.state} ${row.error}`;
  });
}

const sends = (): number => world.wecom.count('kf/send_msg');

describe('the five messages after the words of a family', () => {
  beforeEach(async () => {
    await says(MOTHER, '你好');
  });

  it('are four, and the fifth is kept for an emergency; what exceeds them fails and is not tried for ever', async () => {
    const { answered, clock, read } = world;
    for (const n of [2, 3, 4, 5]) await queued('reminder', `word ${String(n)}`);
    await answered();
    expect(await fates('word 2', 'word 3', 'word 4', 'word 5')).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'failed closed',
    ]);
    await queued('urgent', 'page 1');
    await queued('urgent', 'page 2');
    await answered();
    expect((await fates('page 1', 'page 2')).toSorted()).toEqual(['accepted', 'failed closed']);
    expect(read(MOTHER)).toHaveLength(5);
    const before = sends();
    clock.pass(3_600_000);
    await answered();
    expect(sends()).toBe(before);
    await says(MOTHER, '你好');
    await queued('reminder', 'word 6');
    await answered();
    expect(await fates('word 6')).toEqual(['accepted']);
  });

  it('end after 48 hours, without a question to WeCom', async () => {
    const { answered, clock } = world;
    clock.pass(49 * 3_600_000);
    const before = sends();
    await queued('reminder', 'late');
    await queued('urgent', 'late page');
    await answered();
    expect(await fates('late', 'late page')).toEqual(['failed closed', 'failed closed']);
    expect(sends()).toBe(before);
  });

  it('do not count what is tried again', async () => {
    const { wecom, answered, clock } = world;
    wecom.faults.plan('kf/send_msg', { kind: 'close-after' }, { times: 6 });
    await queued('reminder', 'word 2');
    for (let n = 0; n < 10; n += 1) {
      await answered();
      clock.pass(600_000);
    }
    await queued('reminder', 'word 3');
    await queued('reminder', 'word 4');
    await answered();
    expect(await fates('word 2', 'word 3', 'word 4')).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('fail at once where WeCom says that they cannot go, by what it says', async () => {
    const { wecom, answered, clock } = world;
    const codes = [95_001, 95_002, 95_013, 95_018, 40_096, 45_002];
    for (const errcode of codes) {
      await says(MOTHER, '你好');
      wecom.faults.plan('kf/send_msg', { kind: 'errcode', errcode });
      await queued('reminder', String(errcode));
      await answered();
    }
    clock.pass(600_000);
    await answered();
    expect(await fates(...codes.map(String))).toEqual([
      'failed closed',
      'failed closed',
      'failed closed',
      'failed taken',
      'failed unreachable',
      'failed refused',
    ]);
  });

  it('wait where WeCom is asked too often, and go once', async () => {
    const { wecom, answered, clock, read } = world;
    wecom.faults.plan('kf/send_msg', { kind: 'errcode', errcode: 45_009 });
    await queued('reminder', 'word');
    await answered();
    expect(await fates('word')).toEqual(['queued busy']);
    clock.pass(60_000);
    await answered();
    expect(await fates('word')).toEqual(['accepted']);
    expect(read(MOTHER)).toHaveLength(2);
  });

  it('do not reach the one too many of a company that is not verified, and reach the others', async () => {
    const { wecom, answered, running, read } = world;
    wecom.kfSettings.capacity = 1;
    await says(GRANDFATHER, '你好');
    expect(read(GRANDFATHER)).toEqual([]);
    const unreachable = { state: 'failed', error: 'unreachable' };
    expect(await running.service.world.store.client.outbox.count({ where: unreachable })).toBe(1);
    await queued('reminder', 'to one of before');
    await answered();
    expect(await fates('to one of before')).toEqual(['accepted']);
    expect(running.log.join('\n')).not.toContain('wecom settings are wrong');
  });

  it('that WeCom took and could not deliver have failed, by what it tells afterwards', async () => {
    const { wecom, answered, running } = world;
    const types = [0, 5, 6, 10, 1];
    for (const failType of types) {
      await says(MOTHER, '你好');
      expect(running.log.join('\n')).not.toContain('wecom settings are wrong');
      wecom.kfFailNext(failType);
      await queued('reminder', `type ${String(failType)}`);
      await answered();
      await answered();
    }
    expect(await fates(...types.map((type) => `type ${String(type)}`))).toEqual([
      'failed fault',
      'failed closed',
      'failed closed',
      'failed unreachable',
      'failed refused',
    ]);
    expect(running.log.join('\n')).toContain('wecom settings are wrong');
  });
});

describe('the outcome of a report of a family', () => {
  const desk = async (words: string): Promise<string> => {
    await world.wecom.say('county.desk', words);
    await world.answered();
    return world.wecom.readPhone('county.desk').at(-1) ?? '';
  };
  const state = async () =>
    (await world.running.service.world.store.client.mandatoryReport.findFirstOrThrow()).state;

  it('that cannot be sent to them any more is told to whoever wrote it, and then a person tells them', async () => {
    await says(MOTHER, '求助 奶奶病倒了，孩子一个人在家');
    await says(MOTHER, '只有我看');
    await says(MOTHER, '说完了');
    await desk('收到');
    world.clock.pass(49 * 3_600_000);
    await world.answered();
    await desk('收到');
    await desk('办结');
    await desk('有结果了');
    await desk('孩子由姑姑接去照看了');
    await desk('家里没有人有危险，不用报警');
    await desk('孩子在姑姑家，请放心');
    expect(world.wecom.readPhone('county.desk').at(-1)).toContain('没收到');
    expect(await state()).toBe('resolved');
    expect(await desk('回复报告人')).toContain('打');
    await desk('打过电话了，他妈妈知道了');
    await world.answered();
    expect(await state()).toBe('closed');
    expect(world.read(MOTHER).join('')).not.toContain('姑姑');
  });
});

describe('a photo or a voice message of a family', () => {
  const photo = { bytes: sampleFile('image/jpeg'), mime: 'image/jpeg', name: 'a.jpg' };
  const voice = { bytes: amrVoice(4), mime: 'audio/amr', name: 'a.amr' };
  const files = (kind: 'photo' | 'voice') =>
    world.running.service.world.store.client.storedFile.count({ where: { kind } });

  it('is fetched at once and kept until a person has listened, and the family hears so', async () => {
    const { wecom, answered, read, running } = world;
    await wecom.kf.send(SAMPLE_KF, MOTHER, 'voice', voice);
    await answered();
    await answered();
    expect(await files('voice')).toBe(1);
    expect(await running.service.world.store.client.listening.count({ where: { source: 'family' } })).toBe(1);
    expect(read(MOTHER).at(-1)).toContain('会有人听');
  });

  it('waits while the line is broken, and words said after it follow it', async () => {
    const { wecom, answered, clock, read } = world;
    wecom.faults.plan('media/get', { kind: 'html-502' }, { times: 100 });
    await wecom.kf.send(SAMPLE_KF, MOTHER, 'image', photo);
    await says(MOTHER, '你好');
    expect(read(MOTHER)).toEqual([]);
    wecom.faults.clear();
    clock.pass(5_000);
    await answered();
    await answered();
    expect(await files('photo')).toBe(1);
    expect(read(MOTHER)[0]).toContain('会有人看');
    expect(read(MOTHER).at(-1)).toContain('您好');
  });

  it('that is gone, or a kind that nobody can keep, is told to whoever sent it', async () => {
    const { wecom, answered, read } = world;
    wecom.faults.plan('media/get', { kind: 'errcode', errcode: 40_007 });
    await wecom.kf.send(SAMPLE_KF, MOTHER, 'image', photo);
    await answered();
    await answered();
    expect(read(MOTHER).at(-1)).toContain('没收到');
    await wecom.kf.send(SAMPLE_KF, MOTHER, 'file', { ...photo, mime: 'application/pdf', name: 'a.pdf' });
    await answered();
    expect(read(MOTHER).at(-1)).toContain('请用文字');
    expect(await files('photo')).toBe(0);
  });
});

async function failing(): Promise<readonly string[]> {
  const answer = await fetch(`${world.running.url}/readyz`);
  return ((await answer.json()) as { failing: string[] }).failing;
}

describe('whoever looks after the service', () => {
  it('sees that nobody reads what families write, after ten minutes, and that it is read again', async () => {
    const { wecom, answered, clock, running } = world;
    expect(await failing()).toEqual([]);
    wecom.faults.plan('kf/sync_msg', { kind: 'html-502' }, { times: Infinity });
    for (let n = 0; n < 10; n += 1) {
      clock.pass(60_000);
      await answered();
    }
    expect(await failing()).toEqual([]);
    clock.pass(60_000);
    await answered();
    expect(await failing()).toEqual(['kf']);
    wecom.faults.clear();
    clock.pass(60_000);
    await answered();
    expect(await failing()).toEqual([]);
    const numbers = await (await fetch(`${running.url}/metrics`)).text();
    expect(numbers).toContain(`kf_last_read_timestamp_seconds ${String(clock.now().getTime() / 1000)}`);
  });

  it('sees a setting that lets nothing go to families, and what waited goes out when it is mended', async () => {
    const { wecom, answered, clock, read } = world;
    await says(MOTHER, '你好');
    wecom.faults.plan('kf/send_msg', { kind: 'errcode', errcode: 95_017 }, { times: Infinity });
    await queued('reminder', 'word 2');
    for (let n = 0; n < 13; n += 1) {
      await answered();
      clock.pass(600_000);
    }
    expect(await fates('word 2')).toEqual(['queued settings']); // 12 tries would be given up
    expect(await failing()).toContain('wecom-95017');
    wecom.faults.clear();
    await answered();
    expect(await fates('word 2')).toEqual(['accepted']);
    expect(read(MOTHER)).toHaveLength(2);
    expect(await failing()).not.toContain('wecom-95017');
  });
});

describe('a family that is bound', () => {
  it('and stops in the middle of a question is not waited for for ever', async () => {
    const { running, answered, clock } = world;
    const { store } = running.service.world;
    await says(MOTHER, '你好');
    const guardian = await store.client.guardian.findFirstOrThrow();
    await store.client.chatAccount.updateMany({
      where: { channel: 'kf', externalId: MOTHER },
      data: { personKind: 'guardian', personId: guardian.id, linkedAt: clock.now().toISOString() },
    });
    await says(MOTHER, '投诉建议');
    const session = () => store.client.dialogSession.findUnique({ where: { key: guardian.id } });
    expect((await session())?.wakeAt).not.toBeNull();
    clock.pass(3_600_000);
    await answered();
    expect((await session())?.wakeAt).toBeNull();
  });
});

describe('微信客服 without WeCom', () => {
  it('is refused at the start, by the names of what is missing', () => {
    const kf = { WECOM_KF_OPEN_KFID: SAMPLE_KF };
    expect(() => settingsFrom(kf)).toThrow(/WECOM_CORP_ID.*WECOM_ENCODING_AES_KEY/);
    expect(settingsFrom({ ...wecomEnv('http://127.0.0.1:9'), ...kf }).wecom?.openKfId).toBe(SAMPLE_KF);
  });
});
