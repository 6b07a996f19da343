import { isVisit } from '../../server/domain/cadence/child-facts.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { tellsEncounter } from './date-attribution.ts';
import type { DateWord } from './date-words.ts';
import { areAlike } from './day-row.ts';
import { readDateOf, type DateReading } from './dates.ts';
import { readIntent, tellsNothingDone, type Intent } from './intent.ts';
import { readMode, type Mode } from './modes.ts';
import type { PlacedMention } from './names.ts';
import { NAME_MARK } from './normalise.ts';
import { ownersOf, partOf, segmentsBy, stretchText, type Part, type Segment } from './parts.ts';

/** One visit or call of a sentence that tells of several: of whom, on which day, and how. */
export interface Telling extends Part {
  readonly date: DateReading;
  readonly mode: Mode | null;
  readonly intent: Intent;
}

/** What the sentence was read from, and how it reads as a whole. */
interface Sentence {
  readonly said: string;
  readonly masked: string;
  readonly mentions: readonly PlacedMention[];
  readonly today: LocalDate;
  readonly wordsOf: (text: string) => readonly DateWord[];
  readonly mode: Mode | null;
  readonly intent: Intent;
}

/** A stretch of the sentence with the day, and the way, it tells by itself. */
interface Stretch extends Segment {
  readonly text: string;
  readonly days: readonly DateReading[];
  readonly mode: Mode | null;
  readonly intent: Intent;
  /** It tells of a visit or a call, and not only something about one. */
  readonly isEncounter: boolean;
  /** It names a day, and not plainly that of a visit. */
  readonly isForeign: boolean;
  /** It says when: a day or a time of day. */
  readonly hasTime: boolean;
}

/** A visit or a call in the making: the stretches that speak of it. */
interface Draft {
  readonly childId: string;
  readonly date: DateReading;
  readonly mode: Mode | null;
  readonly intent: Intent;
  readonly stretches: readonly Stretch[];
}

const TIME_OF_DAY = /[上中下]午|下昼|早上|早晨|晚上|傍晚/g;
const HAS_TIME = new RegExp(TIME_OF_DAY.source);
/** 去了小明: the way to a child, where no house is said. */
const WENT_TO = new RegExp(`(?<![没不未])(?:去|到)(?:了|过)?${NAME_MARK}|${NAME_MARK}[^,。]{0,4}去(?:了|过)`);
/** 小明周五去外婆家: where the child went, or whom it called, is no visit of the worker. 小明昨天去了 is one. */
const CHILD_DID = new RegExp(
  `^[^,。${NAME_MARK}]{0,8}${NAME_MARK}+(?!家|里)[^,。${NAME_MARK}去到回来打]{0,6}(?:(?:去|到|回|来)(?!校(?:见|看|找)|了?$|过|的|看)|打了?个?电话给|(?:跟|和)[^,。]{1,4}(?:去|到|回))`,
);
/** Several days in a row are several visits only where the words say so: 周一周三都去了. */
const EACH = /都|分别|各|两[次趟]|三[次趟]|又/;
const OF_EACH = /都|全|每/;
const UNKNOWN: DateReading = { on: null, ask: true, quote: null };

/**
 * The visits and calls of a sentence that tells of more than one day or way: "昨天去了小明家,今天打电话给小红". Each child
 * has its own; a child that was met twice has two. Empty where one day and one way hold for everybody.
 */
