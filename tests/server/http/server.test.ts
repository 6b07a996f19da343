import { request as httpRequest } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { testServer } from './test-server.ts';

const SECRET = '李小明住在溪口村';
const open: FastifyInstance[] = [];

async function server(...given: Parameters<typeof testServer>) {
  const made = await testServer(...given);
  open.push(made.app);
  return made;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
});

/** Routes that echo and that fail. */
function doors(app: FastifyInstance): void {
  app.post('/echo', (request) => ({ body: request.body ?? null }));
  app.get('/fails/:id', () => {
    throw new Error(`cannot read ${SECRET}`);
  });
  app.get('/throws-text', () => {
    throw SECRET as unknown as Error;
  });
  app.get('/names-a-status', () => {
    throw Object.assign(new Error(SECRET), { statusCode: 418 });
  });
}

describe('what goes wrong is answered with one sentence', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['malformed JSON', { url: '/echo', headers: json, payload: '{"a":' }, 400, 'malformed-json'],
    ['an empty JSON body', { url: '/echo', headers: json, payload: '' }, 400, 'malformed-json'],
    [
      'a poisoned prototype',
      { url: '/echo', headers: json, payload: '{"__proto__":{"x":1}}' },
      400,
      'malformed-json',
    ],
    [
      'a poisoned constructor',
      { url: '/echo', headers: json, payload: '{"constructor":{"prototype":{"x":1}}}' },
      400,
      'malformed-json',
    ],
    [
      'plain text',
      { url: '/echo', headers: { 'content-type': 'text/plain' }, payload: 'hello' },
      415,
      'unsupported-media-type',
    ],
    [
      'a form',
      { url: '/echo', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'a=1' },
      415,
      'unsupported-media-type',
    ],
    [
      'a content type that is none',
      { url: '/echo', headers: { 'content-type': '💥' }, payload: 'a=1' },
      415,
      'unsupported-media-type',
    ],
    [
      'a body over 256 KB',
      { url: '/echo', headers: json, payload: JSON.stringify('一'.repeat(100_000)) },
      413,
      'too-large',
    ],
    ['an unknown page', { method: 'GET', url: '/nothing/here' }, 404, 'not-found'],
    ['an unknown method', { method: 'DELETE', url: '/healthz' }, 404, 'not-found'],
    ['a broken percent sign', { method: 'GET', url: '/fails/%E0%A4%A' }, 400, 'bad-address'],
    ['a parameter without end', { method: 'GET', url: `/fails/${'x'.repeat(300)}` }, 400, 'bad-address'],
    ['a fault inside', { method: 'GET', url: '/fails/1' }, 500, 'internal'],
    ['a thrown text', { method: 'GET', url: '/throws-text' }, 500, 'internal'],
    ['a fault that calls itself a refusal', { method: 'GET', url: '/names-a-status' }, 500, 'internal'],
  ] as const)('%s', async (_name, request, status, code) => {
    const { app, log } = await server(doors);
    const answer = await app.inject({ method: 'POST', ...request });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({ error: { code, message: expect.stringMatching(/^\P{ASCII}.*[。]$/u) } });
    expect(answer.body).not.toContain(SECRET);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(log.join('')).not.toContain(SECRET);
  });

  it('speaks the language the reader prefers', async () => {
    const { app } = await server();
    const say = async (language?: string) => {
      const headers = language === undefined ? {} : { 'accept-language': language };
      return (await app.inject({ url: '/nothing', headers })).json().error.message as string;
    };
    const zh = await say();
    expect(zh).toBe('这里没有这个页面。');
    for (const language of ['zh-CN,zh;q=0.9,en;q=0.8', 'fr', '*', 'en;q=0', ';;;,,', 'zh,en'])
      expect(await say(language)).toBe(zh);
    for (const language of ['en', 'en-GB,en;q=0.9', 'zh;q=0.3,en;q=0.7', 'fr,en;q=0.2', 'en,zh'])
      expect(await say(language)).toBe('There is no such page here.');
  });
});

