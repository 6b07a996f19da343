import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { SAMPLE_KF } from './fake-wecom.ts';
import { fieldsOf, listOf, type Fields } from './fields.ts';
import { cardTo, elementOf, SAMPLE, sampleWecom, SmallBot, textTo } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

interface JsonSample {
  readonly name: string;
  readonly json: Fields;
}
const file = new URL('../../fixtures/wecom/json-samples.json', import.meta.url);
const { samples }: { readonly samples: readonly JsonSample[] } = JSON.parse(readFileSync(file, 'utf8'));
const sampleOf = (name: string): Fields => samples.find((sample) => sample.name === name)?.json ?? {};

/** The fields of an answer that the public sample of it does not have. */
function unknownFields(name: string, answer: Fields): readonly string[] {
  const known = sampleOf(`${name}.response`);
  expect(Object.keys(known), name).toContain('errcode');
  return Object.keys(answer).filter((field) => !(field in known));
}

it('the answers of the fake have no field that the public samples lack', async () => {
  const bot = new SmallBot();
  const { wecom, client } = await sampleWecom({ deliver: bot.deliver });
  made.push(wecom);
  const card = {
    ...{ card_type: 'button_interaction', task_id: 't1', main_title: { title: 'x' } },
    button_list: [{ text: 'a', key: 'a' }],
  };
  const sent = await client.post('message/send', cardTo('sup.001|ghost|free', card));
  const update = { userids: ['sup.001'], agentid: SAMPLE.agentId, response_code: sent.response_code };
  await wecom.kf.say(SAMPLE_KF, 'wmMOTHER', '你好');
  const to = { touser: 'wmMOTHER', open_kfid: SAMPLE_KF, msgtype: 'text', text: { content: '您好' } };
  const state = { open_kfid: SAMPLE_KF, external_userid: 'wmMOTHER', service_state: 2 };
  const moved = await client.post('kf/service_state/trans', state);
  const closing = { code: moved.msg_code, msgtype: 'text', text: { content: '请稍等' } };
  const token = elementOf(bot.heard.at(-1) ?? '', 'Token');
  const synced = await client.post('kf/sync_msg', { open_kfid: SAMPLE_KF, token });
  const asked = { external_userid_list: ['wmMOTHER'], need_enter_session_context: 1 };
  const answers: Readonly<Record<string, Fields>> = {
    gettoken: await client.askToken(),
    'message/send': sent,
    'message/update_template_card': await client.post('message/update_template_card', {
      ...update,
      button: { replace_name: '好' },
    }),
    'kf/service_state/trans': moved,
    'kf/send_msg_on_event': await client.post('kf/send_msg_on_event', closing),
    'kf/sync_msg': synced,
    'kf/customer/batchget': await client.post('kf/customer/batchget', asked),
    'user/get': await client.get('user/get', { userid: 'sup.001' }),
  };
  for (const [name, answer] of Object.entries(answers)) {
    expect(answer.errcode, name).toBe(0);
    expect(unknownFields(name, answer), name).toEqual([]);
  }
  expect(await client.post('kf/send_msg', to)).toMatchObject({ errcode: 95018 });
  const known = fieldsOf(listOf(sampleOf('kf/sync_msg.response').msg_list)[0]);
  const read = Object.keys(fieldsOf(listOf(synced.msg_list)[0])).filter((field) => field !== 'text');
  expect(Object.keys(known)).toEqual(expect.arrayContaining(read));
});

it('the requests of the public samples are understood', async () => {
  const { wecom, client } = await sampleWecom({ members: ['UserID1'] });
  made.push(wecom);
  const send = { ...sampleOf('message/send.request'), agentid: SAMPLE.agentId };
  expect(await client.post('message/send', send)).toMatchObject({
    ...{ errcode: 0, invaliduser: 'userid2', invalidparty: 'PartyID1', invalidtag: 'TagID1' },
  });
  expect(wecom.phone('userid1')[0]?.text).toMatch(/^你的快递已到/);
  const { msgid } = await client.post('message/send', textTo('userid1', 'x'));
  expect(await client.post('message/recall', { ...sampleOf('message/recall.request'), msgid })).toMatchObject(
    {
      errcode: 0,
    },
  );
  const path = `menu/create?agentid=${SAMPLE.agentId}&access_token=${client.token}&x=`;
  expect(await client.post(path, sampleOf('menu/create.request'))).toMatchObject({ errcode: 0 });
  await wecom.kf.say(SAMPLE_KF, 'EXTERNAL_USERID', '你好');
  const answer = { ...sampleOf('kf/send_msg.request'), open_kfid: SAMPLE_KF };
  expect(await client.post('kf/send_msg', answer)).toMatchObject({ errcode: 0, msgid: 'MSGID' });
});