export function tellingsOf(sentence: Sentence): readonly Telling[] {
  const ids = [...new Set(sentence.mentions.flatMap(ownersOf))];
  if (ids.length === 0) return [];
  const stretches = stretchesOf(sentence);
  const drafts = ids.flatMap((id) => draftsOf(id, stretches));
  const isPlain = drafts.every(({ mode, intent }) => mode === null && intent === null);
  const told = drafts.map((draft) => withMode(draft, sentence, isPlain));
  const isSeveral =
    new Set(told.map((t) => `${t.childId} ${keyOf(t)}`)).size > ids.length ||
    new Set(told.map(keyOf)).size > 1;
  const silent = ids.filter((id) => told.every((t) => t.childId !== id));
  // A day was named beside a child, and it is not certain that it was that of the visit: it is asked of this child.
  const isDoubtful = silent.some((id) => stretches.some((s) => s.isForeign && s.owners.join() === id));
  if (!isSeveral && !(isDoubtful && told.length > 0)) return [];
  const [first] = told;
  const mode = told.every((t) => t.mode === first?.mode) ? (first?.mode ?? null) : null;
  const all = [...told, ...silent.map((id): Draft => silentDraft(id, mode, stretches))];
  return all
    .sort((a, b) => ids.indexOf(a.childId) - ids.indexOf(b.childId))
    .map((draft) => tellingOf(draft, sentence));
}

function keyOf({ date, mode, intent }: Draft): string {
  return `${date.on ?? '?'} ${mode ?? (intent === 'contact' ? '?' : 'home')}`;
}

function tellingOf(draft: Draft, { said, masked }: Sentence): Telling {
  const { childId, date, mode, intent, stretches } = draft;
  const part = partOf(childId, said, masked, stretches, { mode, isContact: intent === 'contact' });
  return { ...part, date, mode, intent };
}

/** A child that is named and of whom no visit is told: its day is asked. */
function silentDraft(childId: string, mode: Mode | null, stretches: readonly Stretch[]): Draft {
  const mine = stretches.filter((s) => s.owners.includes(childId));
  return { childId, date: UNKNOWN, mode, intent: intentOf(mode, null), stretches: mine };
}

/** The way of a visit from the words about it, or from the whole sentence where no part of it says one. */
function withMode(draft: Draft, { mode, intent }: Sentence, isPlain: boolean): Draft {
  if (draft.mode !== null) return draft;
  const beside = draft.stretches.flatMap((s) => s.mode ?? [])[0] ?? null;
  if (beside !== null) return { ...draft, mode: beside, intent: intentOf(beside, draft.intent) };
  return isPlain ? { ...draft, mode, intent } : draft;
}

function intentOf(mode: Mode | null, intent: Intent): Intent {
  if (mode === null) return intent;
  return isVisit(mode) ? 'visit' : 'contact';
}

/** The visits and calls to one child, in the order told. */
function draftsOf(childId: string, stretches: readonly Stretch[]): readonly Draft[] {
  const drafts: Draft[] = [];
  let day: DateReading = stretches.some((s) => s.days.length > 0)
    ? UNKNOWN
    : { on: null, ask: false, quote: null };
  const early: Stretch[] = [];
  for (const stretch of stretches) {
    const isMine = stretch.owners.includes(childId);
    const days = stretch.days.length > 0 ? stretch.days : [day];
    if (stretch.isEncounter) day = days.at(-1) ?? day;
    if (!isMine) continue;
    if (stretch.isEncounter && isAnother(stretch, days, drafts.at(-1)))
      for (const date of days)
        drafts.push({ childId, date, mode: stretch.mode, intent: stretch.intent, stretches: [stretch] });
    else if (drafts.length === 0) early.push(stretch);
    else attach(drafts, stretch);
  }
  return drafts.map((draft) => ({ ...draft, stretches: [...early, ...draft.stretches] }));
}

/** Whether a stretch tells of a visit of its own, and not more of the one before: a call made from the house is none. */
function isAnother(stretch: Stretch, days: readonly DateReading[], before: Draft | undefined): boolean {
  if (before === undefined || days.length > 1) return true;
  if (!stretch.hasTime) return false;
  const isOtherDay = days[0]?.on !== before.date.on;
  const isOtherWay = stretch.mode !== null && before.mode !== null && stretch.mode !== before.mode;
  return isOtherDay || isOtherWay;
}

/** What is said after the visits belongs to the last one, or to each where the words say so. */
function attach(drafts: Draft[], stretch: Stretch): void {
  const from = OF_EACH.test(stretch.text) ? 0 : drafts.length - 1;
  for (const [at, draft] of drafts.entries())
    if (at >= from) drafts[at] = { ...draft, stretches: [...draft.stretches, stretch] };
}

