import { afterEach, beforeEach, expect, it } from 'vitest';
import { update } from '../../server/services/batch.ts';
import { accountByExternalId } from '../../server/store/people.ts';
import { startKf, type KfWorld } from '../support/kf-service.ts';
import { DIRECTOR, SUPERVISOR } from '../support/wecom-tenant.ts';
import { SAMPLE_KF } from '../support/wecom/fake-wecom.ts';

const MOTHER = 'wmMOTHER';
const WORDS = '明天下午有台风，先把老房子里的孩子接出来。';
const MINUTE_MS = 60_000;
/** The reader takes no messages of this account (fail_type 10 of msg_send_fail). */
const REJECTED = 10;

let world: KfWorld;
beforeEach(async () => {
  world = await startKf();
});
afterEach(() => world.stop());

async function says(userid: string, words: string): Promise<string> {
  await world.wecom.say(userid, words);
  await world.answered();
  return world.wecom.readPhone(userid).at(-1) ?? '';
}

/** The mother writes, and a director has confirmed whose mother she is: one of the director's children. */
async function boundMother(): Promise<string> {
  await world.wecom.kf.say(SAMPLE_KF, MOTHER, '你好');
  await world.answered();
  const { store } = world.running.service.world;
  const director = await store.client.worker.findFirstOrThrow({ where: { account: DIRECTOR } });
  const assignment = await store.client.assignment.findFirstOrThrow({ where: { workerId: director.id } });
  const children = await store.client.child.findMany({ where: { villageCode: assignment.villageCode } });
  const phones = await store.client.chatAccount.findMany({ where: { personKind: 'guardian' } });
  const bond = await store.client.guardianship.findFirstOrThrow({
    where: {
      childId: { in: children.map(({ id }) => id) },
      guardianId: { notIn: phones.flatMap(({ personId }) => personId ?? []) },
    },
    orderBy: { id: 'asc' },
  });
  const account = await accountByExternalId(store, 'kf', MOTHER);
  const known = {
    personKind: 'guardian',
    personId: bond.guardianId,
    linkedAt: '2026-11-20T00:00:00.000Z',
  } as const;
  await store.commit({ guards: [], writes: [update('ChatAccount', account?.id ?? '', known)] });
  return bond.guardianId;
}

/** A storm is warned of by the supervisor, for her township. */
async function warned(): Promise<void> {
  await says(SUPERVISOR, `台风 ${WORDS}`);
  await says(SUPERVISOR, '发出');
  await world.answered();
}

async function standing(personId: string): Promise<string> {
  const { client } = world.running.service.world.store;
  const { state, way, tried } = await client.campaignPerson.findFirstOrThrow({ where: { personId } });
  return `${state} ${way ?? '-'} ${tried}`;
}

/** The numbers that the supervisor reads of her township. */
async function progress(): Promise<string> {
  await says(SUPERVISOR, '安全通知');
  return says(SUPERVISOR, '看11月25日的进度');
}

/** What the notice to the mother is told to have failed of, long after the channel had taken it. */
async function toldLater(): Promise<void> {
  world.wecom.faults.clear();
  world.clock.pass(MINUTE_MS + 1_000);
  await world.answered();
  await world.answered();
}

/** The notice is taken for the mother, and nobody has read yet that it fails. */
async function takenAndLost(): Promise<string> {
  const id = await boundMother();
  world.wecom.faults.plan('kf/sync_msg', { kind: 'html-502' }, { times: 1_000 });
  world.wecom.kfFailNext(REJECTED);
  await warned();
  expect(await standing(id)).toBe('accepted chat []');
  return id;
}

it('a notice that fails after it was taken goes the next way, and the supervisor reads of one fewer', async () => {
  const id = await takenAndLost();
  expect(await progress()).toContain('发到手机上了：9位\n还在送、等主任转告：41位');
  await toldLater();
  expect(await standing(id)).toBe('waiting director ["chat","sms"]');
  expect(await progress()).toContain('发到手机上了：8位\n还在送、等主任转告：42位');
  expect(world.read(MOTHER).join()).not.toContain('台风');
  const { store } = world.running.service.world;
  const { name } = await store.client.guardian.findUniqueOrThrow({ where: { id } });
  await says(DIRECTOR, '转告');
  const list = world.wecom.readPhone(DIRECTOR).join('\n');
  expect(list).toContain(store.openText('Guardian', 'name', id, name));
});

it('whoever said that they read it has read it, whatever is told later', async () => {
  const id = await takenAndLost();
  await change(id, { state: 'confirmed' });
  await toldLater();
  expect(await standing(id)).toBe('confirmed chat []');
});

it('of a notice that has ended they stand as not reached, and nobody is asked any more', async () => {
  const id = await takenAndLost();
  const { store } = world.running.service.world;
  const { id: campaignId } = await store.client.campaign.findFirstOrThrow();
  await store.commit({ guards: [], writes: [update('Campaign', campaignId, { state: 'ended' })] });
  await toldLater();
  expect(await standing(id)).toBe('unreachable chat ["chat"]');
});

it('the change of a visit that fails after it was taken is passed on by the director, once', async () => {
  const id = await boundMother();
  const { store } = world.running.service.world;
  const bond = await store.client.guardianship.findFirstOrThrow({ where: { guardianId: id } });
  const set = { awaySince: null };
  await store.commit({
    guards: [],
    writes: [update('Guardianship', bond.id, set), update('Child', bond.childId, { tier: 'low' })],
  });
  const child = await store.client.child.findUniqueOrThrow({ where: { id: bond.childId } });
  const name = store.openText('Child', 'name', child.id, child.name);
  await says(DIRECTOR, `后天上午去${name}家`);
  await says(DIRECTOR, '告诉');
  await world.answered();
  world.wecom.faults.plan('kf/sync_msg', { kind: 'html-502' }, { times: 1_000 });
  world.wecom.kfFailNext(REJECTED);
  await says(DIRECTOR, `明天上午去${name}家`);
  await says(DIRECTOR, '改');
  await world.answered();
  await world.answered();
  const telling = async () => store.client.visitTelling.findFirstOrThrow();
  expect(await telling()).toMatchObject({ step: 'change', state: 'accepted', way: 'chat' });
  await toldLater();
  await world.answered();
  expect(await telling()).toMatchObject({ state: 'waiting', way: 'director', tried: '["chat","sms"]' });
  const cards = await store.client.outbox.findMany({ where: { key: { endsWith: ':pass-on' } } });
  const director = await store.client.worker.findFirstOrThrow({ where: { account: DIRECTOR } });
  expect(cards.map(({ sessionKey }) => sessionKey)).toEqual([director.id]);
});

async function change(personId: string, set: { readonly state: 'confirmed' }): Promise<void> {
  const { store } = world.running.service.world;
  const row = await store.client.campaignPerson.findFirstOrThrow({ where: { personId } });
  const write = update('CampaignPerson', row.id, { ...set, rev: row.rev + 1 });
  await store.commit({ guards: [], writes: [write] });
}
