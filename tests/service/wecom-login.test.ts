import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadWording } from '../../server/platform/wording.ts';
import { registerWecomLogin, type LoginDoor } from '../../server/wecom/login-routes.ts';
import { testServer } from '../server/http/test-server.ts';
import { HandClock, startService, type RunningService } from '../support/start-service.ts';
import { TENANT, wecomEnv } from '../support/wecom-tenant.ts';
import { fakeWecom, type FakeWecom } from '../support/wecom/fake-wecom.ts';
import type { Visitor } from '../support/wecom/oauth.ts';

const PUBLIC = 'https://hutong.example.org';
const LOGIN = '/channels/wecom/login';
const ME = '/channels/wecom/me';
const DIRECTOR: Visitor = { userid: 'Dir.00001' };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let clock: HandClock;
let wecom: FakeWecom;
let running: RunningService;

async function start(publicUrl: string | null, loginBase?: string): Promise<RunningService> {
  return startService({
    clock,
    env: {
      ...wecomEnv(wecom.url),
      ...(loginBase === undefined ? {} : { WECOM_LOGIN_BASE: loginBase }),
      ...(publicUrl === null ? {} : { PUBLIC_URL: publicUrl }),
    },
  });
}

beforeAll(async () => {
  clock = new HandClock('2026-11-25T02:00:00.000Z');
  wecom = await fakeWecom({
    ...{ clock, ...TENANT },
    members: ['Dir.00001', 'sup.001', 'somebody.else'],
  });
  wecom.tenant.trustedDomain = 'hutong.example.org';
  running = await start(PUBLIC);
});

beforeEach(() => {
  wecom.faults.clear();
  wecom.oauth.visitor = DIRECTOR;
});

afterAll(async () => {
  await running.stop();
  await wecom.stop();
});

/** A browser of one person: it keeps cookies, and follows only where the test says. */
class Browser {
  readonly cookies = new Map<string, string>();
  /** Every `Set-Cookie` as it came. */
  readonly told: string[] = [];
  readonly visited: string[] = [];

