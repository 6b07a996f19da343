import { z } from 'zod';
import { waitsForTry } from '../../server/domain/cadence/next-try.ts';
import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import {
  begin,
  emptied,
  filled,
  type CommandWord,
  type Context,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import type { Heard } from '../dialog/event.ts';
import { textOf, topFrame, withoutTop, type Frame, type Session, type SlotValue } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { dayAhead, deniesRefusal, obstacleWords, wantedInstead } from '../understanding/away-words.ts';
import { childFrom, nameOf, saysYes, sureChoices } from './away.ts';
import { daysAhead } from './days-ahead.ts';
import { alsoBehind } from './behind-the-door.ts';
import { sawTheChild } from './kept-out.ts';
import {
  awayInstead,
  goneSlot,
  mayBeGone,
  reasonLine,
  tellsOfAnotherChild,
  tellsReason,
  withReason,
} from './obstacle-said.ts';
import { childSlot } from './record-slots.ts';
import { siblingsOf } from './trip-lines.ts';
import { withoutUnmade } from './trip-unmade.ts';

const PATIENCE_MS = 24 * 3_600_000;
const NOTE_LIMIT = 500;
const KINDS = ['ill', 'road', 'refused', 'other'] as const;

const kindSlot: Slot = {
  id: 'kind',
  schema: z.enum(KINDS),
  ask: (frame, view) => say('obstacle.ask-kind', { child: nameOf(frame, view) }),
  choices: () => KINDS.map((kind) => ({ code: kind, value: kind, label: say(`obstacle.${kind}`) })),
  read: (heard, frame, view) =>
    obstacleWords(heard.text) ?? (tellsReason(heard, frame, view) ? 'other' : undefined),
};

const trySlot: Slot = {
  id: 'tryOn',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'obstacle.day-unclear',
  ask: (frame, view) => say('obstacle.ask-day', { child: nameOf(frame, view) }),
  choices: (_frame, { today }) => daysAhead([1, 3, 7], today),
  read: (heard, _frame, view) => dayAhead(heard.text, view.today) ?? undefined,
};

const sureSlot: Slot = {
  id: 'sure',
  schema: z.enum(['yes', 'no']),
  missed: 'record.choose-below',
  shows: (frame) => ({ screen: 'record-card', childIds: [textOf(frame, 'child')] }),
  ask: (frame, view) => {
    const on = parseLocalDate(textOf(frame, 'tryOn'));
    return say('obstacle.card', {
      child: nameOf(frame, view),
      kind: reasonLine(frame, kindOf(frame), view),
      on: on ?? view.today,
      late: pastDue(frame, view, on),
      other: askedOther(frame),
    });
  },
  choices: sureChoices,
  read: saysYes,
};

/** 请周明远去: it stays in the note; nobody is told, and the director is not left to think so. */
function askedOther(frame: Frame): readonly Say[] {
  const name = wantedInstead(textOf(frame, 'note'));
  return name === null ? [] : [say('obstacle.tell-yourself', { name })];
}

/** The next try lies behind the day by which the child is to be visited. */
function pastDue(frame: Frame, view: View, on: LocalDate | null): readonly Say[] {
  const dues = childOf(view, frame.slots.child)?.standing.open.filter((d) => d.kind !== 'contact') ?? [];
  const first = dues.map((d) => d.dueOn).sort()[0];
  return on === null || first === undefined || on <= first ? [] : [say('obstacle.past-due', { on: first })];
}

/** 去不了: what was in the way, and when the next try is. The duty and its due day stay. */
export const obstacle: Flow = {
  id: 'obstacle',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [childSlot('obstacle.ask-child'), kindSlot, goneSlot, trySlot, sureSlot],
  next: (frame, view) => {
    const { slots } = frame;
    if (childOf(view, slots.child) === undefined) return 'child';
    if (slots.kind === undefined) return 'kind';
    // 家人不让进 reaches whoever supervises the same day: no card has to be confirmed before.
    if (slots.kind === 'refused') return null;
    if (slots.gone === undefined && isOther(frame) && mayBeGone(frame, view)) return 'gone';
    if (slots.gone === 'yes') return null;
    if (slots.tryOn === undefined) return 'tryOn';
    return slots.sure === undefined ? 'sure' : null;
  },
  tellsOfAnother: (heard, frame) => tellsOfAnotherChild(heard, frame),
  // "后天再去，家里摆酒": an answer that says why, or when, as well.
  settle: (frame, heard, view) => {
    if (frame.slots.child === '') return emptied(frame, 'child', 'candidates');
    if (heard === null) return frame;
    const on =
      frame.slots.gone === 'no' && frame.slots.tryOn === undefined ? dayAhead(heard.text, view.today) : null;
    return withReason(on === null ? frame : filled(frame, 'tryOn', on), heard, view);
  },
  // Why it could not be, said while something else is asked.
  absorb: (heard, frame, view) => {
    const isOpen = frame.slots.kind === undefined || isOther(frame);
    const kind = isOpen ? obstacleWords(heard.text) : null;
    const told = kind === null || kind === 'other' ? frame : filled(frame, 'kind', kind);
    const more = withReason(told, heard, view);
    return more === frame ? undefined : more;
  },
  onCancel: (frame) => ({ replies: [say('dialog.cancelled')], commands: [], then: nextOf(frame) }),
  onSilence: () => ({ replies: [], commands: [] }),
  finish,
};

/** 去不了, 没去成. */
export const obstacleWord: CommandWord = {
  id: 'obstacle',
  words: ['去不了', '没去成', 'could not go'],
  takesRest: 'after-break',
  allowed: (view) => ['director', 'supervisor', 'deputy'].includes(view.role),
  run: ({ target, heard, session, view }) => {
    const trip = openTrip(session);
    // 没去成 in the middle of a trip: of which of its children is asked first, or it leaves the trip at once.
    const told = trip && heard && withoutUnmade(trip, heard, view);
    if (told) return { session: withoutTop(session), replies: [], commands: [], then: [told] };
    const { visited, rest } = withoutVisit(session);
    const named = childFrom(target, heard, view);
    const before = visited === undefined ? named : { child: visited };
    // A visit not made leaves its name uncertain: the one child it may be is the one that is meant.
    const only = heard === null ? {} : onlyChild(heard);
    const child = named.child === undefined ? { ...before, ...only } : named;
    const words = heard === null ? {} : said(heard, view);
    return { session: rest, replies: [], commands: [], then: [begin(obstacle, { ...child, ...words })] };
  },
};

function openTrip(session: Session): Frame | undefined {
  const top = topFrame(session);
  return top?.flow === 'record-trip' ? top : undefined;
}

/** A visit that is being told and did not come about is not asked about any further. */
function withoutVisit(session: Session): { readonly visited?: SlotValue; readonly rest: Session } {
  const top = topFrame(session);
  if (top?.flow !== 'record-visit') return { rest: session };
  const { child } = top.slots;
  return { ...(child === undefined ? {} : { visited: child }), rest: withoutTop(session) };
}

/** What kept a director away, told in free words; null where they tell nothing of the kind. */
export function beginObstacle(heard: Heard, view: View): Frame | null {
  // Beside another home that was visited the record comes first, and says who is missing.
  const isBesides = (heard.notReached ?? []).length > 0;
  if (isBesides || obstacleWords(heard.text) === null || sawTheChild(heard)) return null;
  return begin(obstacle, {
    ...amongNamed(heard),
    ...onlyChild(heard),
    ...oneByOne(heard),
    ...said(heard, view),
  });
}

/** 去不了小红和燕燕家: each has a card of its own, the second after the first. A refusal is of one door. */
function oneByOne({ mentions, told = [], text }: Heard): Frame['slots'] {
  const isPlain = told.length === 0 && mentions.every((m) => m.candidates.length === 1);
  const [child, ...more] = new Set(mentions.flatMap((m) => m.candidates.map((c) => c.childId)));
  if (!isPlain || child === undefined || more.length === 0 || isKeptOut(text)) return {};
  return { child, more };
}

/** The next child of the same words, with what is known of all of them. */
function nextOf({ slots }: Frame): readonly Frame[] {
  const [child, ...more] = Array.isArray(slots.more) ? slots.more : [];
  const { kind, tryOn, note } = slots;
  if (typeof child !== 'string') return [];
  return [
    begin(obstacle, {
      child,
      more,
      ...(kind === undefined ? {} : { kind }),
      ...(tryOn === undefined ? {} : { tryOn }),
      ...(note === undefined ? {} : { note }),
    }),
  ];
}

/** 乐乐家不让进, told beside a visit to somebody else: on record and told at once, by its own words. */
export function keptOutOf(heard: Heard, view: View, context: Context): readonly FlowEnd[] {
  return (heard.notReached ?? []).flatMap(({ childId, own }) => {
    const told = isKeptOut(own)
      ? toldAtOnce(
          filled(obstacleOf(childId, own), 'alone', isOneOfSeveral(heard, childId, view)),
          view,
          context,
        )
      : null;
    return told === null ? [] : [told];
  });
}

/** 欣欣见到了，乐乐不让见: the brother or sister is spoken of as well. */
function isOneOfSeveral({ mentions, told = [] }: Heard, childId: string, view: View): boolean {
  const named = [...mentions, ...told].flatMap(({ candidates }) => candidates.map((c) => c.childId));
  return siblingsOf([childId], view).some(({ id }) => named.includes(id));
}

/** Whether these words say that the family let nobody in. */
export function isKeptOut(words: string): boolean {
  return obstacleWords(words) === 'refused';
}

/** What was in the way of a visit that was being told, with the words that said so. */
export function obstacleOf(child: string, note: string | null): Frame {
  const kind = note === null ? null : obstacleWords(note);
  return begin(obstacle, {
    child,
    ...(note === null ? {} : { note: note.slice(0, NOTE_LIMIT) }),
    ...(kind === null ? {} : { kind }),
  });
}

/** The one child these words may mean: a visit that was not made leaves every name uncertain, and the card shows it. */
export function onlyChild({ mentions, told = [] }: Heard): Frame['slots'] {
  const named = new Set([...mentions, ...told].flatMap((m) => m.candidates.map((c) => c.childId)));
  const [child] = named;
  return named.size === 1 && child !== undefined ? { child } : {};
}

/** Who may be meant where several were named, whoever lets nobody in first. */
function amongNamed({ mentions, told = [], refusedBy = [] }: Heard): Frame['slots'] {
  const named = [...mentions, ...told].flatMap((m) => m.candidates.map((c) => c.childId));
  const candidates = [...new Set([...refusedBy, ...named])];
  return candidates.length > 1 ? { candidates } : {};
}

function said(heard: Heard, view: View): Frame['slots'] {
  const kind = obstacleWords(heard.text);
  const tryOn = kind === 'refused' ? null : dayAhead(heard.text, view.today);
  return {
    ...(kind === null || (kind === 'other' && heard.mentions.length === 0) ? {} : { kind }),
    ...(tryOn === null ? {} : { tryOn }),
    note: heard.text.trim().slice(0, NOTE_LIMIT),
  };
}

/** 家人不让进 of a child that is known: on record and told at once, whatever is asked besides. Null for the rest. */
export function toldAtOnce(frame: Frame, view: View, context: Context): FlowEnd | null {
  if (frame.flow !== obstacle.id || !isRefused(frame)) return null;
  return childOf(view, frame.slots.child) === undefined ? null : finish(frame, view, context);
}

function isOther({ slots }: Frame): boolean {
  return slots.kind === 'other';
}

function isRefused({ slots }: Frame): boolean {
  return slots.kind === 'refused';
}

function finish(frame: Frame, view: View, context: Context): FlowEnd {
  const child = childOf(view, frame.slots.child);
  if (frame.slots.gone === 'yes')
    return { replies: [], commands: [], then: [...nextOf(frame), awayInstead(frame, view)] };
  const isTold = frame.slots.sure === 'yes' || isRefused(frame);
  if (!child || !isTold) return { replies: [say('dialog.cancelled')], commands: [], then: nextOf(frame) };
  const tryOn = isRefused(frame) ? null : parseLocalDate(textOf(frame, 'tryOn'));
  const siblings =
    isRefused(frame) && frame.slots.alone !== true ? alsoBehind(child, textOf(frame, 'note'), view) : [];
  const [due] = child.standing.open;
  return {
    replies: [
      say(tryOn === null ? 'obstacle.saved-refused' : 'obstacle.saved', {
        child: child.name,
        children: [child, ...siblings].map(({ name }) => plain(name)),
        on: tryOn ?? view.today,
        quiet: [
          say(waitsForTry(tryOn, child.standing, view.today) ? 'obstacle.quiet' : 'obstacle.still-reminded'),
        ],
        due: due === undefined ? [] : [say('obstacle.due-stays', { on: due.dueOn })],
      }),
    ],
    commands: [child, ...siblings].map(({ id }) => ({
      type: 'record-obstacle',
      obstacleId: context.newId(),
      childId: id,
      kind: kindOf(frame),
      note: textOf(frame, 'note') || null,
      tryOn,
      ...(id === child.id ? {} : { beside: true as const }),
    })),
    then: nextOf(frame),
  };
}

function kindOf({ slots }: Frame): (typeof KINDS)[number] {
  return KINDS.find((kind) => kind === slots.kind) ?? 'other';
}

/** "刚才说不让进是说错了": the refusal is in the way no more, and whoever supervises is not asked any longer. Null for the rest. */
export function refusalTakenBack(heard: Heard, view: View, context: Context): FlowEnd | null {
  if (heard.intent !== null || !deniesRefusal(heard.text)) return null;
  const refused = view.caseload.filter(({ facts }) => facts.pending?.obstacle?.kind === 'refused');
  const named = childOf(view, onlyChild(heard).child);
  const home = refused.find(({ id }) => id === named?.id)?.householdId;
  const meant =
    named === undefined
      ? refused
      : refused.filter(({ id, householdId }) => id === named.id || (home && householdId === home));
  const [child, ...more] = meant;
  if (child === undefined) return null;
  // 乐乐家不让进 was said of the door of both: so is what takes it back.
  if (more.some(({ householdId }) => householdId === null || householdId !== child.householdId))
    return {
      replies: [say('obstacle.which-not-refused', { children: meant.map(({ name }) => plain(name)) })],
      commands: [],
    };
  const isAnswered = meant.some(({ facts }) => facts.pending?.obstacle?.goes !== null);
  return {
    replies: [
      say(isAnswered ? 'obstacle.not-refused-answered' : 'obstacle.not-refused', {
        children: meant.map(({ name }) => plain(name)),
      }),
    ],
    // The last obstacle is the one that holds: this one stands in the place of the refusal, with the words that say so.
    commands: meant.map(({ id }) => ({
      type: 'record-obstacle',
      obstacleId: context.newId(),
      childId: id,
      kind: 'other',
      note: heard.text.trim().slice(0, NOTE_LIMIT),
      tryOn: null,
    })),
  };
}
