import { z } from 'zod';
import { addDays, parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import type { Choice, Slot } from '../dialog/flow.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';

/** A note is cut at this length; the conversation says so before. */
export const NOTE_LIMIT = 2000;
const MET_CHOICES = ['孩子本人', '奶奶', '爷爷', '外婆', '外公', '妈妈', '爸爸', '老师'];
export const MODES: readonly Mode[] = ['home', 'school', 'phone', 'video'];

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
    mode: MODES.find((m) => m === mode) ?? null,
    met: Array.isArray(met) ? met.filter((m) => typeof m === 'string') : null,
    seen: typeof seen === 'boolean' ? seen : null,
    note: typeof note === 'string' ? note : null,
  };
}

/** A child in a list: the name, and what tells two of the same name apart. */
export function childLabel(child: CaseChild): Say {
  return say('child.label', { name: child.name, age: child.ageYears, village: child.village });
}

/** The child whose name stands in these words, when only one can be meant. */
export function certainChild(heard: Heard): string | undefined {
  const certain = heard.mentions.filter((m) => m.certain);
  const first = certain[0]?.candidates[0]?.childId;
  return heard.mentions.length === 1 || certain.length === heard.mentions.length ? first : undefined;
}

/** Which child: the candidates of an unclear name first, otherwise the whole caseload, most urgent first. */
export function childSlot(askKey: string): Slot {
  return {
    id: 'child',
    schema: z.string(),
    missed: 'record.child-not-found',
    ask: (frame) => {
      const quote = frame.slots.unclear;
      return typeof quote === 'string' ? say('record.which-child', { quote }) : say(askKey);
    },
    choices: (frame, view) => {
      const candidates = frame.slots.candidates;
      const among = Array.isArray(candidates) ? view.caseload.filter((c) => candidates.includes(c.id)) : [];
      return (among.length > 0 ? among : view.caseload).map((c) => ({
        code: c.id,
        value: c.id,
        label: childLabel(c),
      }));
    },
    read: (heard) => certainChild(heard),
  };
}

/** Which day. What is vague is asked again, never guessed; a day to come is refused by the recogniser. */
export const daySlot: Slot = {
  id: 'on',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'record.day-unclear',
  ask: (frame, view) => say('record.ask-day', { child: slotsOf(frame, view).child?.name ?? '' }),
  choices: (_frame, view) =>
    [0, 1, 2].map((back): Choice => {
      const on = addDays(view.today, -back);
      return {
        code: `d${String(back)}`,
        value: on,
        label: say('record.day-choice', { word: say(`day.back-${String(back)}`), on }),
      };
    }),
  read: (heard, _frame, view) =>
    heard.date.on !== null && !heard.date.ask && heard.date.on <= view.today ? heard.date.on : undefined,
};

/** How: only the modes that fit the flow. */
export function modeSlot(modes: readonly Mode[]): Slot {
  return {
    id: 'mode',
    schema: z.enum(['home', 'school', 'phone', 'video']),
    ask: (frame, view) => say('record.ask-mode', { child: slotsOf(frame, view).child?.name ?? '' }),
    choices: () => modes.map((mode) => ({ code: mode, value: mode, label: say(`mode.${mode}`) })),
    read: (heard) => (heard.mode !== null && modes.includes(heard.mode) ? heard.mode : undefined),
  };
}

/** Who was there. Free words are taken as they are: "隔壁的阿嬷" is an answer. */
export const metSlot: Slot = {
  id: 'met',
  schema: z.array(z.string().max(40)).min(1).max(12),
  ask: (frame, view) => say('record.ask-met', { child: slotsOf(frame, view).child?.name ?? '' }),
  choices: () =>
    MET_CHOICES.map((who, index) => ({ code: `m${String(index)}`, value: [who], label: metLabel(who) })),
  read: (heard) => {
    if (heard.met.length > 0) return [...heard.met];
    const words = heard.text.trim();
    return words.length > 0 && words.length <= 20 ? [words] : undefined;
  },
};

/** A closed word such as 奶奶 in the reader's language, or the director's own words as they stand. */
export function metLabel(who: string): Say {
  return say('met.word', { who });
}

/** Whether the child was seen in person: it decides whether the visit counts (our default, see the care policy). */
export const seenSlot: Slot = {
  id: 'seen',
  schema: z.boolean(),
  ask: (frame, view) => {
    const { child, mode } = slotsOf(frame, view);
    return say(mode === 'video' ? 'record.ask-seen-video' : 'record.ask-seen', { child: child?.name ?? '' });
  },
  choices: () => [
    { code: 'yes', value: true, label: say('record.seen') },
    { code: 'no', value: false, label: say('record.not-seen') },
  ],
  read: (heard) => {
    const word = heard.text.trim();
    if (/^(见到|看到|见了|有|是|在|yes)/iu.test(word)) return true;
    if (/^(没|不|否|no)/iu.test(word)) return false;
    return heard.seen ?? undefined;
  },
};

/** One sentence about what was found; may be left out. */
export const noteSlot: Slot = {
  id: 'note',
  schema: z.string().max(NOTE_LIMIT).nullable(),
  ask: (frame, view) => say('record.ask-note', { child: slotsOf(frame, view).child?.name ?? '' }),
  choices: () => [{ code: 'skip', value: null, label: say('record.skip') }],
  read: (heard) => heard.text.trim().slice(0, NOTE_LIMIT),
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
