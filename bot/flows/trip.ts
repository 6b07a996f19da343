import { z } from 'zod';
import { CHILD_ITSELF, NOBODY, metInRecord } from '../../server/domain/attempt.ts';
import type { Command, ContactOutcome, RecordContact } from '../../server/domain/commands.ts';
import { plain, say, type Reply } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, type Choice, type Context, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import type { Frame, SlotValue } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { afterRecord } from './after-record.ts';
import { beginConcerns } from './concern.ts';
import { noteOfLine, rememberingEach } from './lines-before.ts';
import { urgentOption } from './open-report.ts';
import { sharedOf, tripCard } from './trip-card.ts';
import {
  dayOf,
  isLockedDoor,
  isUnreachedLine,
  leftOutOf,
  mayBeCalm,
  modeOf,
  saidWrongIn,
  siblingsOf,
  toldBefore,
  tripOf,
  type TripLine,
} from './trip-lines.ts';
import {
  askedAbout,
  lineDaySlot,
  lineModeSlot,
  openLine,
  redoSlot,
  tripAgainSlot,
  tripChangeSlot,
  tripDaySlot,
  tripMetSlot,
  tripModeSlot,
  tripNoteSlot,
  tripSeenSlot,
  unclearOf,
  whichSlot,
} from './trip-slots.ts';
import { CONCERN_ON_RECORD, concernOfLine } from './worries-before.ts';
import { savedReply } from './trip-saved.ts';
import { TRY_AGAIN, saysTryAgain, tryAgainChoice } from './try-again.ts';
import { unlistedReplies } from './unlisted.ts';
import { isWayAstray, whoseWaySlot } from './trip-stray.ts';
import { UNMADE, degreeSlot, unmadeSlot, unseenSlot, worriedSlot } from './trip-ticks.ts';
import { tellsOfOther } from './trip-unmade.ts';
import { absorbedByTrip, linesIn, settledTrip, toldWithAnswer, withSignal } from './trip-words.ts';

const PATIENCE_MS = 72 * 3_600_000;
/** So many brothers and sisters are offered on a card. */
const SIBLINGS_OFFERED = 2;

/** The card of a trip: every child with what was understood of it, and the question that is always asked. */
const tripOutcomeSlot: Slot = {
  id: 'outcome',
  schema: z.string().max(60),
  ask: (frame, view) => tripCard(frame, view),
  choices: (frame, view) => {
    const trip = tripOf(frame, view);
    const { lines } = trip;
    const calm = lines.filter((line) => mayBeCalm(line, modeOf(line, trip)));
    const calmLabel = calm.length === lines.length ? 'trip.all-calm' : 'trip.seen-calm';
    return [
      ...(calm.length === 0 ? [] : [{ code: 'calm', value: 'calm', label: say(calmLabel) }]),
      ...(lines.every((line) => isLockedDoor(line, trip)) ? [tryAgainChoice()] : []),
      { code: 'some', value: 'some', label: say('trip.some-worry') },
      { code: 'change', value: 'change', label: say('record.change') },
      ...siblingChoices(frame, view),
      ...(typeof frame.slots.signal === 'string' ? [dangerChoice()] : []),
    ];
  },
  shows: (frame, view) => ({
    screen: 'record-card',
    childIds: tripOf(frame, view).lines.map((line) => line.childId),
  }),
  missed: 'record.choose-below',
  read: (heard, frame, view) => {
    const word = bareWord(heard.text);
    const trip = tripOf(frame, view);
    const isCalm = /^(都|见到的都)?(未发现异常|没有?异常)$|^都(很|挺)?好$|^nothing unusual found$/u.test(
      word,
    );
    if (saysTryAgain(heard) && trip.lines.every((line) => isLockedDoor(line, trip))) return TRY_AGAIN;
    if (isCalm && trip.lines.some((line) => mayBeCalm(line, modeOf(line, trip)))) return 'calm';
    if (/^(有(孩子|人)?(让我)?担心|有点担心|担心|不确定|说不准|worried|unsure)$/u.test(word)) return 'some';
    return /^(改|改一处|不对|错了|change)$/u.test(word) ? 'change' : undefined;
  },
};

function dangerChoice(): Choice {
  return { code: 'urgent', value: 'some', label: say('menu.urgent'), command: urgentOption().id };
}

/** "王家欣也见到了": a brother or sister of the same home, offered and never assumed. */
function siblingChoices(frame: Frame, view: View): readonly Choice[] {
  if (sharedOf(tripOf(frame, view))[1] !== 'home') return [];
  const ids = tripOf(frame, view).lines.map((line) => line.childId);
  return siblingsOf(ids, view)
    .slice(0, SIBLINGS_OFFERED)
    .map(({ id, name }) => ({
      code: id,
      value: `add:${id}`,
      label: say('trip.sibling-too', { child: name }),
    }));
}

