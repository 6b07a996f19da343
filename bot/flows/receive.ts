import type { Sent } from '../../server/domain/files/file-ref.ts';
import { say } from '../../server/domain/say.ts';
import { begin, filled, type CommandRun, type Receiving } from '../dialog/flow.ts';
import { textOf, topFrame, withTop, type Frame, type Session } from '../dialog/session.ts';
import { isFamily, type View } from '../dialog/view.ts';
import { concern, worriesOf } from './concern.ts';
import { ASK_WHOM, openReport, urgentOption } from './open-report.ts';
import { placeSent } from './place-sent.ts';
import { isQuiet, NOT_KNOWN } from './report-questions.ts';
import { recordContact } from './record-contact.ts';
import { recordVisit } from './record-visit.ts';
import { sentNames, withSent } from './sent.ts';
import { voiceNote } from './voice-note.ts';

const RECORDS: readonly string[] = [recordVisit.id, recordContact.id];
const COLLECTING: readonly string[] = [...RECORDS, voiceNote.id, placeSent.id];

/**
 * A voice message, a photo or a place: it belongs to the report or record that is being told; otherwise a voice message
 * begins a record, and the others are asked about once.
 */
export function receive({ sent, session, view }: Receiving): CommandRun {
  const top = topFrame(session);
  if (top?.flow === openReport.id) return toReport(session, top, sent, view);
  if (isFamily(view)) return fromFamily(sent, view, top?.flow === ASK_WHOM);
  if (top?.flow === concern.id) return toWorry(session, top, sent);
  if (top && COLLECTING.includes(top.flow) && !needsRecord(top, sent)) return toPresent(session, top, sent);
  if (view.caseload.length === 0)
    return {
      replies: [say('voice.no-caseload')],
      commands: [{ type: 'attach-to-child', childId: null, sent }],
    };
  const flow = sent.kind === 'voice' ? voiceNote : placeSent;
  return { replies: [], commands: [], then: [withSent(begin(flow, {}), sent)] };
}

/** A voice message said while a photo waits for its child is a record of its own. */
function needsRecord(top: Frame, sent: Sent): boolean {
  return top.flow === placeSent.id && sent.kind === 'voice';
}

/** A voice message counts as the note of the record it belongs to; the note is not asked for any more. */
function toPresent(session: Session, top: Frame, sent: Sent): CommandRun {
  const more = withSent(top, sent);
  const isNote = sent.kind === 'voice' && RECORDS.includes(top.flow) && top.slots.note === undefined;
  const noted = isNote ? filled(more, 'note', null) : more;
  return {
    session: withTop(session, { ...noted, asking: null }),
    replies: [],
    because: say('voice.kept', { sent: sentNames([sent]) }),
    commands: [],
  };
}

/** Somebody may be looking on: it goes with the record quietly, and no child is named or asked for. */
function toWorry(session: Session, top: Frame, sent: Sent): CommandRun {
  const [worry] = worriesOf(top);
  const childId = worry?.childId ?? null;
  const contactId = worry?.contactId ?? null;
  const { lastSaved } = session;
  const isSpoken = sent.kind === 'voice' && lastSaved !== null && lastSaved.contactId === contactId;
  return {
    ...(isSpoken ? { session: { ...session, lastSaved: { ...lastSaved, voice: true as const } } } : {}),
    replies: [],
    because: say('voice.kept', { sent: sentNames([sent]) }),
    commands: [
      childId !== null && contactId !== null
        ? { type: 'attach-to-record', contactId, childId, sent }
        : { type: 'attach-to-child', childId, sent },
    ],
  };
}

/** Nobody is asked for it, and nobody judges it: it is a line of the story, for those who were told. */
function toReport(session: Session, top: Frame, sent: Sent, view: View): CommandRun {
  const [reportId, number] = [textOf(top, 'reportId'), textOf(top, 'number')];
  const told = filled(top, 'told', true);
  // A place that was sent is where it is: nobody is asked for it in words.
  const located = sent.kind === 'location' ? filled(told, 'place', NOT_KNOWN) : told;
  return {
    session: withTop(session, { ...located, asking: null }),
    replies: [],
    because: say(isQuiet(top, view) ? 'open-report.added-quiet' : 'open-report.added', { number }),
    commands: [{ type: 'attach-to-report', reportId, number, sent }],
  };
}

/** A family hears at once that a person will listen; danger has a shorter way. */
function fromFamily(sent: Sent, { ownReports = [] }: View, hasAsked: boolean): CommandRun {
  const reply = { ...say(`voice.family-${sent.kind}`), options: [urgentOption()] };
  const keptFrom = [...new Set(ownReports.flatMap(({ excludedIds }) => excludedIds))];
  const afterHelp = hasAsked || ownReports.length > 0;
  return { replies: [reply], commands: [{ type: 'keep-for-listening', sent, afterHelp, keptFrom }] };
}
