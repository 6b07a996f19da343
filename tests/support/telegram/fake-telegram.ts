import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Chats, type Button, type Shown } from './chats.ts';
import { fieldsOf, type Fields } from './fields.ts';
import { METHODS, type Desk } from './methods.ts';
import { Refusal } from './refusal.ts';

/** What goes wrong between the caller and Telegram. */
type Fault =
  /** The connection ends before anything was done. */
  | 'close-before'
  /** Done, and the connection ends without an answer. */
  | 'close-after'
  /** A gateway's page; nothing was done. */
  | 'html-502'
  /** Nothing is done and nothing is answered. */
  | 'hang'
  | { readonly code: number; readonly description: string; readonly parameters?: Record<string, unknown> };

interface Planned {
  readonly method: string;
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** A call as it came, and what it was answered with. */
export interface Call {
  readonly method: string;
  readonly fields: Fields;
  readonly raw: string;
  readonly code: number | null;
}

export const BOT_TOKEN = '700001:fake-token-of-a-bot';
const SECRET = 'a-secret-of-the-webhook';
/** Telegram gives up after some tries; how many is not said. */
const DELIVERIES = 3;

/**
 * A Telegram of its own: strict about what it takes, with a plan of faults, updates that are sent again until they are
 * taken, and phones to look at. It shares no line with the channel.
 */
export class FakeTelegram {
  readonly chats = new Chats();
  readonly calls: Call[] = [];
  readonly #presses = new Set<string>();
  readonly #files: Desk['files'] = new Map();
  readonly #server: Server;
  readonly #waiting: { readonly update_id: number }[] = [];
  #planned: Planned[] = [];
  #webhook: { url: string; secret: string | null } | null = null;
  #nextUpdate = 5_000;
  #nextQuery = 1;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<FakeTelegram> {
    const fake = new FakeTelegram();
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  /** The settings of a service that belongs to this bot. */
  env(mode: 'webhook' | 'polling' = 'webhook'): Readonly<Record<string, string>> {
    const common = { TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_API_ROOT: this.url, TELEGRAM_MODE: mode };
    return mode === 'polling' ? common : { ...common, TELEGRAM_WEBHOOK_SECRET: SECRET };
  }

  /** Where updates go, as an administrator would set it by hand. */
  sendUpdatesTo(url: string, secret: string | null = SECRET): void {
    this.#webhook = { url, secret };
  }

  /** The next calls of a method meet this fault: `times` of them, after letting `skip` pass. */
  plan(method: string, fault: Fault, { times = 1, skip = 0 }: { times?: number; skip?: number } = {}): void {
    this.#planned.push({ method, fault, times, skip });
  }

  well(): void {
    this.#planned = [];
  }

  phone(chat: string): readonly Shown[] {
    return this.chats.peek(chat);
  }

  /** How many presses have been answered by nobody. */
  get unanswered(): number {
    return this.#presses.size;
  }

  // ── what people do ──

  say(chat: string, words: string, over: object = {}): Promise<number[]> {
    return this.tell(this.update(chat, { text: words, ...over }));
  }

  /** Presses the newest button that reads so. */
  async tap(chat: string, label: string): Promise<number[]> {
    const shown = this.phone(chat).findLast(({ buttons }) => buttons.some(({ text }) => text === label));
    const button = shown?.buttons.find(({ text }) => text === label);
    if (shown === undefined || button === undefined) throw new Error(`no button ${label} in chat ${chat}`);
    return this.tell(this.press(chat, shown, button));
  }

