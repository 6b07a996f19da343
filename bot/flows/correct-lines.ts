import { metInRecord } from '../../server/domain/attempt.ts';
import type { CorrectContact } from '../../server/domain/commands.ts';
import type { FiledRecord, Replaced } from '../../server/domain/filed-record.ts';
import { withoutOriginal } from '../../server/domain/original-words.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { filled } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { metKept } from './met-kept.ts';
import { noteNow, type Before } from './note-now.ts';
import { certainDay } from './record-day.ts';
import { metList, seenSlot, slotsOf } from './record-slots.ts';
import { shownWords } from './shown-words.ts';

type Corrected = Pick<CorrectContact, 'mode' | 'takenOn' | 'childSeen' | 'met' | 'nobodyMet' | 'note'>;

/** The record this correction is about, while it still holds. */
export function targetOf(frame: Frame, view: View): FiledRecord | undefined {
  return view.records.find((r) => r.id === frame.slots.record && r.replaced === null);
}

/** Who put this record right, or took it back, while it was being corrected here; null where nobody did. */
export function overtakenBy(frame: Frame, view: View): Replaced | null {
  return view.records.find((r) => r.id === frame.slots.record)?.replaced ?? null;
}

/** The same correction of the record that now stands in its place: what was said here is kept. Null where none stands. */
export function onNewest(frame: Frame, view: View): Frame | null {
  const before = view.records.find((r) => r.id === frame.slots.record);
  const newest = before && heirOf(before, view);
  if (!before || newest?.replaced !== null) return null;
  const was = withTarget({ ...frame, slots: { record: before.id } }, before);
  const changed = CORRECTED.filter((line) => !isSame(frame.slots[line], was.slots[line]));
  const kept = Object.fromEntries(
    [...changed, ...STAYS].flatMap((id) => (frame.slots[id] === undefined ? [] : [[id, frame.slots[id]]])),
  );
  const now = withTarget({ ...frame, slots: { record: newest.id } }, newest);
  return { ...now, asked: [], asking: null, slots: { ...now.slots, ...kept } };
}

function heirOf(record: FiledRecord, view: View): FiledRecord | undefined {
  if (record.replaced === null) return record;
  const later = view.records.find((r) => r.id === record.replaced?.byId);
  return later && heirOf(later, view);
}

const CORRECTED = ['on', 'mode', 'met', 'seen', 'note'] as const;
/** What was said besides the lines. */
const STAYS = ['mistake', 'outcome', 'reason', 'signal'] as const;

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The frame with the lines of the chosen record in it, to be changed one by one. */
export function withTarget(frame: Frame, target: FiledRecord | undefined): Frame {
  if (!target) return frame;
  const { childId, takenOn, mode, childSeen, note } = target;
  const seen = mode === 'phone' || childSeen === null ? {} : { seen: childSeen };
  // A day of any age may be put right: the record is there already.
  const slots = { child: childId, on: takenOn, mode, met: [...metKept(target)], ...seen, note, late: true };
  return { ...frame, slots: { ...frame.slots, ...slots } };
}

/** The frame with whatever these words say of a line: a day, how, whom one met, whether the child was seen. */
export function withLinesHeard(heard: Heard, frame: Frame, view: View): Frame {
  const day = certainDay(heard, view);
  const seen = heard.seen ?? seenSlot.read?.(heard, frame, view);
  let changed = frame;
  if (day !== null) changed = filled(changed, 'on', day);
  if (heard.mode !== null) changed = filled(changed, 'mode', heard.mode);
  if (heard.met.length > 0) changed = filled(changed, 'met', [...heard.met]);
  if (typeof seen === 'boolean' && changed.slots.mode !== 'phone') changed = filled(changed, 'seen', seen);
  return changed;
}

/** Whether two frames say different things. */
export function isChanged(before: Frame, after: Frame): boolean {
  return JSON.stringify(before.slots) !== JSON.stringify(after.slots);
}

/** What the frame would store in place of the record. */
export function correctedNow(frame: Frame, view: View, target: FiledRecord): Corrected {
  const { on, mode, met, seen, note } = slotsOf(frame, view);
  const how: Mode = mode ?? target.mode;
  const takenOn = on ?? target.takenOn;
  const lines = { child: target.childId, on: takenOn, mode: how, met: met ?? [], seen };
  // A note that was said anew is kept as it was said; what was kept behind the old one stands with the old record.
  const isSame = note === target.note;
  const held =
    note !== null && isSame ? noteNow(withoutOriginal(note), linesBefore(target), lines, view) : note;
  return { mode: how, takenOn, ...metInRecord({ mode: how, seen, met: met ?? [], note: held }) };
}

function linesBefore(target: FiledRecord): Before {
  const { childId, takenOn, mode, met, childSeen } = target;
  return { child: childId, on: takenOn, mode, met, seen: childSeen };
}

/** Every line that becomes another one, before and after; the one line that says so where all of it was a mistake. */
export function lineChanges(frame: Frame, view: View): readonly Say[] {
  const target = targetOf(frame, view);
  if (!target) return [];
  if (frame.slots.mistake === true) return [say('correct.all-of-it')];
  const note = target.note === null ? null : withoutOriginal(target.note);
  const before = linesOf({ ...target, note, met: metKept(target) });
  const now = correctedNow(frame, view, target);
  const after = linesOf({ ...now, met: metKept({ ...now, nobodyMet: now.nobodyMet === true }) });
  return after.flatMap(([line, text], index) => {
    const was = before[index]?.[1] ?? say('correct.empty');
    const same = JSON.stringify(was) === JSON.stringify(text);
    return same
      ? []
      : [
          say('correct.change', {
            line: say(`record.line-${line}`),
            before: shownLine(was),
            after: shownLine(text),
          }),
        ];
  });
}

/** The words of a note are compared as they stand, and shown as any card shows them. */
function shownLine(line: Say): Say {
  const note = line.key === 'correct.note' ? line.vars?.note : undefined;
  return typeof note === 'string' ? say('correct.note', { note: shownWords(note) }) : line;
}

type Lines = Pick<FiledRecord, 'takenOn' | 'mode' | 'met' | 'childSeen' | 'note'>;

function linesOf(record: Lines): readonly (readonly ['on' | 'mode' | 'met' | 'seen' | 'note', Say])[] {
  const { takenOn, mode, met, childSeen, note } = record;
  const seen =
    mode === 'phone' || childSeen === null ? 'correct.empty' : childSeen ? 'record.seen' : 'record.not-seen';
  return [
    ['on', say('correct.day', { on: takenOn })],
    ['mode', say(`mode.${mode}`)],
    ['met', met.length === 0 ? say('correct.empty') : say('correct.met', { met: metList(met) })],
    ['seen', say(seen)],
    ['note', note === null || note === '' ? say('correct.empty') : say('correct.note', { note })],
  ];
}
