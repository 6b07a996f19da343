import type { Heard } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { unmadeOf } from './unmade-said.ts';
import { ALL_TICKED, UNMADE } from './trip-ticks.ts';
import { beginsWithOther } from './another-story.ts';
import {
  SAID_WRONG,
  dayOf,
  isCalled,
  modeOf,
  saidWrongIds,
  tripOf,
  withLines,
  type TripLine,
} from './trip-lines.ts';
import { plansAnother } from './visit-plan.ts';

/**
 * The trip without the children whose visit or call did not come about: "辉辉没去成" on the card. Where it is not said
 * which child, that is asked. Null where these words say nothing of the kind about this trip.
 */
export function withoutUnmade(frame: Frame, heard: Heard, view: View): Frame | null {
  const trip = tripOf(frame, view);
  const { ids, isOpen } = unmadeOf(heard, (by) =>
    trip.lines.filter((line) => by === 'visit' || isCalled(line, trip)).map((line) => line.childId),
  );
  if (ids.length === 0 && !isOpen) return null;
  // 刚才说去了辉辉家是说错了: nothing was in the way, and nobody is told how the next try is told.
  const isSaidWrong = (heard.unmade ?? []).some(({ slip }) => slip === true);
  const left = isSaidWrong ? withoutSlips(frame, ids, view) : withoutLines(frame, ids, view);
  return isOpen ? askingWhich(left) : left;
}

function withoutSlips(frame: Frame, ids: readonly string[], view: View): Frame {
  const left = ids.reduce((rest, id) => withoutLine(rest, id, view), frame);
  return filled(left, SAID_WRONG, [...new Set([...saidWrongIds(frame), ...ids])]);
}

/** The trip without this child: that nobody was let in is on record already, or it was named by a slip. */
export function withoutLine(frame: Frame, id: string, view: View): Frame {
  const lines = tripOf(frame, view).lines.filter((line) => line.childId !== id);
  return emptied(withLines(frame, lines), 'outcome');
}

/**
 * Whether these words are an obstacle of its own: they say of nobody but children outside the trip that they were not
 * visited, or of any child that its family lets nobody in.
 */
export function tellsOfOther(heard: Heard, frame: Frame, view: View): boolean {
  if ((heard.refusedBy ?? []).length > 0 && heard.seen !== true) return true;
  const ids = (heard.unmade ?? []).flatMap(({ candidates }) => candidates);
  const { lines } = tripOf(frame, view);
  if (ids.length > 0 && !lines.some((line) => ids.includes(line.childId))) return true;
  const visited = lines.map(({ childId }) => childId);
  if (plansAnother(heard, visited, view)) return true;
  return isOfOtherOccasion(heard, frame, view);
}

/**
 * 辉辉妈妈打电话来说…, told over the card of a walk: children who are not on the trip, reached by another way or on another
 * day than any of its lines, are a record of their own. So is a story that begins with a name nobody can be sure of.
 */
function isOfOtherOccasion(heard: Heard, frame: Frame, view: View): boolean {
  const trip = tripOf(frame, view);
  const ids = heard.mentions.flatMap(({ candidates }) => candidates.map(({ childId }) => childId));
  if (ids.length === 0 || trip.lines.some((line) => ids.includes(line.childId))) return false;
  if (heard.mentions.every(({ certain }) => !certain)) return beginsWithOther(heard, [], view);
  const differs = <T>(said: T | null, ofLine: (line: TripLine) => T | null): boolean => {
    const known = trip.lines.flatMap((line) => ofLine(line) ?? []);
    return said !== null && known.length > 0 && !(known as readonly unknown[]).includes(said);
  };
  return (
    differs(heard.mode, (line) => modeOf(line, trip)) || differs(heard.date.on, (line) => dayOf(line, trip))
  );
}

/** The trip, asking which of its children was not visited after all. */
export function askingWhich(frame: Frame): Frame {
  return emptied(filled(frame, UNMADE, 'some'), 'outcome');
}

/** What was ticked leaves the trip. */
export function unmadeTaken(frame: Frame, view: View): Frame {
  const ticked = frame.slots[UNMADE];
  if (ticked === ALL_TICKED) return emptied(frame, UNMADE);
  if (!Array.isArray(ticked)) return frame;
  const ids = ticked.filter((id) => typeof id === 'string');
  const left = withoutLines(frame, ids, view);
  return tripOf(left, view).lines.length === 0 ? emptied(left, UNMADE) : askingWhich(left);
}

function withoutLines(frame: Frame, ids: readonly string[], view: View): Frame {
  const { lines } = tripOf(frame, view);
  const left = withLines(
    frame,
    lines.filter((line) => !ids.includes(line.childId)),
  );
  const before = Array.isArray(frame.slots.leftOut) ? frame.slots.leftOut : [];
  return filled(left, 'leftOut', [...before, ...ids.filter((id) => !before.includes(id))]);
}
