import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import type { Heard, HeardPart } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import { textOf, type Frame, type SlotValue } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { metInstead } from '../understanding/met.ts';
import { tellsMetBesides } from '../understanding/met-besides.ts';
import { withMoreWords } from './note-words.ts';
import { saysMore } from './record-words.ts';
import { withInstead } from './put-right.ts';
import { ownSignal } from './record-slots.ts';
import { SAME_RECORD } from './told-twice.ts';
import {
  changed,
  emptyLine,
  isUnreachedLine,
  lineOf,
  mayBeCalm,
  metAs,
  modeOf,
  seenAs,
  toldBefore,
  tripOf,
  withLines,
  type TripLine,
} from './trip-lines.ts';
import { lineTaken, reopened, withDayAndWay, withDayOfTrip } from './trip-days.ts';
import { askedAbout, namedIn } from './trip-slots.ts';
import { whichTaken, withChild } from './trip-names.ts';
import { ALL_TICKED } from './trip-ticks.ts';
import { strayTaken, withStrayWay } from './trip-stray.ts';
import { unmadeTaken, withoutUnmade } from './trip-unmade.ts';

/** Words so short correct a line and tell nothing besides. */
const LINE_WORDS = 8;

/** The frame after an answer: what was answered goes to the lines it is about, and the question is free again. */
export function settledTrip(frame: Frame, view: View): Frame {
  return [
    lineTaken,
    whichTaken,
    strayTaken,
    againTaken,
    unmadeTaken,
    seenTaken,
    unseenTaken,
    metTaken,
    noteTaken,
    changeTaken,
    worryTaken,
  ].reduce((settled, take) => take(settled, view), frame);
}

/** An answer may say more than was asked: a day is taken or asked about, a danger phrase noticed, nothing is lost. */
export function toldWithAnswer(frame: Frame, heard: Heard, view: View): Frame {
  const dated = namedIn(heard).length > 0 ? frame : withDayOfTrip(frame, heard, view);
  const isOfMeeting = ['seen', 'unseen', 'met'].includes(frame.asking ?? '');
  return isOfMeeting && saysMore(heard) ? noted(dated, heard, view) : withDanger(dated, heard, view);
}

function againTaken(frame: Frame, view: View): Frame {
  if (frame.slots.again !== SAME_RECORD) return frame;
  const { ids } = toldBefore(frame, view);
  const { lines } = tripOf(frame, view);
  return emptied(
    withLines(
      filled(frame, 'skipped', true),
      lines.filter((line) => !ids.includes(line.childId)),
    ),
    'again',
  );
}

function seenTaken(frame: Frame, view: View): Frame {
  const { seen } = frame.slots;
  if (seen === undefined || seen === 'some') return frame;
  const ids = askedAbout(frame, view, 'seen').map((line) => line.childId);
  return emptied(
    changed(frame, ids, (line) => seenAs(line, seen === 'yes')),
    'seen',
    ...redone(frame, 'seen'),
  );
}

function unseenTaken(frame: Frame, view: View): Frame {
  const { unseen } = frame.slots;
  if (unseen === undefined) return frame;
  if (unseen !== ALL_TICKED) {
    const ids = idsIn(unseen);
    return emptied(
      changed(frame, ids, (line) => seenAs(line, false)),
      'unseen',
    );
  }
  const rest = askedAbout(frame, view, 'seen').map((line) => line.childId);
  return emptied(
    changed(frame, rest, (line) => seenAs(line, true)),
    'unseen',
    'seen',
  );
}

function metTaken(frame: Frame, view: View): Frame {
  const { met } = frame.slots;
  if (met === undefined) return frame;
  const ids = askedAbout(frame, view, 'met').map((line) => line.childId);
  return emptied(
    changed(frame, ids, (line) => metAs(line, idsIn(met))),
    'met',
    ...redone(frame, 'met'),
  );
}

function noteTaken(frame: Frame): Frame {
  const { note, part } = frame.slots;
  if (note === undefined || frame.slots.redo !== 'note' || typeof part !== 'string') return frame;
  const text = typeof note === 'string' ? note : null;
  return emptied(
    changed(frame, [part], (line) => ({ ...line, note: text, own: text ?? '' })),
    'note',
    'redo',
    'part',
  );
}

