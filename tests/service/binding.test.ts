import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { familyMayRead } from '../../server/assembly/family-claim.ts';
import { insert, update } from '../../server/services/batch.ts';
import { homeOf } from '../../server/store/homes.ts';
import { phonesOf } from '../../server/store/family-phones.ts';
import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { accountByExternalId } from '../../server/store/people.ts';
import { moveClock, Phone } from '../support/phone.ts';
import {
  CARER,
  CHILDREN,
  childId,
  GUARDIAN,
  PEOPLE,
  startSmallCounty,
  type SmallCounty,
} from '../support/small-county.ts';

const TODAY = day('2026-11-23');
const GRANDMOTHER = `carer:${CARER.id}`;
const FATHER = `guardian:${GUARDIAN.id}`;

let county: SmallCounty;

beforeEach(async () => {
  county = await startSmallCounty();
  await moveClock(county, '2026-11-23T01:00:00.000Z');
});

afterEach(async () => {
  await county.stop();
});

const phone = (account: string): Phone => new Phone(county, account);
const zheng = (): Phone => phone(PEOPLE.郑主任 ?? '');

async function invited(who: string): Promise<string> {
  await zheng().say(`邀请 ${who}`);
  const texts = (await zheng().received()).map(({ text }) => text);
  const code = /绑定 ([0-9A-Z]{8})/u.exec(texts.at(-1) ?? '')?.[1];
  if (code === undefined) throw new Error('no code was made');
  return code;
}

async function bound(account: string, code: string): Promise<void> {
  await phone(account).say(`绑定 ${code}`);
  await phone(account).say('同意');
  await phone(account).say('想收');
}

describe('an invitation', () => {
  it('is kept as a digest only', async () => {
    const code = await invited('小明的奶奶');
    const rows = await county.service.world.store.client.invitation.findMany();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(county.log.join('\n')).not.toContain(code);
  });

  it('is used by one phone, though two agree in the same moment', async () => {
    const code = await invited('小明的奶奶');
    const stranger = phone(FATHER);
    await stranger.say('解除绑定');
    await stranger.say('解除');
    for (const account of [GRANDMOTHER, FATHER]) {
      await phone(account).say(`绑定 ${code}`);
      await phone(account).say('同意');
    }
    await Promise.all([phone(GRANDMOTHER).say('想收'), phone(FATHER).say('想收')]);
    const { client } = county.service.world.store;
    expect(await client.binding.count()).toBe(1);
    const answers = await Promise.all(
      [GRANDMOTHER, FATHER].map(async (account) => (await phone(account).received()).at(-1)?.text ?? ''),
    );
    expect(answers.filter((text) => text.includes('这个邀请码用不了'))).toHaveLength(1);
  });

  it('is over after seven days, and when a newer one of the same adult is made', async () => {
    const first = await invited('小明的奶奶');
    const second = await invited('小明的奶奶');
    await phone(GRANDMOTHER).say(`绑定 ${first}`);
    expect((await phone(GRANDMOTHER).received()).at(-1)?.text).toContain('用不了');
    await moveClock(county, '2026-11-30T01:00:01.000Z');
    await phone(GRANDMOTHER).say(`绑定 ${second}`);
    expect((await phone(GRANDMOTHER).received()).at(-1)?.text).toContain('用不了');
  });

  it('of somebody marked 不得联系 since is worth nothing', async () => {
    const code = await invited('小明的奶奶');
    await markNoContact(CARER.id, 'carer');
    await phone(GRANDMOTHER).say(`绑定 ${code}`);
    expect((await phone(GRANDMOTHER).received()).at(-1)?.text).toContain('用不了');
  });
});

describe('a phone', () => {
  it('shows nothing of any child before a director has said whose it is', async () => {
    await bound(GRANDMOTHER, await invited('小明的奶奶'));
    for (const words of ['菜单', '帮助', '小明怎么样', '待办', '家里人', '1', '孩子最近怎么样'])
      await phone(GRANDMOTHER).say(words);
    const names = CHILDREN.flatMap(({ name, nickname }) => [name, nickname ?? name]);
    const shown = (await phone(GRANDMOTHER).received()).map(({ text }) => text).join('\n');
    expect(names.filter((name) => shown.includes(name))).toEqual([]);
    const { store } = county.service.world;
    const account = await accountByExternalId(store, 'simulator', GRANDMOTHER);
    expect(account && (await homeOf(store, account, TODAY))).toMatchObject({
      standing: 'waiting',
      children: [],
    });
  });

  it('of several is shown the children of all of them, and nothing once 不得联系 stands on one', async () => {
    await bound(FATHER, await invited('小明的奶奶'));
    await zheng().say('待认');
    await zheng().press('是李小明的奶奶');
    const { store } = county.service.world;
    const account = await accountByExternalId(store, 'simulator', FATHER);
    if (account === null) throw new Error('no such phone');
    expect(await homeOf(store, account, TODAY)).toMatchObject({
      standing: 'bound',
      persons: [{ id: GUARDIAN.id }, { id: CARER.id }],
      children: [{ id: childId('李小明') }],
    });
    expect((await phonesOf(store, [CARER.id])).get(CARER.id)).toMatchObject([{ id: account.id }]);
    await markNoContact(CARER.id, 'carer');
    expect(await homeOf(store, account, TODAY)).toMatchObject({ children: [], noContact: true });
  });

  it('is known by the first answer: a second director finds it known', async () => {
    await bound(GRANDMOTHER, await invited('小明的奶奶'));
    await zheng().say('待认');
    const supervisor = phone(PEOPLE.周督导 ?? '');
    await supervisor.say('待认');
    await supervisor.press('不是李小明的奶奶');
    await zheng().press('是李小明的奶奶');
    expect((await zheng().received()).at(-1)?.text).toContain('已经认过了');
    expect(await county.service.world.store.client.binding.findMany()).toMatchObject([{ state: 'refused' }]);
  });
});

async function markNoContact(personId: string, personKind: 'guardian' | 'carer'): Promise<void> {
  const { store } = county.service.world;
  const mark = { personKind, personId, childId: childId('李小明'), reason: 'protection', fromOn: TODAY };
  const set = { setBy: '', setAt: '2026-11-23T01:00:00.000Z', liftedBy: null, liftedAt: null };
  const row = { id: 'mark', ...mark, ...set, source: null, liftedWhy: null };
  await store.commit({ guards: [], writes: [insert('NoContact', row)] });
}

function day(text: string): LocalDate {
  const on = parseLocalDate(text);
  if (on === null) throw new Error(`no day: ${text}`);
  return on;
}

describe('what goes to a family by itself', () => {
  it('is looked at in the moment of sending: a report opened since holds it, an end of the mark lets it go', async () => {
    const { store } = county.service.world;
    const account = await accountByExternalId(store, 'simulator', FATHER);
    if (account === null) throw new Error('no such phone');
    const row = { refs: JSON.stringify({ family: childId('李小明') }) } as Parameters<
      typeof familyMayRead
    >[1];
    const may = (): Promise<boolean> => familyMayRead(county.service.world, row, account);
    expect(await may()).toBe(true);
    await zheng().say('紧急 小明不见了');
    expect(await may()).toBe(false);
    const [report] = await store.client.mandatoryReport.findMany();
    await store.commit({
      guards: [],
      writes: [update('MandatoryReport', report?.id ?? '', { state: 'closed', nextPageAt: null })],
    });
    expect(await may()).toBe(true);
    await markNoContact(GUARDIAN.id, 'guardian');
    expect(await may()).toBe(false);
  });
});
