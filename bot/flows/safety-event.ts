import { z } from 'zod';
import {
  EVENT_KINDS,
  EVENT_TOPICS,
  PLAN_TOPICS,
  sameEvent,
  stillWanted,
  type EventKind,
  type SafetyEvent,
  type SafetyEvents,
} from '../../server/domain/education/safety-event.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { commandOption, say, type Reply, type Say } from '../../server/domain/say.ts';
import {
  begin,
  type Choice,
  type CommandRun,
  type CommandWord,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { eventWords, type EventWords } from '../understanding/event-words.ts';

/** After an hour without a word nothing is stored (our default). */
const PATIENCE_MS = 3_600_000;
/** So many lines stay within one message. */
const LINES_SHOWN = 12;
const WORDS_LIMIT = 500;
const NOT_COUNTED = 0;

const mayRecord = ({ role }: View): boolean =>
  role === 'county-desk' || role === 'supervisor' || role === 'deputy';

const NOWHERE = { code: '', name: '' };
const read = (text: string, { today, safety }: View): EventWords =>
  eventWords(text, today, safety?.areas ?? [], safety?.own ?? NOWHERE);

const kindSlot: Slot = {
  id: 'kind',
  schema: z.enum(EVENT_KINDS),
  ask: () => say('safety-event.ask-kind'),
  choices: () =>
    EVENT_KINDS.map((kind): Choice => ({ code: kind, value: kind, label: say(`safety-event.${kind}`) })),
  read: ({ text }, _frame, view) => read(text, view).kind ?? undefined,
};

const onSlot: Slot = {
  id: 'on',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'safety-event.day-unclear',
  ask: () => say('safety-event.ask-day'),
  choices: (_frame, { today }) => [{ code: 'today', value: today, label: say('safety-event.today') }],
  read: ({ text }, _frame, view) => read(text, view).on ?? undefined,
};

const areaSlot: Slot = {
  id: 'area',
  schema: z.string().min(1),
  missed: 'safety-event.area-unclear',
  ask: () => say('safety-event.ask-area'),
  choices: (_frame, { safety }) => [
    {
      code: 'own',
      value: safety?.own.code ?? '',
      label: say('safety-event.whole', { area: safety?.own.name ?? '' }),
    },
  ],
  read: ({ text }, _frame, view) => read(text, view).areaCode ?? undefined,
};

const schoolSlot: Slot = {
  id: 'school',
  freeText: true,
  schema: z.string().min(2).max(40),
  ask: () => say('safety-event.ask-school'),
  choices: () => [],
  read: ({ text }, _frame, view) => read(text, view).school ?? text.trim(),
};

const topicsSlot: Slot = {
  id: 'topics',
  schema: z.array(z.enum(EVENT_TOPICS)).min(1),
  missed: 'safety-event.topics-unclear',
  ask: () => say('safety-event.ask-topics'),
  choices: () => [
    { code: 'plan', value: [...PLAN_TOPICS], label: say('safety-event.all-four') },
    ...PLAN_TOPICS.map((topic): Choice => ({
      code: topic,
      value: [topic],
      label: say(`safety-topic.${topic}`),
    })),
  ],
  read: ({ text }, _frame, view) => {
    const { topics } = read(text, view);
    return topics.length > 0 ? [...topics] : undefined;
  },
};

const audienceSlot: Slot = {
  id: 'audience',
  schema: z.int().min(NOT_COUNTED).max(99_999),
  missed: 'safety-event.audience-unclear',
  ask: () => say('safety-event.ask-audience'),
  choices: () => [{ code: 'none', value: NOT_COUNTED, label: say('safety-event.not-counted') }],
  read: ({ text }, _frame, view) => {
    const bare = /^(?:约|大概)?(\d{1,5})$/u.exec(bareWord(text))?.[1];
    return bare === undefined ? (read(text, view).audience ?? undefined) : Number(bare);
  },
};

const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.boolean(),
  ask: (frame, view) => {
    const event = eventOf(frame, view, '');
    const isAgain = sameEvent(event, view.safety?.events ?? []) !== undefined;
    return say('safety-event.confirm', {
      event: eventSaid(event, view.safety),
      again: isAgain ? say('safety-event.again') : '',
    });
  },
  choices: () => [
    { code: 'yes', value: true, label: say('safety-event.yes') },
    { code: 'no', value: false, label: say('safety-event.no') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (/^(?:是的?|对的?|好的?|确认|存|yes)$/u.test(word)) return true;
    return /^(?:不是|不对|不存了?|不用了?|no)$/u.test(word) ? false : undefined;
  },
};

/** What is asked of a lecture is the school, of an event the place. */
const SLOTS_OF: Readonly<Record<EventKind, readonly string[]>> = {
  'county-event': ['on', 'area', 'topics', 'audience', 'confirm'],
  'school-lecture': ['on', 'school', 'topics', 'audience', 'confirm'],
};

/** 安全活动: what was taught, where, on which day and to how many. */
export const safetyEvent: Flow = {
  id: 'safety-event',
  version: 1,
  patienceMs: PATIENCE_MS,
  onSilence: () => ({ replies: [], commands: [] }),
  onCancel: () => ({ replies: [say('safety-event.not-stored')], commands: [] }),
  slots: [kindSlot, onSlot, areaSlot, schoolSlot, topicsSlot, audienceSlot, confirmSlot],
  next: ({ slots }) => {
    const kind = EVENT_KINDS.find((one) => one === slots.kind);
    return kind === undefined ? 'kind' : (SLOTS_OF[kind].find((id) => slots[id] === undefined) ?? null);
  },
  finish: (frame, view, context): FlowEnd => {
    if (frame.slots.confirm !== true) return { replies: [say('safety-event.not-stored')], commands: [] };
    const event = eventOf(frame, view, context.newId());
    const events = view.safety?.events ?? [];
    const before = sameEvent(event, events);
    const after = [event, ...events.filter((one) => one !== before)];
    return {
      replies: [
        {
          ...say('safety-event.stored', {
            wanted: view.safety ? wantedSaid({ ...view.safety, events: after }, view) : '',
          }),
          options: [commandOption('safety-events', null, say('safety-event.see'))],
        },
      ],
      commands: [{ type: 'record-safety-event', event, supersedesId: before?.id ?? null }],
    };
  },
};

/** 安全活动: the year's list and what the plan still wants; with more behind it one is recorded. */
export const safetyEventsWord: CommandWord = {
  id: 'safety-events',
  words: ['安全活动', 'safety event'],
  takesRest: 'anything',
  allowed: mayRecord,
  run: ({ target, view }) => (target === null ? listed(view) : eventTold(target, view)),
};

/** 记安全活动: asked for step by step. */
export const newSafetyEventWord: CommandWord = {
  id: 'new-safety-event',
  words: ['记安全活动', 'record safety event'],
  takesRest: 'anything',
  allowed: mayRecord,
  run: ({ target, view }) => eventTold(target ?? '', view),
};

function eventTold(text: string, view: View): CommandRun {
  const { kind, on, areaCode, school, topics, audience } = read(text, view);
  const known: Frame['slots'] = {
    words: text.trim().slice(0, WORDS_LIMIT),
    ...(kind === null ? {} : { kind }),
    ...(on === null ? {} : { on }),
    ...(areaCode === null ? {} : { area: areaCode }),
    ...(school === null ? {} : { school }),
    ...(topics.length === 0 ? {} : { topics: [...topics] }),
    ...(audience === null ? {} : { audience }),
  };
  return { replies: [], commands: [], then: [begin(safetyEvent, known)] };
}

function listed(view: View): CommandRun {
  const { safety, today } = view;
  if (!safety) return { replies: [say('dialog.lost')], commands: [] };
  const year = today.slice(0, 4);
  const ofYear = safety.events.filter(({ heldOn }) => heldOn.startsWith(year));
  const reply: Reply = {
    ...say('safety-event.list', {
      year,
      area: safety.county.name,
      lines: ofYear.slice(0, LINES_SHOWN).map((event) => eventSaid(event, safety)),
      rest:
        ofYear.length > LINES_SHOWN ? say('safety-event.rest', { count: ofYear.length - LINES_SHOWN }) : '',
      wanted: wantedSaid(safety, view),
      how: say('safety-event.how'),
    }),
    options: [commandOption('new-safety-event', null, say('safety-event.record'))],
  };
  return { replies: [reply], commands: [] };
}

function wantedSaid(safety: SafetyEvents, { today }: View): readonly Say[] {
  const { isFirst, topics, before, lectures, schools } = stillWanted(safety, today);
  const which = { kind: say(`school-break.${before.kind}`), year: before.year };
  const missing = topics.map((topic) => say(`safety-topic.${topic}`));
  return [
    ...(isFirst ? [say('safety-event.wants-event', { topics: missing })] : []),
    ...(!isFirst && topics.length > 0 ? [say('safety-event.wants-topics', { topics: missing })] : []),
    ...(topics.length === 0 ? [say('safety-event.has-event')] : []),
    lectures === 0
      ? say('safety-event.wants-lectures', which)
      : say('safety-event.has-lectures', { ...which, count: lectures }),
    ...(schools.length > 0
      ? [
          say('safety-event.schools-without', {
            count: schools.length,
            schools: schools.slice(0, 4).join('、'),
          }),
        ]
      : []),
  ];
}

function eventSaid(
  { kind, heldOn, areaCode, school, topics, audience }: SafetyEvent,
  safety?: SafetyEvents,
): Say {
  const area = safety?.areas.find(({ code }) => code === areaCode)?.name ?? '';
  const told = {
    on: heldOn,
    where: kind === 'school-lecture' ? (school ?? area) : area,
    topics: topics.map((topic) => say(`safety-topic.${topic}`)),
  };
  return audience === null
    ? say('safety-event.line', told)
    : say('safety-event.line-counted', { ...told, count: audience });
}

function eventOf({ slots }: Frame, view: View, id: string): SafetyEvent {
  const kind = EVENT_KINDS.find((one) => one === slots.kind) ?? 'county-event';
  const named = Array.isArray(slots.topics) ? slots.topics : [];
  const audience = typeof slots.audience === 'number' ? slots.audience : NOT_COUNTED;
  const isLecture = kind === 'school-lecture';
  return {
    id,
    kind,
    areaCode: typeof slots.area === 'string' ? slots.area : (view.safety?.own.code ?? ''),
    heldOn: parseLocalDate(typeof slots.on === 'string' ? slots.on : '') ?? view.today,
    topics: EVENT_TOPICS.filter((topic) => named.includes(topic)),
    school: isLecture && typeof slots.school === 'string' ? slots.school : null,
    audience: audience === NOT_COUNTED ? null : audience,
    words: typeof slots.words === 'string' ? slots.words : '',
  };
}
