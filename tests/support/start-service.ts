import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom } from '../../server/config.ts';
import type { Clock } from '../../server/platform/clock.ts';
import { createLogger } from '../../server/platform/logger.ts';
import type { Ringer } from '../../server/platform/ringer.ts';
import { openService, type Service } from '../../server/service.ts';

/** A clock that stands still until a test moves it: the real clock of a service under test. */
export class HandClock implements Clock {
  #now: Date;

  constructor(start: string) {
    this.#now = new Date(start);
  }

  now(): Date {
    return this.#now;
  }

  /** Lets real time pass. */
  pass(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }
}

export interface RunningService {
  readonly url: string;
  readonly service: Service;
  /** Every line the service logged. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** The whole service in this process, on a fresh SQLite file (or `databaseUrl`), listening on a free port. */
export async function startService(
  options: {
    readonly dataDir?: string;
    readonly databaseUrl?: string;
    readonly clock?: Clock;
    readonly ringer?: Ringer;
    /** Settings besides, over those of a test. */
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<RunningService> {
  const made = options.dataDir === undefined ? mkdtempSync(join(tmpdir(), 'hutong-')) : null;
  const folder = options.dataDir ?? made ?? tmpdir();
  const settings = settingsFrom({
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: options.databaseUrl ?? `file:${join(folder, 'hutong.db')}`,
    ...options.env,
  });
  const log: string[] = [];
  const logger = createLogger({ write: (line: string) => void log.push(line) });
  const service = await openService(
    settings,
    logger,
    options.clock ?? new HandClock('2026-11-23T01:00:00.000Z'),
    options.ringer,
  );
  const url = await service.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    service,
    log,
    stop: async () => {
      await service.stop();
      if (made !== null) rmSync(made, { recursive: true, force: true });
    },
  };
}
