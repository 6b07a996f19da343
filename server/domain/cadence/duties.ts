import type { LocalDate } from '../local-date.ts';
import type { ChildFacts } from './child-facts.ts';
import { type CountedDays, countedDays } from './counting.ts';
import { type Duty, compareDuties } from './duty.ts';
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
import { monthIndexOf, quarterIndexOf } from './periods.ts';
import type { CarePolicy } from './policy.ts';

/**
 * Every duty of a child from `dutiesFrom` to `today`, in order, each answered, missed, deferred or still open.
 * `policies` is the timeline of the child's area (`policiesFor`). Who wrote an encounter makes no difference.
 */
export function dutiesOf(
  facts: ChildFacts,
  policies: readonly CarePolicy[],
  today: LocalDate,
): readonly Duty[] {
  const view = cadenceView(facts, policies, today);
  const counted = countedDays(facts, today);
  return allTerms(view, counted)
    .flatMap((terms) => settle(view, counted, terms))
    .sort(compareDuties);
}

/** The duties that are answered in `after` and were not in `before`: what one more encounter brought about. */
export function affectedBy(before: readonly Duty[], after: readonly Duty[]): readonly Duty[] {
  const already = new Set(before.filter(({ status }) => status === 'answered').map(({ key }) => key));
  return after.filter(({ status, key }) => status === 'answered' && !already.has(key));
}

function allTerms(view: CadenceView, counted: CountedDays): readonly DutyTerms[] {
  const visitDays = () => [...new Set([...gapStart(view), ...counted.visit])];
  const terms = [...occasionTerms(view), ...gapTerms(view, visitDays), ...owedTalks(view, counted)];
  const last = monthIndexOf(view.today);
  for (let month = quarterIndexOf(monthIndexOf(view.child.dutiesFrom)); month <= last; month += 1) {
    for (const termsOf of [visitTerms, contactTerms, homeVisitTerms]) {
      const found = termsOf(view, month);
      if (found) terms.push(found);
    }
  }
  return terms;
}

/** An imported child's first gap runs from `dutiesFrom`; a registered one has its first visit instead. */
export function gapStart({ child }: CadenceView): readonly LocalDate[] {
  return child.registration === 'import' ? [child.dutiesFrom] : [];
}

/** A talk already owed is not owed twice, and none is owed where the child was spoken to on the same day. */
function owedTalks(view: CadenceView, counted: CountedDays): readonly DutyTerms[] {
  const terms: DutyTerms[] = [];
  let owedSince: LocalDate | null = null;
  for (const day of counted.visitUnseen) {
    if (day < view.child.dutiesFrom || counted.talk.includes(day)) continue;
    if (owedSince !== null && !firstWithin(counted.talk, owedSince, day)) continue;
    owedSince = day;
    terms.push(talkTerms(view, day));
  }
  return terms;
}

function settle(view: CadenceView, counted: CountedDays, terms: DutyTerms): Duty[] {
  const answeredOn = firstWithin(counted[terms.countedKind], terms.countsFrom, terms.dueOn);
  if (answeredOn !== null) return [dutyOf(view, terms, 'answered', answeredOn)];
  const { endsOn } = view.child;
  if (endsOn !== null && endsOn <= view.today && terms.dueOn >= endsOn) return []; // left before it was due
  if (isDeferrable(view, terms)) return [dutyOf(view, terms, 'deferred', null)];
  return [dutyOf(view, terms, terms.dueOn < view.today ? 'missed' : 'open', null)];
}

function firstWithin(days: readonly LocalDate[], from: LocalDate, until: LocalDate): LocalDate | null {
  return days.find((day) => day >= from && day <= until) ?? null;
}
