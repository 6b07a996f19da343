import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insert, update, type Write } from '../../server/services/batch.ts';
import type { ContactRow } from '../../server/store/generated/tables.ts';
import { moveClock, Phone } from '../support/phone.ts';
import { childId, GUARDIAN, PEOPLE, startSmallCounty, type SmallCounty } from '../support/small-county.ts';
import { setUp } from '../support/transcript-setup.ts';

vi.setConfig({ testTimeout: 120_000 });

const FATHER = PEOPLE.李爸爸 ?? '';
const DIRECTOR = PEOPLE.郑主任 ?? '';
const MONDAY = '2026-11-23T02:00:00.000Z';
const OWN = '会自己洗衣服了，请放心。';

let county: SmallCounty;
beforeEach(async () => {
  county = await startSmallCounty();
  await moveClock(county, MONDAY);
  await setUp(county.service.world.store, '(李爸爸要提醒)', MONDAY);
});
afterEach(() => county.stop());

/** 郑主任 saw 小明 at home, all was well, and she approved a letter to his father. `first` happens before she does. */
async function approved(first: readonly Write[] = []): Promise<void> {
  const phone = new Phone(county, DIRECTOR);
  await phone.say('今天去家里看了小明，见到他了，奶奶在');
  await phone.press('未发现异常');
  await phone.press('写家书');
  await phone.say(OWN);
  await done(...first);
  await phone.press('发给爸爸');
}

async function done(...writes: readonly Write[]): Promise<void> {
  await county.service.world.commit({ guards: [], writes });
}

async function letters(): Promise<readonly string[]> {
  const texts = (await new Phone(county, FATHER).received()).map(({ text }) => text);
  return texts.filter((text) => text.includes('家书'));
}

async function stateOf(): Promise<string | undefined> {
  return (await county.service.world.store.client.familyLetter.findFirst())?.state;
}

async function toldDirector(): Promise<readonly string[]> {
  const texts = (await new Phone(county, DIRECTOR).received()).map(({ text }) => text);
  return texts.filter((text) => text.includes('没有送到'));
}

const concern = (openedAt: string): Write => {
  const row = { id: 'concern', childId: childId('李小明'), contactId: null, authorId: 'somebody', rev: 1 };
  const rest = { outcome: 'worried' as const, openedAt, answeredAt: null, followUpOn: null, words: null };
  return insert('Concern', { ...row, ...rest, state: 'open', closedAt: null });
};
const channel = (name: 'kf' | 'simulator'): Write =>
  update('ChatAccount', '00000005-0000-7000-8000-000000000050', { channel: name });
const MARK: Write = insert('NoContact', {
  ...{ id: 'mark', personKind: 'guardian', personId: GUARDIAN.id, childId: childId('李小明') },
  ...{ reason: 'protection', fromOn: '2026-11-23', setBy: 'desk', setAt: MONDAY },
  ...{ liftedBy: null, liftedAt: null, source: null, liftedWhy: null },
});

