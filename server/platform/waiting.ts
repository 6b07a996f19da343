import { clearTimeout as forget, setTimeout as later } from 'node:timers';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** Waits on the real clock. */
export async function sleep(ms: number): Promise<void> {
  await wait(ms);
}

/** Lets everything else that waits have its turn. */
export async function breathe(): Promise<void> {
  await nextTurn();
}

/** Does something after a while on the real clock, unless what is returned is called before. */
export function after(ms: number, act: () => void): () => void {
  const timer = later(act, ms);
  return () => {
    forget(timer);
  };
}
