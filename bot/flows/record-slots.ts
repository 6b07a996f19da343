import { z } from 'zod';
import { CHILD_ITSELF, NOBODY, metOutsidersOnly } from '../../server/domain/attempt.ts';
import { ENCOUNTER_MODES, isCall } from '../../server/domain/cadence/child-facts.ts';
import { addDays, daysBetween, parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { emptied, type Choice, type Slot } from '../dialog/flow.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { obstacleWords } from '../understanding/away-words.ts';
import { worryIn } from '../understanding/worry-words.ts';
import { dayRefused, dayTold, daysInDoubt } from './record-day.ts';
import { metInstead } from '../understanding/met.ts';
import { childPutRight, metPutRight, wayPutRight } from './put-right.ts';
import { isKeptOutOf, sawTheChild } from './kept-out.ts';
import { isUnmade } from './unmade-said.ts';

/** A note is cut at this length; the conversation says so before. */
export const NOTE_LIMIT = 2000;
/** The answer that there was no visit: what was in the way is asked instead. */
export const NOT_MADE = '没去成';
const MET_CHOICES = [CHILD_ITSELF, '奶奶', '爷爷', '外婆', '外公', '妈妈', '爸爸', NOBODY];
const SAYS_NOBODY =
  /^(没有?人|没有?见到人|没见着人|一个人也没有|谁也没(见到|见着|在)|都不在|nobody|no one)$/iu;
const SAYS_OUTCOME = /^(未发现异常|有担心|有点担心|不确定|说不准|改一处)$/u;

/** What a frame of a visit or a contact knows, typed. */
export interface RecordSlots {
  readonly child: CaseChild | undefined;
  readonly on: LocalDate | null;
  readonly mode: Mode | null;
  readonly met: readonly string[] | null;
  readonly seen: boolean | null;
  readonly note: string | null;
}

/** The slots of a frame as the flows use them. */
export function slotsOf(frame: Frame, view: View): RecordSlots {
  const { child, on, mode, met, seen, note } = frame.slots;
  return {
    child: childOf(view, child),
    on: typeof on === 'string' ? parseLocalDate(on) : null,
    mode: ENCOUNTER_MODES.find((m) => m === mode) ?? null,
    met: Array.isArray(met) ? met.filter((m) => typeof m === 'string') : null,
    seen: typeof seen === 'boolean' ? seen : null,
    note: typeof note === 'string' ? note : null,
  };
}

/** A child in a list: the name, and what tells two of the same name apart. */
export function childLabel(child: Pick<CaseChild, 'name' | 'ageYears' | 'village'>): Say {
  return say('child.label', { name: child.name, age: child.ageYears, village: child.village });
}

/** The danger these words tell of the children they are about; of a child somebody only told of it is asked apart. */
export function ownSignal({ signals }: Heard): Heard['signals'][number] | undefined {
  return signals.find(({ of }) => of === undefined);
}

/** The child whose name stands in these words, when only one can be meant. */
export function certainChild(heard: Heard): string | undefined {
  if ((heard.told ?? []).length > 0) return undefined;
  const certain = heard.mentions.filter((m) => m.certain);
  const first = certain[0]?.candidates[0]?.childId;
  return heard.mentions.length === 1 || certain.length === heard.mentions.length ? first : undefined;
}

/**
 * Whom words of danger are kept with: the certain child, or the one that is written exactly so where another only sounds
 * alike. A worry kept with its words is looked at again; one kept with nobody is lost.
 */
export function likelyChild(heard: Heard): string | null {
  const certain = certainChild(heard);
  if (certain !== undefined || (heard.told ?? []).length > 0) return certain ?? null;
  const written = heard.mentions.flatMap(({ candidates }) =>
    candidates
      .filter(({ how }) => how !== 'homophone' && how !== 'one-sound' && how !== 'folded')
      .map(({ childId }) => childId),
  );
  const [only, ...more] = new Set(written);
  return more.length === 0 ? (only ?? null) : null;
}

/** So much beside a name is more than an answer to "which child". */
const BESIDE_A_NAME = 6;

/** The child an answer names; a sentence about some other child than those who may be meant is no answer. */
export function childNamed(heard: Heard, among: readonly CaseChild[]): string | undefined {
  const child = certainChild(heard);
  if (among.length === 0 || among.some(({ id }) => id === child)) return child;
  const rest = heard.mentions.reduce((text, { quote }) => text.replace(quote, ''), bareWord(heard.text));
  return rest.length <= BESIDE_A_NAME ? child : undefined;
}

const SHORTEST_NAME = 2;

/** Which child: the candidates of an unclear name first, otherwise the whole caseload, most urgent first. */
export function childSlot(askKey: string): Slot {
  return {
    id: 'child',
    example: 'example.child',
    schema: z.string(),
    missed: 'record.child-not-found',
    ask: (frame, view) => {
      const quote = frame.slots.unclear;
      if (typeof quote !== 'string') return say(askKey);
      return say(among(frame, view).length > 0 ? 'record.which-child' : 'record.child-unknown', { quote });
    },
    choices: (frame, view) => {
      const candidates = among(frame, view);
      if (candidates.length === 0) return view.caseload.map(childChoice);
      const none = { code: 'none', value: '', label: say('record.none-of-these') };
      return candidates.length < view.caseload.length
        ? [...candidates.map(childChoice), none]
        : candidates.map(childChoice);
    },
    shows: (_frame, view, onPage) => ({
      screen: 'child-list',
      childIds: onPage.flatMap(({ code }) => (view.caseload.some((c) => c.id === code) ? [code] : [])),
    }),
    read: (heard, frame, view) =>
      childNamed(heard, among(frame, view)) ?? writtenSo(heard.text, among(frame, view))?.id,
  };
}

/** 思雨 as an answer to “思语”是哪个孩子: of those who may be meant the one that is written so. */
export function writtenSo(text: string, among: readonly CaseChild[]): CaseChild | undefined {
  const word = bareWord(text);
  const [only, ...more] = among.filter(({ name }) => name.endsWith(word));
  return word.length >= SHORTEST_NAME && more.length === 0 ? only : undefined;
}

/** The children an unclear name may mean. */
function among(frame: Frame, view: View): readonly CaseChild[] {
  const candidates = frame.slots.candidates;
  return Array.isArray(candidates) ? view.caseload.filter((c) => candidates.includes(c.id)) : [];
}

function childChoice(child: CaseChild): Choice {
  return { code: child.id, value: child.id, label: childLabel(child) };
}

/** The answer that it was not the old day the bot asked about. */
const OTHER_DAY = 'other';

/** 补录: an old day whose year nobody said, which waits for a yes. */
function longAgoIn({ slots }: Frame): LocalDate | null {
  return typeof slots.longAgo === 'string' ? parseLocalDate(slots.longAgo) : null;
}

/** What the frame knows once the question about an old day was answered. */
export function longAgoTaken(frame: Frame): Frame {
  const { on, longAgo } = frame.slots;
  if (longAgo === undefined || on === undefined) return frame;
  return emptied(frame, 'longAgo', ...(on === OTHER_DAY ? ['on'] : []));
}

/** Which day. What is vague is asked again, never guessed; a day to come is refused. */
export const daySlot: Slot = {
  id: 'on',
  example: 'example.on',
  schema: z.string().refine((text) => text === OTHER_DAY || parseLocalDate(text) !== null),
  missed: 'record.day-unclear',
  ask: (frame, view) =>
    longAgoIn(frame) !== null
      ? say('day.is-it-year', { on: longAgoIn(frame) ?? '', year: (longAgoIn(frame) ?? '').slice(0, 4) })
      : daysInDoubt(frame).length > 0
        ? whichDay(frame)
        : say('record.ask-day', { child: slotsOf(frame, view).child?.name ?? '' }),
  choices: (frame, view) => {
    const old = longAgoIn(frame);
    if (old !== null)
      return [
        { code: 'old', value: old, label: say('day.it-is', { on: old }) },
        { code: 'other-day', value: OTHER_DAY, label: say('day.it-is-not') },
      ];
    const inDoubt = daysInDoubt(frame).map((on) => daysBetween(on, view.today));
    const backs = frame.slots.late === true ? [1, 2] : [0, 1, 2];
    // Words that lay on a telephone speak of the days before they were written.
    const since = daysBetween(writtenOn(frame) ?? view.today, view.today);
    return (inDoubt.length > 0 ? inDoubt : backs.map((back) => back + since)).map((back) =>
      dayChoice(back, view),
    );
  },
  read: (heard, frame, view) => {
    const old = longAgoIn(frame);
    if (old !== null && /^(?:是的?|对的?|嗯+|没错|就是|yes)$/u.test(bareWord(heard.text))) return old;
    if (old !== null && /^(?:不是的?|不对|no)$/u.test(bareWord(heard.text))) return OTHER_DAY;
    return dayTold(heard, frame, view) ?? undefined;
  },
  refuses: (heard, frame, view) => dayRefused(heard, frame, view),
};

/** Two days were said, or one other than the day assumed: a person says which it was. */
export function whichDay(frame: Frame): Say {
  const days = daysInDoubt(frame).map((on) => say('record.day-said', { on }));
  return say(frame.slots.assumed === true ? 'record.which-day-assumed' : 'record.which-day', { days });
}

function writtenOn({ slots }: Frame): LocalDate | null {
  return typeof slots.sentOn === 'string' ? parseLocalDate(slots.sentOn) : null;
}

/** So many days back, with the word for it where there is one. */
function dayChoice(back: number, view: View): Choice {
  const on = addDays(view.today, -back);
  const label =
    back <= 2
      ? say('record.day-choice', { word: say(`day.back-${String(back)}`), on })
      : say('record.day-said', { on });
  return { code: `d${String(back)}`, value: on, label };
}

/** How: only the modes that fit the flow. */
export function modeSlot(askKey: string, modes: readonly Mode[]): Slot {
  return {
    id: 'mode',
    example: 'example.mode',
    schema: z.enum(ENCOUNTER_MODES),
    ask: (frame, view) => say(askKey, { child: slotsOf(frame, view).child?.name ?? '' }),
    choices: (frame) =>
      waysOf(frame, modes).map((mode) => ({ code: mode, value: mode, label: say(`mode.${mode}`) })),
    read: (heard, frame) =>
      heard.mode !== null && waysOf(frame, modes).includes(heard.mode) ? heard.mode : undefined,
  };
}

/** Two places were told of: the child may have been met at neither home nor school. */
function waysOf({ slots }: Frame, modes: readonly Mode[]): readonly Mode[] {
  return slots.wayOpen === true && !modes.includes('elsewhere') ? [...modes, 'elsewhere'] : modes;
}

/** One of several records of one sentence: its questions say which. */
export const ONE_OF_SEVERAL = 'oneOfSeveral';

/** The question with its day, where several records are asked about one after the other. */
function ofDay(frame: Frame, view: View, question: Say): Say {
  const { on } = slotsOf(frame, view);
  return frame.slots[ONE_OF_SEVERAL] === true && on !== null
    ? say('record.of-day', { on, question })
    : question;
}

/** Who was there, or on the line. Short free words are taken as they are: "隔壁的阿嬷" is an answer. */
export const metSlot: Slot = {
  id: 'met',
  example: 'example.met',
  schema: z.array(z.string().max(40)).min(1).max(12),
  ask: (frame, view) => {
    const { child, mode } = slotsOf(frame, view);
    const key = isCall(mode) ? 'record.ask-spoke' : 'record.ask-met';
    return ofDay(frame, view, say(key, { child: child?.name ?? '' }));
  },
  choices: (frame) => {
    const known = MET_CHOICES.map((who, index) => ({
      code: `m${String(index)}`,
      value: [who],
      label: metLabel(who),
    })).filter(({ value }) => frame.slots.seen !== false || !value.includes(CHILD_ITSELF));
    if (frame.flow !== 'record-visit') return known;
    // Numbers reach eight; a grandfather on the mother's side can still be said.
    return [
      ...known.filter(({ value }) => !value.includes('外公')),
      { code: 'not-made', value: [NOT_MADE], label: say('record.not-made') },
    ];
  },
  read: (heard, frame) => {
    if (isPutRight(heard, frame)) return undefined;
    const instead = metInstead(heard.text);
    if (instead !== null) return [...instead.but];
    if (isUnreachedBy(heard, frame)) return [NOBODY];
    const kind = obstacleWords(heard.text);
    const isInTheWay = kind === 'refused' ? isKeptOutOf(heard, frame.slots.child) : kind !== null;
    if (frame.flow === 'record-visit' && !sawTheChild(heard) && isInTheWay) return [NOT_MADE];
    if (heard.met.length > 0) return [...heard.met];
    const words = bareWord(heard.text);
    if (SAYS_NOBODY.test(words)) return [NOBODY];
    if (SAYS_OUTCOME.test(words)) return undefined;
    // 不太放心小红 is nobody who was met.
    const isWorry = worryIn(heard.text) === 'worried';
    const tellsMore =
      isWorry || heard.date.quote !== null || heard.signals.length > 0 || heard.intent !== null;
    return words.length <= 20 && !tellsMore ? [heard.text.trim()] : undefined;
  },
};

/** These words correct the child, the way or who was met, whatever is asked. */
function isPutRight(heard: Heard, frame: Frame): boolean {
  return [childPutRight, wayPutRight, metPutRight].some((putRight) => putRight(heard, frame) !== null);
}

/** "没接", "辉辉没打通" as the answer to whom one spoke with. */
function isUnreachedBy(heard: Heard, { flow, slots }: Frame): boolean {
  const isOfCall = isCall(ENCOUNTER_MODES.find((mode) => mode === slots.mode) ?? null);
  return flow !== 'record-visit' && isOfCall && isUnmade(heard, slots.child, 'call');
}

/** "没人在家", "没人开门，邻居说…": the words say that nobody of the household was met. */
export function metNobody(heard: Heard): boolean {
  return (
    (heard.met.length === 0 || metOutsidersOnly(heard.met)) &&
    heard.seen !== true &&
    /没有?人(?:在|应|答应|开门|搭理)|家里?都?没有?人|门(?:都|是|也)?(?:锁|关)着|锁(?:着|了)门|铁将军/u.test(
      heard.text,
    )
  );
}

/** A closed word such as 奶奶 in the reader's language, or the director's own words as they stand. */
export function metLabel(who: string): Say {
  return say('met.word', { who });
}

/** Whether the child was seen in person: it decides whether the visit counts (our default, see the care policy). */
export const seenSlot: Slot = {
  id: 'seen',
  example: 'example.seen',
  schema: z.boolean(),
  ask: (frame, view) => {
    const { child, mode } = slotsOf(frame, view);
    const key = mode === 'video' ? 'record.ask-seen-video' : 'record.ask-seen';
    return ofDay(frame, view, say(key, { child: child?.name ?? '' }));
  },
  choices: () => [
    { code: 'yes', value: true, label: say('record.seen') },
    { code: 'no', value: false, label: say('record.not-seen') },
  ],
  read: (heard) => {
    const word = bareWord(heard.text);
    if (SEEN_YES.test(word)) return true;
    return SEEN_NO.test(word) ? false : (heard.seen ?? undefined);
  },
};

/** A plain yes or no, or the words of the buttons; anything longer is left to the recogniser and may be asked again. */
const SEEN_YES =
  /^(有的?|是的?|在的?|嗯+|对的?|yes|y|seen)$|^(都?(见|看)(到|见|着)|见)了?(孩子|本人|人|他|她|面)?(了|的)?($|[,。;])/u;
const SEEN_NO =
  /^(没有?|不是|否|不在|没在|no|n|not seen)$|^没有?(见|看)(到|见|着)?(孩子|本人|人|他|她|面)?(了|的)?($|[,。;])/u;

/** One sentence about what was found; may be left out. */
export const noteSlot: Slot = {
  id: 'note',
  example: 'example.note',
  freeText: true,
  schema: z.string().max(NOTE_LIMIT).nullable(),
  ask: (frame, view) => say('record.ask-note', { child: slotsOf(frame, view).child?.name ?? '' }),
  choices: () => [{ code: 'skip', value: null, label: say('record.skip') }],
  // What corrects a line above is no note.
  read: (heard, frame) => (isPutRight(heard, frame) ? undefined : heard.text.trim().slice(0, NOTE_LIMIT)),
};

/** 改一处: which line of the card to say again. */
export const changeSlot: Slot = {
  id: 'change',
  schema: z.enum(['child', 'on', 'mode', 'met', 'seen', 'note']),
  ask: () => say('record.ask-change'),
  choices: (frame, view) => {
    const mode = slotsOf(frame, view).mode;
    const lines = ['on', 'child', 'mode', 'met', ...(mode === 'phone' ? [] : ['seen']), 'note'];
    return lines.map((line) => ({ code: line, value: line, label: say(`record.line-${line}`) }));
  },
};

/** The names in a list, as sentences for the translator. */
export function metList(met: readonly string[]): readonly Say[] {
  return met.map((who) => (MET_CHOICES.includes(who) ? metLabel(who) : plain(who)));
}
