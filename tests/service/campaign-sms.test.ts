import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SentOutside } from '../../server/platform/senders.ts';
import { familyMembers, memberId, winterBreak, type FamilyMember } from '../support/campaign-families.ts';
import { moveClock, Phone } from '../support/phone.ts';
import { CARER, childId, startSmallCounty, WORKERS, type SmallCounty } from '../support/small-county.ts';
import { HandClock } from '../support/start-service.ts';

vi.setConfig({ testTimeout: 180_000 });

const QIU = '10000000035';
const FAMILIES: readonly FamilyMember[] = [
  { kind: 'carer', name: '林阿公', relation: '祖父', childIds: [childId('林小红')] },
  { kind: 'guardian', name: '邱国强', relation: '父亲', childIds: [childId('邱海燕')], phone: QIU },
];
const [LIN = '', QIU_ID = ''] = FAMILIES.map((_member, n) => memberId(n));
const SENT: SentOutside = { kind: 'sent' };

let county: SmallCounty;
/** When something left by SMS or by a message of the platform, and to whom. */
let sent: string[];
beforeEach(async () => {
  county = await startSmallCounty(new HandClock('2026-11-27T00:30:00.000Z'));
  sent = [];
  const { store } = county.service.world;
  const rows = [
    ...familyMembers(store, FAMILIES),
    ...winterBreak('990301000000', '2026-12-05', '2026-12-06'),
  ];
  await store.commit({ guards: [], writes: rows });
  await county.service.beat();
});
afterEach(() => county.stop());

const phone = (who: keyof typeof WORKERS): Phone => new Phone(county, WORKERS[who].account);

function smsGives(answer: (phone: string) => Promise<SentOutside>): void {
  const { senders, clock } = county.service.world;
  vi.spyOn(senders.sms, 'send').mockImplementation((to) => {
    sent.push(`${clock.now().toISOString().slice(0, 16)} sms ${to}`);
    return answer(to);
  });
}

/** This person asked for a message of the platform. */
function subscribes(personId: string): void {
  const { subscription } = county.service.world.senders;
  const { clock } = county.service.world;
  vi.spyOn(subscription, 'subscribed').mockImplementation((asked) =>
    Promise.resolve(new Set(asked.filter((id) => id === personId))),
  );
  vi.spyOn(subscription, 'send').mockImplementation((to) => {
    sent.push(`${clock.now().toISOString().slice(0, 16)} subscription ${to}`);
    return Promise.resolve(SENT);
  });
}

async function approved(): Promise<void> {
  await phone('xu').say('安全通知');
  await phone('xu').press('发出');
  await county.service.beat();
}

async function ends(): Promise<Readonly<Record<string, string>>> {
  const rows = await county.service.world.store.client.campaignPerson.findMany();
  return Object.fromEntries(rows.map(({ personId, state, way }) => [personId, `${state} ${way ?? '-'}`]));
}

it('a notice of the morning goes by SMS at nine and not at midnight; who subscribed reads it that way', async () => {
  smsGives(() => Promise.resolve(SENT));
  subscribes(LIN);
  await approved();
  await moveClock(county, '2026-11-28T00:59:00.000Z');
  expect(sent).toEqual([]);
  await moveClock(county, '2026-11-28T03:00:00.000Z');
  expect([...sent].sort()).toEqual([
    `2026-11-28T01:00 sms ${CARER.phone}`,
    `2026-11-28T01:00 sms ${QIU}`,
    `2026-11-28T01:00 subscription ${LIN}`,
  ]);
  expect(await ends()).toMatchObject({
    [LIN]: 'accepted subscription',
    [QIU_ID]: 'accepted sms',
    [CARER.id]: 'accepted sms',
  });
  expect((await phone('zheng').say('转告'))[0]?.text).toContain('没有要转告的了');
});

it('a storm that is warned of at night wakes nobody by SMS', async () => {
  smsGives(() => Promise.resolve(SENT));
  await moveClock(county, '2026-11-27T14:00:00.000Z');
  await phone('zhou').say('台风 明天下午登陆，孩子都别出门');
  await phone('zhou').press('发出');
  await county.service.beat();
  await moveClock(county, '2026-11-28T00:59:00.000Z');
  expect(sent).toEqual([]);
  await moveClock(county, '2026-11-28T01:30:00.000Z');
  expect(sent).toHaveLength(2);
});

it('a provider that breaks down for one stops nobody else, and nobody reads it twice', async () => {
  smsGives((to) => (to === QIU ? Promise.reject(new Error(`no route to ${to}`)) : Promise.resolve(SENT)));
  await approved();
  await moveClock(county, '2026-11-28T03:00:00.000Z');
  expect([...sent].sort()).toEqual([`2026-11-28T01:00 sms ${CARER.phone}`, `2026-11-28T01:00 sms ${QIU}`]);
  expect(await ends()).toMatchObject({
    [LIN]: 'waiting director',
    [QIU_ID]: 'waiting director',
    [CARER.id]: 'accepted sms',
  });
  expect(county.log.join()).not.toContain(QIU);
});

it('what has gone is written down before the next one goes', async () => {
  const standing: string[] = [];
  smsGives(async () => {
    standing.push(...Object.values(await ends()).filter((end) => end === 'accepted sms'));
    return SENT;
  });
  await approved();
  await moveClock(county, '2026-11-28T03:00:00.000Z');
  expect(standing).toEqual(['accepted sms']);
});
