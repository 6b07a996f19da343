import { describe, expect, it } from 'vitest';
import { registerSimulator, type SimulatorDoor } from '../../../server/simulator/routes.ts';
import { testServer } from '../http/test-server.ts';
import { fakeDoor } from './fake-door.ts';

const DIRECTOR = 'dir.00001';

async function simulator(change: Partial<SimulatorDoor> = {}, hosts?: readonly string[]) {
  const { door, asked } = fakeDoor();
  const { app, log } = await testServer((server) =>
    registerSimulator(server, { ...door, ...change }, hosts ? { hosts } : {}),
  );
  const post = async (path: string, payload: unknown, headers: Record<string, string> = {}) => {
    const body = { method: 'POST', url: `/simulator/${path}`, payload: payload as object } as const;
    const answer = await app.inject({ ...body, headers: { 'content-type': 'application/json', ...headers } });
    return { status: answer.statusCode, body: answer.json() };
  };
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.inject({ url: `/simulator/${path}`, headers });
    return { status: answer.statusCode, body: answer.json() };
  };
  return { app, asked, log, post, get };
}

describe('people to be played', () => {
  it('are found by role and by a part of their name', async () => {
    const { get, asked } = await simulator();
    const found = await get(`people?role=director&q=${encodeURIComponent(' 王 ')}`);
    expect(found).toEqual({
      status: 200,
      body: [{ account: DIRECTOR, name: '王秀英', role: 'director', area: '溪口村' }],
    });
    expect(asked).toEqual([{ role: 'director', q: '王' }]);
  });

  it.each(['people', 'people?role=&q=', 'people?q=%20', 'people?other=1'])(
    'are all there for %s',
    async (path) => {
      const { get, asked } = await simulator();
      expect((await get(path)).status).toBe(200);
      expect(asked).toEqual([{ role: null, q: null }]);
    },
  );

  it.each([
    ['people?role=child', 'bad-role'],
    ['people?role=director&role=carer', 'bad-role'],
    [`people?q=${'x'.repeat(51)}`, 'long-search'],
    ['people?q=a&q=b', 'long-search'],
  ])('are refused for %s', async (path, code) => {
    const { get } = await simulator();
    expect(await get(path)).toMatchObject({ status: 400, body: { error: { code } } });
  });
});

describe('saying something', () => {
  it('answers with the replies of that turn', async () => {
    const { post } = await simulator();
    expect(await post('messages', { account: DIRECTOR, text: '今天去看了小明' })).toEqual({
      status: 200,
      body: {
        replies: [
          {
            seq: 1,
            at: '2026-11-24T00:00:00.000Z',
            lane: 'reply',
            text: '今天去看了小明',
            options: [{ id: 'menu', label: '菜单' }],
          },
        ],
      },
    });
  });

  it('takes an option, ignores what else the page says, and passes the idempotency key on', async () => {
    const { post, asked } = await simulator();
    const body = { account: DIRECTOR, option: 'visit:c1', shown: '走访' };
    expect((await post('messages', body, { 'idempotency-key': 'k-1' })).status).toBe(200);
    expect(asked).toEqual([{ account: DIRECTOR, option: 'visit:c1', id: 'k-1' }]);
  });

  it.each([
    ['a NUL is dropped', '今天\0去了', '今天去了'],
    ['half a surrogate pair is replaced', 'a\ud83db', 'a\ufffdb'],
    ['a whole pair stays', '👧', '👧'],
    ['four thousand characters are taken', '𠮷'.repeat(4_000), '𠮷'.repeat(4_000)],
  ])('%s', async (_name, text, stored) => {
    const { post, asked } = await simulator();
    expect((await post('messages', { account: DIRECTOR, text })).status).toBe(200);
    expect(asked).toEqual([{ account: DIRECTOR, text: stored, id: null }]);
  });

  it.each([
    ['nothing', {}, 'bad-account'],
    ['a list', [], 'bad-request'],
    ['no object', '"text"', 'bad-request'],
    ['null', 'null', 'bad-request'],
    ['no account', { text: '菜单' }, 'bad-account'],
    ['an account of 101 characters', { account: 'x'.repeat(101), text: '菜单' }, 'bad-account'],
    ['an account with a NUL', { account: 'dir.0000\u00001', text: '菜单' }, 'bad-account'],
    ['neither text nor option', { account: DIRECTOR }, 'text-or-option'],
    ['both', { account: DIRECTOR, text: '菜单', option: 'menu' }, 'text-or-option'],
    ['a number for a text', { account: DIRECTOR, text: 1 }, 'bad-text'],
    ['an empty text', { account: DIRECTOR, text: '' }, 'empty-text'],
    ['blanks', { account: DIRECTOR, text: ' \n　\0' }, 'empty-text'],
    ['4,001 characters', { account: DIRECTOR, text: '一'.repeat(4_001) }, 'long-text'],
    ['an option over 64 bytes', { account: DIRECTOR, option: '走'.repeat(22) }, 'bad-option'],
    ['an option of control characters', { account: DIRECTOR, option: 'a\u0007' }, 'bad-option'],
    ['an empty option', { account: DIRECTOR, option: '' }, 'bad-option'],
    ['an option that is an object', { account: DIRECTOR, option: {} }, 'bad-option'],
  ])('refuses %s and asks nobody', async (_name, body, code) => {
    const { post, asked } = await simulator();
    expect(await post('messages', body)).toMatchObject({ status: 400, body: { error: { code } } });
    expect(asked).toEqual([]);
  });

  it.each(['2026-11-23', 'yesterday', '2026-11-23T10:00:00', 5])(
    'refuses %j as the time of writing',
    async (sentAt) => {
      const { post } = await simulator();
      const answer = await post('messages', { account: DIRECTOR, text: '菜单', sentAt });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad-sent-at' } } });
    },
  );

  it('passes on when a message without a signal was written', async () => {
    const { post, asked } = await simulator();
    await post('messages', { account: DIRECTOR, text: '菜单', sentAt: '2026-11-23T10:00:00+08:00' });
    expect(asked).toEqual([
      { account: DIRECTOR, text: '菜单', sentAt: new Date('2026-11-23T02:00:00.000Z'), id: null },
    ]);
  });

  it('refuses an unknown account with 404', async () => {
    const { post } = await simulator();
    const answer = await post('messages', { account: 'nobody', text: '菜单' });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknown-account' } } });
  });

  it.each(['k'.repeat(101), '', 'é', 'tab\there'])('refuses the idempotency key %j', async (key) => {
    const { post } = await simulator();
    const answer = await post('messages', { account: DIRECTOR, text: '菜单' }, { 'idempotency-key': key });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad-idempotency-key' } } });
  });

  it('shows nothing of a fault inside', async () => {
    const { post, log } = await simulator({ send: () => Promise.reject(new Error('王秀英 SQLITE_FULL')) });
    const answer = await post('messages', { account: DIRECTOR, text: '菜单' });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
    expect(JSON.stringify(answer) + log.join('')).not.toMatch(/SQLITE|王秀英/);
  });
});

