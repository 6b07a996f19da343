import { HOUR_MS } from './clock.ts';
import type { Fields } from './fields.ts';
import { need, Refusal } from './refusal.ts';
import type { Tenant } from './tenant.ts';

export const WINDOW_MS = 48 * HOUR_MS;
export const MOST_PER_INBOUND = 5;

/** 0 new, 1 the assistant, 2 waiting for a person, 3 with a person, 4 ended or not begun. */
export type ServiceState = 0 | 1 | 2 | 3 | 4;

export interface KfAccount {
  readonly openKfId: string;
  readonly name: string;
  readonly servicers: readonly string[];
}

/** A message that stands in the WeChat of a customer. */
export interface KfShown {
  readonly msgid: string;
  readonly at: Date;
  readonly kind: string;
  readonly text: string;
  readonly menu: readonly { readonly id: string; readonly text: string }[];
  readonly content: Fields;
}

export interface KfSession {
  readonly openKfId: string;
  readonly customer: string;
  state: ServiceState;
  servicer: string | null;
  /** null: never said anything. */
  lastInboundMs: number | null;
  sentSince: number;
  welcomedMs: number | null;
  rejects: boolean;
  context: { readonly scene: string; readonly sceneParam: string } | null;
  readonly phone: KfShown[];
}

const STEPS: Readonly<Record<ServiceState, readonly ServiceState[]>> = {
  0: [1, 2, 3, 4],
  1: [2, 3, 4],
  2: [3, 4],
  3: [3, 4],
  4: [],
};

/** Customers of 微信客服 and how each stands with each account. */
export class KfSessions {
  readonly accounts: readonly KfAccount[];
  readonly #tenant: Tenant;
  readonly #sessions = new Map<string, KfSession>();
  readonly #customers: string[] = [];

  constructor(tenant: Tenant, accounts: readonly KfAccount[]) {
    this.#tenant = tenant;
    this.accounts = accounts;
  }

  /** The account, or the refusal. */
  account(openKfId: string): KfAccount {
    need(openKfId !== '', 95000);
    const account = this.accounts.find((known) => known.openKfId === openKfId);
    if (account === undefined) throw new Refusal(95004);
    return account;
  }

  customerNumber(customer: string): number {
    return this.#customers.indexOf(customer);
  }

  /** The session of a customer who has come before. */
  known(openKfId: string, customer: string): KfSession {
    const session = this.#sessions.get(`${openKfId}\n${customer}`);
    if (session === undefined) throw new Refusal(40096);
    return session;
  }

  /** The session of a customer who may be new. */
  of(openKfId: string, customer: string): KfSession {
    const key = `${openKfId}\n${customer}`;
    const made: KfSession = this.#sessions.get(key) ?? {
      ...{ openKfId, customer, state: 4, servicer: null, lastInboundMs: null, sentSince: 0 },
      ...{ welcomedMs: null, rejects: false, context: null, phone: [] },
    };
    this.#sessions.set(key, made);
    if (!this.#customers.includes(customer)) this.#customers.push(customer);
    return made;
  }

  /** A customer wrote: the window opens anew, and an ended session begins again. */
  inbound(session: KfSession): void {
    session.lastInboundMs = this.nowMs();
    session.sentSince = 0;
    if (session.state === 4) session.state = 0;
  }

  /** What the interface may do with a session; the rest is 95016. */
  move(session: KfSession, to: number, servicer: string): void {
    need(
      STEPS[session.state].some((allowed) => allowed === to),
      95016,
    );
    if (to === 3) need(this.account(session.openKfId).servicers.includes(servicer), 95014);
    session.state = to as ServiceState;
    session.servicer = to === 3 ? servicer : null;
  }

  isInWindow(session: KfSession): boolean {
    return session.lastInboundMs !== null && this.nowMs() - session.lastInboundMs <= WINDOW_MS;
  }

  nowMs(): number {
    return this.#tenant.clock.now().getTime();
  }
}
