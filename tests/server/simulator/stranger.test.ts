import fc from 'fast-check';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFUSALS } from '../../../server/http/sentences.ts';
import { registerSimulator } from '../../../server/simulator/routes.ts';
import { testServer } from '../http/test-server.ts';
import { fakeDoor } from './fake-door.ts';

let app: FastifyInstance;

beforeAll(async () => {
  ({ app } = await testServer((server) => registerSimulator(server, fakeDoor().door)));
});
afterAll(() => app.close());

const PATHS = ['people', 'messages', 'thread', 'activity', 'clock', 'assets/simulator.js', 'assets/', ''];
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)),
});
const path = fc.oneof(
  fc.constantFrom(...PATHS).map((name) => `/simulator/${name}`),
  fc.webPath().map((name) => `/simulator${name}`),
  fc.webPath(),
  fc
    .string({ unit: 'binary' })
    .map((name) => `/simulator/assets/${encodeURIComponent(name.replace(/\p{Surrogate}/gu, ''))}`),
);
const query = fc.dictionary(
  fc.constantFrom('role', 'q', 'account', 'after', '__proto__', 'x'),
  fc.oneof(
    fc.constantFrom('dir.00001', 'director', '0', '%', '%00', '%ED%A0%80', '..%2f'),
    fc.webQueryParameters(),
  ),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'accept-language',
    'idempotency-key',
    'host',
    'origin',
    'range',
    'if-none-match',
    'if-modified-since',
    'accept-encoding',
    'cookie',
  ),
  fc.oneof(headerText, fc.constantFrom('localhost', 'bytes=5-1', 'bytes=0-', 'en', 'null')),
);
const field = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('dir.00001', '2027-01-01T00:00:00Z', 'x'.repeat(5_000)),
  fc.jsonValue(),
);
const body = fc.oneof(
  fc
    .dictionary(fc.constantFrom('account', 'text', 'option', 'now', 'shown', '__proto__'), field)
    .map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string({ unit: 'binary' }),
);
const contentType = fc.oneof(
  { weight: 4, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'application/json; charset=gbk',
    'text/plain',
    'multipart/form-data',
    'application/xml',
    '',
  ),
  headerText,
);

async function ask(request: InjectOptions): Promise<void> {
  const answer = await app.inject(request);
  expect(answer.statusCode).toBeLessThan(500);
  expect(answer.body).not.toMatch(/\n\s+at |node_modules|\/server\/|Error:/);
  if (answer.statusCode < 400 || request.method === 'HEAD') return;
  const said = answer.json();
  expect(said).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  expect(Object.keys(REFUSALS)).toContain(said.error.code);
}

describe('whatever a stranger sends', () => {
  it('to any address with any method and headers is served or refused with one sentence', async () => {
    const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST');
    await fc.assert(
      fc.asyncProperty(path, query, headers, method, async (url, parameters, given, verb) => {
        const search = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
        await ask({ method: verb, url: `${url}?${search.join('&')}`, headers: given });
      }),
      { numRuns: 400 },
    );
  });

  it('as a body is taken or refused with one sentence', async () => {
    const target = fc.constantFrom('/simulator/messages', '/simulator/clock', '/healthz');
    await fc.assert(
      fc.asyncProperty(target, body, contentType, headers, async (url, payload, type, given) => {
        await ask({ method: 'POST', url, payload, headers: { ...given, 'content-type': type } });
      }),
      { numRuns: 600 },
    );
  });
});