describe('reading', () => {
  it.each([
    ['', 0],
    ['&after=', 0],
    ['&after=17', 17],
    ['&after=999999999999999', 2_147_483_647],
  ])('messages%s asks for those after %d', async (query, after) => {
    const { get, asked } = await simulator();
    const answer = await get(`messages?account=${DIRECTOR}${query}`);
    expect(answer).toMatchObject({ status: 200, body: { messages: [{ seq: 1, text: '您好' }] } });
    expect(asked).toEqual([{ account: DIRECTOR, after }]);
  });

  it.each(['-1', '1.5', 'x', '1e3', '0x10', '9'.repeat(16)])('refuses after=%s', async (after) => {
    const { get } = await simulator();
    const answer = await get(`messages?account=${DIRECTOR}&after=${after}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad-after' } } });
  });

  it.each(['messages', 'thread'])(
    'refuses %s of nobody with 404, and without account with 400',
    async (path) => {
      const { get } = await simulator();
      expect((await get(`${path}?account=nobody`)).body.error.code).toBe('unknown-account');
      expect((await get(`${path}?account=nobody`)).status).toBe(404);
      expect(await get(path)).toMatchObject({ status: 400, body: { error: { code: 'bad-account' } } });
    },
  );

  it('gives a file to its owner, not kept anywhere, under a name that tells no child', async () => {
    const { app } = await simulator();
    const answer = await app.inject({ url: `/simulator/files/form?account=${DIRECTOR}` });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="_-11_24_.pdf"; filename*=UTF-8\'\'%E8%B5%B0%E8%AE%BF%E8%A1%A8-11%E6%9C%8824%E6%97%A5.pdf',
    );
    expect(answer.body).toBe('%PDF-1.3');
  });

  it.each([`files/form?account=nobody`, `files/other?account=${DIRECTOR}`])(
    '%s is not there',
    async (path) => {
      const { get } = await simulator();
      expect(await get(path)).toMatchObject({ status: 404, body: { error: { code: 'unknown-file' } } });
    },
  );

  it('gives the thread and what happened by itself as entries', async () => {
    const { get } = await simulator();
    expect((await get(`thread?account=${DIRECTOR}`)).body.entries).toMatchObject([
      { from: 'person', text: '菜单' },
    ]);
    expect((await get('activity')).body.entries).toMatchObject([{ what: '生成了3条提醒' }]);
  });
});

describe('the business clock', () => {
  it('is read and moved forward', async () => {
    const { get, post } = await simulator();
    expect((await get('clock')).body).toEqual({ now: '2026-11-24T00:00:00.000Z' });
    expect(await post('clock', { now: '2026-12-01T08:00:00+08:00' })).toEqual({
      status: 200,
      body: { now: '2026-12-01T00:00:00.000Z', sent: 3 },
    });
    expect((await get('clock')).body).toEqual({ now: '2026-12-01T00:00:00.000Z' });
  });

  it.each(['2026-12-01T08:00+08:00', '2026-12-01T00:00Z', '2026-12-01T00:00:00.000Z'])(
    'takes %s',
    async (now) => {
      const { post } = await simulator();
      expect((await post('clock', { now })).body.now).toBe('2026-12-01T00:00:00.000Z');
    },
  );

  it.each([
    '2026-12-01T08:00:00',
    '2026-12-01',
    '2026-02-30T00:00:00Z',
    '2026-12-01T00:00:60Z',
    '2026-12-01T00:00:00+99:99',
    'tomorrow',
    '',
    0,
    null,
    undefined,
  ])('refuses %j, which is no instant', async (now) => {
    const { post } = await simulator();
    expect(await post('clock', { now })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-clock' } },
    });
  });

  it('never goes backward, nor further than two years at once', async () => {
    const { post } = await simulator();
    const back = await post('clock', { now: '2026-11-23T23:59:59Z' });
    expect(back).toMatchObject({ status: 409, body: { error: { code: 'clock-backward' } } });
    const far = await post('clock', { now: '9999-12-31T23:59:59-23:59' });
    expect(far).toMatchObject({ status: 400, body: { error: { code: 'clock-too-far' } } });
  });

  it('makes moves one after the other, and one that fails does not stop the next', async () => {
    let atOnce = 0;
    let most = 0;
    const days: number[] = [];
    const { post } = await simulator({
      advance: async (to) => {
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
        days.push(to.getUTCDate());
        if (to.getUTCDate() === 2) throw new Error('the disk is full');
        return { now: to, sent: 0 };
      },
    });
    const answers = await Promise.all(
      [1, 2, 3, 4].map((day) => post('clock', { now: `2026-12-0${day}T00:00:00Z` })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 500, 200, 200]);
    expect({ most, days }).toEqual({ most: 1, days: [1, 2, 3, 4] });
  });

  it('sends the hundred and first waiting move away', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { post } = await simulator({
      advance: async (to) => {
        await held;
        return { now: to, sent: 0 };
      },
    });
    const waiting = Array.from({ length: 101 }, () => post('clock', { now: '2026-12-01T00:00:00Z' }));
    const first = await Promise.race(waiting);
    expect(first).toMatchObject({ status: 429, body: { error: { code: 'busy' } } });
    release();
    expect((await Promise.all(waiting)).filter((answer) => answer.status === 200)).toHaveLength(100);
  });
});

describe('other sites', () => {
  const refused = { status: 403, body: { error: { code: 'other-site' } } };

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:81' },
    { origin: 'not an origin' },
    { host: 'evil.example' },
    { host: '127.0.0.1.evil.example' },
    { host: 'localhost.evil.example:3000' },
    { host: '10.1.2.3' },
    { host: 'user@localhost' },
    { host: 'localhost/x' },
  ])('are sent away with %j', async (headers) => {
    const { get, asked } = await simulator();
    expect(await get('people', headers as unknown as Record<string, string>)).toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it.each([
    { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' },
    { host: 'localhost:3000', origin: 'http://localhost:3000' },
    { host: 'localhost:80', origin: 'http://localhost' },
    { host: '[::1]:3000', origin: 'http://[::1]:3000' },
    { host: 'LOCALHOST:3000' },
  ])('do not include this one: %j', async (headers) => {
    const { get } = await simulator();
    expect((await get('people', headers as unknown as Record<string, string>)).status).toBe(200);
  });

  it('do not include the names the service is known by', async () => {
    const { get } = await simulator({}, ['hutong.county.example']);
    const headers = { host: 'hutong.county.example', origin: 'https://hutong.county.example' };
    expect((await get('people', headers)).status).toBe(200);
  });
});

describe('the page', () => {
  it.each(['/simulator', '/simulator/'])('is served at %s', async (url) => {
    const { app } = await simulator();
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(answer.headers['cache-control']).toBe('no-cache');
    const files = [...answer.body.matchAll(/(?:src|href)="(\/simulator\/assets\/[^"]+)"/g)].map((m) => m[1]);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect((await app.inject({ url: file ?? '' })).statusCode).toBe(200);
  });

  it.each([
    '/simulator/assets/../routes.ts',
    '/simulator/assets/..%2froutes.ts',
    '/simulator/assets/%2e%2e/%2e%2e/config.ts',
    '/simulator/assets/%00',
    '/simulator/assets/.env',
    '/simulator/assets/',
    '/simulator/assets/nothing.js',
    '/simulator/assets/..%5c..%5cconfig.ts',
  ])('does not lead out of its folder: %s', async (url) => {
    const { app } = await simulator();
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json()).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  });
});
