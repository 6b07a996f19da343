import { maySwap, swapSaid } from './duty-change.ts';
import { saysSwap } from './duty-words.ts';
import { NOBODY } from '../../server/domain/attempt.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, filled, type CommandInput, type CommandRun } from '../dialog/flow.ts';
import { isVisit } from '../../server/domain/cadence/child-facts.ts';
import { cardOption } from '../../server/domain/caseload.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import { topFrame, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { isCourtesy } from './courtesy.ts';
import { tellsAbsent } from '../understanding/absent.ts';
import { whoRang } from '../understanding/intent.ts';
import { tellsWhatWasSaid } from '../understanding/told-of.ts';
import { futureDay } from '../understanding/future-day.ts';
import { howMany } from '../understanding/how-many.ts';
import { bindsWith } from './bind.ts';
import { beginAway } from './away-told.ts';
import { keptAway } from './kept-away.ts';
import { beginMendAway } from './mend-away.ts';
import { isKeptOut, keptOutOf, refusalTakenBack } from './obstacle.ts';
import { beginAskDanger } from './ask-danger.ts';
import { asksAbout, cardOf } from './child-card.ts';
import { asksForRecords, historyOf } from './history.ts';
import { linesTyped } from './paper-lines.ts';
import { wishIn } from './route.ts';
import { correctionSaid, severalCorrected } from './correct-said.ts';
import { feedbackSaid, tellsFeedback } from './feedback.ts';
import { asksForText, textOfLast } from './national-text.ts';
import { promiseSaid } from './promise-said.ts';
import { recordContact } from './record-contact.ts';
import { dayRefused, dayTold, oldDayWithoutYear } from './record-day.ts';
import { ONE_OF_SEVERAL, certainChild, likelyChild, metNobody, ownSignal } from './record-slots.ts';
import { wishedSettings } from './settings.ts';
import { heardAlone, roundsOf, tripOfRound, type Round } from './tellings.ts';
import { beginTrip, recordTrip } from './trip.ts';
import { recordVisit } from './record-visit.ts';
import { undoSaid } from './undo.ts';
import { mayPlan, visitSaid } from './visit-plan.ts';
import { beginWhatWasDone } from './what-was-done.ts';
import { askedToBeCalled, worrySaid } from './worry-said.ts';
import { noteOf, settled } from './record-words.ts';

/** Everybody but the named ones, and nobody said who that is: the names are asked for, nothing is recorded. */
function whoElse({ others, mentions }: Heard, view: View): CommandRun | null {
  const ids = [...new Set(mentions.flatMap((m) => m.candidates.map((c) => c.childId)))];
  const children = ids.flatMap((id) => childOf(view, id)?.name ?? []).map(plain);
  if (others === undefined || others === null || children.length === 0) return null;
  return { replies: [say(`trip.who-else-${others}`, { children })], commands: [] };
}

