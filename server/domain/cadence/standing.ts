import type { LocalDate } from '../local-date.ts';
import type { CadenceChild, ChildFacts } from './child-facts.ts';
import type { CountedKind } from './counting.ts';
import { type Duty, type Overdue, type Standing, compareDuties } from './duty.ts';
import { gapStart } from './duties.ts';
import {
  type CadenceView,
  type DutyTerms,
  cadenceView,
  contactTerms,
  dutyOf,
  gapTerms,
  homeVisitTerms,
  isDeferrable,
  occasionTerms,
  talkTerms,
  visitTerms,
} from './duty-terms.ts';
import { dayAfter, monthIndexOf, quarterIndexOf } from './periods.ts';
import type { CarePolicy } from './policy.ts';
import { type CadenceSummary, summarise } from './summary.ts';

const NOTHING_OWED: Standing = { open: [], overdue: [] };

/** What a child is owed on `today`, from its whole history. `policies` is the timeline of its area. */
export function standingOf(facts: ChildFacts, policies: readonly CarePolicy[], today: LocalDate): Standing {
  return standingFromSummary(facts, summarise(facts, today), policies, today);
}

/**
 * The same from the last counting days alone, for planning many children: it looks only at periods later than the
 * last counting day. A missed duty is overdue while nothing that counts for it has happened since it began.
 */
export function standingFromSummary(
  child: CadenceChild,
  summary: CadenceSummary,
  policies: readonly CarePolicy[],
  today: LocalDate,
): Standing {
  if ((child.endsOn !== null && child.endsOn <= today) || child.dutiesFrom > today) return NOTHING_OWED;
  const view = cadenceView(child, policies, today);
  const found = new Outstanding(view, summary);
  for (const terms of occasionTerms(view)) found.consider(terms);
  for (const terms of gapTerms(view, () => gapDays(view, summary))) found.consider(terms);
  if (summary.talkOwedSinceOn) found.consider(talkTerms(view, summary.talkOwedSinceOn));
  considerPeriods(view, found, visitTerms, settledVisit(view, summary));
  considerPeriods(view, found, contactTerms, settledContact(view, summary));
  if (child.boarder) considerPeriods(view, found, homeVisitTerms, summary.lastHomeVisitSeenOn);
  return found.standing();
}

/** Collects what is unanswered: all that is open, and the earliest overdue of each kind. */
class Outstanding {
  private readonly open: Duty[] = [];
  private readonly overdue: Overdue[] = [];
  private readonly view: CadenceView;
  private readonly summary: CadenceSummary;

  constructor(view: CadenceView, summary: CadenceSummary) {
    this.view = view;
    this.summary = summary;
  }

  /** Takes the duty in when it is outstanding; true when it is overdue. */
  consider(terms: DutyTerms): boolean {
    const last = lastCounted(this.summary, terms.countedKind);
    if ((last !== null && last >= terms.countsFrom) || isDeferrable(this.view, terms)) return false;
    if (terms.dueOn >= this.view.today) {
      this.open.push(dutyOf(this.view, terms, 'open', null));
      return false;
    }
    this.addOverdue(terms);
    return true;
  }

  standing(): Standing {
    if (this.open.length > 1) this.open.sort(compareDuties);
    if (this.overdue.length > 1) this.overdue.sort((a, b) => compareDuties(a.duty, b.duty));
    return { open: this.open, overdue: this.overdue };
  }

  private addOverdue(terms: DutyTerms): void {
    const duty = dutyOf(this.view, terms, 'missed', null);
    const index = this.overdue.findIndex(({ kind }) => kind === terms.kind);
    const earlier = this.overdue[index];
    if (earlier && compareDuties(earlier.duty, duty) <= 0) return;
    const overdue = { kind: terms.kind, since: dayAfter(terms.dueOn), duty };
    if (earlier) this.overdue[index] = overdue;
    else this.overdue.push(overdue);
  }
}

/** `settledOn`: a day that answers or ends every such duty begun by then, so that older periods need no look. */
function considerPeriods(
  view: CadenceView,
  found: Outstanding,
  termsOf: (view: CadenceView, monthIndex: number) => DutyTerms | null,
  settledOn: LocalDate | null,
): void {
  const current = monthIndexOf(view.today);
  const quarter = quarterIndexOf(current);
  const first = quarterIndexOf(monthIndexOf(view.child.dutiesFrom));
  let month = settledOn === null ? first : Math.max(first, monthIndexOf(settledOn) + 1);
  let lookUntil = current;
  for (; month <= current; month += 1) {
    // Past the earliest overdue, and the months of its own quarter that close before it, only what is open remains.
    if (month > lookUntil && month < quarter) month = quarter;
    const terms = termsOf(view, month);
    if (terms !== null && found.consider(terms)) lookUntil = Math.min(lookUntil, month + 2);
  }
}

function settledVisit({ child }: CadenceView, summary: CadenceSummary): LocalDate | null {
  const alwaysLow = child.tierChanges.length === 1 && child.tierChanges[0]?.tier === 'low';
  return alwaysLow ? summary.lastVisitOn : summary.lastVisitSeenOn;
}

function settledContact({ child }: CadenceView, summary: CadenceSummary): LocalDate | null {
  return child.absences.length === 0 ? summary.lastContactOn : summary.lastContactSeenOn;
}

function gapDays(view: CadenceView, { lastVisitOn, lastVisitSeenOn }: CadenceSummary): readonly LocalDate[] {
  const { dutiesFrom } = view.child;
  const start = lastVisitSeenOn !== null && lastVisitSeenOn > dutiesFrom ? [] : gapStart(view);
  const days = [...start, lastVisitSeenOn, lastVisitOn].filter((day) => day !== null);
  return [...new Set(days)];
}

function lastCounted(summary: CadenceSummary, kind: CountedKind): LocalDate | null {
  switch (kind) {
    case 'visit':
    case 'visitUnseen':
      return summary.lastVisitOn;
    case 'visitSeen':
      return summary.lastVisitSeenOn;
    case 'homeVisit':
      return summary.lastHomeVisitOn;
    case 'homeVisitSeen':
      return summary.lastHomeVisitSeenOn;
    case 'contact':
      return summary.lastContactOn;
    case 'contactSeen':
      return summary.lastContactSeenOn;
    case 'talk':
      return null; // a talk still owed has by definition not been answered
  }
}
