import { isCall, type EncounterMode } from './cadence/child-facts.ts';

/** The word for nobody among those who were met or reached. */
export const NOBODY = '没有人';
/** The word for the child among those who were met. */
export const CHILD_ITSELF = '孩子本人';
/** Who stands at a door and is neither the child nor its household: neighbours, teachers, people of the village. */
const OUTSIDER =
  /邻居|隔壁|对门|楼上|楼下|路人|过路|同村|村里人|老师|班主任|校长|保安|门卫|同学|村干部|书记|村主任|小组长/u;

interface Met {
  readonly mode: EncounterMode;
  readonly childSeen: boolean | null;
  /** In the words of whoever tells it. */
  readonly met: readonly string[];
}

/**
 * Whether a visit met neither the child nor anybody of its household, or a call reached nobody. A visit is worker and
 * family in one place, a contact is spoken with them (domain rules §3): this one is kept as an attempt, and answers no
 * duty.
 */
export function isAttempt({ mode, childSeen, met }: Met): boolean {
  if (childSeen === true) return false;
  if (isCall(mode)) return met.includes(NOBODY);
  return met.includes(NOBODY) || met.every((who) => OUTSIDER.test(who));
}

/** A call that reached nobody: nothing was heard of the child, so nothing is asked about it. */
export function isUnreached(told: Met): boolean {
  return isCall(told.mode) && isAttempt(told);
}

/** What a record keeps of whom one met, and of the words about it. */
export function metInRecord(told: {
  readonly mode: EncounterMode;
  /** Whether the child was seen, as it was said; of a voice on the telephone nobody asks it. */
  readonly seen: boolean | null;
  readonly met: readonly string[];
  readonly note: string | null;
}): {
  readonly childSeen: boolean | null;
  readonly met: readonly string[];
  readonly nobodyMet?: true;
  readonly note: string | null;
} {
  const { mode, seen, met, note } = told;
  // The child was on the line. Silence about it is no "no".
  const childSeen = mode === 'phone' ? (met.includes(CHILD_ITSELF) ? true : null) : seen;
  if (!isAttempt({ mode, childSeen, met })) return { childSeen, met, note };
  return { childSeen: false, met: [], nobodyMet: true, note: withOutsiders(note, met) };
}

/** Whether these people are all from outside the household; of nobody nothing is said. */
export function metOutsidersOnly(met: readonly string[]): boolean {
  return met.length > 0 && met.every((who) => OUTSIDER.test(who));
}

/** The note of an attempt, which names nobody met: who told something at the door stands in it. */
export function withOutsiders(note: string | null, met: readonly string[]): string | null {
  const unnamed = met.filter((who) => who !== NOBODY);
  if (unnamed.length === 0 || OUTSIDER.test(note ?? '')) return note;
  return [...(note === null || note === '' ? [] : [note]), unnamed.join('、')].join('；');
}
