import { z } from 'zod';
import {
  clockTime,
  type AccountSettings,
  type SettingsChange,
} from '../../server/domain/account-settings.ts';
import { plain, commandOption, say, type OptionList, type Reply, type Say } from '../../server/domain/say.ts';
import {
  begin,
  type Choice,
  type CommandRun,
  type CommandWord,
  type Flow,
  type Slot,
} from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { settingsIn, timeOfDay } from '../understanding/settings-words.ts';

const DIGEST_HOURS = [6 * 60 + 30, 7 * 60, 8 * 60, 12 * 60, 18 * 60, 19 * 60 + 30];
/** From, until; equal means none. */
const QUIET_HOURS: readonly (readonly [number, number])[] = [
  [20 * 60, 7 * 60],
  [21 * 60, 7 * 60],
  [22 * 60, 6 * 60],
  [0, 0],
];

const minutes = z
  .number()
  .int()
  .min(0)
  .max(24 * 60 - 1);
/** What is chosen on one screen; what is not sent off stays as it is. */
const together = z.object({
  digestMinutes: minutes.exactOptional(),
  quietFromMinutes: minutes.exactOptional(),
  quietUntilMinutes: minutes.exactOptional(),
  steps: z.enum(['large', 'small']).nullable().exactOptional(),
});

export const whatSlot: Slot = {
  id: 'what',
  schema: z.union([z.enum(['digest', 'quiet', 'language', 'steps', 'nothing']), together]),
  lists: (_frame, { settings }) => settingLists(settings),
  chosen: (ids) => settingsChosen(ids),
  ask: (_frame, view) => say('settings.now', { lines: linesOf(view.settings) }),
  choices: () =>
    ['digest', 'quiet', 'language', 'steps', 'nothing'].map((what) => ({
      code: what,
      value: what,
      label: say(`settings.change-${what}`),
    })),
};

const digestSlot: Slot = {
  id: 'digest',
  schema: z.number().int(),
  ask: () => say('settings.ask-digest'),
  choices: () => DIGEST_HOURS.map((m) => ({ code: `m${String(m)}`, value: m, label: plain(clockTime(m)) })),
  missed: 'settings.time-unclear',
  read: ({ text }) => settingsIn(text)?.digestMinutes ?? timeOfDay(bareWord(text)) ?? undefined,
};

const quietSlot: Slot = {
  id: 'quiet',
  schema: z.tuple([z.number().int(), z.number().int()]),
  ask: () => say('settings.ask-quiet'),
  choices: () =>
    QUIET_HOURS.map(([from, until], n): Choice => ({
      code: `n${String(n)}`,
      value: [from, until],
      label: quietSpan(from, until),
    })),
  missed: 'settings.quiet-unclear',
  read: ({ text }, _frame, { settings }) => {
    const change = settingsIn(text);
    if (change?.quietFromMinutes === undefined && change?.quietUntilMinutes === undefined) return undefined;
    return [
      change.quietFromMinutes ?? settings.quietFromMinutes,
      change.quietUntilMinutes ?? settings.quietUntilMinutes,
    ];
  },
};

const languageSlot: Slot = {
  id: 'language',
  schema: z.enum(['zh-CN', 'en']),
  ask: () => say('settings.ask-language'),
  choices: () => [
    { code: 'zh', value: 'zh-CN', label: plain('中文') },
    { code: 'en', value: 'en', label: plain('English') },
  ],
};

const stepsSlot: Slot = {
  id: 'steps',
  schema: z.enum(['large', 'small', 'usual']),
  ask: () => say('settings.ask-steps'),
  choices: () =>
    ['large', 'small', 'usual'].map((steps) => ({
      code: steps,
      value: steps,
      label: say(`settings.steps-${steps}`),
    })),
  read: ({ text }) => settingsIn(text)?.steps ?? undefined,
};

/** 设置: the hour of the list, the quiet hours, the language, large steps or small ones. */
export const settings: Flow = {
  id: 'settings',
  version: 1,
  patienceMs: 3_600_000,
  onSilence: () => ({ replies: [], commands: [] }),
  onCancel: () => ({ replies: [say('settings.unchanged')], commands: [] }),
  slots: [whatSlot, digestSlot, quietSlot, languageSlot, stepsSlot],
  next: ({ slots }) => {
    const { what } = slots;
    if (together.safeParse(what).success) return null;
    if (typeof what !== 'string') return 'what';
    return what === 'nothing' || slots[what] !== undefined ? null : what;
  },
  // "早上8点提醒我" answers the first question as well: it says what and to what.
  absorb: ({ text }, frame) => {
    const change = settingsIn(text);
    if (change?.digestMinutes !== undefined)
      return { ...frame, slots: { what: 'digest', digest: change.digestMinutes } };
    return change?.steps === undefined
      ? undefined
      : { ...frame, slots: { what: 'steps', steps: change.steps } };
  },
  finish: ({ slots }, view) => {
    if (slots.what === 'language')
      return {
        replies: [say('language.chosen')],
        commands: [{ type: 'choose-language', language: slots.language === 'en' ? 'en' : 'zh-CN' }],
      };
    const change = changeOf(slots);
    return change === null ? { replies: [say('settings.unchanged')], commands: [] } : changed(change, view);
  },
};