describe('the log of the doors', () => {
  it('has one line for a refusal, with the route and without the address', async () => {
    const { app, lines, log } = await server(doors);
    await app.inject({
      method: 'POST',
      url: `/echo?name=${encodeURIComponent(SECRET)}`,
      payload: SECRET,
      headers: { 'content-type': 'text/plain' },
    });
    expect(lines()).toEqual([
      expect.objectContaining({
        msg: 'http-refused',
        method: 'POST',
        route: '/echo',
        status: 415,
        ms: expect.any(Number),
      }),
    ]);
    expect(log.join('')).not.toMatch(/name=|李|%E6/);
  });

  it('has one line for a fault, with its class and place and without its message', async () => {
    const { app, lines } = await server(doors);
    await app.inject({ url: '/fails/370521' });
    expect(lines()).toEqual([
      expect.objectContaining({
        msg: 'http-fault',
        method: 'GET',
        route: '/fails/:id',
        status: 500,
        fault: 'Error',
      }),
    ]);
    expect(JSON.stringify(lines())).not.toContain('370521');
  });

  it('has one line for an address that cannot be read', async () => {
    const { app, lines } = await server(doors);
    await app.inject({ url: '/fails/%E0%A4%A' });
    expect(lines()).toEqual([expect.objectContaining({ msg: 'http-refused', route: 'none', status: 400 })]);
  });

  it('says nothing about what went well', async () => {
    const { app, log } = await server(doors);
    await app.inject({ url: '/healthz' });
    expect(log).toEqual([]);
  });
});

describe('health', () => {
  it('answers as long as the process runs', async () => {
    const { app } = await server();
    const answer = await app.inject({ url: '/healthz' });
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
    expect(answer.headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'self'.*frame-ancestors 'none'/),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it('is ready when every check holds', async () => {
    const { app } = await server();
    expect((await app.inject({ url: '/readyz' })).json()).toEqual({ status: 'ready', failing: [] });
  });

  it('names the checks that fail, and answers 503', async () => {
    const { app } = await server(undefined, {
      check: async () => ({ ready: false, checks: { database: true, planner: false, outbox: false } }),
    });
    const answer = await app.inject({ url: '/readyz' });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      status: 'not-ready',
      failing: ['planner', 'outbox'],
      error: { code: 'not-ready' },
    });
  });

  it('is not ready when the checks cannot be made', async () => {
    const { app } = await server(undefined, { check: () => Promise.reject(new Error(SECRET)) });
    const answer = await app.inject({ url: '/readyz' });
    expect([answer.statusCode, answer.json().failing]).toEqual([503, ['readiness']]);
    expect(answer.body).not.toContain(SECRET);
  });

  it('shows its metrics as Prometheus reads them', async () => {
    const { app } = await server();
    const answer = await app.inject({ url: '/metrics' });
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.body).toMatch(/^process_cpu_seconds_total /m);
    expect(answer.body).toMatch(/^planner_last_success_timestamp_seconds 0$/m);
  });
});

describe('on a real socket', () => {
  async function listening(register?: (app: FastifyInstance) => void) {
    const made = await server(register);
    await made.app.listen({ host: '127.0.0.1', port: 0 });
    return { ...made, port: (made.app.server.address() as AddressInfo).port };
  }

  const exchange = (port: number, bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let said = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
      socket.on('error', reject).on('close', () => resolve(said));
    });

  it.each([
    ['bytes that are no HTTP', 'what is this\r\n\r\n', '400 Bad Request'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`, '431 '],
    [
      'two lengths',
      'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      '400 Bad Request',
    ],
  ])('%s are answered in JSON', async (_name, bytes, status) => {
    const { port } = await listening(doors);
    const answer = await exchange(port, bytes);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({
      error: { code: expect.any(String) },
    });
  });

  it('lets a running request finish while it closes', async () => {
    let finish = (): void => undefined;
    let begun = (): void => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const { app, port } = await listening((door) => {
      door.get('/slow', async () => {
        begun();
        await new Promise<void>((resolve) => (finish = resolve));
        return { done: true };
      });
    });
    const answer = new Promise<string>((resolve, reject) => {
      const asked = httpRequest({ port, host: '127.0.0.1', path: '/slow' }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk))).on('end', () => resolve(body));
      });
      asked.on('error', reject).end();
    });
    await started;
    const closed = app.close();
    finish();
    expect(JSON.parse(await answer)).toEqual({ done: true });
    await closed;
  });
});
