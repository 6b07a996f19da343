import { z } from 'zod';
import { reactionTo, type Answer } from './reaction.ts';
import { AccessToken, type Token } from './access-token.ts';
import { SettingsAlarm, TOKEN_PATH, type Bell } from './alarm.ts';
import type { ChannelHealth } from '../channel.ts';

export interface WecomSettings {
  readonly apiBase: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly agentSecret: string;
}

/** What the channel needs of the world outside. */
export interface WecomWorld {
  readonly fetch: typeof fetch;
  /** The real clock. */
  now(): Date;
  /** Rings where something is wrong that only an administrator can mend. */
  readonly bell: Bell;
}

/** WeCom drops a slow connection; so do we, and the message counts as "nobody knows whether it arrived". */
const PATIENCE_MS = 8_000;
const DOWNLOAD_PATIENCE_MS = 30_000;
/** A department of some thousand members is the longest answer we ask for. */
const ANSWER_LIMIT = 4_000_000;
/** WeCom hands out more than that only in parts. */
const MEDIA_LIMIT = 20 * 1024 * 1024;

const MEDIA_PATH = '/cgi-bin/media/get';

const JSON_HEADERS = { 'content-type': 'application/json' };

const answerBody = z.looseObject({ errcode: z.number().int() });
const tokenBody = z.object({ access_token: z.string().min(1).max(512), expires_in: z.number().positive() });

/** WeCom's interface for one app: every call with a token that is fetched once for everybody. */
export class WecomApi {
  readonly #settings: WecomSettings;
  readonly #world: WecomWorld;
  readonly #token: AccessToken;
  readonly #alarm: SettingsAlarm;

  constructor(settings: WecomSettings, world: WecomWorld) {
    this.#settings = settings;
    this.#world = world;
    this.#alarm = new SettingsAlarm(world.bell, () => world.now());
    this.#token = new AccessToken(
      () => this.#fetchToken(),
      () => world.now(),
    );
  }

  /** How WeCom takes to us, for whoever needs this call. */
  health(path: string): ChannelHealth {
    return { faults: () => this.#alarm.codes(), restMs: () => this.#alarm.restMs([TOKEN_PATH, path]) };
  }

  /** A fault of the settings that shows only in what many calls were answered. */
  raise(path: string, code: number): void {
    this.#alarm.begin(path, code);
  }

  /** One call that does something. */
  post(path: string, body: object): Promise<Answer> {
    return this.#withToken(path, (token) => this.#call(path, token, body));
  }

  /** One call that only reads; `query` never holds anything of a child or a family. */
  get(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.#withToken(path, (token) => this.#look(path, token, query));
  }

  /** Whether WeCom gives us a token; of the token itself nothing is told. */
  signIn(): Promise<Answer> {
    return this.#withToken(TOKEN_PATH, () => Promise.resolve(SIGNED_IN));
  }

  /** The bytes of something a member sent, kept by WeCom for three days; otherwise why not (document 90254). */
  media(mediaId: string): Promise<{ readonly bytes: Buffer } | Answer> {
    return this.#withToken(MEDIA_PATH, (token) => this.#download(mediaId, token));
  }

  /**
   * Where the token was refused, a second time with a new token, and never a third. While WeCom turns such calls away,
   * one in a while asks whether it still does, and the others have the answer without asking.
   */
  async #withToken<T extends object>(
    path: string,
    call: (token: string) => Promise<T | Answer>,
  ): Promise<T | Answer> {
    const away = this.#alarm.turnedAway([TOKEN_PATH, path]);
    if (away !== null) return away;
    const first = await this.#token.get();
    if ('refused' in first) return first.refused;
    const got = await call(first.value);
    if (!('reaction' in got) || got.reaction !== 'token') return got;
    this.#token.forget(first.value);
    const second = await this.#token.get();
    return 'refused' in second ? second.refused : call(second.value);
  }

  async #download(mediaId: string, token: string): Promise<{ readonly bytes: Buffer } | Answer> {
    const url = new URL(MEDIA_PATH, this.#settings.apiBase);
    url.searchParams.set('access_token', token);
    url.searchParams.set('media_id', mediaId);
    try {
      const response = await this.#world.fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_PATIENCE_MS) });
      const isSaid = /json|text/.test(response.headers.get('content-type') ?? 'text');
      if (isSaid) return this.#read(MEDIA_PATH, response.ok, await response.text());
      if (!response.ok || Number(response.headers.get('content-length') ?? 0) > MEDIA_LIMIT) return UNKNOWN;
      this.#alarm.heard(MEDIA_PATH, 0, 'done');
      return { bytes: Buffer.from(await response.arrayBuffer()) };
    } catch {
      return UNKNOWN;
    }
  }

  async #look(path: string, token: string, query: Readonly<Record<string, string>>): Promise<Answer> {
    const url = new URL(path, this.#settings.apiBase);
    url.search = new URLSearchParams({ access_token: token, ...query }).toString();
    return this.#answerTo(path, url, { method: 'GET' });
  }

  async #call(path: string, token: string, body: object): Promise<Answer> {
    const url = new URL(path, this.#settings.apiBase);
    url.searchParams.set('access_token', token);
    const isForm = body instanceof FormData;
    if (isForm) url.searchParams.set('type', 'file');
    const request = isForm ? { body } : { headers: JSON_HEADERS, body: JSON.stringify(body) };
    return this.#answerTo(path, url, { method: 'POST', ...request });
  }

  async #fetchToken(): Promise<Token | { readonly refused: Answer }> {
    const url = new URL(TOKEN_PATH, this.#settings.apiBase);
    url.searchParams.set('corpid', this.#settings.corpId);
    url.searchParams.set('corpsecret', this.#settings.agentSecret);
    const answer = await this.#answerTo(TOKEN_PATH, url, { method: 'GET' });
    const read = answer.reaction === 'done' ? tokenBody.safeParse(answer.body) : null;
    return read?.success === true
      ? { value: read.data.access_token, lifeMs: read.data.expires_in * 1000 }
      : { refused: answer.reaction === 'done' ? UNKNOWN : answer };
  }

  /** The address holds a secret, so that no error of the network is passed on. */
  async #answerTo(path: string, url: URL, request: RequestInit): Promise<Answer> {
    try {
      const response = await this.#world.fetch(url, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
      return this.#read(path, response.ok, await response.text());
    } catch {
      return UNKNOWN;
    }
  }

  /** @throws where the text is no JSON. */
  #read(path: string, ok: boolean, text: string): Answer {
    const read = answerBody.safeParse(JSON.parse(text.slice(0, ANSWER_LIMIT)));
    if (!ok || !read.success) return UNKNOWN;
    const { errcode: code } = read.data;
    const reaction = reactionTo(code);
    this.#alarm.heard(path, code, reaction);
    return { reaction, code, body: read.data };
  }
}

const SIGNED_IN: Answer = { reaction: 'done', code: 0, body: {} };
const UNKNOWN: Answer = { reaction: 'unknown', code: null, body: {} };