function stretchesOf(sentence: Sentence): readonly Stretch[] {
  const { masked, mentions } = sentence;
  return segmentsBy(masked, mentions)
    .flatMap((segment) => cutByTime(segment, sentence))
    .map((segment) => stretchOf(segment, stretchText(masked, segment), sentence));
}

function stretchOf(segment: Segment, text: string, { today, wordsOf }: Sentence): Stretch {
  const words = wordsOf(text);
  const isChilds = CHILD_DID.test(text);
  const isOfOne = segment.owners.length === 1;
  const days = isChilds || words.length === 0 ? [] : daysIn(text, words, today, isOfOne);
  const done = !isChilds && !tellsNothingDone(text);
  const [mode, intent] = done ? wayOf(text) : [null, null];
  // A day of some other story in it: 爸爸前天打过电话 is no call of the worker.
  const isForeign = days.length === 0 && words.length > 0;
  const isEncounter = done && !isForeign && (days.length > 0 || (mode !== null && intent !== null));
  const hasTime = days.length > 0 || HAS_TIME.test(text);
  return { ...segment, text, days, mode, intent, isEncounter, isForeign, hasTime };
}

function wayOf(text: string): readonly [Mode | null, Intent] {
  const mode = readMode(text) ?? (readIntent(text) !== 'contact' && WENT_TO.test(text) ? 'home' : null);
  return [mode, intentOf(mode, readIntent(text))];
}

/** The days a stretch tells of its visit: one, or each of a row of them. */
function daysIn(
  text: string,
  words: readonly DateWord[],
  today: LocalDate,
  isOfOne: boolean,
): readonly DateReading[] {
  const row = rowOfDays(text, words, today, isOfOne);
  if (row.length > 1) return row;
  const read = readDateOf(text, today, words);
  const isOfVisit =
    read.firm === true || text.includes(NAME_MARK) || tellsEncounter(text) || readMode(text) !== null;
  return (read.on !== null || (read.ask && read.firm === true)) && isOfVisit ? [read] : [];
}

/** 周一周三都去了, 昨天前天去了 one child: days side by side, each a visit of its own. */
function rowOfDays(
  text: string,
  all: readonly DateWord[],
  today: LocalDate,
  isOfOne: boolean,
): readonly DateReading[] {
  const words = all.filter(({ means }) => /^\d/.test(means) && (means as LocalDate) <= today);
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last || words.length < 2) return [];
  if (
    !EACH.test(text.slice(last.end)) &&
    !(isOfOne && areAlike(words.map(({ start, end }) => text.slice(start, end))))
  )
    return [];
  const isRow = words.every((word, i) => {
    const next = words[i + 1];
    return next === undefined || /^[、,和跟与 ]?$/.test(text.slice(word.end, next.start));
  });
  const isTold = tellsEncounter(text) || WENT_TO.test(text) || readMode(text) !== null;
  if (!isRow || !isTold || new Set(words.map((w) => w.means)).size < words.length) return [];
  return words.map(({ start, end, means }) => ({
    on: means as LocalDate,
    ask: false,
    quote: text.slice(start, end),
  }));
}

/** 昨天打电话今天又上门: a stretch cut where another time begins, if both sides tell of a visit or a call. */
function cutByTime(segment: Segment, { masked, wordsOf }: Sentence): readonly Segment[] {
  const text = masked.slice(segment.start, segment.end);
  const times = [
    ...wordsOf(text).map((w) => w.start),
    ...[...text.matchAll(TIME_OF_DAY)].map((m) => m.index),
  ];
  const cuts = times.sort((a, b) => a - b);
  const pieces: Segment[] = [];
  let from = 0;
  for (const at of cuts) {
    if (at <= from || !tellsWay(text.slice(from, at)) || !tellsWay(text.slice(at))) continue;
    pieces.push({ ...segment, start: segment.start + from, end: segment.start + at });
    from = at;
  }
  return [...pieces, { ...segment, start: segment.start + from }];
}

function tellsWay(text: string): boolean {
  return wayOf(text)[0] !== null;
}