  voice(chat: string, bytes: Buffer, duration: number): Promise<number[]> {
    return this.say(chat, '', { text: undefined, voice: { file_id: this.#keep(bytes, 'oga'), duration } });
  }

  photo(chat: string, bytes: Buffer): Promise<number[]> {
    const sizes = [bytes.subarray(0, 50), bytes].map((size) => ({
      file_id: this.#keep(size, 'jpg'),
      file_size: size.length,
    }));
    return this.say(chat, '', { text: undefined, photo: sizes });
  }

  async block(chat: string, isBlocked: boolean): Promise<number[]> {
    this.chats.open(chat, 'private', 'zh').blocked = isBlocked;
    return this.tell(
      this.#numbered({
        my_chat_member: { ...this.#who(chat), new_chat_member: { status: isBlocked ? 'kicked' : 'member' } },
      }),
    );
  }

  // ── updates ──

  /** An update that nobody has been told yet. */
  update(chat: string, message: object): { readonly update_id: number } {
    return this.#numbered({
      message: { message_id: this.chats.nextId(), date: 1_763_000_000, ...this.#who(chat), ...message },
    });
  }

  press(chat: string, shown: Shown, button: Button): { readonly update_id: number } {
    const id = `query-${String(this.#nextQuery++)}`;
    this.#presses.add(id);
    const { from, chat: where } = this.#who(chat);
    const keyboard = {
      inline_keyboard: shown.buttons.map(({ text, data }) => [{ text, callback_data: data }]),
    };
    const message = {
      message_id: shown.id,
      date: 1_763_000_000,
      chat: where,
      text: shown.text,
      reply_markup: keyboard,
    };
    return this.#numbered({ callback_query: { id, from, message, data: button.data } });
  }

  /** Tells an update until it is taken; the codes it was answered with. Where nobody is told, it waits to be asked for. */
  async tell(update: { readonly update_id: number }): Promise<number[]> {
    if (this.#webhook === null) {
      this.#waiting.push(update);
      return [];
    }
    const codes: number[] = [];
    while (codes.length < DELIVERIES && codes.at(-1) !== 200) codes.push(await this.deliver(update));
    return codes;
  }

  /** One try; the code it was answered with. */
  async deliver(update: object, secret = this.#webhook?.secret ?? null): Promise<number> {
    const response = await fetch(this.#webhook?.url ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
    });
    await response.arrayBuffer();
    return response.status;
  }

  // ── inside ──

  #numbered<T extends object>(what: T): T & { readonly update_id: number } {
    return { update_id: this.#nextUpdate++, ...what };
  }

  #who(id: string) {
    const { type, language } = this.chats.open(id, id.startsWith('-') ? 'supergroup' : 'private', 'zh-hans');
    const from = { id: Math.abs(Number(id)), is_bot: false, first_name: '某人', language_code: language };
    return { chat: { id: Number(id), type }, from };
  }

  #keep(bytes: Buffer, ending: string): string {
    const id = `file-${String(this.#files.size)}`;
    this.#files.set(id, { bytes, path: `media/${id}.${ending}`, sizeBytes: bytes.length });
    return id;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', this.url);
    const [, prefix = '', rest = ''] = /^\/(file\/)?bot(.+)$/u.exec(pathname) ?? [];
    if (!rest.startsWith(`${BOT_TOKEN}/`)) {
      answer(response, 404, { ok: false, error_code: 404, description: 'Not Found' });
      return;
    }
    const name = rest.slice(BOT_TOKEN.length + 1);
    if (prefix !== '') {
      this.#download(response, name);
      return;
    }
    const fault = this.#faultOf(name);
    const note = (fields: Fields, code: number | null): void => {
      this.calls.push({ method: name, fields, raw: raw.toString('utf8'), code });
    };
    if (fault === 'hang') {
      note({}, null);
      return;
    }
    if (fault === 'close-before') return void request.socket.destroy();
    if (fault === 'html-502')
      return void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>');
    try {
      if (fault !== null && typeof fault === 'object')
        throw new Refusal(fault.code, fault.description, fault.parameters);
      const method = METHODS[name];
      if (method === undefined) throw new Refusal(404, 'Not Found: method not found');
      const fields = fieldsOf(request.headers, raw);
      const result = await method(this.#desk, fields);
      note(fields, fault === 'close-after' ? null : 200);
      if (fault === 'close-after') return void request.socket.destroy();
      answer(response, 200, { ok: true, result });
      return;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      note({}, error.code);
      answer(response, error.code, {
        ok: false,
        error_code: error.code,
        description: error.message,
        ...(Object.keys(error.parameters).length > 0 && { parameters: error.parameters }),
      });
      return;
    }
  }

  get #desk(): Desk {
    return {
      chats: this.chats,
      presses: this.#presses,
      files: this.#files,
      take: (offset) => {
        if (this.#webhook !== null)
          throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
        while ((this.#waiting[0]?.update_id ?? offset) < offset) this.#waiting.shift();
        return this.#waiting.slice(0, 100);
      },
      setWebhook: (url, secret) => {
        this.#webhook = url === null ? null : { url, secret };
      },
    };
  }

  #download(response: ServerResponse, path: string): void {
    const file = [...this.#files.values()].find((one) => one.path === path);
    if (file === undefined) {
      answer(response, 404, { ok: false, error_code: 404, description: 'Not Found' });
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
  }

  #faultOf(method: string): Fault | null {
    for (const planned of this.#planned) {
      if (planned.times === 0 || (planned.method !== '*' && planned.method !== method)) continue;
      if (planned.skip > 0) planned.skip -= 1;
      else {
        planned.times -= 1;
        return planned.fault;
      }
    }
    return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