export const settingsWord: CommandWord = {
  id: 'settings',
  words: ['设置', '设定', 'settings'],
  allowed: () => true,
  run: () => ({ replies: [], commands: [], then: [begin(settings, {})] }),
};

/** A wish in free words is carried out at once: what it did is said, and 设置 changes it back. */
export function wishedSettings(text: string, view: View): CommandRun | undefined {
  const change = settingsIn(text);
  return change === null ? undefined : changed(change, view);
}

function changed(change: SettingsChange, view: View): CommandRun {
  const after: AccountSettings = { ...view.settings, ...change };
  const reply: Reply = {
    ...say('settings.changed', { lines: linesOf(after), notes: notesOn(change, after) }),
    options: [commandOption('settings', null, say('menu.settings'))],
  };
  return { replies: [reply], commands: [{ type: 'change-settings', change }] };
}

function changeOf(slots: Readonly<Record<string, unknown>>): SettingsChange | null {
  const { what, digest, quiet, steps } = slots;
  const all = together.safeParse(what);
  if (all.success) return all.data;
  if (what === 'digest' && typeof digest === 'number') return { digestMinutes: digest };
  if (what === 'steps') return { steps: steps === 'large' || steps === 'small' ? steps : null };
  if (what !== 'quiet' || !Array.isArray(quiet)) return null;
  return { quietFromMinutes: Number(quiet[0]), quietUntilMinutes: Number(quiet[1]) };
}

/** The hour of the list, the quiet hours and the steps, each with what stands now among what is offered. */
function settingLists({
  digestMinutes,
  quietFromMinutes,
  quietUntilMinutes,
  steps,
}: AccountSettings): OptionList[] {
  const hours = [...new Set([...DIGEST_HOURS, digestMinutes])].sort((a, b) => a - b);
  const spans = [...QUIET_HOURS, [quietFromMinutes, quietUntilMinutes] as const].map(([from, until]) => ({
    id: `q${String(from)}-${String(until)}`,
    label: quietSpan(from, until),
  }));
  return [
    {
      id: 'digest',
      title: say('settings.change-digest'),
      chosen: `d${String(digestMinutes)}`,
      options: hours.map((m) => ({ id: `d${String(m)}`, label: plain(clockTime(m)) })),
    },
    {
      id: 'quiet',
      title: say('settings.change-quiet'),
      chosen: `q${String(quietFromMinutes)}-${String(quietUntilMinutes)}`,
      options: [...new Map(spans.map((span) => [span.id, span])).values()],
    },
    {
      id: 'steps',
      title: say('settings.change-steps'),
      chosen: `s${steps ?? 'usual'}`,
      options: ['large', 'small', 'usual'].map((size) => ({
        id: `s${size}`,
        label: say(`settings.steps-${size}`),
      })),
    },
  ];
}

/** Entries of the three lists as a change; undefined where one of them is none of theirs. */
function settingsChosen(ids: readonly string[]): SettingsChange | undefined {
  const changes = ids.map((id): SettingsChange | null => {
    const [, kind, first, second] = /^([dqs])(\w+)(?:-(\d+))?$/u.exec(id) ?? [];
    if (kind === 'd') return { digestMinutes: Number(first) };
    if (kind === 'q') return { quietFromMinutes: Number(first), quietUntilMinutes: Number(second) };
    const steps = { large: 'large', small: 'small', usual: null } as const;
    return kind === 's' && first !== undefined && first in steps
      ? { steps: steps[first as keyof typeof steps] }
      : null;
  });
  const read = changes.includes(null) ? null : together.safeParse(Object.assign({}, ...changes));
  return read?.success === true ? read.data : undefined;
}

function linesOf({
  digestMinutes,
  quietFromMinutes,
  quietUntilMinutes,
  language,
  steps,
}: AccountSettings): Say[] {
  return [
    say('settings.line-digest', { time: clockTime(digestMinutes) }),
    say('settings.line-quiet', { span: quietSpan(quietFromMinutes, quietUntilMinutes) }),
    say('settings.line-language', { language: plain(language === 'en' ? 'English' : '中文') }),
    say('settings.line-steps', { steps: say(`settings.steps-${steps ?? 'usual'}`) }),
  ];
}

function quietSpan(from: number, until: number): Say {
  return from === until
    ? say('settings.quiet-none')
    : say('settings.quiet-span', { from: clockTime(from), until: clockTime(until) });
}

/** What has to be known with it: quiet hours never hold an alarm back, and a list that would fall into them waits. */
function notesOn(change: SettingsChange, after: AccountSettings): Say[] {
  const { digestMinutes, quietFromMinutes: from, quietUntilMinutes: until } = after;
  const isQuiet =
    from <= until
      ? digestMinutes >= from && digestMinutes < until
      : digestMinutes >= from || digestMinutes < until;
  return [
    ...(change.quietFromMinutes !== undefined || change.quietUntilMinutes !== undefined
      ? [say('settings.urgent-still')]
      : []),
    ...(isQuiet ? [say('settings.digest-waits', { time: clockTime(until) })] : []),
  ];
}
