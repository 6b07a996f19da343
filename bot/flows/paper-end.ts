import { metInRecord } from '../../server/domain/attempt.ts';
import type { Command, RecordContact } from '../../server/domain/commands.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Reply } from '../../server/domain/say.ts';
import { filled, type Context, type FlowEnd } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { afterRecord } from './after-record.ts';
import { beginConcerns } from './concern.ts';
import { effectsOf } from './duty-effects.ts';
import type { Line } from './paper-line.ts';
import { dayOf, formDay, linesOf, storedBefore } from './paper-typed.ts';
import { savedButtons } from './saved-buttons.ts';

/** A line with the record made of it. */
interface Made {
  readonly line: Line;
  readonly record: RecordContact;
}

/** All lines in one commit, as one trip, with one answer; for each worry its own conversation, the first child first. */
export function storedLines(frame: Frame, view: View, context: Context): FlowEnd {
  const on = dayOf(frame);
  if (on === null) return { replies: [say('dialog.lost')], commands: [] };
  const tripId = tripOf(frame) ?? context.newId();
  const made = linesOf(frame).flatMap((line) => madeOf(line, on, tripId, view, context));
  const records = made.map(({ record }) => record);
  const [first, ...others] = records.map(({ contactId, childId }) => ({ contactId, childId }));
  if (!first) return { replies: [say(nothingLeft(frame))], commands: [] };
  const asked = made.filter(({ line }) => !line.reported);
  return {
    replies: [savedReply(records, tripId, on, view)],
    commands: [...records, ...made.flatMap(({ line, record }) => (line.reported ? answered(record) : []))],
    saved: { ...first, filedAt: context.now.toISOString(), trip: { id: tripId, others } },
    then: [
      ...afterRecord(records, view, 'own'),
      ...beginConcerns(
        asked.flatMap(({ record: { concernId, childId, contactId } }) =>
          concernId === null ? [] : [{ concernId, childId, contactId }],
        ),
      ),
    ],
  };
}

/** What silence must not lose: lines with a worry are stored as they are, and somebody is asked to call. */
export function worriesOf(frame: Frame, view: View, context: Context): FlowEnd {
  const lines = linesOf(frame).map((line) => withReport(line, frame));
  const worried = lines.filter((line) => line.outcome === 'worried' || line.outcome === 'unsure');
  const formOn = formDay(frame);
  const on = dayOf(frame) ?? (formOn <= view.today ? formOn : view.today);
  const tripId = tripOf(frame) ?? context.newId();
  const commands = worried.flatMap((line) =>
    madeOf(line, on, tripId, view, context).flatMap(({ record }) => [
      record,
      ...answered(record, line.reported ? 'reported' : 'call-asked'),
    ]),
  );
  const calm = lines.filter((line) => !worried.includes(line));
  const stored = [...storedBefore(frame), ...worried.map(({ number }) => number)];
  const rest = filled(filled(filled(frame, 'lines', calm), 'trip', tripId), 'stored', stored);
  return { replies: [], commands, draft: calm.length === 0 ? null : rest };
}

/** The trip whose worried lines were stored before: the calm ones taken up later belong to it. */
function tripOf(frame: Frame): string | null {
  return textOf(frame, 'trip') || null;
}

/** A report opened from the question about this line is its worry, whether or not the question was answered after it. */
function withReport(line: Line, { slots }: Frame): Line {
  const isReported = slots.reported === true && slots.child === line.child && line.outcome === null;
  return isReported ? { ...line, outcome: 'worried', reported: true } : line;
}

function answered(
  { concernId }: RecordContact,
  answer: 'reported' | 'call-asked' = 'reported',
): readonly Command[] {
  return concernId === null ? [] : [{ type: 'answer-concern', concernId, answer, followUpOn: null }];
}

function madeOf(line: Line, on: LocalDate, tripId: string, view: View, context: Context): readonly Made[] {
  const child = childOf(view, line.child);
  if (!child) return [];
  const { mode, met, seen, note } = line;
  const outcome = line.outcome ?? 'unsure';
  const record: RecordContact = {
    type: 'record-contact',
    contactId: context.newId(),
    childId: child.id,
    mode,
    takenOn: on,
    ...metInRecord({ mode, seen, met, note }),
    outcome,
    concernId: outcome === 'none' ? null : context.newId(),
    tripId,
  };
  return [{ line, record }];
}

function nothingLeft({ slots }: Frame): string {
  return slots.skipped === true ? 'told-twice.not-twice' : 'trip.nobody-left';
}

function savedReply(records: readonly RecordContact[], tripId: string, on: LocalDate, view: View): Reply {
  const name = ({ childId }: RecordContact): string => childOf(view, childId)?.name ?? '';
  const lines = records.map((r) => {
    const child = childOf(view, r.childId);
    return say('trip.saved-line', { child: name(r), effects: child ? effectsOf(child, r, view) : [] });
  });
  return {
    ...say('paper-lines.saved', { children: records.map((r) => plain(name(r))), on, lines }),
    options: savedButtons(records, tripId, view),
  };
}
