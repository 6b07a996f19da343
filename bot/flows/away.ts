import { z } from 'zod';
import { FUJIAN_PLAN_POLICY } from '../../server/domain/cadence/policy.ts';
import { policyAt } from '../../server/domain/cadence/policy-timeline.ts';
import {
  addDays,
  laterOf,
  monthEnd,
  parseLocalDate,
  type LocalDate,
} from '../../server/domain/local-date.ts';
import { commandOption, say, type Option, type Reply, type Say } from '../../server/domain/say.ts';
import {
  begin,
  type Choice,
  type CommandWord,
  type Context,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import type { Heard } from '../dialog/event.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { awaySpan, returnDay } from '../understanding/away-span.ts';
import { companionIn, dayAhead } from '../understanding/away-words.ts';
import { asksSupervisor, firstDayAway, isAwayNow, overlapped, spanLine } from './away-known.ts';
import { dayOf, otherNamed, withSaid } from './away-said.ts';
import { certainDay } from './record-day.ts';
import { certainChild, childSlot } from './record-slots.ts';

const PATIENCE_MS = 24 * 3_600_000;
const COMPANION_LIMIT = 40;
/** Nobody knows yet when the child comes back. */
const UNKNOWN = '';
const COMPANIONS = ['妈妈', '爸爸', '爷爷奶奶', '亲戚'];
const aDay = z.string().refine((text) => parseLocalDate(text) !== null);
const hasCaseload = (view: View): boolean => ['director', 'supervisor', 'deputy'].includes(view.role);

const fromSlot: Slot = {
  id: 'from',
  schema: aDay,
  missed: 'record.day-unclear',
  ask: (frame, view) => say('away.ask-from', { child: nameOf(frame, view) }),
  choices: (_frame, view) => daysBack(view, [0, 1, 2]),
  read: (heard, _frame, view) => {
    const said = awaySpan(heard.text, view.today).from ?? certainDay(heard, view);
    return said ?? dayAhead(heard.text, view.today) ?? undefined;
  },
};

const untilSlot: Slot = {
  id: 'until',
  schema: z.string().refine((text) => text === UNKNOWN || parseLocalDate(text) !== null),
  missed: 'away.until-unclear',
  ask: (frame, view) => say('away.ask-until', { child: nameOf(frame, view) }),
  choices: (frame, view) => {
    const today = laterOf(dayOf(frame, 'from') ?? view.today, view.today);
    const isLast = today === monthEnd(today);
    const unknown = { code: 'unknown', value: UNKNOWN, label: say('away.unknown') };
    return isLast ? [unknown] : [unknown, monthEndChoice({ ...view, today })];
  },
  read: (heard, frame, view) => {
    if (/不知道|不清楚|没说|说不准|not known/iu.test(heard.text)) return UNKNOWN;
    const from = dayOf(frame, 'from') ?? view.today;
    const on = returnDay(heard.text, view.today, from);
    return on !== null && on > from ? on : undefined;
  },
};

const companionSlot: Slot = {
  id: 'companion',
  schema: z.string().min(1).max(COMPANION_LIMIT),
  freeText: true,
  // "要到3月5号才回来", said meanwhile, is seen to have been heard.
  ask: (frame, view) => {
    const until = dayOf(frame, 'until');
    return say('away.ask-companion', {
      child: nameOf(frame, view),
      until: until === null ? [] : [say('away.until-heard', { on: until })],
    });
  },
  choices: () =>
    COMPANIONS.map((who, index) => ({
      code: `c${String(index)}`,
      value: who,
      label: say('met.word', { who }),
    })),
  read: (heard, _frame, { today }) => {
    const { from, until } = awaySpan(heard.text, today);
    const known = companionIn(heard.text);
    // "要到明年3月5号才回来" says when, and nobody.
    if (known !== null || from !== null || until !== null) return known ?? undefined;
    return heard.text.trim().slice(0, COMPANION_LIMIT) || undefined;
  },
};

const sureSlot: Slot = {
  id: 'sure',
  schema: z.enum(['yes', 'no']),
  missed: 'record.choose-below',
  shows: (frame) => ({ screen: 'record-card', childIds: [textOf(frame, 'child')] }),
  ask: (frame, view) => {
    const { from, until, replaced } = spanOf(frame, view);
    return say('away.card', {
      child: nameOf(frame, view),
      before: replaced === null ? [] : [say('away.before', { span: spanLine(replaced) })],
      from,
      until: untilLine(until),
      companion: say('met.word', { who: textOf(frame, 'companion') }),
    });
  },
  choices: sureChoices,
  read: saysYes,
};

/** 不在村: from when, until when, with whom. Monthly video with the child seen takes the visit's place. */
export const away: Flow = {
  id: 'away',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [childSlot('away.ask-child'), fromSlot, untilSlot, companionSlot, sureSlot],
  next: (frame, view) => {
    if (childOf(view, frame.slots.child) === undefined) return 'child';
    return ['from', 'until', 'companion', 'sure'].find((id) => frame.slots[id] === undefined) ?? null;
  },
  settle: (frame, heard, view) => (heard === null ? frame : withSaid(frame, heard, view, false)),
  absorb: (heard, frame, view) => {
    if (heard.intent !== null || childOf(view, otherNamed(heard, frame)) !== undefined) return undefined;
    const told = withSaid(frame, heard, view, true);
    return told === frame ? undefined : told;
  },
  onSilence: () => ({ replies: [], commands: [] }),
  finish: finishAway,
};

/** 回来了: which child, and on which day. */
export const back: Flow = {
  id: 'back',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    childSlot('away.ask-back-child'),
    {
      ...fromSlot,
      id: 'on',
      ask: (frame, view) => say('away.ask-back', { child: nameOf(frame, view) }),
      read: (heard, _frame, view) => certainDay(heard, view) ?? undefined,
    },
  ],
  next: (frame, view) => {
    if (childOf(view, frame.slots.child) === undefined) return 'child';
    const child = childOf(view, frame.slots.child);
    return child && isAwayNow(child, view.today) && frame.slots.on === undefined ? 'on' : null;
  },
  onSilence: () => ({ replies: [], commands: [] }),
  finish: (frame, view, context) => {
    const child = childOf(view, frame.slots.child);
    const on = dayOf(frame, 'on');
    if (!child || on === null) return { replies: [notAway(child, view)], commands: [] };
    const due = addDays(on, returnDays(view, on));
    const returnId = context.newId();
    return {
      replies: [
        { ...say('away.back', { child: child.name, on, due }), options: optionsAfter(child, returnId) },
      ],
      commands: [{ type: 'end-absence', returnId, childId: child.id, on, replaces: null }],
      saved: savedWord('return', returnId, child, context),
    };
  },
};

