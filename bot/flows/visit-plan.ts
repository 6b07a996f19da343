import { z } from 'zod';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { timeSaid, type VisitTime } from '../../server/domain/family/visit.ts';
import type { PlannedVisit } from '../../server/domain/family/visit-commands.ts';
import { plain, say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import {
  begin,
  emptied,
  filled,
  type CommandRun,
  type CommandWord,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { visitDay, visitPlanned } from '../understanding/visit-plan.ts';
import { daysAhead } from './days-ahead.ts';
import { childSlot, writtenSo } from './record-slots.ts';
import {
  answersOf,
  canTell,
  childrenOf,
  idsOf,
  knownBefore,
  labelOf,
  namesOf,
  offerOf,
  passed,
  standing,
  timeOf,
} from './visit-offer.ts';

/** Unanswered for so long the visit is only noted: nothing is lost, and nobody is told by a guess (our default). */
const PATIENCE_MS = 2 * 3_600_000;
const OFFERED_DAYS = [1, 2, 3];

const daySlot: Slot = {
  id: 'on',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'visit-plan.day-unclear',
  ask: (frame, view) => say('visit-plan.ask-day', { children: namesOf(frame, view) }),
  choices: (_frame, view) => daysAhead(OFFERED_DAYS, view.today),
  read: (heard, _frame, view) => visitDay(heard.text, view.today)?.on,
};

const tellSlot: Slot = {
  id: 'tell',
  schema: z.enum(['tell', 'note', 'drop']),
  missed: 'record.choose-below',
  ask: (frame, view) => offerOf(frame, view),
  choices: (frame, view) =>
    answersOf(frame, view).map((code) => ({
      code,
      value: code,
      label: say(`visit-plan.${labelOf(code, frame, view)}`),
    })),
  shows: (frame) => ({ screen: 'visit-plan', childIds: idsOf(frame) }),
  read: (heard, frame, view) => {
    const word = bareWord(heard.text);
    const meant = /^(不记|不改|不要|no)/u.test(word)
      ? 'drop'
      : /^(只记|先不|不告诉|不用告诉|不用|记下|only note)/u.test(word)
        ? 'note'
        : /^(告诉|要|是|好|改|tell|yes)/u.test(word)
          ? 'tell'
          : undefined;
    return answersOf(frame, view).find((code) => code === meant);
  },
};

/** 预约: on which day somebody goes to see whom, and whether the family is to know. */
export const visitPlan: Flow = {
  id: 'visit-plan',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [childSlot('visit-plan.ask-child'), daySlot, tellSlot],
  // “明天下午去小明家” beside an open question is another visit.
  tellsOfAnother: (heard, _frame, view) => plannedIn(heard, view) !== null,
  next: ({ slots }) => {
    if (!Array.isArray(slots.children)) return 'child';
    if (slots.on === undefined) return 'on';
    return slots.tell === undefined ? 'tell' : null;
  },
  settle: (frame, heard, view) => {
    const { child, part } = frame.slots;
    const asked = typeof child === 'string' ? emptied(frame, 'child', 'unclear', 'candidates') : frame;
    // “都不是” is an empty answer: all of them are offered.
    const withChild = typeof child === 'string' && child !== '' ? filled(asked, 'children', [child]) : asked;
    const said =
      heard === null || part !== undefined ? null : (visitDay(heard.text, view.today)?.part ?? null);
    return said === null ? withChild : filled(withChild, 'part', said);
  },
  finish: (frame, view, context) => {
    const answer = frame.slots.tell;
    if (answer === 'drop') return { replies: [say('visit-plan.dropped')], commands: [] };
    return planned(frame, view, answer === 'tell', () => context.newId());
  },
  onSilence: (frame, view, context) => {
    if (frame.slots.on === undefined) return { replies: [], commands: [] };
    const before = knownBefore(frame, view);
    // The family knows of a visit: without an answer it stays, and nobody is told of another day. No child is named:
    // somebody may be looking on by now.
    if (before !== undefined)
      return { replies: [say('visit-plan.unchanged', { when: timeSaid(before) })], commands: [] };
    return { replies: [], commands: planned(frame, view, false, () => context.newId()).commands };
  },
};

/** 预约 小明 明天下午. */
export const visitPlanWord: CommandWord = {
  id: 'visit-plan',
  words: ['预约', 'appointment'],
  takesRest: 'after-break',
  allowed: mayPlan,
  run: ({ heard, target, view }) => {
    const pressed = heard === null ? childOf(view, target) : undefined;
    if (pressed) return beginning({ children: [pressed.id] }, null);
    const day = target === null || heard === null ? null : visitDay(target, view.today);
    return beginning(heard === null ? {} : childrenSaid(heard, view), day);
  },
};

/** "明天下午去小明家": a way that is still to be made; undefined where the words tell of something else. */
export function visitSaid(heard: Heard, view: View): CommandRun | undefined {
  const time = plannedIn(heard, view);
  if (time === null) return undefined;
  const said = childrenSaid(heard, view);
  // Of several names one that may mean two children is not asked about here.
  return heard.mentions.length > 1 && said.children === undefined ? undefined : beginning(said, time);
}

/** When these words mean to go to a child's home; null where they speak of danger or of anything else. */
export function plannedIn(heard: Heard, view: View): VisitTime | null {
  if (!mayPlan(view) || heard.signals.length > 0 || heard.mentions.length === 0) return null;
  const today = heard.sentOn ?? view.today;
  const time = visitPlanned(
    heard.text,
    heard.mentions.map(({ quote }) => quote),
    today,
  );
  return time === null || time.on < view.today ? null : time;
}

/**
 * Whether these words, in the middle of a record of these children, put down a visit to somebody else: a plan and nothing
 * beside it. A plan for a child of the record itself may be what was said at the door, and stays in its words.
 */
export function plansAnother(heard: Heard, open: readonly string[], view: View): boolean {
  if (open.length === 0 || plannedIn(heard, view) === null) return false;
  return !heard.mentions.some(({ candidates }) => candidates.some(({ childId }) => open.includes(childId)));
}

export function mayPlan({ role, caseload }: View): boolean {
  return ['director', 'supervisor', 'deputy'].includes(role) && caseload.length > 0;
}

function beginning(slots: Frame['slots'], time: VisitTime | null): CommandRun {
  const when = time === null ? {} : { on: time.on, ...(time.part === null ? {} : { part: time.part }) };
  return { replies: [], commands: [], then: [begin(visitPlan, { ...slots, ...when })] };
}

/** The children these words name; one that may be several is asked about, unless only one is written so. */
function childrenSaid({ mentions }: Heard, view: View): Frame['slots'] {
  const [first] = mentions;
  if (first === undefined) return {};
  const ids = mentions.flatMap(({ quote, candidates }) => {
    const among = candidates.flatMap(({ childId }) => childOf(view, childId) ?? []);
    return (among.length > 1 ? writtenSo(quote, among)?.id : among[0]?.id) ?? [];
  });
  if (ids.length === mentions.length) return { children: [...new Set(ids)] };
  return mentions.length > 1
    ? {}
    : { unclear: first.quote, candidates: first.candidates.map(({ childId }) => childId) };
}

function planned(frame: Frame, view: View, tell: boolean, newId: () => string): FlowEnd {
  const children = childrenOf(frame, view);
  const tripId = children.length > 1 ? newId() : null;
  const visits = children.map((child): PlannedVisit => {
    const before = standing(child.id, view);
    const replaces = before === undefined ? null : { id: before.id, rev: before.rev, told: before.told };
    return { id: newId(), childId: child.id, tripId, replaces, insteadOf: passed(child.id, view) };
  });
  const { on, part } = timeOf(frame);
  const isKnown = visits.some(({ replaces }) => replaces?.told === true);
  const isTold = (isKnown || tell) && canTell(frame, view, isKnown);
  const vars = { children: children.map(({ name }) => plain(name)), when: timeSaid({ on, part }) };
  return {
    replies: [say(isTold ? 'visit-plan.saved-told' : 'visit-plan.saved', vars)],
    commands: children.length === 0 ? [] : [{ type: 'plan-visits', visits, on, part, tell }],
  };
}
