import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { refuse } from '../http/refusal.ts';
import { refuseOtherSites } from '../http/same-site.ts';
import { REFUSALS, type RefusalCode } from '../http/sentences.ts';
import { BYTES_LIMIT } from '../domain/files/file-kind.ts';
import type { FileRefusal } from '../services/stored-file.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { registerPage } from './page-routes.ts';
import {
  accountQuery,
  clockBody,
  idempotencyKey,
  messageBody,
  fileId,
  messagesQuery,
  peopleQuery,
  type Said,
} from './requests.ts';

/** The largest photo in base64, and what is written around it. */
const FILE_BODY_LIMIT_BYTES = Math.ceil((BYTES_LIMIT.photo * 4) / 3) + 4_096;
/** So many clock moves may wait for each other. */
const CLOCK_QUEUE_LIMIT = 100;

export type SimulatorRole = 'director' | 'supervisor' | 'county' | 'guardian' | 'carer';

/** Somebody who can be played. */
export interface Person {
  readonly account: string;
  readonly name: string;
  readonly role: SimulatorRole;
  readonly area: string;
}

/** What the bot sent. `at` is an ISO instant of the business clock; `seq` grows within an account. */
export interface Message {
  readonly seq: number;
  readonly at: string;
  readonly lane: 'urgent' | 'reply' | 'reminder' | 'broadcast';
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly files?: readonly { readonly id: string; readonly name: string; readonly mime: string }[];
}

/** One bubble of a conversation, from either side. */
export type ThreadEntry =
  | ({ readonly from: 'bot' } & Message)
  | {
      readonly from: 'person';
      readonly at: string;
      readonly text: string;
      readonly files?: Message['files'];
    };

/** What the simulator's routes ask of the service. Accounts come checked in form only: null means nobody has it. */
export interface SimulatorDoor {
  /** At most 50 people, by role and by a part of name, area or account. */
  people(query: {
    readonly role: SimulatorRole | null;
    readonly q: string | null;
  }): Promise<readonly Person[]>;
  /**
   * Resolves when the turn is done and its urgent rows are handed over. `id` makes a repetition harmless; `sentAt` is
   * when a phone without a signal had the words written.
   */
  send(
    input: { readonly account: string } & Said,
    id: string | null,
  ): Promise<
    { readonly replies: readonly Message[] } | { readonly refused: 'unknown-account' | 'empty' | FileRefusal }
  >;
  /** Everything sent to this account with a `seq` above `after`, in order. */
  messages(account: string, after: number): Promise<readonly Message[] | null>;
  thread(account: string): Promise<readonly ThreadEntry[] | null>;
  /** What happened without anyone asking. */
  activity(): Promise<readonly { readonly at: string; readonly what: string }[]>;
  /** A file for somebody who may have it; null for everybody else and where there is none. */
  file(
    account: string,
    id: string,
  ): Promise<{ readonly bytes: Buffer; readonly mime: string; readonly name: string } | null>;
  now(): Promise<Date>;
  /**
   * Never called twice at once. `too-far` is more than two years after the present business time; `elsewhere`: another
   * process is the active one, and only that one can do what falls due on the way.
   */
  advance(
    to: Date,
  ): Promise<{ readonly now: Date; readonly sent: number } | 'backward' | 'too-far' | 'elsewhere'>;
}

/**
 * The simulator over HTTP: its page and the JSON interface by which anybody can drive the whole system. Never
 * registered in production.
 * @param options.hosts names under which the service is reached besides loopback (the host of PUBLIC_URL).
 */
export async function registerSimulator(
  app: FastifyInstance,
  door: SimulatorDoor,
  options: { readonly hosts?: readonly string[] } = {},
): Promise<void> {
  await app.register(async (scope) => {
    refuseOtherSites(scope, options.hosts ?? []);
    await registerPage(scope);
    readingRoutes(scope, door);
    messageRoute(scope, door);
    clockRoutes(scope, door);
  });
}

