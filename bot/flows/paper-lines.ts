import { z } from 'zod';
import type { Command, RecordContact } from '../../server/domain/commands.ts';
import { addDays, parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import {
  begin,
  emptied,
  filled,
  type CommandRun,
  type Context,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { paperLines as linesIn } from '../understanding/paper-lines.ts';
import { understand } from '../understanding/understand.ts';
import { beginConcerns } from './concern.ts';
import { effectsOf } from './duty-effects.ts';
import { urgentOption } from './open-report.ts';
import { lineSchema, linesOn, type Line } from './paper-line.ts';
import { certainDay } from './record-day.ts';
import { metList } from './record-slots.ts';
import { CHILD_ITSELF } from './record-words.ts';

/** A worry written on paper is told to somebody after this silence, as one told by chat is (our default). */
const PATIENCE_MS = 20 * 60_000;

const onSlot: Slot = {
  id: 'on',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'record.day-unclear',
  ask: () => say('paper-lines.ask-day'),
  choices: (frame, { today }) =>
    [...new Set([formDay(frame), today, addDays(today, -1), addDays(today, -2)])]
      .filter((on) => on <= today)
      .sort()
      .reverse()
      .slice(0, 4)
      .map((on) => ({ code: on, value: on, label: say('paper-lines.day', { on }) })),
  read: (heard, _frame, view) => certainDay(heard, view) ?? undefined,
};

const seenSlot: Slot = {
  id: 'seen',
  schema: z.boolean(),
  ask: (frame, view) => say('paper-lines.ask-seen', about(openLine(frame), view)),
  choices: () => [
    { code: 'yes', value: true, label: say('record.seen') },
    { code: 'no', value: false, label: say('record.not-seen') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (/^(见到了?|看到了?|有|是|见了|yes)$/u.test(word)) return true;
    return /^(没有?|没见到|没看到|不在|不是|否|no)$/u.test(word) ? false : undefined;
  },
};

const outcomeSlot: Slot = {
  id: 'outcome',
  schema: z.enum(['none', 'worried', 'unsure']),
  missed: 'record.choose-below',
  ask: (frame, view) => {
    const line = openLine(frame);
    return line !== undefined && line.signal !== null
      ? say('paper-lines.ask-outcome-signal', { ...about(line, view), quote: line.signal })
      : say('paper-lines.ask-outcome', about(line, view));
  },
  choices: (frame) => {
    const line = openLine(frame);
    return [
      ...(line === undefined || mayBeCalm(line)
        ? [{ code: 'none', value: 'none', label: say('outcome.none') }]
        : []),
      { code: 'worried', value: 'worried', label: say('outcome.worried') },
      { code: 'unsure', value: 'unsure', label: say('outcome.unsure') },
      ...(line === undefined || line.signal === null
        ? []
        : [{ code: 'urgent', value: 'worried', label: say('menu.urgent'), command: urgentOption().id }]),
    ];
  },
  read: ({ text }, frame) => {
    const word = bareWord(text);
    const line = openLine(frame);
    if (/^(未发现异常|没有?异常|正常)$/u.test(word)) return line && mayBeCalm(line) ? 'none' : undefined;
    if (/^(有担心|有点担心|担心|worried)$/u.test(word)) return 'worried';
    return /^(不确定|说不准|不知道|unsure|not sure)$/u.test(word) ? 'unsure' : undefined;
  },
};

const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.enum(['store', 'day']),
  missed: 'record.choose-below',
  ask: (frame, view) =>
    say('paper-lines.card', {
      on: dayOf(frame) ?? view.today,
      lines: linesOf(frame).map((line) => cardLine(line, view)),
    }),
  shows: (frame) => ({ screen: 'paper-lines', childIds: linesOf(frame).map((line) => line.child) }),
  choices: () => [
    { code: 'store', value: 'store', label: say('paper-lines.store') },
    { code: 'day', value: 'day', label: say('paper-lines.other-day') },
  ],
  read: ({ text }) =>
    /^(存|存下来|对的?|好的?|是的?|没错|确认|yes|ok)$/u.test(bareWord(text)) ? 'store' : undefined,
};

/**
 * The lines of a paper form, typed in later. Each line is a record of its child; what a line leaves open is asked, its
 * last question always, and one card is confirmed for all of them.
 */
export const paperLinesFlow: Flow = {
  id: 'paper-lines',
  version: 1,
  keepsDraft: true,
  patienceMs: PATIENCE_MS,
  slots: [onSlot, seenSlot, outcomeSlot, confirmSlot],
  next: (frame) => {
    if (dayOf(frame) === null) return 'on';
    const line = openLine(frame);
    if (line) return isSeenOpen(line) ? 'seen' : 'outcome';
    return frame.slots.confirm === undefined ? 'confirm' : null;
  },
  settle: (frame) => (frame.slots.confirm === 'day' ? emptied(frame, 'confirm', 'on') : taken(frame)),
  absorb: (heard, frame, view) => retyped(heard, frame, view),
  finish: (frame, view, context) => finish(frame, view, context),
  onSilence: (frame, view, context) => ({ ...worriesOf(frame, view, context), replies: [] }),
  onCancel: (frame, view, context) => {
    const { commands } = worriesOf(frame, view, context);
    const kept = commands.length > 0 ? 'paper-lines.worries-kept' : 'dialog.cancelled';
    return { replies: [say(kept)], commands };
  },
};

/** What numbered lines begin; undefined where they are none, or no form is known. */
export function linesTyped(heard: Heard, view: View): CommandRun | undefined {
  const found = linesIn(heard.text);
  if (!found) return undefined;
  const { form } = view;
  if (!form)
    return found.lines.length > 1 ? { replies: [say('paper-lines.no-form')], commands: [] } : undefined;
  const today = heard.sentOn ?? view.today;
  const lines = linesOn(form, found.lines, view, today);
  const unknown = found.lines.filter((line) => !lines.some((l) => l.number === line.number));
  const because = unknown.length === 0 ? undefined : noSuchLine(unknown.map((line) => line.number));
  if (lines.length === 0) return { replies: [because ?? say('paper-lines.no-form')], commands: [] };
  const told = understand(found.before, { today, caseload: [] }).date;
  const on = certainDay({ ...heard, date: told }, view) ?? (form.tripOn <= today ? form.tripOn : null);
  const slots = { lines: [...lines], form: { tripOn: form.tripOn, childIds: [...form.childIds] } };
  const frame = begin(paperLinesFlow, { ...slots, ...(on === null ? {} : { on }) });
  return { replies: [], commands: [], then: [mirrored(frame)], ...(because && { because }) };
}

function noSuchLine(numbers: readonly number[]): Say {
  return say('paper-lines.no-such-number', { numbers: numbers.map((n) => plain(String(n))) });
}

/** Lines typed again replace the lines of the same number. */
function retyped(heard: Heard, frame: Frame, view: View): Frame | undefined {
  const found = linesIn(heard.text);
  const form = formSchema.safeParse(frame.slots.form);
  if (!found || !form.success) return undefined;
  const tripOn = parseLocalDate(form.data.tripOn) ?? view.today;
  const again = linesOn({ tripOn, childIds: form.data.childIds }, found.lines, view, view.today);
  if (again.length === 0) return undefined;
  const kept = linesOf(frame).filter((line) => !again.some((l) => l.number === line.number));
  const lines = [...kept, ...again].sort((a, b) => a.number - b.number);
  return mirrored(emptied(filled(frame, 'lines', lines), 'confirm'));
}

const formSchema = z.object({ tripOn: z.string(), childIds: z.array(z.string()) });

/** The answer just given, put into the line it answers. */
function taken(frame: Frame): Frame {
  const { seen, outcome } = frame.slots;
  const line = openLine(frame);
  if (!line || (seen === undefined && outcome === undefined)) return frame;
  const answered: Line =
    typeof seen === 'boolean' ? seenAs(line, seen) : { ...line, outcome: outcome as Line['outcome'] };
  const lines = linesOf(frame).map((l) => (l.number === line.number ? answered : l));
  return mirrored(emptied(filled(frame, 'lines', lines), 'seen', 'outcome'));
}

function seenAs(line: Line, seen: boolean): Line {
  const met = line.met.filter((who) => who !== CHILD_ITSELF);
  const outcome = !seen && line.outcome === 'none' ? null : line.outcome;
  return { ...line, seen, outcome, met: seen ? [...met, CHILD_ITSELF] : met };
}

/** The open line's danger phrase, where the red button looks for it. */
function mirrored(frame: Frame): Frame {
  const line = openLine(frame);
  if (line === undefined || line.signal === null) return emptied(frame, 'signal', 'child', 'note');
  return { ...frame, slots: { ...frame.slots, signal: line.signal, child: line.child, note: line.note } };
}

function finish(frame: Frame, view: View, context: Context): FlowEnd {
  const on = dayOf(frame);
  if (on === null) return { replies: [say('dialog.lost')], commands: [] };
  const records = linesOf(frame).flatMap((line) => recordOf(line, on, view, context));
  const effects = records.flatMap((record) => effectLines(record, view));
  return {
    replies: [say('paper-lines.saved', { count: records.length, on, effects })],
    commands: records,
    then: beginConcerns(
      records.flatMap(({ concernId, childId, contactId }) =>
        concernId === null ? [] : [{ concernId, childId, contactId }],
      ),
    ),
  };
}

/** What silence must not lose: lines with a worry are stored as they are, and somebody is asked to call. */
function worriesOf(frame: Frame, view: View, context: Context): FlowEnd {
  const lines = linesOf(frame);
  const worried = lines.filter((line) => line.outcome === 'worried' || line.outcome === 'unsure');
  const formOn = formDay(frame);
  const on = dayOf(frame) ?? (formOn <= view.today ? formOn : view.today);
  const commands = worried.flatMap((line): Command[] => {
    const [record] = recordOf(line, on, view, context);
    if (!record?.concernId) return [];
    const answer = { type: 'answer-concern', concernId: record.concernId, answer: 'call-asked' } as const;
    return [record, { ...answer, followUpOn: null }];
  });
  const calm = lines.filter((line) => !worried.includes(line));
  return { replies: [], commands, draft: calm.length === 0 ? null : filled(frame, 'lines', calm) };
}

function recordOf(line: Line, on: LocalDate, view: View, context: Context): RecordContact[] {
  const child = childOf(view, line.child);
  if (!child) return [];
  const { mode, met, seen, note } = line;
  const outcome = line.outcome ?? 'unsure';
  const childSeen = mode === 'phone' ? (met.includes(CHILD_ITSELF) ? true : null) : seen;
  const nobodyMet = mode !== 'phone' && mode !== 'video' && met.length === 0 && seen !== true;
  return [
    {
      type: 'record-contact',
      contactId: context.newId(),
      childId: child.id,
      mode,
      takenOn: on,
      childSeen,
      met,
      ...(nobodyMet ? { nobodyMet } : {}),
      note,
      outcome,
      concernId: outcome === 'none' ? null : context.newId(),
    },
  ];
}

function effectLines(record: RecordContact, view: View): readonly Say[] {
  const child = childOf(view, record.childId);
  const effects = child ? effectsOf(child, record, view) : [];
  return effects.map((effect) => say('paper-lines.effect', { child: child?.name ?? '', effect }));
}

function cardLine(line: Line, view: View): Say {
  const { number, mode, met, seen, note, outcome } = line;
  const others = met.filter((who) => who !== CHILD_ITSELF);
  const facts: Say[] = [
    say(`mode.${mode}`),
    ...(seen === null ? [] : [say(seen ? 'record.seen' : 'record.not-seen')]),
    ...(others.length === 0 ? [] : [say('paper-lines.met', { met: metList(others) })]),
    ...(note === null ? [] : [plain(note)]),
    ...(outcome === null ? [] : [say(`outcome.${outcome}`)]),
  ];
  return say('paper-lines.line', { number, child: childOf(view, line.child)?.name ?? '', facts });
}

function about(line: Line | undefined, view: View) {
  return { number: line?.number ?? 0, child: childOf(view, line?.child)?.name ?? '', note: line?.note ?? '' };
}

function mayBeCalm({ mode, seen }: Line): boolean {
  return mode === 'phone' || seen === true;
}

function isSeenOpen({ mode, seen }: Line): boolean {
  return mode !== 'phone' && seen === null;
}

/** The first line that leaves something open. */
function openLine(frame: Frame): Line | undefined {
  return linesOf(frame).find((line) => isSeenOpen(line) || line.outcome === null);
}

function linesOf(frame: Frame): readonly Line[] {
  const lines = z.array(lineSchema).safeParse(frame.slots.lines);
  return lines.success ? lines.data : [];
}

function dayOf(frame: Frame): LocalDate | null {
  const { on } = frame.slots;
  return typeof on === 'string' ? parseLocalDate(on) : null;
}

function formDay(frame: Frame): LocalDate {
  const form = formSchema.safeParse(frame.slots.form);
  const on = form.success ? parseLocalDate(form.data.tripOn) : null;
  return on ?? ('9999-12-31' as LocalDate);
}
