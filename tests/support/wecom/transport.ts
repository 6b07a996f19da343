import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultPlan, Fault } from './faults.ts';
import { fieldsOf, type Fields } from './fields.ts';
import { Frequency } from './frequency.ts';
import { need, Refusal, refusalText } from './refusal.ts';
import { Download, type Route, type Routes } from './route.ts';
import type { App, Tenant } from './tenant.ts';
import type { Tokens } from './tokens.ts';

/** A page for people, outside the interfaces. */
export type Page = (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean;

export interface CallRecord {
  readonly path: string;
  readonly at: Date;
  /** null where a fault came before the answer. */
  readonly errcode: number | null;
  readonly body: Fields;
  readonly fault: Fault['kind'] | null;
}

const PREFIX = '/cgi-bin/';
const NO_APP: App = { agentId: null, secret: '' };
const MALFORMED = 'Warning: wrong json format. ';

export interface TransportParts {
  readonly tenant: Tenant;
  readonly tokens: Tokens;
  readonly faults: FaultPlan;
  readonly routes: Routes;
  readonly page?: Page;
  readonly wait: (ms: number) => Promise<void>;
}

interface Asked {
  readonly url: URL;
  readonly path: string;
  readonly route: Route;
  readonly raw: Buffer;
  readonly ip: string;
  readonly contentType: string;
  readonly method: string;
  readonly body: Fields;
  /** The body is no JSON; the platform goes on with nothing in it and warns in errmsg. */
  readonly malformed: boolean;
}

interface Answer {
  readonly errcode: number;
  readonly mime: string;
  readonly bytes: Buffer;
  readonly name?: string;
}

/** The platform's HTTP: every answer is 200, whatever it says. */
export class Transport {
  readonly calls: CallRecord[] = [];
  readonly #parts: TransportParts;
  readonly #server: Server;
  readonly #frequency: Frequency;
  readonly #underWay = new Map<string, number>();
  /** What went wrong in the fake itself. */
  readonly #mistakes: unknown[] = [];

  constructor(parts: TransportParts) {
    this.#parts = parts;
    this.#frequency = new Frequency(parts.tenant.clock);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    if (this.#mistakes.length > 0) throw new AggregateError(this.#mistakes, 'The fake WeCom made a mistake.');
  }

  /** How often an interface was called. */
  count(path: string): number {
    return this.calls.filter((call) => call.path === path).length;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bytesOf(request).catch(() => null);
    if (raw === null) {
      response.destroy();
      return;
    }
    try {
      await this.#route(request, response, raw);
    } catch (mistake) {
      this.#mistakes.push(mistake);
      response.destroy();
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse, raw: Buffer): Promise<void> {
    if (this.#parts.page?.(request, response, raw) === true) return;
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : '';
    const route = this.#parts.routes[path];
    if (route === undefined) page(response, 404, '404 Not Found');
    else await this.#answer(askedOf(request, raw, url, path, route), response);
  }

  async #answer(asked: Asked, response: ServerResponse): Promise<void> {
    const { path, body } = asked;
    const fault = this.#parts.faults.take(path);
    const at = this.#parts.tenant.clock.now();
    const note = (errcode: number | null) =>
      this.calls.push({ path, at, errcode, body, fault: fault?.kind ?? null });
    if (fault?.kind === 'close-before' || fault?.kind === 'html-502') {
      note(null);
      if (fault.kind === 'close-before') response.destroy();
      else page(response, 502, '502 Bad Gateway');
      return;
    }
    this.#underWay.set(path, (this.#underWay.get(path) ?? 0) + 1);
    try {
      const answer = this.#answerOf(asked, fault);
      note(answer.errcode);
      if (fault?.kind === 'latency') await this.#parts.wait(fault.ms);
      if (fault?.kind === 'close-after') response.destroy();
      else send(response, answer, fault?.kind === 'broken-json');
    } finally {
      this.#underWay.set(path, (this.#underWay.get(path) ?? 1) - 1);
    }
  }

  #answerOf(asked: Asked, fault: Fault | null): Answer {
    const { path, url, route, raw, body, contentType, malformed, ip } = asked;
    try {
      const app = this.#admit(asked, fault);
      const reply = route.handle({ path, query: url.searchParams, body, raw, contentType, app });
      if (reply instanceof Download)
        return { errcode: 0, mime: reply.mime, bytes: reply.bytes, name: reply.name };
      return json({ errcode: 0, errmsg: malformed ? `${MALFORMED}ok` : 'ok', ...reply });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const hint = this.#parts.tenant.chance.digits(19);
      const text = refusalText(refusal.errcode, refusal.message, hint, ip);
      const errmsg = malformed ? MALFORMED + text : text;
      return json({ errcode: refusal.errcode, errmsg, ...refusal.extra });
    }
  }

  #admit({ url, path, route, ip, method }: Asked, fault: Fault | null): App {
    const { tenant, tokens } = this.#parts;
    if (fault?.kind === 'errcode') throw new Refusal(fault.errcode);
    need(method === route.method, route.method === 'GET' ? 43001 : 43002);
    const parallel = Math.min(route.parallel ?? Infinity, tenant.limits.parallelCalls ?? Infinity);
    need((this.#underWay.get(path) ?? 0) <= parallel, 45033);
    if (route.uncounted !== true) this.#frequency.count(path, tenant.limits.callsPerMinute);
    if (route.withoutToken === true) return NO_APP;
    const word = url.searchParams.get('access_token');
    if (fault?.kind === 'token-expired') tokens.end(word, 'expired');
    if (fault?.kind === 'token-invalid') tokens.end(word, 'invalid');
    const app = tokens.appOf(word);
    need(tenant.allowedIps?.includes(ip) ?? true, 60020);
    return app;
  }
}

function askedOf(request: IncomingMessage, raw: Buffer, url: URL, path: string, route: Route): Asked {
  const contentType = request.headers['content-type'] ?? '';
  const isFile = contentType.startsWith('multipart/');
  return {
    ...(isFile ? { body: {}, malformed: false } : bodyOf(raw)),
    ...{ url, path, route, raw, contentType },
    ip: (request.socket.remoteAddress ?? '').replace('::ffff:', ''),
    method: request.method ?? '',
  };
}

function bodyOf(raw: Buffer): Pick<Asked, 'body' | 'malformed'> {
  if (raw.length === 0) return { body: {}, malformed: false };
  try {
    return { body: fieldsOf(JSON.parse(raw.toString('utf8'))), malformed: false };
  } catch {
    return { body: {}, malformed: true };
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function json(fields: Fields & { readonly errcode: number }): Answer {
  return {
    errcode: fields.errcode,
    mime: 'application/json; charset=UTF-8',
    bytes: Buffer.from(JSON.stringify(fields), 'utf8'),
  };
}

function send(response: ServerResponse, answer: Answer, halved: boolean): void {
  const bytes = halved ? answer.bytes.subarray(0, Math.floor(answer.bytes.length / 2)) : answer.bytes;
  const headers: Record<string, string | number> = {
    'content-type': answer.mime,
    'content-length': bytes.length,
  };
  if (answer.name !== undefined) headers['content-disposition'] = dispositionOf(answer.name);
  response.writeHead(200, headers).end(bytes);
}

function dispositionOf(name: string): string {
  return `attachment; filename="${name.replace(/[^ -~]|"/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

function page(response: ServerResponse, status: number, title: string): void {
  const html = `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`;
  response.writeHead(status, { 'content-type': 'text/html' }).end(html);
}