function readingRoutes(app: FastifyInstance, door: SimulatorDoor): void {
  app.get('/simulator/people', async (request, reply) => {
    const query = read(peopleQuery, request.query);
    return 'refused' in query ? refuse(request, reply, query.refused) : door.people(query.value);
  });

  app.get('/simulator/messages', async (request, reply) => {
    const query = read(messagesQuery, request.query);
    if ('refused' in query) return refuse(request, reply, query.refused);
    const messages = await door.messages(query.value.account, query.value.after);
    return messages ? { messages } : refuse(request, reply, 'unknown-account');
  });

  app.get('/simulator/thread', async (request, reply) => {
    const query = read(accountQuery, request.query);
    if ('refused' in query) return refuse(request, reply, query.refused);
    const entries = await door.thread(query.value.account);
    return entries ? { entries } : refuse(request, reply, 'unknown-account');
  });

  app.get<{ Params: { id: string } }>('/simulator/files/:id', async (request, reply) => {
    const query = read(accountQuery, request.query);
    if ('refused' in query) return refuse(request, reply, query.refused);
    const id = read(fileId, request.params.id);
    if ('refused' in id) return refuse(request, reply, id.refused);
    const file = await door.file(query.value.account, id.value);
    if (!file) return refuse(request, reply, 'unknown-file');
    return reply
      .header('cache-control', 'no-store')
      .header('content-security-policy', "default-src 'none'; sandbox") // sent by anybody: played, never run
      .header('content-disposition', dispositionOf(file.mime, file.name))
      .type(file.mime)
      .send(file.bytes);
  });

  app.get('/simulator/activity', async () => ({ entries: await door.activity() }));
}

/** Sound and pictures are played and shown where they are; a document is saved. */
function dispositionOf(mime: string, name: string): string {
  return mime.startsWith('application/') ? attachment(name) : 'inline';
}

/** RFC 5987: the name in full for those who can read it, plain letters for the others. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9.-]+/gu, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`;
}

function messageRoute(app: FastifyInstance, door: SimulatorDoor): void {
  app.post('/simulator/messages', { bodyLimit: FILE_BODY_LIMIT_BYTES }, async (request, reply) => {
    const id = read(idempotencyKey, request.headers['idempotency-key'] ?? null);
    if ('refused' in id) return refuse(request, reply, id.refused);
    const input = read(messageBody, request.body);
    if ('refused' in input) return refuse(request, reply, input.refused);
    const turn = await door.send(input.value, id.value);
    if ('replies' in turn) return { replies: turn.replies };
    return refuse(request, reply, turn.refused === 'empty' ? 'empty-text' : turn.refused);
  });
}

function clockRoutes(app: FastifyInstance, door: SimulatorDoor): void {
  const moves = new OneAtATime(CLOCK_QUEUE_LIMIT);

  app.get('/simulator/clock', async () => ({ now: (await door.now()).toISOString() }));

  app.post('/simulator/clock', async (request, reply) => {
    const body = read(clockBody, request.body);
    if ('refused' in body) return refuse(request, reply, body.refused);
    waitAsLongAsItTakes(request);
    const moved = await moves.run(() => door.advance(body.value.now));
    return moved === null ? refuse(request, reply, 'busy') : clockAnswer(request, reply, moved);
  });
}

function clockAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  moved: Awaited<ReturnType<SimulatorDoor['advance']>>,
): FastifyReply {
  if (moved === 'backward') return refuse(request, reply, 'clock-backward');
  if (moved === 'elsewhere') return refuse(request, reply, 'clock-elsewhere');
  if (moved === 'too-far') return refuse(request, reply, 'clock-too-far');
  return reply.send({ now: moved.now.toISOString(), sent: moved.sent });
}

/** A year of a province takes longer than a silent connection is usually granted. */
function waitAsLongAsItTakes(request: FastifyRequest): void {
  const { socket } = request.raw;
  if (socket instanceof Socket) socket.setTimeout(0); // an injected request has none
}

/** The checked value, or the refusal that the first problem names. */
function read<T>(
  schema: z.ZodType<T>,
  input: unknown,
): { readonly value: T } | { readonly refused: RefusalCode } {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { value: parsed.data };
  const named = parsed.error.issues[0]?.message ?? '';
  return { refused: isRefusal(named) ? named : 'bad-request' };
}

function isRefusal(text: string): text is RefusalCode {
  return Object.hasOwn(REFUSALS, text);
}
