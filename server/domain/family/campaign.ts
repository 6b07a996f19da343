import type { DueOccasion, OccasionKind } from '../education/occasions.ts';
import type { Stage } from '../education/stage.ts';
import { addDays, type LocalDate } from '../local-date.ts';

/** How a safety notice is proposed, asked about and pursued. No document gives these numbers: a dated setting. */
export const CAMPAIGN_POLICY = {
  id: 'campaign',
  version: 1,
  validFrom: '2026-11-30' as LocalDate,
  source: 'our default',
  /** The desk reads it so many days before it is due. */
  proposeDays: 7,
  /** Of one notice a person reads so many lines at most. */
  mostLines: 6,
  /** Where it has no last day, or a far one, it is pursued for so many days. */
  longestDays: 30,
  /** A warning of a storm is pursued for so many days. */
  stormDays: 3,
  /** What a person wrote for a storm has so many characters at most. */
  mostCharacters: 200,
} as const;

/** What a notice is about, as it is kept. */
export interface CampaignFacts {
  readonly kind: OccasionKind;
  readonly daysBefore: number;
  /** The stages whose families are told; null for every child. */
  readonly stages: readonly Stage[] | null;
  /** The first and last day of what lies ahead. */
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate | null;
  /** The day on which it goes. */
  readonly dueOn: LocalDate;
  /** The occasions it stands for. */
  readonly occasions: readonly string[];
}

export interface StandingCampaign extends CampaignFacts {
  readonly id: string;
  readonly state: 'proposed' | 'approved' | 'declined' | 'dropped' | 'ended';
}

/** What changes: notices that are new, and proposed ones whose dates or stages somebody has changed since. */
export interface Proposals {
  readonly fresh: readonly CampaignFacts[];
  readonly changed: readonly (CampaignFacts & { readonly id: string })[];
}

/**
 * The notices to propose on a day. Stages with the same days make one notice, so that a family with two children reads
 * one. What was answered once is never proposed again, whatever becomes of its dates; one that waits for its answer
 * follows the calendar.
 */
export function proposalsOf(
  today: LocalDate,
  occasions: readonly DueOccasion[],
  standing: readonly StandingCampaign[],
): Proposals {
  const lastDay = addDays(today, CAMPAIGN_POLICY.proposeDays);
  const due = occasions.filter(({ sendOn }) => sendOn <= lastDay);
  const settled = new Set(standing.flatMap((one) => (one.state === 'proposed' ? [] : one.occasions)));
  const waiting = standing.filter(({ state }) => state === 'proposed');
  const taken = new Set(settled);
  const changed = waiting.flatMap((one) => {
    const now = occasions.find(({ key }) => key === one.occasions[0]);
    if (now === undefined) return [];
    const same = occasions.filter((other) => isSame(other, now) && !settled.has(other.key));
    const facts = factsOf(same);
    for (const { key } of same) taken.add(key);
    return JSON.stringify(facts) === JSON.stringify(ofStanding(one)) ? [] : [{ id: one.id, ...facts }];
  });
  const fresh: CampaignFacts[] = [];
  for (const one of due) {
    if (taken.has(one.key)) continue;
    const same = due.filter((other) => isSame(other, one) && !taken.has(other.key));
    for (const { key } of same) taken.add(key);
    fresh.push(factsOf(same));
  }
  return { fresh, changed };
}

/** What is done about a notice that nobody has answered. */
export type Unanswered = 'wait' | 'ask-again' | 'drop';

/**
 * Nobody sends it in the desk's place: it is asked about once more, on the day before what lies ahead or on the day it
 * is due, and given up when that has begun. `isAsked`: that was done.
 */
export function unanswered(
  { fromOn, dueOn }: Pick<CampaignFacts, 'fromOn' | 'dueOn'>,
  isAsked: boolean,
  today: LocalDate,
): Unanswered {
  const dayBefore = addDays(fromOn, -1);
  const againOn = dueOn > dayBefore ? dueOn : dayBefore;
  const dropOn = againOn >= fromOn ? addDays(againOn, CAMPAIGN_POLICY.proposeDays) : fromOn;
  if (today >= dropOn) return 'drop';
  return today >= againOn && !isAsked ? 'ask-again' : 'wait';
}

/** The last day on which it is still worth telling somebody: the last of the break, and not for ever. */
export function lastDayOf({
  kind,
  daysBefore,
  fromOn,
  untilOn,
}: Pick<CampaignFacts, 'kind' | 'daysBefore' | 'fromOn' | 'untilOn'>): LocalDate {
  if (kind === 'winter-break' || kind === 'summer-break')
    return untilOn ?? addDays(fromOn, CAMPAIGN_POLICY.longestDays);
  const isSeason = daysBefore === 0;
  const longest = addDays(fromOn, CAMPAIGN_POLICY.longestDays);
  if (kind === 'term-start') return addDays(fromOn, CAMPAIGN_POLICY.proposeDays);
  return untilOn === null || (isSeason && longest < untilOn) ? longest : untilOn;
}

function isSame(a: DueOccasion, b: DueOccasion): boolean {
  return (
    a.kind === b.kind &&
    a.daysBefore === b.daysBefore &&
    a.from === b.from &&
    a.until === b.until &&
    a.sendOn === b.sendOn &&
    (a.stage === null) === (b.stage === null)
  );
}

function factsOf(same: readonly DueOccasion[]): CampaignFacts {
  const [first] = same;
  if (first === undefined) throw new Error('a notice of nothing');
  const stages = same.flatMap(({ stage }) => stage ?? []);
  return {
    kind: first.kind,
    daysBefore: first.daysBefore,
    stages: stages.length === 0 ? null : stages,
    fromOn: first.from,
    untilOn: first.until,
    dueOn: first.sendOn,
    occasions: same.map(({ key }) => key),
  };
}

function ofStanding(one: StandingCampaign): CampaignFacts {
  const { kind, daysBefore, stages, fromOn, untilOn, dueOn, occasions } = one;
  return { kind, daysBefore, stages, fromOn, untilOn, dueOn, occasions };
}
