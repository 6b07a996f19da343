import { HOUR_MS } from './clock.ts';
import { Refusal } from './refusal.ts';
import type { App, Tenant } from './tenant.ts';

const VALID_MS = 72 * HOUR_MS;

interface Code {
  readonly msgid: string;
  readonly agentId: number | null;
  readonly atMs: number;
  spent: boolean;
}

/** response_code: one comes with a card that asks, and a new one with each tap; each serves one update within 72 hours. */
export class ResponseCodes {
  readonly #tenant: Tenant;
  readonly #codes = new Map<string, Code>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  issue(msgid: string, agentId: number | null): string {
    const word = this.#tenant.chance.word();
    this.#codes.set(word, { msgid, agentId, atMs: this.#nowMs(), spent: false });
    return word;
  }

  /** The message that may be updated with this code, now and not again. */
  spend(word: string, app: App): string {
    const code = this.#codes.get(word);
    const isGood = code?.agentId === app.agentId && !code.spent && this.#nowMs() - code.atMs <= VALID_MS;
    if (code === undefined || !isGood) throw new Refusal(this.#tenant.unverified.spentCode);
    code.spent = true;
    return code.msgid;
  }

  #nowMs(): number {
    return this.#tenant.clock.now().getTime();
  }
}
