import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const BROWSER = ['tests/browser/**/*.test.ts'];
const FAULTS = ['tests/faults/**/*.test.ts'];

/** A database of a test is gone with it, so it need not wait for a disk: in memory where there is room for all. */
const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;
const hasRoom = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= ROOM_BYTES;
};
const scratch = hasRoom(MEMORY) ? { TMPDIR: MEMORY } : {};

/**
 * What the three projects share. Forks, because the native SQLite module and signals want processes of their own. The
 * timeout only ends what hangs: it has room for a machine that does other work as well.
 */
const shared = { environment: 'node', pool: 'forks', testTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    reporters: ['default'],
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          env: scratch,
          setupFiles: ['tests/support/property-seed.ts'],
          isolate: false, // modules are loaded once for all files of a process: half the time, and no test changes one
          maxWorkers: 2, // vitest would leave one of two cores idle
          include: ['tests/**/*.test.ts'],
          exclude: [...BROWSER, ...FAULTS],
          hookTimeout: 60_000, // a real PostgreSQL starts in a hook
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: BROWSER,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'faults',
          include: FAULTS,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
