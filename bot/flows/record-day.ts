import { addDays, parseLocalDate, partsOf, type LocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { readDate } from '../understanding/dates.ts';
import { saysSeveralDays } from '../understanding/day-row.ts';

/** A day further back than this is asked again: "12月5日" said in November means a slip, not last year (our default). */
const OLDEST_DAYS = 183;
/** 2025年, 25-12-05, 去年: the year was said, nobody has to guess it. */
const SAYS_YEAR =
  /\d{2,4}年|二[〇零][一二三四五六七八九〇零]{2}年|\d{2,4}[-./]\d{1,2}[-./]\d{1,2}|20\d{6}|[去前]年/u;

/** The day these words name: certain, not to come and not long gone; null where it has to be asked. */
export function certainDay(heard: Heard, view: View): LocalDate | null {
  const { on, ask } = heard.date.ask ? correctedDay(heard.text, view.today) : heard.date;
  if (on === null || ask || on > view.today) return null;
  return on < oldest(view) ? null : on;
}

/** "日期改成昨天", "不是今天，是前天": the day stands after the last word of correction. Longer words tell a story. */
function correctedDay(text: string, today: LocalDate): Heard['date'] {
  const said = /^.{0,10}(?:改成|改为|改到|改|应该是|其实是|(?<!不)是在?|错了?|不对)[,，:：\s]*(\S{2,8})$/u;
  const named = said.exec(bareWord(text))?.[1];
  return named === undefined ? { on: null, ask: true, quote: null } : readDate(named, today);
}

/**
 * The day of a record that is being told. Within half a year any certain day is taken. An older one is taken when
 * somebody files late and says the year; a day before the child was born never is.
 */
export function dayTold(heard: Heard, frame: Frame, view: View): LocalDate | null {
  const recent = certainDay(heard, view);
  const long = frame.slots.late === true && saysYear(heard) ? longAgo(heard, view) : null;
  const on = recent ?? long;
  return on !== null && on < bornOn(frame, view) ? null : on;
}

/**
 * A day heard before the record is stored. One that was only assumed gives way to "昨天去的"; one that was said, or a
 * story that may be of another day, is asked about with both days. What is vague about the visit itself is asked too.
 */
export function withDayHeard(frame: Frame, heard: Heard, view: View): Frame {
  const { on, assumed } = frame.slots;
  const isFirm = heard.date.firm === true;
  const day = dayTold(heard, frame, view);
  if (typeof on !== 'string') return day === null ? frame : withDay(frame, day);
  if (day === null) return isFirm && heard.date.ask ? emptied(frame, ...DAY_SLOTS) : frame;
  if (day === on) return isFirm ? emptied(frame, 'assumed') : frame;
  if (isFirm && assumed === true) return withDay(frame, day);
  return isFirm || assumed === true ? between(frame, on, day) : frame;
}

/** On the card words that say nothing but a day correct it; a longer sentence that names another day is asked about. */
export function withDayCorrected(frame: Frame, heard: Heard, view: View): Frame {
  const { on, assumed } = frame.slots;
  const isPlain = CORRECTS.test(heard.text) || saysDayOnly(heard);
  const isFirm = heard.date.firm === true;
  const day = dayTold(heard, frame, view);
  if (day === null) return heard.date.ask && (isPlain || isFirm) ? emptied(frame, ...DAY_SLOTS) : frame;
  if (isPlain || typeof on !== 'string' || (isFirm && assumed === true)) return withDay(frame, day);
  return day === on ? frame : between(frame, on, day);
}

/** The days of a conflict, as the question offers them. */
export function daysInDoubt({ slots }: Frame): readonly LocalDate[] {
  const { days } = slots;
  if (!Array.isArray(days)) return [];
  return days.flatMap((day) => (typeof day === 'string' ? (parseLocalDate(day) ?? []) : []));
}

/** The frame after its day was answered: it was said now, and no other is in doubt. */
function withDay(frame: Frame, day: LocalDate): Frame {
  return filled(emptied(frame, 'assumed', 'days'), 'on', day);
}

function between(frame: Frame, on: string, day: LocalDate): Frame {
  // Whether the first one was said or assumed decides how the question is put.
  return filled(emptied(frame, 'on'), 'days', [on, day].sort().reverse());
}

/** What a frame knows of its day; `assumed`: nobody said it, `days`: two were said. */
const DAY_SLOTS = ['on', 'assumed', 'days'] as const;
const CORRECTS = /日期|日子|改成|改为|不是|应该是|其实|错了|不对|记错/u;

/** "是前天", "昨天去的": the day and nothing besides. */
export function saysDayOnly({ text, date }: Heard): boolean {
  const rest = text.normalize('NFKC').replace(date.quote ?? '', '');
  return /^[是在就的去了啊呀哦吧到过走家访我,，。 ]*$/u.test(rest);
}

/** Why the day these words name is not taken; null where no one day was named or nothing is wrong with it. */
export function dayRefused(heard: Heard, frame: Frame, view: View): Say | null {
  const on = heard.date.on ?? heard.date.doubted ?? null;
  // One record has one day: the other is told after it, and not dropped without a word.
  const isOfVisit = heard.date.ask && (heard.date.firm === true || frame.asking === 'on');
  const isOfSeveral = isOfVisit && saysSeveralDays(heard.text);
  if (on === null) return isOfSeveral ? say('day.one-of-several') : null;
  if (on > view.today) return say('day.to-come', { on });
  const child = childOf(view, frame.slots.child);
  if (child && on < child.bornOn) return say('day.before-birth', { child: child.name, on: child.bornOn });
  if (on >= oldest(view)) return null;
  if (frame.slots.late !== true)
    return say(comesAgain(on, view) ? 'day.not-this-year' : 'day.long-ago', { on });
  return saysYear(heard) ? null : say('day.which-year', { on, year: partsOf(on).year });
}

/** "12月5日" said in November: this year's is still to come, and last year's is hardly meant. */
function comesAgain(on: LocalDate, { today }: View): boolean {
  return partsOf(on).year < partsOf(today).year && on.slice(5) > today.slice(5);
}

/** An old day somebody files late without its year: it is asked about by name. */
export function oldDayWithoutYear(heard: Heard, frame: Frame, view: View): LocalDate | null {
  const on = longAgo(heard, view);
  if (frame.slots.late !== true || on === null || saysYear(heard) || on > view.today) return null;
  return on < bornOn(frame, view) ? null : on;
}

function longAgo({ date }: Heard, view: View): LocalDate | null {
  const on = date.on ?? date.doubted ?? null;
  return on !== null && on < oldest(view) ? on : null;
}

function saysYear({ date }: Heard): boolean {
  return date.quote !== null && SAYS_YEAR.test(date.quote.normalize('NFKC'));
}

function bornOn(frame: Frame, view: View): LocalDate | '' {
  return childOf(view, frame.slots.child)?.bornOn ?? '';
}

function oldest(view: View): LocalDate {
  return addDays(view.today, -OLDEST_DAYS);
}
