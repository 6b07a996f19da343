import type { Beats } from './heartbeats.ts';
import { alarmsAfter, type AlarmNotice, type AlarmRow, type Fault } from './operator-alarms.ts';

/** What came of telling the operator. `unreached`: it has certainly not arrived. */
export type Told = 'taken' | 'refused' | 'unreached';

export interface WatchdogPorts {
  now(): Date;
  /** What the jobs of this process last did. */
  beats(): Beats;
  keepBeats(beats: Beats): Promise<void>;
  /** Whether it is for this process to speak: it does the work, or nobody does. */
  speaks(): Promise<boolean>;
  /** What stands in the way of the work. */
  faults(): Promise<readonly Fault[]>;
  alarms(): Promise<readonly AlarmRow[]>;
  keepAlarms(rows: readonly AlarmRow[]): Promise<void>;
  /** Sounds an alarm; never throws. */
  tell(notice: AlarmNotice): Promise<Told>;
  failed(what: string, error: unknown): void;
}

/**
 * Looks whether the work goes on, from a timer of its own: the work may hang. It waits for nobody without end, so its ports
 * give up in time, and what it cannot keep in the database it keeps in mind.
 */
export class Watchdog {
  readonly #ports: WatchdogPorts;
  /** A process that has done nothing yet has nothing to say about it. */
  #kept = '{}';
  /** What this process last knew, and whether the database knows it too. */
  #known: readonly AlarmRow[] = [];
  #isKept = true;
  #looking: Promise<void> | null = null;

  constructor(ports: WatchdogPorts) {
    this.#ports = ports;
  }

  /** One look. A look that is still under way is not begun again. */
  async look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  async #lookOnce(): Promise<void> {
    await this.#keepBeats();
    // Where nobody can be asked who does the work, silence would be worse than two voices.
    if (!(await this.#or('speaks', true, () => this.#ports.speaks()))) {
      this.#isKept = true; // whoever does the work remembers
      return;
    }
    const faults = await this.#ports.faults();
    const before = await this.#remembered();
    const { rows, notices } = alarmsAfter(before, faults, this.#ports.now());
    // Kept before it is said: a process that dies in between is silent for an hour and does not repeat itself for ever.
    if (!this.#isKept || changed(before, rows)) await this.#keepAlarms(rows);
    const told = await Promise.all(
      notices.map(async (notice) => ({ code: notice.code, told: await this.#ports.tell(notice) })),
    );
    const unreached = told.filter((one) => one.told === 'unreached').map(({ code }) => code);
    if (unreached.length > 0) await this.#keepAlarms(untold(before, rows, unreached));
  }

  async #keepBeats(): Promise<void> {
    const beats = this.#ports.beats();
    const text = JSON.stringify(beats);
    if (text === this.#kept) return; // another process does the work, or nobody does
    await this.#or('beats', undefined, async () => {
      await this.#ports.keepBeats(beats);
      this.#kept = text;
    });
  }

  async #remembered(): Promise<readonly AlarmRow[]> {
    if (this.#isKept) this.#known = await this.#or('alarms', this.#known, () => this.#ports.alarms());
    return this.#known;
  }

  async #keepAlarms(rows: readonly AlarmRow[]): Promise<void> {
    this.#known = rows;
    this.#isKept = false;
    await this.#or('alarms', undefined, async () => {
      await this.#ports.keepAlarms(rows);
      this.#isKept = true;
    });
  }

  async #or<T>(what: string, otherwise: T, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.#ports.failed(what, error);
      return otherwise;
    }
  }
}

function changed(before: readonly AlarmRow[], after: readonly AlarmRow[]): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** The rows as if nothing had been said about these codes: it is said at the next look. */
function untold(
  before: readonly AlarmRow[],
  after: readonly AlarmRow[],
  codes: readonly string[],
): readonly AlarmRow[] {
  const was = codes.flatMap((code) => {
    const earlier = before.find((row) => row.code === code);
    const now = after.find((row) => row.code === code);
    if (earlier) return [earlier];
    return now ? [{ ...now, isTold: false, toldAt: null }] : [];
  });
  return [...after.filter(({ code }) => !codes.includes(code)), ...was];
}
