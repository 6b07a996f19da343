import { z } from 'zod';
import type { ChildFacts } from '../../server/domain/cadence/child-facts.ts';
import { standingOf } from '../../server/domain/cadence/standing.ts';
import type { Command } from '../../server/domain/commands.ts';
import { addDays, parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { commandOption, say, type Option, type Say } from '../../server/domain/say.ts';
import {
  begin,
  filled,
  type CommandRun,
  type CommandWord,
  type Context,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import type { Heard } from '../dialog/event.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { daysLater, returnDay } from '../understanding/away-span.ts';
import {
  awayWords,
  dayAhead,
  tellsLaterReturn,
  tellsNotGone,
  tellsReturn,
} from '../understanding/away-words.ts';
import { childFrom, daysBack, monthEndChoice, nameOf, saysYes } from './away.ts';
import { asksSupervisor, knownAbsences, spanLine, type KnownAbsence } from './away-known.ts';
import { leftOrNext } from './duty-left.ts';
import { onlyChild } from './obstacle.ts';
import { certainDay } from './record-day.ts';
import { childSlot } from './record-slots.ts';

const PATIENCE_MS = 24 * 3_600_000;
const REASON_LIMIT = 200;
const WHATS = ['mistake', 'from', 'until', 'not-back'] as const;
type What = (typeof WHATS)[number];

const NOT_BACK = /(?:还没有?|没有?)(?:回来|回村|回家)/u;

const whichSlot: Slot = {
  id: 'which',
  schema: z.string(),
  missed: 'record.choose-below',
  ask: (frame, view) => say('away.which', { child: nameOf(frame, view) }),
  choices: (frame, view) =>
    candidates(frame, view).map((absence) => ({
      code: absence.id,
      value: absence.id,
      label: spanLine(absence),
    })),
};

const whatSlot: Slot = {
  id: 'what',
  schema: z.enum(WHATS),
  missed: 'away.what-unclear',
  shows: (frame) => ({ screen: 'record-card', childIds: [textOf(frame, 'child')] }),
  ask: (frame, view) => {
    const target = targetOf(frame, view);
    return say('away.ask-what', {
      child: nameOf(frame, view),
      span: target === undefined ? say('away.gone') : spanLine(target),
    });
  },
  choices: (frame, view) =>
    WHATS.filter((what) => what !== 'not-back' || targetOf(frame, view)?.returnId !== undefined).map(
      (what) => ({
        code: what,
        value: what,
        label: say(`away.what-${what}`),
      }),
    ),
  read: (heard) => whatIn(heard.text) ?? undefined,
};

const dayOfIt: Slot = {
  id: 'on',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'away.day-does-not-fit',
  ask: (frame, view) => {
    const key = frame.slots.what === 'from' ? 'away.ask-from' : 'away.ask-until';
    return say(key, { child: nameOf(frame, view) });
  },
  choices: (frame, view) =>
    frame.slots.what === 'until' && targetOf(frame, view)?.returnId === undefined
      ? [...daysBack(view, [0]), monthEndChoice(view)]
      : daysBack(view, [0, 1, 2]),
  read: (heard, frame, view) => dayIn(heard, frame, view) ?? undefined,
};

const sureSlot: Slot = {
  id: 'sure',
  schema: z.enum(['yes', 'no']),
  missed: 'record.choose-below',
  shows: (frame) => ({ screen: 'record-card', childIds: [textOf(frame, 'child')] }),
  ask: (frame, view) => {
    const target = targetOf(frame, view);
    return say('away.mend-card', {
      child: nameOf(frame, view),
      before: target === undefined ? say('away.gone') : spanLine(target),
      after: target === undefined ? say('away.gone') : afterLine(frame, target),
    });
  },
  choices: () => [
    { code: 'yes', value: 'yes', label: say('correct.yes') },
    { code: 'no', value: 'no', label: say('correct.no') },
  ],
  read: saysYes,
};

/** 改不在村: the child never left, left or came back on another day, or is not back at all. */
export const mendAway: Flow = {
  id: 'mend-away',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [childSlot('away.ask-mend-child'), whichSlot, whatSlot, dayOfIt, sureSlot],
  next: (frame, view) => {
    const { slots } = frame;
    if (childOf(view, slots.child) === undefined) return 'child';
    if (candidates(frame, view).length === 0) return null;
    if (targetOf(frame, view) === undefined) return slots.which === undefined ? 'which' : null;
    if (slots.what === undefined) return 'what';
    const asksDay = slots.what === 'from' || slots.what === 'until';
    if (asksDay && !fits(frame, targetOf(frame, view))) return 'on';
    return slots.sure === undefined ? 'sure' : null;
  },
  settle: (frame, heard, view) => {
    const isDay = frame.asked.at(-1) === 'what' && heard !== null && frame.slots.on === undefined;
    const on = isDay ? dayIn(heard, frame, view) : null;
    return on === null ? frame : filled(frame, 'on', on);
  },
  onSilence: () => ({ replies: [], commands: [] }),
  finish,
};

/** 改不在村, alone, with a name, or with the child a button carries. */
export const mendAwayWord: CommandWord = {
  id: 'mend-away',
  words: ['改不在村', '没有走', 'correct absence'],
  takesRest: 'after-break',
  allowed: (view) => ['director', 'supervisor', 'deputy'].includes(view.role),
  run: ({ target, heard, view }): CommandRun => ({
    replies: [],
    commands: [],
    then: [begin(mendAway, childFrom(target, heard, view))],
  }),
};

/** The button under what was just told of a child's absence, or under its records. */
export function mendOption(child: Pick<CaseChild, 'id'>): Option {
  return commandOption('mend-away', child.id, say('away.mend'));
}

/** "小明没有走，记错了" of a child on record as away; null for any other words or child. */
export function beginMendAway(heard: Heard, view: View): Frame | null {
  // A thing that was not done leaves every name uncertain; the card shows which child is meant.
  const child = onlyChild(heard);
  const known = childOf(view, child.child);
  const what = whatIn(heard.text);
  const later =
    tellsLaterReturn(heard.text) && !tellsReturn(heard.text) ? returnMoved(heard, child, view) : null;
  if (later !== null) return later;
  if (known !== undefined && what === 'until') return laterBack(heard, child, view);
  if (known === undefined || (what !== 'mistake' && what !== 'not-back')) return null;
  const fitting = knownAbsences(known, view.today).filter(
    (a) => what === 'mistake' || a.returnId !== undefined,
  );
  return fitting.length === 0
    ? null
    : begin(mendAway, { ...child, what, reason: heard.text.trim().slice(0, REASON_LIMIT) });
}

/** "车票改签，晚三天回" of a child that is away or about to leave: the new day is counted from the one that was said, or asked. */
function returnMoved(heard: Heard, named: Frame['slots'], view: View): Frame | null {
  const away = view.caseload.filter((child) =>
    knownAbsences(child, view.today).some(
      ({ until, returnId }) => returnId === undefined && (until === null || until >= view.today),
    ),
  );
  const isNamed = named.child !== undefined;
  const [only, ...more] = isNamed ? away.filter(({ id }) => id === named.child) : away;
  if (only === undefined || more.length > 0) return null;
  const reason = heard.text.trim().slice(0, REASON_LIMIT);
  const frame = begin(mendAway, { child: only.id, what: 'until', reason });
  const target = targetOf(frame, view);
  const days = daysLater(heard.text);
  const until = target?.until ?? null;
  const counted = until !== null && days !== null ? addDays(until, days) : null;
  const on = counted ?? dayIn(heard, frame, view);
  return on !== null && on > view.today && on !== until ? filled(frame, 'on', on) : frame;
}

/** "小明要到10号才回来": the day of a return that is still to come. */
function laterBack(heard: Heard, child: Frame['slots'], view: View): Frame | null {
  if (!/回来|回村|才回|到家/u.test(heard.text) || tellsReturn(heard.text)) return null;
  if (awayWords(heard.text, view.today) !== null) return null; // told anew from the beginning
  const reason = heard.text.trim().slice(0, REASON_LIMIT);
  const frame = begin(mendAway, { ...child, what: 'until', reason });
  const [target, on] = [targetOf(frame, view), dayIn(heard, frame, view)];
  const isMoved = target !== undefined && on !== null && on > view.today && on !== target.until;
  return isMoved ? filled(frame, 'on', on) : null;
}

function whatIn(text: string): What | null {
  if (NOT_BACK.test(text)) return 'not-back';
  if (tellsNotGone(text) || /^记错了?$/u.test(text.trim())) return 'mistake';
  if (/(?:走|去|离开)的/u.test(text)) return 'from';
  return text.includes('回') ? 'until' : null;
}

function candidates(frame: Frame, view: View): readonly KnownAbsence[] {
  const child = childOf(view, frame.slots.child);
  if (!child) return [];
  const known = knownAbsences(child, view.today);
  return frame.slots.what === 'not-back' ? known.filter((a) => a.returnId !== undefined) : known;
}

function targetOf(frame: Frame, view: View): KnownAbsence | undefined {
  const found = candidates(frame, view);
  const { which } = frame.slots;
  return which === undefined && found.length === 1 ? found[0] : found.find(({ id }) => id === which);
}

function dayIn(heard: Heard, frame: Frame, view: View): LocalDate | null {
  const { text } = heard;
  const target = targetOf(frame, view);
  const from = target?.from ?? view.today;
  const on = certainDay(heard, view) ?? returnDay(text, view.today, from) ?? dayAhead(text, view.today);
  return on !== null && fits(filled(frame, 'on', on), target) ? on : null;
}

/** A child comes back after it has left. */
function fits(frame: Frame, target: KnownAbsence | undefined): boolean {
  const on = parseLocalDate(textOf(frame, 'on'));
  if (on === null || target === undefined) return false;
  if (frame.slots.what === 'from') return target.until === null || on < target.until;
  return on > target.from || (on === target.from && target.returnId !== undefined);
}

function afterLine(frame: Frame, target: KnownAbsence): Say {
  const { what } = frame.slots;
  if (what === 'mistake') return say('away.never-gone');
  if (what === 'not-back') return say('away.still-gone');
  return spanLine(mended(frame, target));
}

function mended(frame: Frame, { from, until }: KnownAbsence): Pick<KnownAbsence, 'from' | 'until'> {
  const on = parseLocalDate(textOf(frame, 'on'));
  if (on === null) return { from, until };
  return frame.slots.what === 'from' ? { from: on, until } : { from, until: on };
}

function finish(frame: Frame, view: View, context: Context): FlowEnd {
  const child = childOf(view, frame.slots.child);
  const target = targetOf(frame, view);
  if (!child || candidates(frame, view).length === 0)
    return { replies: [say('away.nothing-known', { child: child?.name ?? '' })], commands: [] };
  // Somebody else put it right a moment ago.
  if (target === undefined)
    return { replies: [{ ...say('away.gone'), options: [mendOption(child)] }], commands: [] };
  if (frame.slots.sure !== 'yes') return { replies: [say('dialog.cancelled')], commands: [] };
  const command = commandFor(frame, child, target, context);
  const asks = command.type === 'record-absence' && command.asks;
  return {
    replies: [
      say('away.mended', {
        child: child.name,
        after: afterLine(frame, target),
        effects: asks
          ? [say(target.waits ? 'away.asks-supervisor' : 'away.asks-supervisor-again')]
          : effects(frame, child, target, view),
      }),
    ],
    commands: [command],
  };
}

function commandFor(frame: Frame, child: CaseChild, target: KnownAbsence, context: Context): Command {
  const { what } = frame.slots;
  const childId = child.id;
  const reason = textOf(frame, 'reason') || null;
  if (what === 'mistake')
    return {
      type: 'withdraw-absence',
      childId,
      targetIds: [target.id, ...ownReturn(child, target)],
      reason,
      undo: false,
    };
  if (what === 'not-back')
    return { type: 'withdraw-absence', childId, targetIds: [target.returnId ?? ''], reason, undo: false };
  const { from, until } = mended(frame, target);
  if (what === 'until' && target.returnId !== undefined && until !== null)
    return { type: 'end-absence', returnId: context.newId(), childId, on: until, replaces: target.returnId };
  return {
    type: 'record-absence',
    absenceId: context.newId(),
    childId,
    from,
    until,
    companion: null,
    asks: asksSupervisor(child, from, until, target),
    replaces: target.id,
  };
}

/** The return that ends this absence and no other goes with it. */
function ownReturn({ facts }: CaseChild, { id, returnId }: KnownAbsence): readonly string[] {
  if (returnId === undefined) return [];
  const all = [...facts.absences, ...(facts.pending?.asked ?? [])];
  return all.some((other) => other.id !== id && other.returnId === returnId) ? [] : [returnId];
}

/** What is owed now that the absence is another one. */
function effects(frame: Frame, child: CaseChild, target: KnownAbsence, view: View): readonly Say[] {
  const { facts } = child;
  const others = facts.absences.filter(({ id }) => id !== target.id);
  const { what } = frame.slots;
  const now =
    what === 'mistake'
      ? []
      : [what === 'not-back' ? { from: target.from, until: null } : mended(frame, target)];
  const after: ChildFacts = { ...facts, absences: [...others, ...now] };
  return leftOrNext(after, child.standing, standingOf(after, view.policies, view.today), view);
}
