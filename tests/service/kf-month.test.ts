import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { insert, update } from '../../server/services/batch.ts';
import { accountByExternalId } from '../../server/store/people.ts';
import { startKf, type KfWorld } from '../support/kf-service.ts';
import { DIRECTOR, SUPERVISOR } from '../support/wecom-tenant.ts';
import { SAMPLE_KF } from '../support/wecom/fake-wecom.ts';

vi.setConfig({ testTimeout: 300_000 });

/** A Thursday, ten in the morning in Shanghai. */
const BEGIN = '2026-11-26T02:00:00.000Z';
const HOUR_MS = 3_600_000;
const OPEN_MS = 48 * HOUR_MS;
const MOST = 5;

/** Two homes: in the first they write now and then, in the second nobody does. */
const FATHER = 'wmFATHER';
const GRANDFATHER = 'wmGRANDFATHER';
const SILENT_FATHER = 'wmSILENTFATHER';
const SILENT_GRANDMOTHER = 'wmSILENTGRANDMOTHER';
const ALL = [FATHER, GRANDFATHER, SILENT_FATHER, SILENT_GRANDMOTHER];

/** A Saturday on which the father writes, and the Tuesday after it, on which the grandfather does. */
const WEEKS = [
  ['2026-11-28', '2026-12-01'],
  ['2026-12-05', '2026-12-08'],
  ['2026-12-12', '2026-12-15'],
  ['2026-12-19', '2026-12-22'],
] as const;

const NUDGE = /给孩子打个电话/u;
const TIP = /^小知识：/u;
const VISIT = /来看孩子/u;
const STORM = /台风要来了/u;

let world: KfWorld;
const saidAt = new Map<string, Date[]>();
beforeEach(() => {
  saidAt.clear();
});
afterEach(() => world.stop());

async function says(customer: string, words: string): Promise<string> {
  saidAt.set(customer, [...(saidAt.get(customer) ?? []), world.clock.now()]);
  await world.wecom.kf.say(SAMPLE_KF, customer, words);
  await world.answered();
  return world.read(customer).at(-1) ?? '';
}

async function staffSays(userid: string, ...words: readonly string[]): Promise<void> {
  for (const text of words) {
    await world.wecom.say(userid, text);
    await world.answered();
  }
}

/** The hours of a day in Shanghai at which the service looks around: two of them at night, one for each message that comes. */
const LOOKS = ['02:00', '07:30', '11:00', '20:00', '22:00'];

async function until(time: string): Promise<void> {
  const at = instantOf(time);
  for (let day = world.clock.now(); dayOf(day) <= dayOf(at); day = new Date(day.getTime() + 24 * HOUR_MS))
    for (const look of LOOKS) await lookAt(instantOf(`${dayOf(day)} ${look}`), at);
  await lookAt(at, at);
}

async function lookAt(look: Date, end: Date): Promise<void> {
  const ahead = look.getTime() - world.clock.now().getTime();
  if (ahead <= 0 || look > end) return;
  world.clock.pass(ahead);
  await world.answered();
}

function instantOf(time: string): Date {
  return new Date(`${time.replace(' ', 'T')}:00+08:00`);
}

function dayOf(at: Date): string {
  return new Date(at.getTime() + 8 * HOUR_MS).toISOString().slice(0, 10);
}

/** A director has confirmed who they are, and they want what comes by itself. */
async function bind(customer: string, personKind: 'guardian' | 'carer', personId: string): Promise<void> {
  await says(customer, '你好');
  const { store } = world.running.service.world;
  const id = (await accountByExternalId(store, 'kf', customer))?.id ?? '';
  await store.commit({
    guards: [],
    writes: [
      update('ChatAccount', id, { personKind, personId, linkedAt: BEGIN }),
      insert('Consent', {
        ...{ id: `tips:${customer}`, at: BEGIN, accountId: id, personKind, personId },
        ...{ kind: 'tips', given: true, textVersion: 1 },
      }),
    ],
  });
}

/** The father far away and whoever looks after the child at home. */
async function bindHome(child: string, [father, carer]: readonly [string, string]): Promise<void> {
  const { store } = world.running.service.world;
  const children = await store.client.child.findMany();
  const own = children.find(({ id, name }) => store.openText('Child', 'name', id, name) === child);
  const childId = own?.id ?? '';
  const { guardianId } = await store.client.guardianship.findFirstOrThrow({ where: { childId } });
  const { carerId } = await store.client.careArrangement.findFirstOrThrow({ where: { childId } });
  await bind(father, 'guardian', guardianId);
  await bind(carer, 'carer', carerId);
}

/** The days on which words of this kind came to a phone, in Shanghai. */
function days(customer: string, kind: RegExp): readonly string[] {
  const shown = world.wecom.kf.phone(SAMPLE_KF, customer).filter(({ text }) => kind.test(text));
  return shown.map(({ at }) => dayOf(at).slice(5));
}

