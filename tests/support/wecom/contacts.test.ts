import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from './clock.ts';
import { fieldsOf, listOf, type Fields } from './fields.ts';
import { clientOf, elementOf, SAMPLE, sampleWecom, SmallBot } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

async function start() {
  const bot = new SmallBot();
  const all = await sampleWecom({
    deliver: bot.deliver,
    departments: [
      { id: 2, name: '青山镇', parentid: 1, order: 1 },
      { id: 3, name: '大河村', parentid: 2, order: 1 },
    ],
    members: [
      { userid: 'sup.001', name: '王主任', departments: [2, 3], leads: [2] },
      { userid: 'dir.00001', name: '李老师', departments: [3] },
      { userid: 'hidden', departments: [3], visible: false },
    ],
    otherApps: [{ agentId: null, secret: 'secret-of-contact-sync' }],
  });
  made.push(all.wecom);
  return { ...all, bot };
}

interface JsonSample {
  readonly name: string;
  readonly json: Fields;
}
const file = new URL('../../fixtures/wecom/json-samples.json', import.meta.url);
const { samples }: { readonly samples: readonly JsonSample[] } = JSON.parse(readFileSync(file, 'utf8'));
const sampleOf = (name: string): Fields =>
  samples.find((sample) => sample.name === `${name}.response`)?.json ?? {};

describe('the address book of the fake WeCom', () => {
  it('departments and members, shaped like the public samples, within the visible range', async () => {
    const { wecom, client } = await start();
    const lists: readonly (readonly [string, string, Fields])[] = [
      ['department/list', 'department', {}],
      ['department/simplelist', 'department_id', {}],
      ['user/simplelist', 'userlist', { department_id: '3' }],
      ['user/list', 'userlist', { department_id: '3' }],
    ];
    for (const [path, field, query] of lists) {
      const answer = await client.get(path, query as Record<string, string>);
      const known = Object.keys(fieldsOf(listOf(sampleOf(path)[field])[0]));
      for (const entry of listOf(answer[field]))
        expect(known, path).toEqual(expect.arrayContaining(Object.keys(fieldsOf(entry))));
      expect(listOf(answer[field]).length, path).toBeGreaterThan(1);
    }
    expect(await client.get('department/list', { id: '3' })).toMatchObject({
      department: [{ id: 3, parentid: 2 }],
    });
    expect(await client.get('department/list', { id: '9' })).toMatchObject({ errcode: 60123 });
    const { userlist } = await client.get('user/list', { department_id: '3' });
    expect(userlist).toMatchObject([
      { userid: 'sup.001', department: [2, 3], is_leader_in_dept: [1, 0], main_department: 2 },
      { userid: 'dir.00001', name: '李老师' },
    ]);
    expect(JSON.stringify(userlist)).not.toMatch(/mobile|avatar|email/);
    wecom.tenant.visibleDepartments = [3];
    expect(listOf((await client.get('department/list')).department)).toHaveLength(1);
    expect(await client.get('user/list', { department_id: '2' })).toMatchObject({ errcode: 60011 });
  });

  it('one member: unknown and hidden ones are told apart; all ids only for contact sync', async () => {
    const { wecom, client } = await start();
    expect(await client.get('user/get', { userid: 'DIR.00001' })).toMatchObject({ userid: 'dir.00001' });
    expect(await client.get('user/get', { userid: 'ghost' })).toMatchObject({ errcode: 60111 });
    expect(await client.get('user/get', { userid: 'hidden' })).toMatchObject({ errcode: 60011 });
    expect(await client.post('user/list_id', {})).toMatchObject({ errcode: 48002 });
    const sync = await clientOf(wecom, 'secret-of-contact-sync');
    const first = await sync.post('user/list_id', { limit: 3 });
    expect(first.dept_user).toHaveLength(3);
    const rest = await sync.post('user/list_id', { limit: 3, cursor: first.next_cursor });
    expect(rest).toMatchObject({ dept_user: [{ userid: 'hidden', department: 3 }], next_cursor: '' });
  });

  it('every change is told by an event of the corp, and stands in the lists', async () => {
    const { wecom, bot, client } = await start();
    const { contacts } = wecom;
    await contacts.create({ userid: 'dir.00002', name: '赵老师', departments: [3] });
    await contacts.update('dir.00002', { departments: [2] });
    await contacts.rename('dir.00002', 'dir.2');
    await contacts.remove('dir.00001');
    await contacts.createParty({ id: 4, name: '小河村', parentid: 2, order: 2 });
    await contacts.updateParty(4, { name: '小河新村' });
    await contacts.removeParty(4);
    const told = bot.heard.map((xml) =>
      ['ChangeType', 'UserID', 'NewUserID', 'Id'].map((name) => elementOf(xml, name)),
    );
    expect(told).toEqual([
      ['create_user', 'dir.00002', null, null],
      ['update_user', 'dir.00002', null, null],
      ['update_user', 'dir.00002', 'dir.2', null],
      ['delete_user', 'dir.00001', null, null],
      ['create_party', null, null, '4'],
      ['update_party', null, null, '4'],
      ['delete_party', null, null, '4'],
    ]);
    const { userlist } = await client.get('user/simplelist', { department_id: '2' });
    expect(listOf(userlist).map((user) => fieldsOf(user).userid)).toEqual(['sup.001', 'dir.2']);
    expect(() => contacts.removeParty(3)).toThrow('not empty');
  });

  it('the app is asked what it may see, and the platform where it calls from', async () => {
    const { client } = await start();
    expect(await client.get('agent/get', { agentid: String(SAMPLE.agentId) })).toMatchObject({
      allow_userinfos: { user: [{ userid: 'sup.001' }, { userid: 'dir.00001' }] },
      allow_partys: { partyid: [1, 2, 3] },
    });
    expect(await client.get('agent/get', { agentid: '7' })).toMatchObject({ errcode: 301002 });
    expect(await client.get('getcallbackip')).toMatchObject({
      ip_list: expect.arrayContaining(['127.0.0.1']),
    });
  });
});

