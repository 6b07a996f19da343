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

/** Does something again and again on the real clock, each time so long after it was done; `stop` ends it. */
export function everySoOften(ms: number, act: () => Promise<void>): { stop(): void } {
  let forget = (): void => undefined;
  let isStopped = false;
  const again = (): void => {
    if (!isStopped) forget = after(ms, () => void act().then(again, again));
  };
  again();
  return {
    stop: () => {
      isStopped = true;
      forget();
    },
  };
}

/** What somebody comes to within so long; otherwise it fails, and what was begun goes on unheard. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let forget = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    forget = after(ms, () => {
      reject(new Error('no answer in time'));
    });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    forget();
  }
}
