import type { LocalDate } from '../local-date.ts';
import { isAwayOn } from './absences.ts';
import { isVisit, type CadenceChild, type ChildFacts, type Encounter, type RiskTier } from './child-facts.ts';
import { acceptsUnseen, inOrder, tierInForce } from './tiers.ts';

/** What a duty asks for. */
export type Asked = 'visit' | 'home-visit' | 'contact' | 'seen-contact' | 'talk';

/** The days on which something counted, each list rising; what counts is decided once per encounter. */
export interface CountedDays {
  /** Worker and family in one place, and the tier of that day accepts it. */
  readonly visit: readonly LocalDate[];
  readonly visitSeen: readonly LocalDate[];
  readonly homeVisit: readonly LocalDate[];
  readonly homeVisitSeen: readonly LocalDate[];
  /** Any encounter; while the child is away only one in which it was seen. */
  readonly contact: readonly LocalDate[];
  /** In person or on video, child seen. */
  readonly contactSeen: readonly LocalDate[];
  /** The child itself was met, seen or on the line. */
  readonly talk: readonly LocalDate[];
  /** Visits that count although the child was not seen: each asks for a talk. */
  readonly visitUnseen: readonly LocalDate[];
}

export type CountedKind = keyof CountedDays;

/** Which list answers a duty: above LOW the child must have been seen (our default). */
export function answeredBy(asked: Asked, tier: RiskTier): CountedKind {
  if (asked === 'talk') return 'talk';
  if (asked === 'contact') return 'contact';
  if (asked === 'seen-contact') return acceptsUnseen(tier) ? 'contact' : 'contactSeen';
  if (asked === 'home-visit') return acceptsUnseen(tier) ? 'homeVisit' : 'homeVisitSeen';
  return acceptsUnseen(tier) ? 'visit' : 'visitSeen';
}

/** Sorts every encounter up to `today` into what it counts for; an encounter dated later counts for nothing yet. */
export function countedDays(facts: ChildFacts, today: LocalDate): CountedDays {
  const lists: Record<CountedKind, LocalDate[]> = {
    visit: [],
    visitSeen: [],
    homeVisit: [],
    homeVisitSeen: [],
    contact: [],
    contactSeen: [],
    talk: [],
    visitUnseen: [],
  };
  const child = { tierChanges: inOrder(facts.tierChanges), absences: facts.absences };
  for (const encounter of encountersUpTo(facts, today)) {
    for (const kind of countsAs(child, encounter)) lists[kind].push(encounter.on);
  }
  return lists;
}

/** Whether an encounter meets the duty of a visit by the tier in force on its day. */
export function countsAsVisit(child: Rules, encounter: Encounter): boolean {
  return countsAs(child, encounter).includes('visit');
}

type Rules = Pick<CadenceChild, 'tierChanges' | 'absences'>;

function countsAs(child: Rules, encounter: Encounter): readonly CountedKind[] {
  const { on, mode, childSeen } = encounter;
  const kinds: CountedKind[] = [];
  const inPerson = isVisit(mode);
  const seen = childSeen && mode !== 'phone';
  if (inPerson && seen) kinds.push('visit', 'visitSeen');
  else if (inPerson && acceptsUnseen(tierInForce(child.tierChanges, on))) kinds.push('visit', 'visitUnseen');
  if (mode === 'home' && kinds.length > 0) kinds.push('homeVisit');
  if (mode === 'home' && seen) kinds.push('homeVisitSeen');
  if (seen) kinds.push('contactSeen');
  if (seen || !isAwayOn(child.absences, on)) kinds.push('contact');
  if (childSeen) kinds.push('talk');
  return kinds;
}

/** Own and imported encounters by day. An imported 走访 is taken as a visit at home that met the child. */
function encountersUpTo(facts: ChildFacts, today: LocalDate): readonly Encounter[] {
  const all = facts.encounters.filter(({ on }) => on <= today);
  const { importedLastVisitOn: visitOn, importedLastContactOn: contactOn } = facts;
  if (visitOn && visitOn <= today)
    all.push({ id: 'import-visit', on: visitOn, mode: 'home', childSeen: true });
  if (contactOn && contactOn <= today) {
    all.push({ id: 'import-contact', on: contactOn, mode: 'phone', childSeen: false });
  }
  return all.sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1));
}
