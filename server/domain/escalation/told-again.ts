import { addDays, type LocalDate } from '../local-date.ts';
import { rememberedAs, type Finding } from './reachability.ts';

/** Gaps that stand unchanged are told again after so many days (our default, like what is long overdue). */
const AGAIN_AFTER_DAYS = 7;

/** What a county's desk was last told. */
export interface ToldBefore {
  readonly on: LocalDate;
  readonly gaps: readonly string[];
}

/** What the desk is to hear this morning. */
export interface News {
  /** How many gaps it has not heard of. */
  readonly fresh: number;
  /** How many it had heard of are gone. */
  readonly mended: number;
}

/**
 * Whether a desk hears of the gaps today: at once of a new one and of one that is mended, every day while nobody at all
 * would read a report, otherwise once a week while they stand. Null: nothing is said.
 */
export function newsOf(
  findings: readonly Finding[],
  before: ToldBefore | null,
  today: LocalDate,
): News | null {
  const known = new Set(before?.gaps ?? []);
  const now = findings.map(rememberedAs);
  const fresh = now.filter((gap) => !known.has(gap)).length;
  const standing = new Set(now.map(placeOf));
  // A gap that has only grown or shrunk is not mended.
  const mended = [...known].filter((gap) => !standing.has(placeOf(gap))).length;
  const isGrave = findings.some(({ kind }) => kind === 'nobody');
  const isWeekLater = before !== null && addDays(before.on, AGAIN_AFTER_DAYS) <= today;
  const isDue = fresh > 0 || mended > 0 || isGrave || (isWeekLater && now.length > 0);
  return isDue ? { fresh, mended } : null;
}

/** Kind, area and rung of a gap, or the person, without how much of it there is. */
function placeOf(gap: string): string {
  const [kind = '', area = '', role = '', , ...people] = gap.split(' ');
  return [kind, area, role, ...(kind === 'failing' ? people : [])].join(' ');
}
