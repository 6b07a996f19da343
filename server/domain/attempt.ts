import { isCall, type EncounterMode } from './cadence/child-facts.ts';

/** The word for a visit that met nobody. */
export const NOBODY = '没有人';
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
 * Whether a visit met neither the child nor anybody of its household. A visit is worker and family in one place (domain
 * rules §3): this one is kept as an attempt, and answers no duty. A call is none, it is no visit.
 */
export function isAttempt({ mode, childSeen, met }: Met): boolean {
  if (isCall(mode) || childSeen === true) return false;
  return met.includes(NOBODY) || met.every((who) => OUTSIDER.test(who));
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