describe('who opens a page inside the fake WeCom', () => {
  it('a code serves once, for five minutes, and tells members from guests', async () => {
    const { wecom, clock, client } = await start();
    const code = wecom.oauth.code({ userid: 'dir.00001' });
    const ask = (word: string) => client.get('auth/getuserinfo', { code: word });
    expect(await ask(code)).toEqual({ errcode: 0, errmsg: 'ok', userid: 'dir.00001' });
    expect(await ask(code)).toMatchObject({ errcode: 40029 });
    const guest = wecom.oauth.code({ openid: 'oGUEST', external_userid: 'wmMOTHER' });
    clock.pass(5 * MINUTE_MS);
    expect(await ask(guest)).toMatchObject({ openid: 'oGUEST', external_userid: 'wmMOTHER' });
    const late = wecom.oauth.code({ userid: 'dir.00001' });
    clock.pass(5 * MINUTE_MS + SECOND_MS);
    expect(await ask(late)).toMatchObject({ errcode: 40029 });
  });

  it('the authorize address leads back to the trusted domain only, with code and state', async () => {
    const { wecom, client } = await start();
    wecom.oauth.visitor = { userid: 'dir.00001' };
    wecom.tenant.trustedDomain = 'hutong.example';
    const visit = (target: string, scope = 'snsapi_base') => {
      const query = {
        appid: SAMPLE.corpId,
        redirect_uri: target,
        response_type: 'code',
        scope,
        state: 'abc1',
      };
      const address = `${wecom.url}/connect/oauth2/authorize?${new URLSearchParams(query).toString()}`;
      return fetch(address, { redirect: 'manual' });
    };
    const back = new URL(
      (await visit('https://hutong.example/in?x=1', 'snsapi_privateinfo')).headers.get('location') ?? '',
    );
    expect([back.host, back.searchParams.get('x'), back.searchParams.get('state')]).toEqual([
      'hutong.example',
      '1',
      'abc1',
    ]);
    const who = await client.get('auth/getuserinfo', { code: back.searchParams.get('code') ?? '' });
    expect(await client.post('auth/getuserdetail', { user_ticket: who.user_ticket })).toMatchObject({
      userid: 'dir.00001',
    });
    expect(await (await visit('https://hutong.example:8443/in')).text()).toContain('50001');
  });
});

describe('the menu of the app', () => {
  const button = (n: number) => ({ type: 'click', name: `钮${n}`, key: `k${n}` });
  const many = (count: number) => Array.from({ length: count }, (_, n) => button(n));
  const REFUSED: readonly (readonly [string, unknown, number])[] = [
    ['no button', [], 40016],
    ['four buttons', many(4), 40016],
    ['a name above 16 bytes', [{ ...button(1), name: '六个汉字太长' }], 40018],
    ['an unknown kind', [{ ...button(1), type: 'song' }], 40017],
    ['a key above 128 bytes', [{ ...button(1), key: 'a'.repeat(129) }], 40019],
    [
      'an address above 1,024 bytes',
      [{ type: 'view', name: 'a', url: `https://a/${'a'.repeat(1_024)}` }],
      40020,
    ],
    ['six entries below', [{ name: 'a', sub_button: many(6) }], 40023],
    ['a third level', [{ name: 'a', sub_button: [{ name: 'b', sub_button: many(1) }] }], 40022],
    [
      'a name above 40 bytes below',
      [{ name: 'a', sub_button: [{ ...button(1), name: '好'.repeat(14) }] }],
      40025,
    ],
  ];

  it.each(REFUSED)('%s', async (_, buttons, errcode) => {
    const { client } = await start();
    const path = `menu/create?agentid=${SAMPLE.agentId}&access_token=${client.token}&x=`;
    expect(await client.post(path, { button: buttons })).toMatchObject({ errcode });
  });

  it('a menu of the longest form is taken, kept and clicked; what is not in it cannot be', async () => {
    const { wecom, bot, client } = await start();
    const menu = {
      button: [
        { ...button(1), name: '五个汉字呀' },
        { name: '更多', sub_button: many(5) },
      ],
    };
    const path = `menu/create?agentid=${SAMPLE.agentId}&access_token=${client.token}&x=`;
    expect(await client.post(path, menu)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await client.get('menu/get', { agentid: String(SAMPLE.agentId) })).toMatchObject(menu);
    await wecom.acts.clickMenu('sup.001', 'k4');
    expect(elementOf(bot.heard.at(-1) ?? '', 'EventKey')).toBe('k4');
    expect(() => wecom.acts.clickMenu('sup.001', 'k9')).toThrow('no k9');
    expect(await client.get('menu/delete', { agentid: String(SAMPLE.agentId) })).toMatchObject({
      errcode: 0,
    });
  });
});
