import { chanceFrom } from './chance.ts';
import type { TipChild } from './tip-child.ts';
import type { TipPolicy } from './tip-policy.ts';
import { AGE_BANDS, type Tip } from './tips.ts';

/** A tip that somebody was sent, and what they said to it. */
export interface GivenTip {
  readonly tipId: string;
  readonly answer: 'useful' | 'useless' | null;
}

/**
 * The next tip for somebody with these children, or null where every tip of theirs was read. Never one they were sent
 * before. A situation that helped comes more often, one that did not less often, and never not at all. The same seed (a
 * person and a week) always gives the same tip.
 */
export function nextTip(
  tips: readonly Tip[],
  children: readonly TipChild[],
  given: readonly GivenTip[],
  seed: string,
  policy: TipPolicy,
): Tip | null {
  const had = new Set(given.map(({ tipId }) => tipId));
  const left = tips.filter((tip) => !had.has(tip.id) && children.some((child) => fits(tip, child)));
  const situations = [...new Set(left.map(({ situation }) => situation))];
  const weights = situations.map(
    (situation) =>
      policy.weights[situation] *
      (situation === 'school' && children.some(({ newSchool }) => newSchool) ? policy.newSchoolTimes : 1) *
      saidTimes(situation, tips, given, policy),
  );
  const situation = situations[placeIn(weights, chanceFrom(`${seed}:situation`))];
  const fitting = left.filter((tip) => tip.situation === situation);
  return fitting[Math.floor(chanceFrom(`${seed}:tip`) * fitting.length)] ?? null;
}

/** Whether a tip speaks of such a child, to whoever reads it. */
function fits({ band, situation }: Tip, { ageYears, reader, disability }: TipChild): boolean {
  const years = AGE_BANDS.find(({ id }) => id === band);
  if (years === undefined || ageYears < years.from || ageYears > years.until) return false;
  if (situation === 'grandparents') return reader === 'grandparent';
  if (situation === 'away') return reader === 'away';
  return situation !== 'disability' || disability;
}

/** What their answers make of a situation's weight. */
function saidTimes(
  situation: Tip['situation'],
  tips: readonly Tip[],
  given: readonly GivenTip[],
  { usefulTimes, uselessTimes, leastTimes, mostTimes }: TipPolicy,
): number {
  const situationOf = new Map(tips.map((tip) => [tip.id, tip.situation]));
  const times = given
    .filter(({ tipId }) => situationOf.get(tipId) === situation)
    .reduce(
      (product, { answer }) =>
        answer === null ? product : product * (answer === 'useful' ? usefulTimes : uselessTimes),
      1,
    );
  return Math.min(mostTimes, Math.max(leastTimes, times));
}

/** Which of these weights a number from 0 to below 1 falls on. */
function placeIn(weights: readonly number[], chance: number): number {
  let rest = chance * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [place, weight] of weights.entries()) {
    if (rest < weight) return place;
    rest -= weight;
  }
  return weights.length - 1;
}
