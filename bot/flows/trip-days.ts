import type { Heard, HeardTelling } from '../dialog/event.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { emptied, filled } from '../dialog/flow.ts';
import type { Frame, SlotValue } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { readDate } from '../understanding/dates.ts';
import { dayTold, saysDayOnly, withDayCorrected, withDayHeard } from './record-day.ts';
import { changed, dayOf, modeOf, tripOf, withLines, type TripLine } from './trip-lines.ts';
import { modesIn, namedIn, openLine } from './trip-slots.ts';

/** "小红是打的电话", "不是到校": words that correct the way of one child, and tell no story. */
const CORRECTS_WAY = /是|改|应该|不对|错/u;
const SHORT_WORDS = 20;

/** One child's day or way goes to its line; what was answered for all is no longer in doubt. */
export function lineTaken(frame: Frame, view: View): Frame {
  const { 'on-of': on, 'mode-of': mode } = frame.slots;
  const taken = (what: 'on' | 'mode', value: SlotValue | undefined): ((from: Frame) => Frame) => {
    const line = openLine(frame, view, what);
    if (value === undefined || line === undefined) return (from) => from;
    return (from) =>
      emptied(
        changed(from, [line.childId], (one) => ({
          ...one,
          [what]: value,
          ...(what === 'mode' ? { besides: false } : {}),
        })),
        `${what}-of`,
        'again',
      );
  };
  const isDayAnswered = typeof frame.slots.on === 'string' && frame.asked.at(-1) === 'on';
  const dated = isDayAnswered ? emptied(frame, 'assumed', 'days') : frame;
  return taken('mode', mode)(taken('on', on)(dated));
}

/** 改一处: one child's day or way is asked anew, or that of all of them. */
export function reopened(frame: Frame): Frame {
  const { change, redo, part, whose } = frame.slots;
  if (typeof whose === 'string' && typeof change === 'string') return withWhose(frame, change, whose);
  if (change === 'on' || change === 'mode') {
    const all = linesIn(frame).map((line) => without(line, change));
    return emptied(withLines(frame, all), change, 'change', 'outcome', 'again');
  }
  if ((redo !== 'on' && redo !== 'mode') || typeof part !== 'string') return frame;
  const open = changed(frame, [part], (line) => ({ ...line, [redo]: null }));
  return emptied(open, 'redo', 'part', 'again');
}

function withWhose(frame: Frame, childId: string, day: string): Frame {
  const dated = changed(frame, [childId], (line) => ({ ...line, on: parseLocalDate(day) }));
  return emptied(dated, 'whose', 'change', 'outcome', 'again');
}

function without(line: TripLine, what: 'on' | 'mode'): TripLine {
  return Object.fromEntries(Object.entries(line).filter(([id]) => id !== what)) as unknown as TripLine;
}

function linesIn({ slots }: Frame): readonly TripLine[] {
  return Array.isArray(slots.lines) ? (slots.lines as unknown as readonly TripLine[]) : [];
}

/** The trip with the day and the way these words tell: of all its children, or of those they name. */
export function withDayAndWay(frame: Frame, heard: Heard, view: View): Frame {
  const there = tripOf(frame, view).lines.map((line) => line.childId);
  const tellings = (heard.tellings ?? []).filter((t) => there.includes(t.childId));
  if (tellings.length > 0) return tellings.reduce((told, t) => withTelling(told, t, heard, view), frame);
  const named = namedIn(heard).filter((id) => there.includes(id));
  return named.length > 0 && named.length < there.length
    ? ofNamed(frame, heard, named, view)
    : ofTrip(frame, heard, view);
}

/** What several visits of one sentence say of a child that is on the card. */
function withTelling(frame: Frame, telling: HeardTelling, heard: Heard, view: View): Frame {
  const day = dayTold({ ...heard, date: telling.date }, frame, view);
  const dated = day === null ? frame : withOwn(frame, [telling.childId], 'on', day, view);
  return telling.mode === null ? dated : withOwn(dated, [telling.childId], 'mode', telling.mode, view);
}

function ofNamed(frame: Frame, heard: Heard, named: readonly string[], view: View): Frame {
  const day = dayOfNamed(heard, frame, view);
  const dated = day === null ? frame : withOwn(frame, named, 'on', day, view);
  const { mode } = heard;
  const isShort = heard.text.trim().length <= SHORT_WORDS && CORRECTS_WAY.test(heard.text);
  if (mode === null || (!isShort && !modesIn(frame, view).includes(mode))) return dated;
  return withOwn(dated, named, 'mode', mode, view);
}

/** "小红是昨天去的": of a child on the card this is the day of its visit; longer words tell a story of the child. */
function dayOfNamed(heard: Heard, frame: Frame, view: View): string | null {
  const rest = heard.mentions.reduce((text, { quote }) => text.replace(quote, ''), heard.text).trim();
  const date = readDate(rest, heard.sentOn ?? view.today);
  const alone: Heard = { ...heard, text: rest, date };
  if (saysDayOnly(alone)) return dayTold(alone, frame, view);
  return heard.date.firm === true ? dayTold(heard, frame, view) : null;
}

/** The frame with a line's own day or way, where it is another than the line has. */
function withOwn(
  frame: Frame,
  ids: readonly string[],
  what: 'on' | 'mode',
  value: string,
  view: View,
): Frame {
  const trip = tripOf(frame, view);
  const has = (line: TripLine): string | null => (what === 'on' ? dayOf(line, trip) : modeOf(line, trip));
  const other = trip.lines.filter((l) => ids.includes(l.childId) && has(l) !== value).map((l) => l.childId);
  if (other.length === 0) return frame;
  return emptied(
    changed(frame, other, (line) => ({ ...line, [what]: value })),
    'again',
  );
}

/** A day of all; on a card with days of their own it is asked whose day it is. */
export function withDayOfTrip(frame: Frame, heard: Heard, view: View): Frame {
  const isCard = frame.asking === 'outcome';
  const dated = isCard ? withDayCorrected(frame, heard, view) : withDayHeard(frame, heard, view);
  const ownDays = dated !== frame && tripOf(frame, view).lines.some((line) => line.on !== undefined);
  if (ownDays) return isCard ? ofWhom(frame, dayTold(heard, frame, view)) : frame;
  return dated.slots.on === frame.slots.on ? dated : emptied(dated, 'again');
}

function ofTrip(frame: Frame, heard: Heard, view: View): Frame {
  const told = withDayOfTrip(frame, heard, view);
  const { mode } = heard;
  const isOwn = tripOf(frame, view).lines.some((line) => line.mode !== undefined);
  if (isOwn || mode === null || mode === frame.slots.mode || !modesIn(frame, view).includes(mode))
    return told;
  return emptied(filled(told, 'mode', mode), 'again');
}

/** A day without a name on a card with several days: the bot asks whose it is. */
function ofWhom(frame: Frame, day: string | null): Frame {
  const asking = filled(frame, 'outcome', 'change');
  return day === null ? asking : filled(asking, 'whose', day);
}