/** One trip to several children: one card, one last question, one commit. */
export const recordTrip: Flow = {
  id: 'record-trip',
  version: 1,
  keepsDraft: true,
  patienceMs: PATIENCE_MS,
  slots: [
    whichSlot,
    whoseWaySlot,
    tripDaySlot,
    tripModeSlot,
    lineDaySlot,
    lineModeSlot,
    tripAgainSlot,
    unmadeSlot,
    tripSeenSlot,
    unseenSlot,
    tripMetSlot,
    tripNoteSlot,
    tripOutcomeSlot,
    tripChangeSlot,
    redoSlot,
    worriedSlot,
    degreeSlot,
  ],
  next: (frame, view) => nextGap(frame, view),
  settle: (frame, heard, view) =>
    rememberingEach(
      frame,
      settledTrip(heard === null ? frame : toldWithAnswer(frame, heard, view), view),
      view,
    ),
  tellsOfAnother: (heard, frame, view) => tellsOfOther(heard, frame, view),
  absorb: (heard, frame, view) => {
    const told = absorbedByTrip(heard, frame, view);
    return told && rememberingEach(frame, told, view);
  },
  onSilence: () => ({ replies: [], commands: [] }),
  finish: (frame, view, context) => finish(frame, view, context),
};

function nextGap(frame: Frame, view: View): string | null {
  const { slots } = frame;
  if (unclearOf(frame).length > 0) return 'which';
  const { lines } = tripOf(frame, view);
  if (lines.length === 0) return null;
  if (isWayAstray(frame)) return 'whose-way';
  if (slots[UNMADE] === 'some') return UNMADE;
  for (const id of ['on', 'mode'] as const) {
    if (slots[id] === undefined && lines.some((line) => line[id] === undefined)) return id;
    if (openLine(frame, view, id)) return `${id}-of`;
  }
  const told = toldBefore(frame, view);
  if (told.ids.length > 0 && slots.again !== told.key) return 'again';
  if (typeof slots.part === 'string' && slots.redo === undefined) return 'redo';
  if (askedAbout(frame, view, 'seen').length > 0) return slots.seen === 'some' ? 'unseen' : 'seen';
  if (askedAbout(frame, view, 'met').length > 0) return 'met';
  if (slots.redo === 'note') return 'note';
  if (slots.outcome === 'change') return 'change';
  const trip = tripOf(frame, view);
  if (lines.every((line) => isUnreachedLine(line, trip)) && typeof slots.signal !== 'string') return null;
  if (slots.outcome === undefined) return 'outcome';
  return lastGap(frame, view);
}

/** After the last question: who it is about, and how strong the worry is. */
function lastGap(frame: Frame, view: View): string | null {
  const { outcome, worried, degree } = frame.slots;
  const { lines, worry } = tripOf(frame, view);
  const isTicking = outcome === 'some' && worried === undefined && worry.length < lines.length;
  if (isTicking) return 'worried';
  return worry.length > 0 && degree === undefined ? 'degree' : null;
}

function finish(frame: Frame, view: View, context: Context): FlowEnd {
  const trip = tripOf(frame, view);
  const { lines, worry } = trip;
  const left = [...notMade(frame, view), ...unlistedReplies(frame, view, 'lost')];
  if (lines.length === 0) {
    const isTold = frame.slots.skipped === true;
    const isSaidWrong = saidWrongIn(frame, view).length > 0;
    const nobody = say(isTold ? 'told-twice.not-twice' : isSaidWrong ? 'trip.slip' : 'trip.nobody-left');
    return { replies: left.length > 0 && !isTold && !isSaidWrong ? left : [nobody, ...left], commands: [] };
  }
  const isOpen = lines.some((line) => dayOf(line, trip) === null || modeOf(line, trip) === null);
  if (isOpen) return { replies: [say('dialog.lost')], commands: [] };
  const tripId = context.newId();
  const reported = frame.slots.reported === true ? frame.slots.child : null;
  const outcomeOf = ({ childId }: TripLine): ContactOutcome =>
    worry.includes(childId) ? degreeOf(frame) : childId === reported ? 'worried' : 'none';
  const records = lines.map((line): RecordContact => {
    const outcome = outcomeOf(line);
    const [on, mode] = [dayOf(line, trip) ?? view.today, modeOf(line, trip) ?? 'home'];
    return {
      type: 'record-contact',
      contactId: context.newId(),
      childId: line.childId,
      mode,
      takenOn: on,
      ...metInRecord({ ...line, mode, note: noteOfLine(line, trip, view) }),
      outcome,
      ...concernOfLine(line.childId, outcome, frame, context),
      tripId,
    };
  });
  const end = ended(records, tripId, reported, view, context);
  return { ...end, replies: [...left, ...end.replies] };
}