describe('a letter that was approved', () => {
  it('arrives once, with two sentences, and nothing of it is logged', async () => {
    await approved();
    await moveClock(county, '2026-11-23T02:05:00.000Z');
    await county.restart();
    await moveClock(county, '2026-11-23T04:00:00.000Z');
    expect(await letters()).toEqual([expect.stringMatching(/写了家书：\n.+没发现让人担心的事。\n会自己/u)]);
    expect(county.log.join('\n')).not.toContain('洗衣服');
    const [row] = await county.service.world.store.client.familyLetter.findMany();
    expect(row).toMatchObject({ state: 'sent', ending: 'own' });
    expect(row?.words).not.toContain('洗衣服'); // sealed
  });

  it('waits while a worry of somebody else is open, and goes when it is closed', async () => {
    await approved([concern('2026-11-20T01:00:00.000Z')]);
    await moveClock(county, '2026-11-23T08:00:00.000Z');
    expect([await letters(), await stateOf()]).toEqual([[], 'waiting']);
    await done(update('Concern', 'concern', { state: 'closed' }));
    await moveClock(county, '2026-11-23T09:00:00.000Z');
    expect(await letters()).toHaveLength(1);
  });

  it('does not say that all was well once a worry came up after it, though it was closed again', async () => {
    await approved([channel('kf')]);
    await done(concern('2026-11-23T03:00:00.000Z'), channel('simulator'));
    await done(update('Concern', 'concern', { state: 'closed' }));
    await moveClock(county, '2026-11-23T09:00:00.000Z');
    expect([await letters(), await stateOf()]).toEqual([[], 'waiting']);
  });

  it('goes all the same where the record of the visit is put into other words, and is not written twice', async () => {
    await approved([channel('kf')]);
    const { store } = county.service.world;
    const row = await store.client.contact.findFirstOrThrow({ where: { childId: childId('李小明') } });
    await done(
      insert('Contact', { ...(row as ContactRow), id: 'other-words', supersedesId: row.id }),
      update('Contact', row.id, { supersededById: 'other-words' }),
      channel('simulator'),
    );
    const phone = new Phone(county, DIRECTOR);
    expect((await phone.say('家书 小明')).at(-1)?.text).toContain('已经写过');
    await moveClock(county, '2026-11-23T04:00:00.000Z');
    expect(await letters()).toHaveLength(1);
  });

  it('waits for a telephone that takes nothing now, and for the morning', async () => {
    await approved([channel('kf')]);
    await moveClock(county, '2026-11-23T14:00:00.000Z'); // ten in the evening
    await done(channel('simulator'));
    await moveClock(county, '2026-11-23T22:00:00.000Z');
    expect(await letters()).toEqual([]);
    await moveClock(county, '2026-11-24T01:00:00.000Z');
    expect(await letters()).toHaveLength(1);
  });

  it('that found no way in seven days does not go, and whoever wrote it is told so without a reason', async () => {
    await approved([channel('kf')]);
    await moveClock(county, '2026-11-30T12:00:00.000Z');
    expect([await toldDirector(), await stateOf()]).toEqual([[], 'waiting']);
    await moveClock(county, '2026-12-01T01:00:00.000Z');
    await done(channel('simulator'));
    await moveClock(county, '2026-12-03T01:00:00.000Z');
    expect([await letters(), await stateOf()]).toEqual([[], 'lapsed']);
    expect(await toldDirector()).toEqual(['李小明家的家书没有送到。要紧的话，打个电话说。']);
  });

  it('of a visit that is taken back does not go', async () => {
    await approved([channel('kf')]);
    await new Phone(county, DIRECTOR).say('撤回');
    await done(channel('simulator'));
    await moveClock(county, '2026-11-23T04:00:00.000Z');
    expect([await letters(), await stateOf()]).toEqual([[], 'withdrawn']);
    expect(await toldDirector()).toHaveLength(1);
  });

  it('does not go to somebody marked 不得联系 in the second before', async () => {
    await approved([MARK]);
    await moveClock(county, '2026-11-23T04:00:00.000Z');
    expect(await letters()).toEqual([]);
  });

  it('waits where the month of its reader is full', async () => {
    const at = '2026-11-20T02:00:00.000Z';
    const sent = Array.from({ length: 6 }, (_, n) =>
      insert('Outbox', {
        ...{ id: `sent-${String(n)}`, key: `sent-${String(n)}`, lane: 'reminder', kind: 'says', body: null },
        ...{ accountId: '00000005-0000-7000-8000-000000000050', sessionKey: GUARDIAN.id, state: 'accepted' },
        ...{ refs: JSON.stringify({ family: childId('李小明') }), createdAt: at, dueAt: at, notBefore: at },
        ...{ retryAt: null, claimedAt: at, acceptedAt: at, attempts: 1, error: null },
        ...{ causeSeq: null, possiblyRepeated: false, callId: null },
      }),
    );
    await approved(sent);
    await moveClock(county, '2026-11-23T08:00:00.000Z');
    expect([await letters(), await stateOf()]).toEqual([[], 'waiting']);
  });
});

describe('a letter is not offered', () => {
  it('below a visit of a child whose father wants nothing beside safety', async () => {
    await moveClock(county, '2026-11-23T02:01:00.000Z');
    await new Phone(county, FATHER).say('退订');
    const phone = new Phone(county, DIRECTOR);
    await phone.say('今天去家里看了小明，见到他了，奶奶在');
    await phone.press('未发现异常');
    const last = (await phone.received()).at(-1);
    expect(last?.options.map(({ label }) => label)).toEqual(['待办', '撤回', '文本']);
  });

  it('below a visit of a child whose father agreed to words that named no letter', async () => {
    await done(update('Consent', `tips:${GUARDIAN.id}`, { textVersion: 1 }));
    const phone = new Phone(county, DIRECTOR);
    await phone.say('今天去家里看了小明，见到他了，奶奶在');
    await phone.press('未发现异常');
    const last = (await phone.received()).at(-1);
    expect(last?.options.map(({ label }) => label)).toEqual(['待办', '撤回', '文本']);
  });

  it.each<[string, string, string | null]>([
    ['a call', '今天给小明打了电话，是奶奶接的，都好', null],
    ['a visit with a worry', '今天去家里看了小明，见到他了，奶奶在', '有担心'],
    ['a visit that did not see the child', '今天去家里看了小明，没见到他，奶奶在', '不确定'],
    ['a visit of last week', '11月14日去家里看了小明，见到他了，奶奶在', '未发现异常'],
  ])('below %s', async (_what, words, button) => {
    const phone = new Phone(county, DIRECTOR);
    await phone.say(words);
    if (button !== null) await phone.press(button);
    const options = (await phone.received()).flatMap((message) => message.options);
    expect(options.map(({ label }) => label)).toContain('撤回');
    expect(options.map(({ label }) => label)).not.toContain('写家书');
  });
});