/** The line that was corrected needs no more asking. */
function redone(frame: Frame, what: string): readonly string[] {
  return frame.slots.redo === what ? ['redo', 'part'] : [];
}

function changeTaken(frame: Frame): Frame {
  const { change, redo, part, whose } = frame.slots;
  const isTrips = change === 'on' || change === 'mode' || (whose !== undefined && change !== undefined);
  if (isTrips || redo === 'on' || redo === 'mode') return reopened(frame);
  if (typeof change === 'string') return emptied(filled(frame, 'part', change), 'change', 'outcome');
  if (redo !== 'remove' || typeof part !== 'string') return frame;
  const lines = ((frame.slots.lines ?? []) as unknown as readonly TripLine[]).filter(
    (line) => line.childId !== part,
  );
  return emptied(withLines(frame, lines), 'redo', 'part');
}

/** Who needs a second look: the children chosen, and on every trip those who were not seen. */
function worryTaken(frame: Frame, view: View): Frame {
  const { outcome, worried } = frame.slots;
  if (typeof outcome === 'string' && outcome.startsWith('add:'))
    return emptied(seenNow(withChild(frame, outcome.slice(4), null), outcome.slice(4)), 'outcome');
  if (outcome !== 'calm' && outcome !== 'some') return frame;
  const trip = tripOf(frame, view);
  const { lines, worry } = trip;
  const unseen = lines
    .filter((line) => !mayBeCalm(line, modeOf(line, trip)) && !isUnreachedLine(line, trip))
    .map((line) => line.childId);
  const ticked = Array.isArray(worried) ? idsIn(worried) : [];
  const all = filled(frame, 'worry', [...new Set([...worry, ...unseen, ...ticked])]);
  return Array.isArray(worried) ? emptied(all, 'worried') : all;
}

function seenNow(frame: Frame, childId: string): Frame {
  return changed(frame, [childId], (line) => seenAs(line, true));
}

function idsIn(value: SlotValue): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

/** Words that answer no question: on the card they correct the day, the way or a child, or add to the note of all. */
export function absorbedByTrip(heard: Heard, frame: Frame, view: View): Frame | undefined {
  const left = withoutUnmade(frame, heard, view);
  if (left !== null) return withDanger(left, heard, view);
  const instead = metInsteadOn(frame, heard, view);
  if (instead !== null) return instead;
  const stray = withStrayWay(frame, heard, view);
  if (stray !== null) return stray;
  const corrected = withWords(frame, heard, view);
  if (frame.asking !== 'outcome') {
    const told = withDanger(corrected, heard, view);
    return told === frame ? undefined : told;
  }
  if (/^(好的?|对的?|是的?|嗯+|可以|行|确认|没错|知道了|ok|yes)$/u.test(bareWord(heard.text)))
    return undefined;
  const isShort = heard.text.trim().length <= LINE_WORDS && heard.signals.length === 0;
  if (corrected !== frame && isShort) return corrected;
  if (corrected === frame && bareWord(heard.text).length < 5 && heard.signals.length === 0) return undefined;
  return noted(corrected, heard, view);
}

/** "不是奶奶，是她姑姑": on the line where it fits; which child it is is asked where several fit. */
function metInsteadOn(frame: Frame, heard: Heard, view: View): Frame | null {
  const instead = metInstead(heard.text);
  if (instead === null) return null;
  const named = namedIn(heard);
  const fitting = tripOf(frame, view).lines.filter(
    (line) =>
      line.met.some((who) => instead.not.includes(who)) &&
      (named.length === 0 || named.includes(line.childId)),
  );
  const [only, ...more] = fitting;
  if (only === undefined) return null;
  if (more.length > 0) return filled(frame, 'outcome', 'change');
  return changed(frame, [only.childId], (line) => ({ ...line, met: withInstead(line.met, instead) }));
}

/** The frame with the day, the way and the lines these words speak of. */
function withWords(frame: Frame, heard: Heard, view: View): Frame {
  if (heard.others === 'seen') return allSeenBut(frame, heard, view);
  let told = withDayAndWay(frame, heard, view);
  if (namedIn(heard).length === 0) return ofAll(told, heard, view);
  for (const part of partsIn(heard)) told = withPart(told, part, view);
  return told;
}