/** Who was not visited after all, and how the next try is told; nothing where there is nobody. */
function notMade(frame: Frame, view: View): readonly Reply[] {
  const [first, ...more] = leftOutOf(frame, view);
  if (first === undefined) return [];
  return [say('trip.not-reached', { children: [first, ...more].map(plain), first })];
}

function degreeOf({ slots }: Frame): ContactOutcome {
  if (slots.degree === TRY_AGAIN) return 'none';
  return slots.degree === 'worried' ? 'worried' : 'unsure';
}

/** All records in one commit, one answer, and one conversation about all worries. */
function ended(
  records: readonly RecordContact[],
  tripId: string,
  reported: SlotValue | undefined,
  view: View,
  context: Context,
): FlowEnd {
  const [first, ...others] = records.map(({ contactId, childId }) => ({ contactId, childId }));
  const concerns = records.flatMap((r) => (r.concernId === null ? [] : [{ ...r, concernId: r.concernId }]));
  // The red button was pressed on this very card: that worry is answered, nothing is asked twice.
  const answered: Command[] = concerns
    .filter((r) => r.childId === reported)
    .map((r) => ({ type: 'answer-concern', concernId: r.concernId, answer: 'reported', followUpOn: null }));
  return {
    replies: [savedReply(records, tripId, view)],
    commands: [...records, ...answered],
    ...(first
      ? { saved: { ...first, filedAt: context.now.toISOString(), trip: { id: tripId, others } } }
      : {}),
    then: [
      ...afterRecord(records, view),
      ...beginConcerns(concerns.filter((r) => r.childId !== reported && r.concernOnRecord !== true)),
    ],
  };
}

/** How a trip begins: one sentence that names several children. */
export function beginTrip(
  heard: Heard,
  told: {
    readonly kind: 'visit' | 'contact';
    readonly on: string | null;
    readonly mode: string | null;
    readonly isLate: boolean;
    readonly note: string | null;
    /** Nobody said the day: it may give way to one that is said. */
    readonly assumed?: boolean;
    /** What is known of each child already, where it was told of several days or ways. */
    readonly lines?: readonly TripLine[];
  },
): Frame {
  const doubtful = heard.mentions.filter((m) => !m.certain);
  const unclear = [
    ...doubtful
      .filter((m, n) => doubtful.findIndex(({ quote }) => quote === m.quote) === n)
      .map((m) => ({ quote: m.quote, candidates: m.candidates.map((c) => c.childId) })),
    ...heard.unresolved.map((quote) => ({ quote, candidates: [] })),
  ];
  const frame = begin(recordTrip, {
    kind: told.kind,
    lines: (told.lines ?? linesIn(heard, told.note)) as unknown as SlotValue,
    unclear,
    words: told.note,
    ...(unclear.length > 0 ? { said: heard.text } : {}),
    ...(heard.ofAll === undefined || heard.ofAll === '' ? {} : { general: heard.ofAll }),
    ...(told.assumed === true ? { assumed: true } : {}),
    ...(told.on === null ? {} : { on: told.on }),
    ...(told.mode === null ? {} : { mode: told.mode }),
    ...(told.isLate ? { late: true } : {}),
  });
  return withSignal(frame, heard);
}

/** A single record becomes a trip with a brother or sister of the same home. */
export function tripWith(slots: Frame['slots'], line: TripLine, siblingId: string): Frame {
  const sibling: TripLine = {
    childId: siblingId,
    seen: true,
    met: [...line.met.filter((who) => who !== CHILD_ITSELF && who !== NOBODY), CHILD_ITSELF],
    note: line.note,
    own: '',
  };
  return begin(recordTrip, {
    kind: 'visit',
    lines: [line, sibling] as unknown as SlotValue,
    unclear: [],
    words: line.note,
    on: slots.on ?? null,
    mode: slots.mode ?? null,
    ...(slots.assumed === true ? { assumed: true } : {}),
    ...(slots.signal === undefined ? {} : { signal: slots.signal, child: line.childId }),
    ...(slots.reported === undefined ? {} : { reported: slots.reported }),
    ...(slots[CONCERN_ON_RECORD] === undefined
      ? {}
      : { [CONCERN_ON_RECORD]: slots[CONCERN_ON_RECORD], worriedChild: line.childId }),
  });
}
