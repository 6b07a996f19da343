import type { LocalDate } from '../local-date.ts';
import type { ChildFacts } from './child-facts.ts';
import { type CountedDays, countedDays } from './counting.ts';

/**
 * All that a child's standing needs of its encounters, to be kept beside the child. Recompute it from the history
 * whenever an encounter, a tier or an absence is added, corrected or withdrawn.
 */
export interface CadenceSummary {
  /** The last counting visit, seen or not; also what people are shown as 最近走访. */
  readonly lastVisitOn: LocalDate | null;
  readonly lastVisitSeenOn: LocalDate | null;
  readonly lastHomeVisitOn: LocalDate | null;
  readonly lastHomeVisitSeenOn: LocalDate | null;
  /** The last counting contact of any kind; also what people are shown as 最近联系. */
  readonly lastContactOn: LocalDate | null;
  /** In person or on video, child seen. */
  readonly lastContactSeenOn: LocalDate | null;
  /** The visit whose talk with the child is still owed. */
  readonly talkOwedSinceOn: LocalDate | null;
}

/** The summary of a history up to `today`. */
export function summarise(facts: ChildFacts, today: LocalDate): CadenceSummary {
  const days = countedDays(facts, today);
  const last = (list: readonly LocalDate[]) => list.at(-1) ?? null;
  return {
    lastVisitOn: last(days.visit),
    lastVisitSeenOn: last(days.visitSeen),
    lastHomeVisitOn: last(days.homeVisit),
    lastHomeVisitSeenOn: last(days.homeVisitSeen),
    lastContactOn: last(days.contact),
    lastContactSeenOn: last(days.contactSeen),
    talkOwedSinceOn: talkOwedSince(days, facts.dutiesFrom),
  };
}

function talkOwedSince({ visitUnseen, talk }: CountedDays, dutiesFrom: LocalDate): LocalDate | null {
  const lastTalk = talk.at(-1);
  return visitUnseen.find((day) => day >= dutiesFrom && (lastTalk === undefined || day > lastTalk)) ?? null;
}
