import type { Answer } from './reaction.ts';

export interface Token {
  readonly value: string;
  readonly lifeMs: number;
}

type Found = { readonly value: string } | { readonly refused: Answer };

/** A token is replaced when so much of its life is over. */
const USED_UP = 0.8;
/** After a refusal nobody asks again for so long, twice as long after each more: WeCom shuts out whoever keeps asking. */
const FIRST_REST_MS = 5_000;
const LAST_REST_MS = 600_000;

/** One access token for everybody: fetched once, however many ask at the same time. */
export class AccessToken {
  readonly #fetch: () => Promise<Token | { readonly refused: Answer }>;
  readonly #now: () => Date;
  #held: { readonly value: string; readonly untilMs: number } | null = null;
  #fetching: Promise<Found> | null = null;
  #refused: { readonly answer: Answer; readonly untilMs: number; readonly restMs: number } | null = null;

  constructor(fetch: () => Promise<Token | { readonly refused: Answer }>, now: () => Date) {
    this.#fetch = fetch;
    this.#now = now;
  }

  async get(): Promise<Found> {
    const nowMs = this.#now().getTime();
    if (this.#held !== null && nowMs < this.#held.untilMs) return { value: this.#held.value };
    if (this.#refused !== null && nowMs < this.#refused.untilMs) return { refused: this.#refused.answer };
    this.#fetching ??= this.#renew().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  /** This token was refused. One that somebody else has fetched since stays. */
  forget(value: string): void {
    if (this.#held?.value === value) this.#held = null;
  }

  async #renew(): Promise<Found> {
    const got = await this.#fetch();
    const nowMs = this.#now().getTime();
    if ('value' in got) {
      this.#refused = null;
      this.#held = { value: got.value, untilMs: nowMs + got.lifeMs * USED_UP };
      return { value: got.value };
    }
    const restMs = Math.min((this.#refused?.restMs ?? FIRST_REST_MS / 2) * 2, LAST_REST_MS);
    this.#refused = { answer: got.refused, untilMs: nowMs + restMs, restMs };
    return got;
  }
}
