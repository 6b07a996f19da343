/** One thing that happens without anyone asking. */
export interface Job {
  readonly name: string;
  /** Does what is due now; resolves with how many things it did. */
  run(): Promise<number>;
  /** The next business instant at which it has something to do; null when it cannot know or has nothing. */
  nextAt(): Promise<Date | null>;
  /** What of it does not wait for the other jobs, and may run beside itself; most have nothing of the kind. */
  beside?(): Promise<number>;
}

/** Hears that a job begins and how it ends, so that somebody notices when it stops. */
export interface Pulse {
  begins(job: string): void;
  ends(job: string): void;
  fails(job: string): void;
}

/** What jobs wait for, by their names: the first instant at which one has something to do, '' for now, null for nothing. */
export type Agenda = ReadonlyMap<string, string | null>;

export interface RhythmPorts {
  readonly jobs: readonly Job[];
  /** One look in place of one of every job; a job that is not in it is always asked itself. */
  agenda(): Promise<Agenda>;
  readonly pulse: Pulse;
  now(): Date;
  /** Moves the business clock; stored, so that a restart keeps the time. */
  moveTo(instant: Date): Promise<void>;
  breathe(): Promise<void>;
  failed(job: string, error: unknown): void;
}

/** How often it is looked, beside the rhythm, whether a page is due (our default): it shall go within the second. */
export const BESIDE_EVERY_MS = 250;

/** A safety net against jobs that feed each other without end. */
const ROUNDS_LIMIT = 10_000;

/**
 * Runs what is due, and, in the simulator, walks through time: from one due instant to the next, in order, so that a
 * jump over a month does exactly what a month of waiting would have done.
 */
export class Rhythm {
  readonly #ports: RhythmPorts;
  #running: Promise<unknown> | null = null;
  #beside: Promise<void> | null = null;
  #isWalking = false;
  #stopped = false;

  constructor(ports: RhythmPorts) {
    this.#ports = ports;
  }

  /** Does everything that is due now, until nothing is left. Overlapping calls follow each other. */
  async runDue(): Promise<void> {
    await this.#alone(() => this.#untilQuiet());
  }

  /** Walks to `target`, doing on the way, in order, all that falls due. */
  async walkTo(target: Date): Promise<void> {
    await this.#alone(async () => {
      this.#isWalking = true;
      await this.#untilQuiet();
      for (;;) {
        const next = await this.#nextAt();
        if (this.#stopped || next === null || next > target) break;
        await this.#ports.moveTo(next);
        await this.#untilQuiet();
        await this.#ports.breathe();
      }
      // Stopped half-way, the clock stays where the work ended: what lies ahead is still ahead after the restart.
      if (this.#stopped || this.#ports.now() >= target) return;
      await this.#ports.moveTo(target);
      await this.#untilQuiet();
    });
  }

  /**
   * Does what waits for nobody, beside whatever is under way: a plan, a list for many or a channel that hangs holds up no
   * page. While time is walked through, everything is done in its order instead. What fails here is done by the rhythm.
   */
  async runBeside(): Promise<void> {
    if (this.#isWalking || this.#stopped) return;
    this.#beside ??= this.#besides().finally(() => (this.#beside = null));
    await this.#beside;
  }

  /** Ends after the work under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    while (this.#running) await this.#running.catch(() => undefined);
    await this.#beside;
  }

  async #besides(): Promise<void> {
    for (const job of this.#ports.jobs) {
      try {
        await job.beside?.();
      } catch (error) {
        this.#ports.failed(job.name, error);
      }
    }
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#running) await this.#running.catch(() => undefined);
    const run = work();
    this.#running = run;
    try {
      return await run;
    } finally {
      this.#running = null;
      this.#isWalking = false;
    }
  }

  async #untilQuiet(): Promise<void> {
    for (let round = 0; round < ROUNDS_LIMIT && !this.#stopped; round += 1)
      if (!(await this.#round())) return;
  }

  /** Every job that has something to do, in their order; false when none did anything. */
  async #round(): Promise<boolean> {
    let done = 0;
    let agenda = await this.#look();
    for (const job of this.#ports.jobs) {
      if (!this.#hasWork(agenda, job)) {
        this.#ports.pulse.begins(job.name);
        this.#ports.pulse.ends(job.name);
        continue;
      }
      const did = await this.#try(job);
      done += did;
      // What it did may be work for those behind it; one whose work another counts (a wake) says 0.
      if (did > 0 || agenda.has(job.name)) agenda = await this.#look();
    }
    return done > 0;
  }

  #hasWork(agenda: Agenda, { name }: Job): boolean {
    const first = agenda.get(name);
    return first === undefined || (first !== null && first <= this.#ports.now().toISOString());
  }

  /** Where it cannot be read every job looks for itself. */
  async #look(): Promise<Agenda> {
    try {
      return await this.#ports.agenda();
    } catch (error) {
      this.#ports.failed('agenda', error);
      return new Map();
    }
  }

  /** One job that fails does not stop the others: a broken digest must not hold up a page. */
  async #try(job: Job): Promise<number> {
    const { pulse } = this.#ports;
    pulse.begins(job.name);
    try {
      const done = await job.run();
      pulse.ends(job.name);
      return done;
    } catch (error) {
      pulse.fails(job.name);
      this.#ports.failed(job.name, error);
      return 0;
    }
  }

  async #nextOf(job: Job): Promise<Date | null> {
    try {
      return await job.nextAt();
    } catch (error) {
      this.#ports.failed(job.name, error);
      return null;
    }
  }

  /** The next instant strictly after now: what is due now has just been done or has just failed. */
  async #nextAt(): Promise<Date | null> {
    const agenda = await this.#look();
    const waiting = this.#ports.jobs.filter(({ name }) => agenda.get(name) !== null);
    const times = await Promise.all(waiting.map((job) => this.#nextOf(job)));
    const now = this.#ports.now().getTime();
    const later = times.flatMap((t) => (t !== null && t.getTime() > now ? [t.getTime()] : []));
    return later.length === 0 ? null : new Date(Math.min(...later));
  }
}
