import { plain, say, type Say } from '../domain/say.ts';

/** What is looked at, in the order in which it has to be mended. */
export type Check = 'corp' | 'secret' | 'ip' | 'agent' | 'callback' | 'kf' | 'range';

/** One line of the answer: 好, 要改 or 没法查, why, and what an administrator does about it. */
export interface Finding {
  readonly check: Check;
  readonly verdict: 'well' | 'mend' | 'unknown';
  readonly reason: Say;
  /** Null where there is nothing to do. */
  readonly step: Say | null;
}

const NOTHING = plain('');

export function well(check: Check, reason: Say, step: Say | null = null): Finding {
  return { check, verdict: 'well', reason, step };
}

export function mend(check: Check, reason: Say, step: Say): Finding {
  return { check, verdict: 'mend', reason, step };
}

export function unknown(check: Check, reason: Say, step: Say | null = null): Finding {
  return { check, verdict: 'unknown', reason, step };
}

/** What cannot be looked at before something above it is mended. */
export function waits(check: Check): Finding {
  return unknown(check, say('wecom-check.first'));
}

export const isWell = ({ verdict }: Finding): boolean => verdict === 'well';

/** Everything as sentences, one for each finding, and a last one that counts. */
export function linesOf(findings: readonly Finding[]): readonly Say[] {
  const lines = findings.map(({ check, verdict, reason, step }) =>
    say(`wecom-check.line-${verdict}`, {
      name: say(`wecom-check.name-${check}`),
      reason,
      step: step ?? NOTHING,
    }),
  );
  const count = (wanted: Finding['verdict']): number => findings.filter((f) => f.verdict === wanted).length;
  const last = findings.every(isWell)
    ? say('wecom-check.all-well')
    : say('wecom-check.not-well', { mend: count('mend'), unknown: count('unknown') });
  return [...lines, last];
}
