import type { Chance } from './chance.ts';

/** What goes wrong between the caller and the platform. */
export type Fault =
  | { readonly kind: 'latency'; readonly ms: number }
  /** The connection ends before anything was done. */
  | { readonly kind: 'close-before' }
  /** Done, and the connection ends without an answer. */
  | { readonly kind: 'close-after' }
  /** Refused with this errcode: -1, 45009, 45033 … */
  | { readonly kind: 'errcode'; readonly errcode: number }
  /** The token of this call has ended early: 42001. */
  | { readonly kind: 'token-expired' }
  /** The token of this call is not valid any more: 40014. */
  | { readonly kind: 'token-invalid' }
  /** A gateway's page instead of JSON; nothing was done. */
  | { readonly kind: 'html-502' }
  /** Done, and half of the JSON arrives. */
  | { readonly kind: 'broken-json' };

interface Planned {
  readonly path: string;
  readonly fault: Fault;
  skip: number;
  times: number;
}

interface Sometimes {
  readonly path: string;
  readonly share: number;
  readonly faults: readonly Fault[];
}

/** A plan of faults, by the end of the path: `message/send`, or `*` for every call. */
export class FaultPlan {
  readonly #chance: Chance;
  #planned: Planned[] = [];
  #sometimes: Sometimes[] = [];

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** The next calls of `path` meet this fault: `times` of them, after letting `skip` pass. */
  plan(path: string, fault: Fault, { times = 1, skip = 0 }: { times?: number; skip?: number } = {}): this {
    this.#planned.push({ path, fault, times, skip });
    return this;
  }

  /** A share of the calls meets one of these faults, by the seed. */
  sometimes(path: string, share: number, faults: readonly Fault[]): this {
    this.#sometimes.push({ path, share, faults });
    return this;
  }

  clear(): void {
    this.#planned = [];
    this.#sometimes = [];
  }

  /** The fault that this call meets. */
  take(path: string): Fault | null {
    const matching = this.#planned.filter((planned) => planned.times > 0 && meets(planned.path, path));
    for (const planned of matching) {
      if (planned.skip > 0) planned.skip -= 1;
      else {
        planned.times -= 1;
        return planned.fault;
      }
    }
    for (const { path: wanted, share, faults } of this.#sometimes)
      if (meets(wanted, path) && this.#chance.next() < share)
        return faults[this.#chance.below(faults.length)] ?? null;
    return null;
  }
}

function meets(wanted: string, path: string): boolean {
  return wanted === '*' || path === wanted || path.endsWith(`/${wanted}`);
}
