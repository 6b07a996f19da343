import { z } from 'zod';
import { breakBeginning, lengthOfBreak, wrongBreak } from '../../server/domain/education/break-check.ts';
import {
  BREAK_KINDS,
  yearOfBreak,
  type BreakKind,
  type SchoolBreak,
} from '../../server/domain/education/school-break.ts';
import { STAGES, type Stage } from '../../server/domain/education/stage.ts';
import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { commandOption, say, type Say } from '../../server/domain/say.ts';
import { begin, type CommandRun, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { breakWords, type BreakWords } from '../understanding/break-words.ts';

/** After an hour without a word nothing is stored (our default). */
const PATIENCE_MS = 3_600_000;
/** A source is named, not copied out. */
const SOURCE_LIMIT = 100;

const kindSlot: Slot = {
  id: 'kind',
  schema: z.enum(BREAK_KINDS),
  missed: 'school-break.kind-unclear',
  ask: () => say('school-break.ask-kind'),
  choices: () => BREAK_KINDS.map((kind) => ({ code: kind, value: kind, label: say(`school-break.${kind}`) })),
  read: ({ text }, _frame, { today }) => breakWords(text, today).kind ?? undefined,
};

const stagesSlot: Slot = {
  id: 'stages',
  schema: z.array(z.enum(STAGES)).min(1),
  missed: 'school-break.stages-unclear',
  ask: (frame) => say('school-break.ask-stages', { kind: kindSaid(frame) }),
  choices: () => [
    { code: 'all', value: [...STAGES], label: say('school-break.all-stages') },
    ...STAGES.map((stage) => ({ code: stage, value: [stage], label: say(`school-stage.${stage}`) })),
  ],
  read: ({ text }, _frame, { today }) => {
    const { stages } = breakWords(text, today);
    return stages.length > 0 ? [...stages] : undefined;
  },
};

const daysSlot: Slot = {
  id: 'days',
  schema: z.object({ from: z.string(), until: z.string() }),
  missed: 'school-break.days-unclear',
  ask: (frame) => say('school-break.ask-days', { kind: kindSaid(frame) }),
  choices: () => [],
  read: ({ text }, frame, { today }) => {
    const { days } = breakWords(text, today);
    if (typeof days?.until !== 'string') return undefined;
    return whyNot(kindOf(frame), days) === null ? { from: days.from, until: days.until } : undefined;
  },
  refuses: ({ text }, frame, { today }) => whyNot(kindOf(frame), breakWords(text, today).days),
};

const sourceSlot: Slot = {
  id: 'source',
  freeText: true,
  schema: z.string().min(2).max(SOURCE_LIMIT),
  missed: 'school-break.source-unclear',
  ask: () => say('school-break.ask-source'),
  choices: () => [],
  read: ({ text }, _frame, { today }) => breakWords(text, today).source ?? text.trim(),
};

const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.enum(['verified', 'entered', 'no']),
  ask: (frame, view) =>
    say('school-break.confirm', { ...linesOf(frame, view), replaced: replacedSaid(frame, view) }),
  choices: () => [
    { code: 'verified', value: 'verified', label: say('school-break.verified') },
    { code: 'entered', value: 'entered', label: say('school-break.entered') },
    { code: 'no', value: 'no', label: say('school-break.no') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (/^(?:对过了?|核实过?了?|确认|是的?|对的?|好的?|yes)$/u.test(word)) return 'verified';
    if (/^(?:没对过?|还没对|还没核实|没核实|先存)$/u.test(word)) return 'entered';
    return /^(?:不存了?|不是|不对|不用了?|no)$/u.test(word) ? 'no' : undefined;
  },
};

/** 校历 寒假 …: one break of one or more stages, shown whole before it is stored. */
export const schoolBreak: Flow = {
  id: 'school-break',
  version: 1,
  patienceMs: PATIENCE_MS,
  onSilence: () => ({ replies: [], commands: [] }),
  onCancel: () => ({ replies: [say('school-break.not-stored')], commands: [] }),
  slots: [kindSlot, stagesSlot, daysSlot, sourceSlot, confirmSlot],
  next: ({ slots }) =>
    ['kind', 'stages', 'days', 'source', 'confirm'].find((id) => slots[id] === undefined) ?? null,
  finish: (frame, view, context): FlowEnd => {
    const own = view.calendar?.areas[0];
    const { confirm } = frame.slots;
    if (own === undefined || confirm === 'no')
      return { replies: [say('school-break.not-stored')], commands: [] };
    const { from, until } = daysOf(frame);
    const breaks = stagesOf(frame).map((stage): SchoolBreak => ({
      id: context.newId(),
      areaCode: own.code,
      stage,
      kind: kindOf(frame) ?? 'winter',
      year: yearOfBreak(until),
      startsOn: from,
      endsOn: until,
      source: textOf(frame, 'source'),
      verifiedOn: confirm === 'verified' ? view.today : null,
    }));
    return {
      replies: [
        {
          ...say(confirm === 'verified' ? 'school-break.stored' : 'school-break.stored-unverified', {
            ...linesOf(frame, view),
          }),
          options: [commandOption('school-calendar', null, say('school-break.see'))],
        },
      ],
      commands: [{ type: 'set-school-breaks', breaks, replaced: replacedBy(breaks, view) }],
    };
  },
};

/** As much as the words say; what does not fit together is said and asked for again. */
export function breakSaid(text: string, { today }: View): CommandRun {
  const said = breakWords(text, today);
  const kind = said.kind ?? (said.days ? breakBeginning(said.days.from) : null);
  const why = said.days === null ? null : whyNot(kind, said.days);
  const days =
    said.days?.until === undefined || said.days.until === null || why !== null
      ? null
      : { from: said.days.from, until: said.days.until };
  return {
    replies: [],
    commands: [],
    ...(why === null ? {} : { because: why }),
    then: [
      begin(schoolBreak, {
        ...(kind === null ? {} : { kind }),
        ...(said.stages.length === 0 ? {} : { stages: [...said.stages] }),
        ...(days === null ? {} : { days }),
        ...(said.source === null || said.source.length < 2
          ? {}
          : { source: said.source.slice(0, SOURCE_LIMIT) }),
      }),
    ],
  };
}

/** Whether words after 校历 tell of a break at all. */
export function tellsOfBreak(text: string, { today }: View): boolean {
  const { kind, stages, days, source } = breakWords(text, today);
  return kind !== null || stages.length > 0 || days !== null || source !== null;
}

/** The rows of the same area that these take the place of. */
export function replacedBy(
  breaks: readonly SchoolBreak[],
  { calendar }: View,
): readonly { readonly id: string; readonly byId: string }[] {
  return breaks.flatMap((row) =>
    (calendar?.rows ?? [])
      .filter(
        (old) =>
          old.areaCode === row.areaCode &&
          old.stage === row.stage &&
          old.kind === row.kind &&
          old.year === row.year,
      )
      .map((old) => ({ id: old.id, byId: row.id })),
  );
}

function whyNot(kind: BreakKind | null, days: BreakWords['days']): Say | null {
  if (days === null) return null;
  const { from, until } = days;
  if (until === null) return say('school-break.one-day', { from });
  const wrong = wrongBreak(kind ?? breakBeginning(from) ?? 'winter', from, until);
  if (wrong === null) return null;
  return say(`school-break.${wrong}`, { from, until, days: lengthOfBreak(from, until) });
}

function linesOf(frame: Frame, { calendar }: View): Readonly<Record<string, string | number | Say | Say[]>> {
  const { from, until } = daysOf(frame);
  return {
    area: calendar?.areas[0]?.name ?? '',
    kind: kindSaid(frame),
    year: yearOfBreak(until),
    stages: stagesOf(frame).map((stage) => say(`school-stage.${stage}`)),
    from,
    until,
    days: lengthOfBreak(from, until),
    source: textOf(frame, 'source'),
  };
}

/** What stands now and will not any more; the same days are nothing new. */
function replacedSaid(frame: Frame, { calendar }: View): readonly Say[] {
  const { from, until } = daysOf(frame);
  const [kind, year, own] = [kindOf(frame), yearOfBreak(until), calendar?.areas[0]?.code];
  return (calendar?.rows ?? [])
    .filter((row) => row.areaCode === own && row.kind === kind && row.year === year)
    .filter((row) => stagesOf(frame).includes(row.stage))
    .filter((row) => row.startsOn !== from || row.endsOn !== until)
    .map(({ stage, startsOn, endsOn }) =>
      say('school-break.replaces', { stage: say(`school-stage.${stage}`), from: startsOn, until: endsOn }),
    );
}

function kindOf(frame: Frame): BreakKind | null {
  return BREAK_KINDS.find((kind) => kind === frame.slots.kind) ?? null;
}

function kindSaid(frame: Frame): Say {
  return say(`school-break.${kindOf(frame) ?? 'winter'}`);
}

function stagesOf({ slots }: Frame): readonly Stage[] {
  const named = Array.isArray(slots.stages) ? slots.stages : [];
  return STAGES.filter((stage) => named.includes(stage));
}

function daysOf({ slots }: Frame): { readonly from: LocalDate; readonly until: LocalDate } {
  const { from, until } = slots.days as { readonly from: string; readonly until: string };
  const [first, last] = [parseLocalDate(from), parseLocalDate(until)];
  if (first === null || last === null) throw new Error('a break without its days');
  return { from: first, until: last };
}