/** So many cards of one sentence wait one behind the other (our default). */
const MOST_ROUNDS = 3;
/** So many characters beside a name tell something of the child. */
const SHORTEST_STORY = 3;
/** What free words start when no question is open: a visit, a contact, or the question whether a child is in danger. */
export function understandFreeWords(input: CommandInput & { readonly heard: Heard }): CommandRun | undefined {
  const { heard, session, view, context } = input;
  const bound = bindsWith(heard.text, view);
  if (bound !== undefined) return bound;
  if (isCourtesy(heard.text)) return { replies: [say('free-words.courtesy')], commands: [] };
  if (tellsFeedback(heard.text)) return feedbackSaid(heard.text);
  const called = askedToBeCalled(input);
  if (called) return called;
  if (maySwap(view) && saysSwap(heard.text)) return swapSaid(heard.text, view);
  const wish = wishedSettings(heard.text, view);
  if (wish) return wish;
  const hasChildren = view.caseload.length > 0;
  if (hasChildren && asksAbout(heard)) return cardOf(heard, view);
  if (hasChildren && asksForRecords(heard)) return historyOf(childOf(view, certainChild(heard)), 0, view);
  const typed = hasChildren ? linesTyped(heard, view) : undefined;
  if (typed) return typed;
  if (hasChildren && asksForText(heard)) return textOfLast(heard, view);
  const undone = hasChildren ? undoSaid({ target: null, heard, session, view, context }) : null;
  if (undone) return undone;
  const done = hasChildren ? promiseSaid(heard, view) : null;
  if (done) return done;
  const admitted = hasChildren ? refusalTakenBack(heard, view, context) : null;
  if (admitted) return admitted;
  const isOfAbsence = heard.intent === null && beginMendAway(heard, view) !== null;
  const corrected =
    hasChildren && !isOfAbsence ? (severalCorrected(heard, view) ?? correctionSaid(heard, view)) : null;
  if (corrected) return corrected;
  const meeting = (): CommandRun => startRecord(heard, view, { intent: heard.intent ?? 'contact' });
  const kept = hasChildren ? keptAway(input, meeting) : null;
  if (kept) return kept;
  const others = hasChildren && heard.signals.length === 0 ? whoElse(heard, view) : null;
  if (others) return others;
  const replanned = wishIn(heard, view);
  if (replanned) return replanned;
  const toCome = hasChildren ? visitSaid(heard, view) : undefined;
  if (toCome) return toCome;
  if (hasChildren && heard.intent !== null) {
    const kept = keptOutOf(heard, view, context);
    const run = startRecord(heard, view, { intent: heard.intent });
    // What was said on the telephone of days to come is asked after the call itself.
    const away = heard.intent === 'contact' ? [...beginAway(heard, view)].reverse() : [];
    return {
      ...run,
      replies: [...kept.flatMap((told) => told.replies), ...run.replies],
      commands: [...kept.flatMap((told) => told.commands), ...run.commands],
      then: [...away, ...(run.then ?? [])],
    };
  }
  const [signal] = heard.signals;
  if (signal) {
    const isAlone = topFrame(input.session) === undefined;
    const frame = beginAskDanger(signal.quote, heard.text, signal.of ?? likelyChild(heard), { isAlone });
    return { replies: [], commands: [], then: [frame] };
  }
  const worried = worrySaid(input);
  if (worried) return worried;
  if (!hasChildren || heard.mentions.length === 0) return undefined;
  if (heard.nothingDone) return { replies: [notYet(heard, view)], commands: [] };
  const intent = tellsContact(heard) ? 'contact' : 'visit';
  return startRecord(heard, view, { intent, isDoubtful: true });
}

/** Several ways to come, or one that was not heard as a plan: how to put one down. */
function notYet({ text }: Heard, view: View): Say {
  const isToCome = mayPlan(view) && (futureDay(text, view.today)?.on ?? null) !== null;
  return say(isToCome ? 'free-words.plan-one' : 'free-words.not-yet');
}

/** How words begin a record. */
interface Beginning {
  readonly intent: 'visit' | 'contact';
  /** The words name a child and do not say what was done. */
  readonly isDoubtful?: boolean;
  /** 补录: no day said is asked about, never taken for today. */
  readonly isLate?: boolean;
  /** The words without the command before them. */
  readonly words?: string;
}

/** The words tell of a call, or of a child met on the road: a way that is no visit. */
function tellsContact({ mode }: Heard): boolean {
  return mode !== null && !isVisit(mode);
}

/** A record of the kind the words tell of, with everything they already said. */
export function startRecord(heard: Heard, view: View, said: Beginning): CommandRun {
  const rounds = roundsOf(heard);
  if (rounds.length > 0) return startSeveral(heard, rounds, view, said);
  // Who was called was not visited, whatever else the words seem to say.
  const beginning: Beginning = tellsContact(heard) ? { ...said, intent: 'contact' } : said;
  if (childrenNamed(heard) > 1) return startTrip(heard, view, beginning);
  const flow = beginning.intent === 'visit' ? recordVisit : recordContact;
  const late = beginning.isLate === true ? { late: true } : {};
  const about = begin(flow, { ...childSlots(heard, view), ...late, ...writtenOn(heard) });
  const slots = { ...about.slots, ...saidSlots(heard, about, view, beginning) };
  const old = slots.on === undefined ? oldDayWithoutYear(heard, about, view) : null;
  const frame = settled({ ...about, slots: { ...slots, ...(old === null ? {} : { longAgo: old }) } });
  // Words that name a child but not what was done might be a question: ask before beginning.
  if (beginning.isDoubtful === true && tellsNoMeeting(heard))
    return frame.slots.child === undefined || tellsStory(heard)
      ? { replies: [], commands: [], then: [beginWhatWasDone(frame)] }
      : offerChoice(frame, view);
  const refused = slots.on === undefined && old === null ? dayRefused(heard, frame, view) : null;
  const because = refused ?? notRecorded(heard, view);
  return { replies: [], commands: [], then: [frame], ...(because === null ? {} : { because }) };
}