/** Nothing runs that a return could end; what is only announced can be put right. */
function notAway(child: CaseChild | undefined, { today }: View): Reply {
  const announced = child?.facts.absences.find(({ id, from }) => id !== undefined && from > today);
  if (!child || !announced) return say('away.not-away', { child: child?.name ?? '' });
  return {
    ...say('away.not-begun', { child: child.name, from: announced.from }),
    options: [mendButton(child)],
  };
}

/** 不在村. */
export const awayWord: CommandWord = {
  id: 'away',
  words: ['不在村', '外出', 'away'],
  takesRest: 'after-break',
  allowed: hasCaseload,
  run: ({ target, heard, view }) => ({
    replies: [],
    commands: [],
    then: [begin(away, childFrom(target, heard, view))],
  }),
};

/** 回来了. */
export const backWord: CommandWord = {
  id: 'back',
  words: ['回来了', '回村了', 'returned'],
  takesRest: 'after-break',
  allowed: hasCaseload,
  run: ({ target, heard, view }) => ({
    replies: [],
    commands: [],
    then: [begin(back, childFrom(target, heard, view))],
  }),
};

/** A return told in free words of a child that is away; null for any other child. */
export function beginBack(heard: Heard, view: View): Frame | null {
  const child = childOf(view, certainChild(heard));
  if (!child || (!isAwayNow(child, view.today) && !isAnnounced(child, view))) return null;
  const on = certainDay(heard, view);
  return begin(back, { child: child.id, ...(on === null ? {} : { on }) });
}

