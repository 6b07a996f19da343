import type { Lease } from './lease.ts';

/** What only the active worker does. */
export interface WorkOfTheActive {
  /** Rows another process left in flight. */
  recover(): Promise<unknown>;
}

export interface DueWork {
  runDue(): Promise<void>;
  runBeside(): Promise<void>;
}

export interface Turns {
  kick(): void;
}

/** Ties the work to the lease: taken up when this process becomes the active one, left alone otherwise. */
export class ActiveWork {
  readonly #lease: Lease;
  readonly #turns: Turns;
  readonly #due: DueWork;
  readonly #outbox: WorkOfTheActive;
  #active = false;

  constructor(lease: Lease, turns: Turns, due: DueWork, outbox: WorkOfTheActive) {
    this.#lease = lease;
    this.#turns = turns;
    this.#due = due;
    this.#outbox = outbox;
  }

  /** Takes or renews the lease. Taking over begins with what the former holder left in flight. */
  async begin(): Promise<boolean> {
    const held = await this.#lease.keep();
    const takesOver = held && !this.#active;
    this.#active = held;
    if (takesOver) await this.#outbox.recover();
    return held;
  }

  /** One tick. */
  async beat(): Promise<void> {
    if (!(await this.begin())) return;
    this.#turns.kick();
    await this.#due.runDue();
  }

  /** What waits for no tick and for no other work; it takes or keeps no lease. */
  async beside(): Promise<void> {
    if (this.#active) await this.#due.runBeside();
  }
}