/** Nothing went after 48 hours or beyond five, nothing at night, and WeCom refused nothing. */
function expectLimitsKept(): void {
  const sends = world.wecom.calls.filter(({ path }) => path === 'kf/send_msg');
  expect(sends.filter(({ errcode }) => errcode !== 0)).toEqual([]);
  for (const customer of ALL) {
    const words = saidAt.get(customer) ?? [];
    const shown = world.wecom.kf.phone(SAMPLE_KF, customer);
    const since = shown.map(
      ({ at }) =>
        words
          .filter((said) => said <= at)
          .at(-1)
          ?.getTime() ?? 0,
    );
    for (const [n, { at }] of shown.entries()) {
      expect(at.getTime() - (since[n] ?? 0)).toBeLessThanOrEqual(OPEN_MS);
      expect(since.filter((one) => one === since[n]).length).toBeLessThanOrEqual(MOST);
      const hour = (at.getUTCHours() + 8) % 24;
      expect(hour >= 7 && hour < 21, `${customer} ${at.toISOString()}`).toBe(true);
    }
  }
}

it('a month of reminders, tips, a visit and a warning reaches those who write, within what WeCom allows', async () => {
  world = await startKf(BEGIN);
  await bindHome('陈思宇', [FATHER, GRANDFATHER]);
  await bindHome('邱志强', [SILENT_FATHER, SILENT_GRANDMOTHER]);
  for (const [saturday, tuesday] of WEEKS) {
    await until(`${saturday} 18:00`);
    await says(FATHER, '你好');
    await until(`${tuesday} 18:00`);
    await says(GRANDFATHER, '你好');
    if (tuesday === '2026-12-08') await planAtNight();
    if (tuesday === '2026-12-15') await warnIn('2026-12-16 10:00');
  }
  await until('2026-12-24 10:00');
  expect(days(FATHER, NUDGE)).toEqual(['11-29', '12-06', '12-13', '12-20']);
  // Told of after the night; and no tip in the days after a visit or a warning.
  expect(days(GRANDFATHER, VISIT)).toEqual(['12-09']);
  expect(days(GRANDFATHER, STORM)).toEqual(['12-16']);
  expect(days(GRANDFATHER, TIP)).toEqual(['12-02', '12-23']);
  expect(days(FATHER, TIP)).toEqual([]);
  for (const one of [SILENT_FATHER, SILENT_GRANDMOTHER]) expect(world.read(one)).toHaveLength(1);
  expectLimitsKept();
});

it('somebody whose window is over gets a tip by asking for it, and may choose by number', async () => {
  world = await startKf(BEGIN);
  await bindHome('邱志强', [SILENT_FATHER, SILENT_GRANDMOTHER]);
  await until('2026-12-03 10:00');
  expect(days(SILENT_GRANDMOTHER, TIP)).toEqual([]);
  expect(await says(SILENT_GRANDMOTHER, '小知识')).toMatch(TIP);
  expect(await says(SILENT_GRANDMOTHER, '1')).toContain('记下了');
  expect(await says(SILENT_GRANDMOTHER, '1')).toMatch(TIP);
  await until('2026-12-09 22:00');
  expect(days(SILENT_GRANDMOTHER, TIP)).toEqual(['12-03', '12-03']);
  expectLimitsKept();
});

it('of warnings that follow each other the fifth goes by a person: the last room in the chat is for emergencies', async () => {
  world = await startKf(BEGIN);
  await bindHome('陈思宇', [FATHER, GRANDFATHER]);
  await says(GRANDFATHER, '你好');
  for (const time of ['12:00', '14:00', '16:00', '18:00']) await warnIn(`2026-11-26 ${time}`);
  await until('2026-11-27 12:00');
  expect(days(GRANDFATHER, STORM)).toEqual(['11-26', '11-26', '11-26']);
  const { client } = world.running.service.world.store;
  const account = await client.chatAccount.findFirstOrThrow({
    where: { channel: 'kf', personKind: 'carer' },
  });
  const own = await client.campaignPerson.findMany({
    where: { personId: account.personId ?? '' },
    orderBy: { at: 'asc' },
  });
  expect(own.map(({ state, way }) => `${state} ${way ?? ''}`).toSorted()).toEqual([
    ...['accepted chat', 'accepted chat', 'accepted chat', 'waiting director'],
  ]);
  expectLimitsKept();
});

/** Late in the evening: nobody at home is woken for it. */
async function planAtNight(): Promise<void> {
  await until('2026-12-08 21:30');
  await staffSays(DIRECTOR, '周五下午去思宇家', '告诉');
}

async function warnIn(time: string): Promise<void> {
  await until(time);
  await staffSays(SUPERVISOR, '台风 明天下午有台风。', '发出');
}
