import { messageRequest, newStamp, verifyRequest } from './envelope.ts';
import type { CallbackRequest, HostileFault, Seal, Stamp } from './envelope.ts';
import type { Tenant } from './tenant.ts';

export interface CallbackAnswer {
  readonly status: number;
  readonly body: string;
}

/** Brings a request to the bot, or rejects when nothing came in time. */
export type Deliver = (request: CallbackRequest, withinMs: number) => Promise<CallbackAnswer>;

export interface Attempt {
  /** null: no answer in time, or no connection. */
  readonly status: number | null;
  readonly body: string;
}

/** One callback and what became of it. */
export interface Delivery {
  readonly xml: string;
  readonly agentId: number | null;
  readonly attempts: readonly Attempt[];
  /** Answered with 200. */
  readonly received: boolean;
}

/** How the platform behaves; the documents disagree about retries, so a bot has to live with each setting. */
export interface CallbackManners {
  /** `timeout`: again only when no answer came. `not-200`: again after any other status, too. */
  retryOn: 'timeout' | 'not-200';
  retries: number;
  /** A retry is the same request byte by byte, or has a timestamp, nonce and encryption of its own. */
  retryAs: 'same' | 'new';
  verifyWithinMs: number;
  answerWithinMs: number;
}

export interface PushOptions {
  readonly fault?: HostileFault;
  /** So many of the same at once. */
  readonly copies?: number;
  readonly stamp?: Stamp;
}

interface Open {
  readonly xml: string;
  readonly agentId: number | null;
  readonly attempts: Attempt[];
  received: boolean;
}

const MANNERS: CallbackManners = {
  retryOn: 'timeout',
  retries: 3,
  retryAs: 'same',
  verifyWithinMs: 1_000,
  answerWithinMs: 5_000,
};

/** Sends what happens in the corp to the bot. */
export class Callbacks {
  readonly manners: CallbackManners;
  readonly sent: Delivery[] = [];
  readonly #tenant: Tenant;
  readonly #seal: Seal;
  readonly #deliver: Deliver;
  #held: Open[] | null = null;

  constructor(tenant: Tenant, seal: Seal, deliver: Deliver, manners: Partial<CallbackManners> = {}) {
    this.#tenant = tenant;
    this.#seal = seal;
    this.#deliver = deliver;
    this.manners = { ...MANNERS, ...manners };
  }

  /** Saving the callback in the admin's console: true when the bot echoed in time. */
  async verify({ fault, plusInEcho = false }: { fault?: HostileFault; plusInEcho?: boolean } = {}): Promise<
    Attempt & { readonly ok: boolean; readonly echo: string }
  > {
    const { chance, clock } = this.#tenant;
    for (;;) {
      const echo = chance.digits(19);
      const request = verifyRequest(this.#seal, newStamp(chance, clock), echo, fault);
      if (plusInEcho && !request.query.includes('%2B')) continue;
      const attempt = await this.#once(request, this.manners.verifyWithinMs);
      return { ...attempt, ok: attempt.status === 200 && attempt.body === echo, echo };
    }
  }

  /** Tells the bot, again and again where the manners say so. */
  async push(xml: string, agentId: number | null, options: PushOptions = {}): Promise<Delivery> {
    const open: Open = { xml, agentId, attempts: [], received: false };
    this.sent.push(open);
    if (this.#held === null) await this.#send(open, options);
    else this.#held.push(open);
    return open;
  }

  /** The same words once more, as a late retry would bring them. */
  async again(delivery: Delivery, options: PushOptions = {}): Promise<Delivery> {
    return this.push(delivery.xml, delivery.agentId, options);
  }

  /** From now on nothing is sent until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was held: as it happened, backwards, shuffled by the seed, or all at once. */
  async release(order: 'as-happened' | 'backwards' | 'shuffled' | 'at-once' = 'as-happened'): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    if (order === 'at-once') {
      await Promise.all(held.map((open) => this.#send(open, {})));
      return;
    }
    const backwards = order === 'backwards' ? [...held].reverse() : held;
    for (const open of order === 'shuffled' ? this.#tenant.chance.shuffled(held) : backwards)
      await this.#send(open, {});
  }

  async #send(open: Open, options: PushOptions): Promise<void> {
    const copies = Array.from({ length: options.copies ?? 1 }, () => this.#untilReceived(open, options));
    await Promise.all(copies);
  }

  async #untilReceived(open: Open, { fault, stamp }: PushOptions): Promise<void> {
    const { chance, clock } = this.#tenant;
    let current = stamp ?? newStamp(chance, clock);
    for (let turn = 0; turn <= this.manners.retries; turn += 1) {
      const request = messageRequest(this.#seal, current, open.xml, open.agentId, fault);
      const attempt = await this.#once(request, this.manners.answerWithinMs);
      open.attempts.push(attempt);
      if (attempt.status === 200) open.received = true;
      if (attempt.status !== null && (attempt.status === 200 || this.manners.retryOn === 'timeout')) return;
      if (this.manners.retryAs === 'new') current = newStamp(chance, clock);
    }
  }

  async #once(request: CallbackRequest, withinMs: number): Promise<Attempt> {
    try {
      return await this.#deliver(request, withinMs);
    } catch {
      return { status: null, body: '' };
    }
  }
}

/** Over HTTP, to an address that may become known later. */
export function deliverTo(address: () => string | null): Deliver {
  return async ({ method, query, body }, withinMs) => {
    const url = address();
    if (url === null) throw new Error('No callback address is set.');
    const response = await fetch(`${url}?${query}`, {
      method,
      body,
      redirect: 'manual',
      headers: body === null ? {} : { 'content-type': 'text/xml; charset=utf-8' },
      signal: AbortSignal.timeout(withinMs),
    });
    return { status: response.status, body: await response.text() };
  };
}
