import { Telegram, TelegramError } from 'telegraf';
import type { ChannelHealth } from '../channel.ts';

/** Telegram's interface for one bot. */
export interface TelegramSettings {
  readonly apiRoot: string;
  readonly token: string;
}

/** What the channel needs of the world outside. */
export interface TelegramWorld {
  readonly fetch: typeof fetch;
  /** The real clock. */
  now(): Date;
  /** Ends a call that takes so long. */
  endAfter(ms: number): AbortSignal;
  /** Told once when Telegram turns the bot away, and once when that is over. */
  readonly bell: { begins(code: number): void; ends(code: number): void };
  /** Told of every call how it ended; the method is Telegram's and names nobody. */
  counted(method: string, outcome: CallOutcome): void;
}

/** `limited`: 429. `blocked`: 403, its reader lets no bot write. `turned-away`: the token is not taken. `silent`: no answer. */
type CallOutcome = 'done' | 'limited' | 'blocked' | 'turned-away' | 'refused' | 'silent';

/** How Telegram answered a call. */
export type TelegramAnswer =
  | { readonly kind: 'done'; readonly result: unknown }
  | {
      readonly kind: 'refused';
      readonly code: number;
      /** For 429: after how long to ask again. */
      readonly retryAfterMs: number | null;
      /** For 400: nobody has a chat of this number, or nobody has written to this bot from it. */
      readonly isNobody: boolean;
    }
  /** No answer that could be read. `perhaps`: it may have been done. */
  | { readonly kind: 'silent'; readonly perhaps: boolean };

/** A slow answer counts as none (our default; telegraf itself waits for 500 s). */
const PATIENCE_MS = 8_000;
const DOWNLOAD_PATIENCE_MS = 30_000;
/** A bot may fetch no larger file (core.telegram.org/bots/api#getfile). */
export const DOWNLOAD_LIMIT = 20 * 1024 * 1024;
/** While the bot is turned away, one call in so long finds out whether it still is (our default). */
const REST_MS = 60_000;
/** Longer than Telegram ever asks for (our default). */
const LONGEST_WAIT_S = 3_600;

interface Patience {
  readonly patienceMs?: number;
  readonly stop?: AbortSignal;
}

/** No connection was made: nothing can have been done. */
const NOT_BEGUN = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * The token is not one of a bot, or not any more: nobody but an administrator can mend that. Of a method it does not know
 * Telegram says 404 as well, with more words.
 */
function isTurnedAway({ code, description }: TelegramError): boolean {
  return code === 401 || (code === 404 && description === 'Not Found');
}

/**
 * Every call to Telegram. telegraf carries it and nothing else: its sessions, its polling and its answers through the
 * webhook are not used (docs/decisions/0008). An error of its own names the text that was sent, so none is passed on.
 */
export class TelegramApi {
  readonly #settings: TelegramSettings;
  readonly #world: TelegramWorld;
  readonly #telegram: Telegram;
  #fault: { readonly code: number; askedMs: number } | null = null;

  constructor(settings: TelegramSettings, world: TelegramWorld) {
    // Without the last stroke the end of a path is dropped.
    const apiRoot = settings.apiRoot.endsWith('/') ? settings.apiRoot : `${settings.apiRoot}/`;
    this.#settings = { ...settings, apiRoot };
    this.#world = world;
    this.#telegram = new Telegram(settings.token, { apiRoot, webhookReply: false });
  }

  /** The number of the bot: what Telegram's ids of updates belong to. */
  get botId(): string {
    return this.#settings.token.split(':')[0] ?? '';
  }

  readonly health: ChannelHealth = {
    faults: () => (this.#fault === null ? [] : [this.#fault.code]),
    restMs: () =>
      this.#fault === null ? null : Math.max(0, this.#fault.askedMs + REST_MS - this.#world.now().getTime()),
  };

  /** One call; `patienceMs` for a call that is meant to wait. */
  async call(method: string, payload: object, patience: Patience = {}): Promise<TelegramAnswer> {
    const answer = await this.#ask(method, payload, patience);
    this.#world.counted(method, outcomeOf(answer));
    return answer;
  }

  async #ask(
    method: string,
    payload: object,
    { patienceMs = PATIENCE_MS, stop }: Patience,
  ): Promise<TelegramAnswer> {
    const patience = this.#world.endAfter(patienceMs);
    const signal = stop === undefined ? patience : AbortSignal.any([patience, stop]);
    try {
      // The names of the methods are Telegram's; what may be in them is checked by whoever reads the answer.
      const call = this.#telegram.callApi.bind(this.#telegram) as (
        method: string,
        payload: object,
        options: { readonly signal: AbortSignal },
      ) => Promise<unknown>;
      const result = await call(method, payload, { signal });
      this.#heard(null);
      return { kind: 'done', result };
    } catch (error) {
      return this.#refusal(error);
    }
  }

  /** The bytes of a file; null where they did not come. */
  async download(filePath: string): Promise<Buffer | null> {
    const { apiRoot, token } = this.#settings;
    try {
      const url = new URL(`./file/bot${token}/${filePath}`, apiRoot);
      const signal = this.#world.endAfter(DOWNLOAD_PATIENCE_MS);
      const response = await this.#world.fetch(url, { signal });
      if (!response.ok || Number(response.headers.get('content-length') ?? 0) > DOWNLOAD_LIMIT) return null;
      const bytes = Buffer.from(await response.arrayBuffer());
      return bytes.length > DOWNLOAD_LIMIT ? null : bytes;
    } catch {
      return null; // the address holds the token, so that no error of the network is passed on
    }
  }

  #refusal(error: unknown): TelegramAnswer {
    if (!(error instanceof TelegramError)) return { kind: 'silent', perhaps: !isNotBegun(error) };
    if (error.code >= 500) return { kind: 'silent', perhaps: false };
    this.#heard(isTurnedAway(error) ? error.code : null);
    const { retry_after: wait } = error.parameters ?? {};
    return {
      kind: 'refused',
      code: error.code,
      retryAfterMs: wait === undefined ? null : Math.min(wait, LONGEST_WAIT_S) * 1000,
      // Telegram has no code for it: the words are all there is (core.telegram.org/bots/api, "Making requests").
      isNobody: /chat not found|user not found|PEER_ID_INVALID/iu.test(error.description),
    };
  }

  #heard(code: number | null): void {
    const before = this.#fault;
    this.#fault = code === null ? null : { code, askedMs: this.#world.now().getTime() };
    if (before?.code === code) return;
    if (before !== null) this.#world.bell.ends(before.code);
    if (code !== null) this.#world.bell.begins(code);
  }
}

function outcomeOf(answer: TelegramAnswer): CallOutcome {
  if (answer.kind !== 'refused') return answer.kind;
  if (answer.code === 429) return 'limited';
  if (answer.code === 403) return 'blocked';
  return answer.code === 401 || answer.code === 404 ? 'turned-away' : 'refused';
}

function isNotBegun(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_BEGUN.has(String(error.code));
}
