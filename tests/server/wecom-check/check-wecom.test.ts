import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkPorts } from '../../../server/assembly/wecom-check.ts';
import { settingsFrom } from '../../../server/config.ts';
import { httpClient, httpLook } from '../../../server/platform/http-client.ts';
import { loadWording } from '../../../server/platform/wording.ts';
import { openReadOnly } from '../../../server/store/database.ts';
import { checkWecom } from '../../../server/wecom-check/check-wecom.ts';
import { linesOf, type Check, type Finding } from '../../../server/wecom-check/finding.ts';
import { HandClock, startService, type RunningService } from '../../support/start-service.ts';
import { fakeWecom, SAMPLE_KF, type FakeWecom } from '../../support/wecom/fake-wecom.ts';

const NOW = '2026-11-25T02:00:00.000Z';
const SECRETS = { secret: 'a-secret-of-the-app', token: 'QDG6eK' };
const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const CORP = 'wx5823bf96d3bd56c7';
const TOWN = 2;

let folder: string;
let wecom: FakeWecom;
let running: RunningService;
let staff: readonly string[];
const others: Server[] = [];

function env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: `file:${join(folder, 'hutong.db')}`,
    WECOM_CORP_ID: CORP,
    WECOM_AGENT_ID: '1000002',
    WECOM_AGENT_SECRET: SECRETS.secret,
    WECOM_CALLBACK_TOKEN: SECRETS.token,
    WECOM_ENCODING_AES_KEY: KEY,
    WECOM_API_BASE: wecom.url,
    WECOM_KF_OPEN_KFID: SAMPLE_KF,
    ...more,
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-check-'));
  const clock = new HandClock(NOW);
  wecom = await fakeWecom({
    ...{ clock, corpId: CORP, agentId: 1000002, aesKey: KEY, ...SECRETS },
    departments: [{ id: TOWN, name: '镇', parentid: 1, order: 1 }],
    otherApps: [{ agentId: 1000003, secret: 'secret-of-another' }],
  });
  running = await startService({ clock, dataDir: folder, env: env() });
  const workers = await running.service.world.store.client.worker.findMany({
    where: { account: { not: null } },
  });
  staff = workers.map(({ account }) => account ?? '');
  // As an administrator would write them: with capitals, some in a department below.
  for (const [n, userid] of staff.entries())
    wecom.tenant.join({
      userid: n % 2 === 0 ? userid.toUpperCase() : userid,
      departments: [n % 2 === 0 ? TOWN : 1],
    });
});