/** Nobody was met by these words; 送小红去幼儿园没见着 is an errand, and says of no home that it was visited. */
function tellsNoMeeting({ mode, seen, met, text }: Heard): boolean {
  if (mode !== null || seen === true) return false;
  if (seen === null) return met.length === 0 || tellsWhatWasSaid(text);
  const isErrand = /(?:送|接|带)[^,，。;]{0,8}(?:去|到|上|回)/u.test(text);
  return isErrand || tellsAbsent(text) ? met.length === 0 : false;
}

/** Several days or ways in one sentence: one card for each child's first visit, then one for each second. */
function startSeveral(heard: Heard, rounds: readonly Round[], view: View, said: Beginning): CommandRun {
  const { intent: kind, isLate = false } = said;
  const hasUnclear = heard.unresolved.length > 0 || heard.mentions.some((m) => !m.certain);
  const frames = rounds.slice(0, MOST_ROUNDS).flatMap((round, n): readonly Frame[] => {
    const [only, ...more] = round;
    const isAlone = more.length === 0 && !(n === 0 && hasUnclear);
    if (only === undefined) return [];
    if (!isAlone) return [tripOfRound(round, heard, view, { kind, isLate, isFirst: n === 0 })];
    const alone = heardAlone(heard, only);
    return startRecord(alone, view, { intent: alone.intent ?? kind, isLate, words: only.words }).then ?? [];
  });
  const count = rounds.length;
  const because =
    count > MOST_ROUNDS
      ? say('trip.first-ones', { count, taken: MOST_ROUNDS })
      : say('trip.one-by-one', { count });
  if (count === 1) return { replies: [], commands: [], then: frames };
  const dated = frames.map((frame) => filled(frame, ONE_OF_SEVERAL, true));
  return { replies: [], commands: [], then: dated.reverse(), because };
}

/** How many children these words may speak of: certain ones, and each name nobody can be sure of. */
function childrenNamed({ mentions, unresolved }: Heard): number {
  const certain = mentions.filter((m) => m.certain).flatMap((m) => m.candidates.map((c) => c.childId));
  const unclear = new Set([...mentions.filter((m) => !m.certain).map((m) => m.quote), ...unresolved]);
  return new Set(certain).size + unclear.size;
}

/** One way to several children, or one round of calls: one card for all of them. */
function startTrip(heard: Heard, view: View, beginning: Beginning): CommandRun {
  const about = begin(recordTrip, beginning.isLate === true ? { late: true } : {});
  const said = saidSlots(heard, about, view, beginning);
  const trip = beginTrip(heard, {
    kind: beginning.intent,
    on: typeof said.on === 'string' ? said.on : null,
    mode: typeof said.mode === 'string' ? said.mode : null,
    isLate: beginning.isLate === true,
    note: typeof said.note === 'string' ? said.note : null,
    assumed: said.assumed === true,
  });
  const frame = { ...trip, slots: { ...trip.slots, ...writtenOn(heard) } };
  if (beginning.isDoubtful === true && !tellsMeeting(heard))
    return { replies: [], commands: [], then: [beginWhatWasDone(frame)] };
  const refused = said.on === undefined ? dayRefused(heard, frame, view) : null;
  const because = refused ?? notRecorded(heard, view);
  return { replies: [], commands: [], then: [frame], ...(because === null ? {} : { because }) };
}

/** Somebody was met, seen or missed, by these words: what else they tell of children is no visit. */
function tellsMeeting({ mode, parts, seen, met }: Heard): boolean {
  return (
    mode !== null ||
    seen !== null ||
    met.length > 0 ||
    parts.some((part) => part.seen !== null || part.met.length > 0 || part.nobody)
  );
}

/** Whoever was spoken of and is no part of the record: nobody is dropped in silence. */
function notRecorded(heard: Heard, view: View): Say | null {
  const left = (heard.notReached ?? []).filter(({ own }) => !isKeptOut(own));
  const names = left.flatMap(({ childId }) => childOf(view, childId)?.name ?? []);
  const [first] = names;
  // 奶奶打电话来说带两个孩子去…: a number in what somebody told is no number of visits.
  if (first === undefined && whoRang(heard.text) !== null) return null;
  if (first === undefined) return fewerThanSaid(heard, childrenNamed(heard));
  const isAbsence = left.every(({ own }) => tellsAbsent(own));
  const children = names.map(plain);
  return isAbsence ? say('trip.absent', { children }) : say('trip.not-reached', { children, first });
}

