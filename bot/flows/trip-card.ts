import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { say, type Say } from '../../server/domain/say.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { linesOf } from './lines-before.ts';
import { noteNow } from './note-now.ts';
import { metList } from './record-slots.ts';
import { shownSay, shownWords } from './shown-words.ts';
import { unlistedIn } from './unlisted.ts';
import {
  common,
  dayOf,
  kindOf,
  leftOutOf,
  modeOf,
  saidWrongIn,
  tripOf,
  type Trip,
  type TripLine,
} from './trip-lines.ts';

/** The card of a trip: what holds for all stands once above, what differs stands with each child. */
export function tripCard(frame: Frame, view: View): Say {
  const trip = tripOf(frame, view);
  const [on, mode] = sharedOf(trip);
  const general = textOf(frame, 'general');
  const head = [
    ...(on === null ? [] : [say('record.card-day', { on })]),
    ...(mode === null ? [] : [say('record.card-mode', { mode: say(`mode.${mode}`) })]),
    ...trip.lines.map((line) => cardLine(line, trip, view)),
    ...leftOutOf(frame, view).map((child) => say('trip.card-unmade', { child })),
    ...unlistedIn(frame).map((child) => say('trip.card-unlisted', { child })),
    ...saidWrongIn(frame, view).map((child) => say('trip.card-slip', { child })),
    ...(general === '' ? [] : [say('record.card-note', { note: shownWords(general) })]),
  ];
  return say('trip.card', {
    title: title(frame, view),
    lines: head,
    last:
      typeof frame.slots.signal === 'string'
        ? say('trip.last-question-signal')
        : say('trip.last-question', { count: trip.lines.length }),
  });
}

/** The day and the way that all children of the trip share. */
export function sharedOf(trip: Trip): readonly [Trip['on'], Trip['mode']] {
  return [
    common(trip.lines.map((line) => dayOf(line, trip))),
    common(trip.lines.map((line) => modeOf(line, trip))),
  ];
}

function title(frame: Frame, view: View): Say {
  const kind = kindOf(frame, view);
  if (kind === 'mixed') return say('trip.title-mixed');
  // Of one child that is left the card is that of a single record.
  if (tripOf(frame, view).lines.length === 1)
    return say(kind === 'contact' ? 'record.title-record-contact' : 'record.title-record-visit');
  return kind === 'contact' ? say('trip.title-contact') : say('trip.title-visit');
}

function cardLine(line: TripLine, trip: Trip, view: View): Say {
  const { childId, seen, met } = line;
  const own = noteNow(line.own, line.was ?? {}, linesOf(line, trip), view) ?? '';
  const [sharedOn, sharedMode] = sharedOf(trip);
  const [on, mode] = [dayOf(line, trip), modeOf(line, trip)];
  const parts = [
    ...(on === null || sharedOn !== null ? [] : [say('record.day-said', { on })]),
    ...(mode === null || sharedMode !== null ? [] : [say(`mode.${mode}`)]),
    ...(seen === null ? [] : [say(seen ? 'record.seen' : 'record.child-not-seen')]),
    ...metList(met.filter((who) => who !== CHILD_ITSELF)),
    ...(own === '' ? [] : [shownSay(own)]),
  ];
  return say('trip.card-line', { child: childOf(view, childId)?.name ?? '', parts });
}