afterEach(async () => {
  wecom.faults.clear();
  wecom.tenant.allowedIps = null;
  wecom.tenant.appIsOff = false;
  wecom.tenant.rangeBy = 'members';
  for (const member of wecom.tenant.members) member.visible = true;
  await Promise.all(others.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

afterAll(async () => {
  await running.stop();
  await wecom.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function findings(
  more: Readonly<Record<string, string>> = {},
  look = httpLook,
): Promise<readonly Finding[]> {
  const settings = settingsFrom(env({ PUBLIC_URL: running.url, ...more }));
  if (settings.wecom === null) throw new Error('WeCom is not set up.');
  const { wecom: channel, publicOrigin, database } = settings;
  const clock = new HandClock(NOW);
  return checkWecom(
    checkPorts(
      { wecom: channel, publicOrigin, databaseUrl: database.databaseUrl },
      { clock, fetch: httpClient, look },
    ),
  );
}

function read(found: readonly Finding[], language: 'zh-CN' | 'en' = 'zh-CN'): readonly string[] {
  return linesOf(found).map((line) => loadWording().render(language, line));
}

/** The line of one check. */
async function line(check: Check, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const found = await findings(more);
  return read(found)[found.findIndex((finding) => finding.check === check)] ?? '';
}

async function verdicts(more: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  return Object.fromEntries((await findings(more)).map(({ check, verdict }) => [check, verdict]));
}

/** Somebody else's server at the address of the callback. */
async function otherServer(
  status: number,
  text: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(text));
  others.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

describe('a WeCom that is set up as it should be', () => {
  it('is well in every line, in both languages, and everybody imported is counted', async () => {
    const found = await findings();
    expect(
      read(found)
        .slice(0, -1)
        .filter((said) => !said.startsWith('好')),
    ).toEqual([]);
    expect(read(found).at(-1)).toBe('都好。');
    expect(read(found)).toHaveLength(8);
    expect(read(found)[6]).toContain(`${String(staff.length)}个`);
    expect(read(found, 'en').at(-1)).toBe('All is well.');
  });

  it('is well without 微信客服, which is said', async () => {
    expect(await line('kf', { WECOM_KF_OPEN_KFID: '' })).toMatch(/^好.*没有设置/u);
  });

  it('is only looked at: the service notices nothing but a question that is answered', async () => {
    const { client } = running.service.world.store;
    const count = async () => [
      await client.inbox.count(),
      await client.outbox.count(),
      await client.auditEvent.count(),
    ];
    const before = await count();
    await findings();
    expect(await count()).toEqual(before);
    const database = openReadOnly(`file:${join(folder, 'hutong.db')}`);
    await expect(database.client.setting.create({ data: { key: 'x', value: 'y' } })).rejects.toThrow(
      /readonly/i,
    );
    await database.close();
  });
});

describe('a setting that WeCom refuses', () => {
  it('the company', async () => {
    const more = { WECOM_CORP_ID: 'ww0000000000000000' };
    expect(await line('corp', more)).toMatch(/^要改.*40013.*我的企业/u);
    const after = { corp: 'mend', secret: 'unknown', ip: 'unknown', agent: 'unknown' };
    expect(await verdicts(more)).toEqual({ ...after, callback: 'mend', kf: 'unknown', range: 'unknown' });
  });

  it('the secret, which is never shown', async () => {
    const more = { WECOM_AGENT_SECRET: 'never-to-be-seen' };
    expect(await line('secret', more)).toMatch(/^要改.*40001.*Secret旁边点“查看”/u);
    expect(await verdicts(more)).toMatchObject({
      corp: 'well',
      ip: 'unknown',
      callback: 'well',
      range: 'unknown',
    });
    const said = [
      ...read(await findings(more)),
      ...read(await findings()),
      ...read(await findings(), 'en'),
    ].join();
    for (const hidden of ['never-to-be-seen', SECRETS.secret, SECRETS.token, KEY])
      expect(said).not.toContain(hidden);
  });

  it('the address this server calls from, which is named for the list of trusted ones', async () => {
    wecom.tenant.allowedIps = ['203.0.113.9'];
    expect(await line('ip')).toMatch(/^要改.*60020.*企业可信IP.*127\.0\.0\.1/u);
    expect(await verdicts()).toMatchObject({
      secret: 'well',
      agent: 'unknown',
      kf: 'unknown',
      range: 'unknown',
    });
  });

  it('the app: of another secret, or switched off', async () => {
    expect(await line('agent', { WECOM_AGENT_ID: '1000003' })).toMatch(/^要改.*301002.*AgentId/u);
    wecom.tenant.appIsOff = true;
    expect(await line('agent')).toMatch(/^要改.*停用.*启用/u);
    wecom.tenant.appIsOff = false;
    wecom.faults.plan('agent/get', { kind: 'errcode', errcode: 50_003 });
    expect(await line('agent')).toMatch(/^要改.*停用/u);
  });

  it('nothing is called wrong where WeCom is silent, busy, or says something nobody expected', async () => {
    wecom.faults.plan('gettoken', { kind: 'html-502' });
    expect(await line('corp')).toMatch(/^没法查.*没有应答.*WECOM_API_BASE/u);
    wecom.faults.plan('gettoken', { kind: 'errcode', errcode: -1 });
    expect(await line('secret')).toMatch(/^没法查.*-1.*过几分钟/u);
    wecom.faults.plan('agent/get', { kind: 'errcode', errcode: 45_009 });
    expect(await verdicts()).toMatchObject({
      secret: 'well',
      ip: 'unknown',
      agent: 'unknown',
      callback: 'well',
    });
    wecom.faults.plan('agent/get', { kind: 'errcode', errcode: 99_999 });
    expect(await line('agent')).toMatch(/^没法查.*99999.*错误码/u);
  });
});

describe('the callback', () => {
  it('without PUBLIC_URL cannot be found', async () => {
    expect(await line('callback', { PUBLIC_URL: '' })).toMatch(/^要改.*PUBLIC_URL/u);
  });

  it('does not answer', async () => {
    const gone = await otherServer(200, '');
    await Promise.all(others.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
    expect(await line('callback', { PUBLIC_URL: gone })).toMatch(/^要改.*打不开/u);
  });

  it.each([
    [{ WECOM_CALLBACK_TOKEN: 'another' }],
    [{ WECOM_ENCODING_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }],
  ])('belongs to a service with other settings: %o', async (more) => {
    expect(await line('callback', more)).toMatch(/^要改.*不认我们的签名.*EncodingAESKey/u);
  });

  it.each([
    [404, '', {}, /没有接收消息的地方/u],
    [502, '', {}, /答的是502/u],
    [301, '', { location: 'https://example.org/' }, /转到别的网址/u],
    [200, '<html>请先登录</html>', {}, /不是我们的话/u],
  ])('is answered by somebody else, with %i', async (status, text, headers, said) => {
    const line_ = await line('callback', { PUBLIC_URL: await otherServer(status, text, { ...headers }) });
    expect(line_).toMatch(/^要改/u);
    expect(line_).toMatch(said);
  });

  it('answers after WeCom has stopped waiting', async () => {
    const clock = new HandClock(NOW);
    const settings = settingsFrom(env({ PUBLIC_URL: running.url }));
    if (settings.wecom === null) throw new Error('WeCom is not set up.');
    const look: typeof fetch = async (input, init) => {
      const response = await httpLook(input, init);
      clock.pass(1_001);
      return response;
    };
    const about = {
      wecom: settings.wecom,
      publicOrigin: running.url,
      databaseUrl: settings.database.databaseUrl,
    };
    const found = await checkWecom(checkPorts(about, { clock, fetch: httpClient, look }));
    expect(read(found)[4]).toMatch(/^要改.*用了1001毫秒/u);
  });

  it('a password in PUBLIC_URL is not repeated', async () => {
    const withPassword = running.url.replace('http://', 'http://user:hidden@');
    const said = await line('callback', { PUBLIC_URL: withPassword });
    expect(said).toMatch(/^好/u);
    expect(said).not.toContain('hidden');
  });
});

describe('微信客服', () => {
  it('an account the app does not look after, or may not look at', async () => {
    expect(await line('kf', { WECOM_KF_OPEN_KFID: 'wkOfSomebodyElse' })).toMatch(
      /^要改.*没有WECOM_KF_OPEN_KFID/u,
    );
    wecom.faults.plan('kf/account/list', { kind: 'errcode', errcode: 48_002 });
    expect(await line('kf')).toMatch(/^要改.*48002.*可调用接口的应用/u);
    wecom.faults.plan('kf/account/list', { kind: 'close-after' });
    expect(await line('kf')).toMatch(/^没法查/u);
  });
});

describe('the visible range', () => {
  it('names the userids outside of it and those WeCom has never heard of, and nobody by name', async () => {
    const [hidden = '', gone = ''] = staff;
    wecom.tenant.known(hidden).visible = false;
    wecom.tenant.leave(gone);
    const said = await line('range');
    expect(said).toMatch(/^要改.*可见范围.*通讯录/u);
    expect(said).toContain(`有1个账号不在可见范围里，收不到消息：${hidden}。`);
    expect(said).toContain(`有1个账号企业微信里没有：${gone}。`);
    const { store } = running.service.world;
    const names = (await store.client.worker.findMany()).map((row) =>
      store.openName('Worker', 'name', row.id, row.name),
    );
    expect(names.filter((name) => said.includes(name))).toEqual([]);
    wecom.tenant.join(gone);
  });

  it.each(['members', 'departments'] as const)(
    'given by %s is read from the lists, asking for nobody',
    async (by) => {
      wecom.tenant.rangeBy = by;
      const asked = wecom.count('user/get');
      expect(await line('range')).toMatch(/^好/u);
      expect(wecom.count('user/get')).toBe(asked);
    },
  );

  it('finds somebody whom no list holds, as under a tag', async () => {
    wecom.tenant.rangeBy = 'tag';
    const asked = wecom.count('user/get');
    expect(await line('range')).toMatch(/^好/u);
    expect(wecom.count('user/get') - asked).toBe(staff.length);
  });

  it('cannot be judged without a roster, or while WeCom does not answer', async () => {
    const nowhere = `file:${join(folder, 'not-there.db')}`;
    expect(await line('range', { DATABASE_URL: nowhere })).toMatch(/^没法查.*读不到名册/u);
    wecom.tenant.known(staff[0] ?? '').visible = false;
    wecom.faults.plan('user/get', { kind: 'errcode', errcode: -1 });
    expect(await line('range')).toMatch(/^没法查.*-1/u);
  });

  it('the last line counts what is left to do', async () => {
    const found = await findings({
      WECOM_KF_OPEN_KFID: 'wkOfSomebodyElse',
      DATABASE_URL: 'file:./not-there.db',
    });
    expect(read(found).at(-1)).toBe('要改1处，没法查1处。改好以后再查一次。');
  });
});