/** 三家, and two children were heard: nobody is dropped in silence. */
function fewerThanSaid(heard: Heard, found: number): Say | null {
  const said = howMany(
    heard.text,
    heard.mentions.map(({ quote }) => quote),
  );
  return said === null || found === 0 || found >= said ? null : say('trip.fewer-than-said', { said, found });
}

/** The day words were written that came days later. */
function writtenOn({ sentOn }: Heard): Frame['slots'] {
  return sentOn === undefined ? {} : { sentOn };
}

/** More than a name, and no question: what it tells is kept until it is known whether anybody was met. */
function tellsStory({ text, mentions }: Heard): boolean {
  const rest = mentions.reduce((words, { quote }) => words.replace(quote, ''), bareWord(text));
  return rest.length >= SHORTEST_STORY && !/[?？吗呢]|什么|怎么|咋|谁|哪|几|多[大少]|生日|号码?$/u.test(rest);
}

function offerChoice(frame: Frame, view: View): CommandRun {
  const child = childOf(view, frame.slots.child);
  if (!child) return { replies: [], commands: [], then: [frame] };
  return {
    replies: [
      {
        ...say('free-words.what-about', { child: child.name }),
        options: [
          { id: `c:visit:${child.id}`, label: say('todo.visit', { name: child.name }) },
          { id: `c:contact:${child.id}`, label: say('todo.contact', { name: child.name }) },
          cardOption(child),
        ],
      },
    ],
    commands: [],
  };
}

/** Who is meant: one child, or the candidates to ask about. */
function childSlots(heard: Heard, view: View): Frame['slots'] {
  const unclear = heard.mentions.find((m) => !m.certain);
  const [first] = heard.mentions.filter((m) => m.certain).flatMap((m) => m.candidates.map((c) => c.childId));
  if (unclear) return { unclear: unclear.quote, candidates: unclear.candidates.map((c) => c.childId) };
  if (first !== undefined) return { child: first };
  const unknown = heard.unresolved[0];
  if (unknown !== undefined) return { unclear: unknown };
  const only = view.caseload.length === 1 ? view.caseload[0] : undefined;
  return only ? { child: only.id } : {};
}

function saidSlots(heard: Heard, about: Frame, view: View, beginning: Beginning): Frame['slots'] {
  const { intent, isLate, words } = beginning;
  const told = dayTold(heard, about, view);
  const silent = isSilentOnDay(heard) && isLate !== true ? (heard.sentOn ?? view.today) : null;
  const day = told ?? silent;
  const mode = modeOf(heard, intent);
  const signal = ownSignal(heard)?.quote;
  const note = noteOf(heard, words ?? heard.text);
  return {
    ...(day === null ? {} : { on: day }),
    ...(day !== null && told === null ? { assumed: true } : {}),
    ...(mode === null ? {} : { mode }),
    ...(heard.wayInDoubt === true ? { wayOpen: true } : {}),
    ...(intent === 'visit' && metNobody(heard)
      ? { met: [NOBODY] }
      : heard.met.length > 0
        ? { met: [...heard.met] }
        : {}),
    ...(heard.seen === null ? {} : { seen: heard.seen }),
    ...(signal === undefined ? {} : { signal }),
    ...calmContact(heard, intent, mode),
    ...(note === undefined ? {} : { note }),
  };
}

/** No day said means today; the card shows it with its weekday. What is vague, to come or long gone is asked. */
function isSilentOnDay({ date }: Heard): boolean {
  return date.on === null && !date.ask;
}

function modeOf(heard: Heard, intent: 'visit' | 'contact'): string | null {
  if (heard.mode !== null) return isVisit(heard.mode) === (intent === 'visit') ? heard.mode : null;
  if (heard.wayInDoubt === true) return null;
  return intent === 'visit' ? 'home' : null;
}

/** "联系了小明 电话 一切都好" is a whole record: nothing is left to ask. */
function calmContact(heard: Heard, intent: 'visit' | 'contact', mode: string | null): Frame['slots'] {
  const isWhole =
    intent === 'contact' &&
    heard.outcome === 'none' &&
    heard.signals.length === 0 &&
    heard.unresolved.length === 0;
  if (!isWhole || mode === null || heard.mentions.length === 0 || !heard.mentions.every((m) => m.certain))
    return {};
  return { outcome: 'none', ...(heard.met.length > 0 ? {} : { met: [] }) };
}
