import type { ChildProcess } from 'node:child_process';
import { rounded, type Figure } from './figures.ts';
import { asked } from './programs.ts';

/** One day of many people at once: how long each waited for each answer, and what was wrong. */
export interface Day {
  readonly waits: readonly number[];
  readonly seconds: number;
  readonly wrong: number;
  readonly sample: readonly string[];
}

/** A day of what is measured and one of the bare route, one right after the other. */
export interface DayPair {
  readonly turns: Day;
  readonly bare: Day;
}

/** The first days warm both sides up and are not counted. */
export const WARM_UP_DAYS = 4;

/** One day of each, whichever comes first. */
export async function onePair(measured: ChildProcess, bare: ChildProcess, n: number): Promise<DayPair> {
  if (n % 2 === 0) return { turns: await asked<Day>(measured, 'day'), bare: await asked<Day>(bare, 'day') };
  const baseline = await asked<Day>(bare, 'day');
  return { turns: await asked<Day>(measured, 'day'), bare: baseline };
}

export function rateOf({ waits, seconds }: Day): number {
  return waits.length / seconds;
}

/** How long so large a share waited at most. */
export function waiting(pairs: readonly DayPair[], share: number, what: string): Figure {
  const at = (days: readonly Day[]) => {
    const waits = days.flatMap(({ waits: ms }) => ms).sort((a, b) => a - b);
    return `${rounded(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0)} ms`;
  };
  return {
    name: `  waiting, ${String(share * 100)} of 100 ${what}`,
    value: at(pairs.map(({ turns }) => turns)),
    baseline: `bare route: ${at(pairs.map(({ bare }) => bare))}`,
  };
}