export function childFrom(target: string | null, heard: Heard | null, view: View): Frame['slots'] {
  const id = heard === null ? target : certainChild(heard);
  const child = childOf(view, id);
  return child ? { child: child.id } : {};
}

/** The two buttons under a card that waits for a yes. */
export function sureChoices(): readonly Choice[] {
  return [
    { code: 'yes', value: 'yes', label: say('away.yes') },
    { code: 'no', value: 'no', label: say('away.no') },
  ];
}

/** A plain yes or no to a card. */
export function saysYes(heard: Heard): 'yes' | 'no' | undefined {
  const word = bareWord(heard.text);
  if (/^(对的?|是的?|好的?|可以|行|嗯+|记下|没错|yes|ok)$/iu.test(word)) return 'yes';
  return /^(不记了?|不是|不对|no)$/iu.test(word) ? 'no' : undefined;
}

/** 月底. */
export function monthEndChoice({ today }: View): Choice {
  const on = monthEnd(today);
  return { code: 'month', value: on, label: say('away.month-end', { on }) };
}

export function daysBack(view: View, back: readonly number[]): readonly Choice[] {
  return back.map((n) => {
    const on = addDays(view.today, -n);
    const label = say('record.day-choice', { word: say(`day.back-${String(n)}`), on });
    return { code: `d${String(n)}`, value: on, label };
  });
}

export function nameOf(frame: Frame, view: View): string {
  return childOf(view, frame.slots.child)?.name ?? '';
}

function finishAway(frame: Frame, view: View, context: Context): FlowEnd {
  const child = childOf(view, frame.slots.child);
  if (!child || dayOf(frame, 'from') === null || frame.slots.sure !== 'yes')
    return { replies: [say('dialog.cancelled')], commands: [] };
  const { from, until, replaced } = spanOf(frame, view);
  const asks = asksSupervisor(child, from, until, replaced);
  const absenceId = context.newId();
  const deferred = [
    say('away.deferred'),
    ...(until === null ? [] : [say('away.after', { on: addDays(until, returnDays(view, until)) })]),
  ];
  const effect = asks ? [say('away.asks-supervisor')] : deferred;
  return {
    replies: [
      {
        ...say('away.saved', { child: child.name, from, until: untilLine(until), effect }),
        options: optionsAfter(child, absenceId),
      },
    ],
    commands: [
      {
        type: 'record-absence',
        absenceId,
        childId: child.id,
        from,
        until,
        companion: textOf(frame, 'companion'),
        asks,
        replaces: replaced?.id ?? null,
      },
    ],
    saved: savedWord('absence', absenceId, child, context),
  };
}

/** The days as they will be kept, and the absence on record whose place they take. */
function spanOf(frame: Frame, view: View) {
  const child = childOf(view, frame.slots.child);
  const [said, until] = [dayOf(frame, 'from') ?? view.today, dayOf(frame, 'until')];
  const from = child ? firstDayAway(child, said) : said;
  const replaced = child ? overlapped(child, from, until, view.today) : null;
  return { from: replaced !== null && replaced.from < from ? replaced.from : from, until, replaced };
}

/** What was just told can be put right at any time, and taken back within minutes. */
function optionsAfter(child: CaseChild, id: string): readonly Option[] {
  return [mendButton(child), commandOption('undo', id, say('record.undo'))];
}

function mendButton({ id }: CaseChild): Option {
  return commandOption('mend-away', id, say('away.mend'));
}

function savedWord(is: 'absence' | 'return', id: string, child: CaseChild, { now }: Context) {
  return { contactId: id, filedAt: now.toISOString(), childId: child.id, is };
}

function isAnnounced({ facts }: CaseChild, { today }: View): boolean {
  return facts.absences.some(({ from }) => from > today);
}

/** So many days after a return the child is to be visited, by the policy of that day. */
export function returnDays({ policies }: View, on: LocalDate): number {
  return policyAt(policies.length > 0 ? policies : [FUJIAN_PLAN_POLICY], on).returnVisitDays;
}

function untilLine(until: LocalDate | null): Say {
  return until === null ? say('away.until-unknown') : say('away.until', { on: until });
}