  async open(address: string, method: 'GET' | 'POST' | 'HEAD' = 'GET', headers: Record<string, string> = {}) {
    const { pathname, search } = new URL(address, PUBLIC);
    this.visited.push(pathname + search);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await running.service.app.inject({
      method,
      url: pathname + search,
      headers: { cookie, ...headers },
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      this.told.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0(;|$)/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** To WeCom and as far as the address that leads back to us. */
  async askWecom(): Promise<URL> {
    const begun = await this.open(LOGIN);
    const asked = new URL(String(begun.headers.location));
    expect(asked.origin).toBe('https://open.weixin.qq.com');
    const answer = await fetch(`${wecom.url}${asked.pathname}${asked.search}`, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? `${PUBLIC}/nobody-was-sent-back`);
  }

  async signIn() {
    return this.open((await this.askWecom()).href);
  }
}

const store = () => running.service.world.store;
const sessions = () => store().client.webSession.findMany({ orderBy: { startedAt: 'asc' } });

describe('a member of the roster', () => {
  it('is signed in by WeCom, sees who it is, and carries nothing personal in any address', async () => {
    const browser = new Browser();
    const back = await browser.signIn();
    expect([back.statusCode, back.headers.location]).toEqual([302, ME]);
    const me = await browser.open(ME);
    expect(me.statusCode).toBe(200);
    const worker = await store().client.worker.findFirstOrThrow({ where: { account: 'dir.00001' } });
    const name = store().openName('Worker', 'name', worker.id, worker.name);
    expect(me.body).toContain(`${name}，您已经登录。`);
    expect(me.body).toContain('儿童主任');
    expect(me.body).toContain('11月25日 22:00');
    const english = await browser.open(ME, 'GET', { 'accept-language': 'en' });
    expect(english.body).toContain('you are signed in');
    const addresses = decodeURIComponent(browser.visited.join(' ')).toLowerCase();
    for (const personal of ['dir.00001', name, worker.id]) expect(addresses).not.toContain(personal);
  });

  it('has a cookie that no script reads, no other host sets, and no http carries; the database holds only its digest', async () => {
    const browser = new Browser();
    await browser.signIn();
    const given = browser.told.filter((line) => !line.includes('Max-Age=0'));
    expect(given).toHaveLength(2);
    for (const line of given)
      expect(line).toMatch(
        /^__Host-hutong-(login|session)=\S{40,}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
      );
    expect([...browser.cookies.keys()]).toEqual(['__Host-hutong-session']);
    const token = browser.cookies.get('__Host-hutong-session') ?? '';
    const newest = (await sessions()).at(-1);
    expect(JSON.stringify(await sessions())).not.toContain(token);
    expect(Date.parse(newest?.endsAt ?? '') - Date.parse(newest?.startedAt ?? '')).toBe(12 * HOUR_MS);
    expect(running.log.join('\n')).not.toContain(token);
  });

  it('may load the page again, whose code is used, as long as the session lives', async () => {
    const browser = new Browser();
    const address = (await browser.askWecom()).href;
    const ticket = new Map(browser.cookies);
    await browser.open(address);
    const count = (await sessions()).length;
    const again = await browser.open(address);
    expect([again.statusCode, again.headers.location]).toEqual([302, ME]);
    // As a browser does that loads the page again before it has taken the answer in.
    for (const [name, value] of ticket) browser.cookies.set(name, value);
    expect((await browser.open(address)).headers.location).toBe(ME);
    expect(await sessions()).toHaveLength(count);
    clock.pass(12 * HOUR_MS);
    expect((await browser.open(ME)).statusCode).toBe(401);
    expect((await browser.open(address)).statusCode).toBe(403);
  });

  it('signs out, after which the cookie opens nothing', async () => {
    const browser = new Browser();
    await browser.signIn();
    const kept = new Map(browser.cookies);
    const out = await browser.open('/channels/wecom/logout', 'POST', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(out.body).toContain('已经退出');
    expect(browser.cookies.size).toBe(0);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.open(ME)).statusCode).toBe(401);
  });

  it('who has left is out at once', async () => {
    const browser = new Browser();
    wecom.oauth.visitor = { userid: 'sup.001' };
    await browser.signIn();
    expect((await browser.open(ME)).statusCode).toBe(200);
    const { id } = await store().client.worker.findFirstOrThrow({ where: { account: 'sup.001' } });
    await store().client.worker.update({ where: { id }, data: { state: 'left' } });
    expect((await browser.open(ME)).statusCode).toBe(401);
    expect((await new Browser().signIn()).body).toContain('名册里还没有您');
    await store().client.worker.update({ where: { id }, data: { state: 'active' } });
  });
});

describe('a log-in that somebody else began', () => {
  it('is of no use in another browser, and WeCom is not even asked', async () => {
    const [mine, theirs] = [new Browser(), new Browser()];
    const address = (await mine.askWecom()).href;
    const asked = wecom.count('auth/getuserinfo');
    const before = (await sessions()).length;
    expect((await theirs.open(address)).statusCode).toBe(403);
    await theirs.askWecom();
    expect((await theirs.open(address)).statusCode).toBe(403);
    expect([wecom.count('auth/getuserinfo'), (await sessions()).length]).toEqual([asked, before]);
  });

  it("its code cannot be brought a second time with a state of one's own", async () => {
    const [mine, theirs] = [new Browser(), new Browser()];
    const used = await mine.askWecom();
    await mine.open(used.href);
    const own = await theirs.askWecom();
    own.searchParams.set('code', used.searchParams.get('code') ?? '');
    const refused = await theirs.open(own.href);
    expect([refused.statusCode, theirs.cookies.size]).toEqual([403, 0]);
    expect(refused.body).toContain('再登录一次');
  });

  it('in a browser that is signed in changes nothing', async () => {
    const [mine, theirs] = [new Browser(), new Browser()];
    await mine.signIn();
    const before = new Map(mine.cookies);
    wecom.oauth.visitor = { userid: 'sup.001' };
    const planted = (await theirs.askWecom()).href;
    expect((await mine.open(planted)).headers.location).toBe(ME);
    expect(mine.cookies).toEqual(before);
  });

  it.each([
    ['without a code', (url: URL) => url.searchParams.delete('code')],
    ['without a state', (url: URL) => url.searchParams.delete('state')],
    ['with a state that was changed', (url: URL) => url.searchParams.set('state', 'a'.repeat(64))],
    ['with two states', (url: URL) => url.searchParams.append('state', 'b'.repeat(64))],
    ['with signs in it that no state has', (url: URL) => url.searchParams.set('state', '孩'.repeat(64))],
    ['with a code without end', (url: URL) => url.searchParams.set('code', 'c'.repeat(513))],
    [
      'after ten minutes',
      () => {
        clock.pass(10 * MINUTE_MS + 1);
      },
    ],
  ])('%s is refused', async (_what, change) => {
    const browser = new Browser();
    const address = await browser.askWecom();
    change(address);
    const asked = wecom.count('auth/getuserinfo');
    expect((await browser.open(address.href)).statusCode).toBe(403);
    expect(wecom.count('auth/getuserinfo')).toBe(asked);
    expect(browser.cookies.size).toBe(0);
  });
});

describe('somebody who may not come in', () => {
  it('a member nobody imported reads that, and ends the session the phone had', async () => {
    const browser = new Browser();
    await browser.signIn();
    const former = new Map(browser.cookies);
    wecom.oauth.visitor = { userid: 'somebody.else' };
    const refused = await browser.signIn();
    expect([refused.statusCode, refused.body]).toEqual([403, expect.stringContaining('名册里还没有您')]);
    for (const [name, value] of former) browser.cookies.set(name, value);
    expect((await browser.open(ME)).statusCode).toBe(401);
  });

  it('a visitor from WeChat is sent to people', async () => {
    wecom.oauth.visitor = { openid: 'o-somebody' };
    const refused = await new Browser().signIn();
    expect([refused.statusCode, refused.body]).toEqual([403, expect.stringContaining('只给工作人员用')]);
  });

  it('waits while WeCom does not answer, and no code stands in the log', async () => {
    wecom.faults.plan('auth/getuserinfo', { kind: 'close-before' });
    const browser = new Browser();
    const address = await browser.askWecom();
    const refused = await browser.open(address.href);
    expect([refused.statusCode, refused.body]).toEqual([503, expect.stringContaining('没有应答')]);
    expect(running.log.join('\n')).not.toContain(address.searchParams.get('code'));
  });
});

describe('where people are sent', () => {
  it('is decided by the settings alone', async () => {
    const browser = new Browser();
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    const begun = await browser.open(
      `${LOGIN}?next=https://evil.example&redirect_uri=https://evil.example`,
      'GET',
      evil,
    );
    const { searchParams, hash } = new URL(String(begun.headers.location));
    expect(searchParams.get('redirect_uri')).toBe(`${PUBLIC}/channels/wecom/login/callback`);
    expect(searchParams.get('scope')).toBe('snsapi_base');
    expect(searchParams.get('state')).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(hash).toBe('#wechat_redirect');
    expect(String(begun.headers.location)).not.toContain('evil');
    const back = await browser.askWecom();
    back.searchParams.set('next', 'https://evil.example');
    expect((await browser.open(back.href, 'GET', evil)).headers.location).toBe(ME);
  });

  it('is a page of the fake WeCom for whoever tries it, which asks who they are', async () => {
    wecom.oauth.visitor = null;
    wecom.tenant.trustedDomain = null;
    const other = await start('http://127.0.0.1:3000', wecom.url);
    const begun = await other.service.app.inject({ method: 'GET', url: LOGIN });
    const asked = String(begun.headers.location);
    expect(asked.startsWith(`${wecom.url}/connect/oauth2/authorize?`)).toBe(true);
    const page = await (await fetch(asked)).text();
    const href = /href="([^"]*as=sup\.001)"/u.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const chosen = await fetch(new URL(href, wecom.url), { redirect: 'manual' });
    const { pathname, search } = new URL(String(chosen.headers.get('location')));
    const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? '';
    const back = await other.service.app.inject({ url: pathname + search, headers: { cookie } });
    expect([back.statusCode, back.headers.location]).toEqual([302, ME]);
    wecom.tenant.trustedDomain = 'hutong.example.org';
    await other.stop();
  });

  it('a look without reading (HEAD) spends no code', async () => {
    const browser = new Browser();
    const address = (await browser.askWecom()).href;
    expect((await browser.open(address, 'HEAD')).statusCode).toBe(404);
    expect((await browser.open(address)).headers.location).toBe(ME);
  });

  it('is nowhere without PUBLIC_URL; over http a cookie is not locked to https', async () => {
    for (const [publicUrl, status] of [
      [null, 503],
      ['http://127.0.0.1:3000', 302],
    ] as const) {
      const other = await start(publicUrl);
      const answer = await other.service.app.inject({ method: 'GET', url: LOGIN });
      expect(answer.statusCode).toBe(status);
      if (status === 302)
        expect(String(answer.headers['set-cookie'])).toMatch(/^hutong-login=[^;]+; .*SameSite=Lax$/);
      else expect(answer.body).toContain('还不能登录');
      await other.stop();
    }
  });
});

describe('the page', () => {
  it('shows a name as it is written, whatever it holds', async () => {
    const wording = loadWording();
    const door = {
      secure: true,
      who: () =>
        Promise.resolve({ name: '<b onclick="x">&\'', role: 'director', until: '2026-11-25T14:00:00.000Z' }),
      render: (language, sentence) => wording.render(language, sentence),
    } as Partial<LoginDoor> as LoginDoor;
    const { app } = await testServer((server) => registerWecomLogin(server, door));
    const { body, headers } = await app.inject({ method: 'GET', url: ME });
    expect(body).toContain('&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;');
    expect(headers['cache-control']).toBe('no-store');
    await app.close();
  });
});