/** "除了辉辉，都见到了": the named ones were not seen, all the others were. */
function allSeenBut(frame: Frame, { mentions }: Heard, view: View): Frame {
  const ids = tripOf(frame, view).lines.map((line) => line.childId);
  const but = mentions.flatMap((m) => m.candidates.map((c) => c.childId)).filter((id) => ids.includes(id));
  if (but.length === 0) return frame;
  return ids.reduce((told, id) => changed(told, [id], (line) => seenAs(line, !but.includes(id))), frame);
}

/** "都见到了", "奶奶都在": said of every child of the trip. */
function ofAll(frame: Frame, heard: Heard, view: View): Frame {
  const ids = tripOf(frame, view).lines.map((line) => line.childId);
  const { seen, met } = heard;
  if (seen !== null && heard.text.includes('都')) return changed(frame, ids, (line) => seenAs(line, seen));
  return met.length > 0 && seen === null ? changed(frame, ids, (line) => metAs(line, met)) : frame;
}

/** A child that was not in the trip joins it when these words tell of a meeting with it. */
function withPart(frame: Frame, part: HeardPart, view: View): Frame {
  const { lines } = tripOf(frame, view);
  const isThere = lines.some((line) => line.childId === part.childId);
  const tells = part.seen !== null || part.met.length > 0;
  if (!isThere && !tells && !/还有|也|加/u.test(part.words)) return frame;
  const joined = isThere ? frame : withChild(frame, part.childId, part.words);
  const besides = !isThere && part.besides === true ? { besides: true } : {};
  return changed(joined, [part.childId], (line) => ({ ...withTold(line, part), ...besides }));
}

function withTold(line: TripLine, part: HeardPart): TripLine {
  const others = part.met.filter((who) => who !== CHILD_ITSELF);
  const met = others.length > 0 ? metAs(line, others) : line;
  return part.seen === null ? met : seenAs(met, part.seen);
}

/** What the words say of each child they name; one child alone is told by the whole of them. */
function partsIn(heard: Heard): readonly HeardPart[] {
  if (heard.parts.length > 0) return heard.parts;
  const { text, seen, met } = heard;
  const besides = tellsMetBesides(text);
  return namedIn(heard).map((childId) => ({
    ...{ childId, own: text, words: text, seen, met, nobody: false, besides },
  }));
}

/** The words in the note of the child they name, or of every child. */
function noted(frame: Frame, heard: Heard, view: View): Frame {
  const words = heard.text.trim();
  const named = namedIn(heard);
  const ids = named.length > 0 ? named : tripOf(frame, view).lines.map((line) => line.childId);
  const signalled = withSignal(frame, heard);
  const general = named.length > 0 ? signalled : saidOfAll(signalled, words);
  return changed(general, ids, (line) => ({
    ...line,
    note: withMoreWords(line.note, words),
    own: named.length === 1 ? withMoreWords(line.own, words) : line.own,
  }));
}

/** What was said of all children stands once on the card, and with each of them in the record. */
function saidOfAll(frame: Frame, words: string): Frame {
  return filled(frame, 'general', withMoreWords(textOf(frame, 'general'), words));
}

/** Words of danger in an answer that asked for something else: they stand in the note and on the card. */
function withDanger(frame: Frame, heard: Heard, view: View): Frame {
  if (heard.signals.length === 0) return frame;
  const { part, redo } = frame.slots;
  if (redo !== 'note' || typeof part !== 'string') return noted(frame, heard, view);
  return filled(withSignal(frame, heard), 'child', part); // the note itself is the answer
}

/** A phrase that may speak of danger stands on the card, with the child it was said of where that is certain. */
export function withSignal(frame: Frame, heard: Heard): Frame {
  const signal = ownSignal(heard);
  if (!signal) return frame;
  const of = heard.parts.filter((part) => part.own.includes(signal.quote));
  const [only, ...more] = of.length > 0 ? of.map((part) => part.childId) : namedIn(heard);
  const quoted = filled(filled(frame, 'signal', signal.quote), 'words', heard.text.trim());
  return only !== undefined && more.length === 0 ? filled(quoted, 'child', only) : emptied(quoted, 'child');
}

/** The lines of the children a sentence certainly names. */
export function linesIn(heard: Heard, note: string | null): readonly TripLine[] {
  if (heard.parts.length > 0) return heard.parts.map(lineOf);
  return namedIn(heard).map((childId) => emptyLine(childId, note));
}
