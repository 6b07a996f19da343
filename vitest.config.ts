import { defineConfig } from 'vitest/config';

const BROWSER = ['tests/browser/**/*.test.ts'];
const FAULTS = ['tests/faults/**/*.test.ts'];

/** What the three projects share. Forks, because the native SQLite module and signals want processes of their own. */
const shared = { environment: 'node', pool: 'forks', testTimeout: 20_000 } as const;

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
