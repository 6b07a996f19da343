import type { EncounterMode, RiskTier } from '../../server/domain/cadence/child-facts.ts';
import {
  addDays,
  daysBetween,
  earlierOf,
  laterOf,
  monthEnd,
  monthStart,
  partsOf,
  type LocalDate,
} from '../../server/domain/local-date.ts';
import type { DemoChild } from './demo-families.ts';

/** One encounter of the demo's past. */
export interface DemoEncounter {
  readonly on: LocalDate;
  readonly mode: EncounterMode;
  readonly note: string;
}

const NOTES: Readonly<Record<EncounterMode, readonly string[]>> = {
  home: ['在家写作业，精神好', '饭吃得好，家里电线看过了', '在院子里玩，身上没有伤'],
  school: ['老师说上课认真', '宿舍看过，被子够厚'],
  phone: ['电话里说一切都好', '孩子接的电话，说作业写完了'],
  video: ['视频里看到孩子，笑嘻嘻的'],
  elsewhere: ['放学路上碰到，说作业写完了'],
};

/**
 * A child's encounters between the day it came into the system and `today`: one in every month its story asks for,
 * never later than today.
 */
export function demoEncounters(
  child: DemoChild,
  tier: RiskTier,
  order: number,
  dutiesFrom: LocalDate,
  today: LocalDate,
): readonly DemoEncounter[] {
  const thisMonth = monthStart(today);
  const lastMonth = monthStart(addDays(thisMonth, -1));
  const encounters: DemoEncounter[] = [];
  for (let month = monthStart(dutiesFrom); month <= thisMonth; month = addDays(monthEnd(month), 1)) {
    if (month === thisMonth && child.story !== 'done') continue;
    if (month === lastMonth && child.story === 'overdue') continue;
    const first = laterOf(month, dutiesFrom);
    const last = month === thisMonth ? today : monthEnd(month);
    const on = addDays(first, (order * 5 + 3) % (daysBetween(first, last) + 1));
    const mode = modeOf(child, tier, month, month === thisMonth);
    encounters.push({ on: earlierOf(on, today), mode, note: noteOf(mode, order + encounters.length) });
  }
  return encounters;
}

/** Low-tier children are called, and visited in the last month of a quarter; the others are visited every month. */
function modeOf(child: DemoChild, tier: RiskTier, month: LocalDate, now: boolean): EncounterMode {
  const quarterEnds = partsOf(month).month % 3 === 0;
  if (child.boarder && !quarterEnds && !now) return 'school';
  return tier !== 'low' || quarterEnds || now ? 'home' : 'phone';
}

function noteOf(mode: EncounterMode, n: number): string {
  const notes = NOTES[mode];
  return notes[n % notes.length] ?? '';
}
