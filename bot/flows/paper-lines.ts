import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, emptied, filled, type CommandRun, type Flow } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { paperLines as linesIn } from '../understanding/paper-lines.ts';
import { understand } from '../understanding/understand.ts';
import { storedLines, worriesOf } from './paper-end.ts';
import { linesOn, type Line } from './paper-line.ts';
import { ALL_SAME, againSlot, confirmSlot, onSlot, outcomeSlot, seenSlot } from './paper-slots.ts';
import { dayOf, formOf, isSeenOpen, linesOf, openLine, repeatedLines, tellingOf } from './paper-typed.ts';
import { certainDay } from './record-day.ts';
import { NOTE_LIMIT } from './record-slots.ts';
import { SAME_RECORD } from './told-twice.ts';

/** A worry written on paper is told to somebody after this silence, as one told by chat is (our default). */
const PATIENCE_MS = 20 * 60_000;

/**
 * The lines of a paper form, typed in later: one trip. Each line is a record of its child; what a line leaves open is
 * asked, its last question always, and one card is confirmed for all of them.
 */
export const paperLinesFlow: Flow = {
  id: 'paper-lines',
  version: 1,
  keepsDraft: true,
  patienceMs: PATIENCE_MS,
  slots: [onSlot, againSlot, seenSlot, outcomeSlot, confirmSlot],
  next: (frame, view) => nextGap(frame, view),
  settle: (frame, _heard, view) =>
    frame.slots.confirm === 'day' ? emptied(frame, 'confirm', 'on') : taken(againTaken(frame, view)),
  absorb: (heard, frame, view) => retyped(heard, frame, view),
  finish: (frame, view, context) => storedLines(frame, view, context),
  onSilence: (frame, view, context) => ({ ...worriesOf(frame, view, context), replies: [] }),
  onCancel: (frame, view, context) => {
    const { commands } = worriesOf(frame, view, context);
    const kept = commands.length > 0 ? 'paper-lines.worries-kept' : 'dialog.cancelled';
    return { replies: [say(kept)], commands };
  },
};

function nextGap(frame: Frame, view: View): string | null {
  if (linesOf(frame).length === 0) return null;
  if (dayOf(frame) === null) return 'on';
  if (repeatedLines(frame, view).length > 0) return 'again';
  const line = openLine(frame);
  if (line) return isSeenOpen(line) ? 'seen' : 'outcome';
  return frame.slots.confirm === undefined ? 'confirm' : null;
}

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

/** Lines typed again replace the lines of the same number; what is known of their records stays known. */
function retyped(heard: Heard, frame: Frame, view: View): Frame | undefined {
  const found = linesIn(heard.text);
  const form = formOf(frame);
  if (!found || form === null) return undefined;
  const tripOn = parseLocalDate(form.tripOn) ?? view.today;
  const typed = linesOn({ tripOn, childIds: form.childIds }, found.lines, view, view.today);
  if (typed.length === 0) return undefined;
  const before = linesOf(frame);
  const again = typed.map((line) => {
    const old = before.find((l) => l.number === line.number);
    return old === undefined ? line : heldOnTo(line, old);
  });
  const kept = before.filter((line) => !again.some((l) => l.number === line.number));
  const lines = [...kept, ...again].sort((a, b) => a.number - b.number);
  return mirrored(emptied(filled(frame, 'lines', lines), 'confirm'));
}

/**
 * What was written first of a line is never written over by less: words that may speak of danger stay in its note with
 * the phrase that is asked about, and a worry becomes no 未发现异常.
 */
function heldOnTo(line: Line, old: Line): Line {
  const { reported, another, signal: first } = old;
  const known = { ...line, reported, another };
  if (first === null || old.note === null || line.note?.includes(old.note) === true) return known;
  const note = [old.note, ...(line.note === null ? [] : [line.note])].join('；').slice(0, NOTE_LIMIT);
  // Both phrases stand in the note; the one said first is asked about unless another was said now.
  return {
    ...known,
    note,
    signal: line.signal ?? first,
    outcome: line.outcome === 'none' ? null : line.outcome,
  };
}

/** 就是那条 leaves the line out; 是另一次 is remembered with it. */
function againTaken(frame: Frame, view: View): Frame {
  const { again } = frame.slots;
  const repeated = repeatedLines(frame, view);
  const [first] = repeated;
  if (again === undefined || !first) return frame;
  const isFirst = (line: Line): boolean => line.number === first.line.number;
  const isOnRecord = (line: Line): boolean =>
    again === ALL_SAME ? repeated.some((r) => r.line.number === line.number) : isFirst(line);
  const lines = linesOf(frame);
  const isSame = again === SAME_RECORD || again === ALL_SAME;
  const left = isSame
    ? lines.filter((line) => !isOnRecord(line))
    : lines.map((line) => (isFirst(line) ? { ...line, another: tellingOf(line, first.on) } : line));
  const settled = filled(emptied(frame, 'again'), 'lines', [...left]);
  return mirrored(isSame ? filled(settled, 'skipped', true) : settled);
}

/** The answer just given, put into the line it answers. */
function taken(frame: Frame): Frame {
  const { seen, outcome } = frame.slots;
  const line = openLine(frame);
  if (!line || (seen === undefined && outcome === undefined)) return frame;
  const reported = line.reported || (frame.slots.reported === true && frame.slots.child === line.child);
  const answered: Line =
    typeof seen === 'boolean'
      ? seenAs(line, seen)
      : { ...line, outcome: outcome as Line['outcome'], reported };
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
  const kept = line?.child === frame.slots.child ? frame : emptied(frame, 'reported');
  if (line === undefined || line.signal === null) return emptied(kept, 'signal', 'child', 'note');
  return { ...kept, slots: { ...kept.slots, signal: line.signal, child: line.child, note: line.note } };
}
