/** A lease lasts so long without renewal; another process may then take over (our default). */
export const LEASE_MS = 15_000;

export interface LeaseRow {
  readonly holder: string;
  readonly rev: number;
  readonly expiresAt: string;
}

export interface LeasePorts {
  read(): Promise<LeaseRow | null>;
  /** Writes the row, unless it changed since `before` was read; false when it did. */
  write(before: LeaseRow | null, row: LeaseRow): Promise<boolean>;
  /** Whether this holder is certainly dead, so that its lease need not run out. */
  isGone(holder: string): boolean;
  /** The real clock: a moved business clock must not cost anybody the lease. */
  now(): Date;
}

/**
 * Of several processes on one database one plans, answers and sends; the others store what arrives and show pages.
 * The holder renews; whoever finds the lease expired takes it with a higher revision, and every write of the former
 * holder, which names the old one, is refused.
 */
export class Lease {
  readonly #ports: LeasePorts;
  readonly #holder: string;
  #rev: number | null = null;
  #expiresAtMs = 0;
  #isReleased = false;

  constructor(ports: LeasePorts, holder: string) {
    this.#ports = ports;
    this.#holder = holder;
  }

  /** The revision under which this process may write; null while another one is active. */
  get rev(): number | null {
    return this.#ports.now().getTime() < this.#expiresAtMs ? this.#rev : null;
  }

  /** Whether another process does the work now. */
  async isHeldByAnother(): Promise<boolean> {
    const row = await this.#ports.read();
    return (
      row !== null &&
      row.holder !== this.#holder &&
      Date.parse(row.expiresAt) > this.#ports.now().getTime() &&
      !this.#ports.isGone(row.holder)
    );
  }

  /** Takes or renews the lease; true while this process holds it. */
  async keep(): Promise<boolean> {
    if (this.#isReleased) return false; // a process that is leaving takes nothing up again
    const row = await this.#ports.read();
    const nowMs = this.#ports.now().getTime();
    const mine = row?.holder === this.#holder;
    const others = row !== null && !mine && Date.parse(row.expiresAt) > nowMs;
    if (others && !this.#ports.isGone(row.holder)) return this.#lost();
    const rev = row === null ? 1 : mine ? row.rev : row.rev + 1;
    const expiresAtMs = nowMs + LEASE_MS;
    const taken = await this.#ports.write(row, {
      holder: this.#holder,
      rev,
      expiresAt: new Date(expiresAtMs).toISOString(),
    });
    if (!taken) return this.#lost();
    this.#rev = rev;
    this.#expiresAtMs = expiresAtMs;
    return true;
  }

  /** Gives the lease back, so that another process need not wait for it to expire. */
  async release(): Promise<void> {
    this.#isReleased = true;
    const row = await this.#ports.read();
    if (row?.holder === this.#holder)
      await this.#ports.write(row, { ...row, expiresAt: new Date(0).toISOString() });
    this.#lost();
  }

  #lost(): false {
    this.#rev = null;
    return false;
  }
}
