import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** Waits on the real clock. */
export async function sleep(ms: number): Promise<void> {
  await wait(ms);
}

/** Lets everything else that waits have its turn. */
export async function breathe(): Promise<void> {
  await nextTurn();
}
