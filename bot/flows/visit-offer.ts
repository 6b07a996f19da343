import { parseLocalDate } from '../../server/domain/local-date.ts';
import {
  DAYPARTS,
  timeSaid,
  untold,
  type Appointment,
  type Daypart,
  type VisitTime,
} from '../../server/domain/family/visit.ts';
import type { ShownVisit } from '../../server/domain/family/visit-commands.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';

/** What is offered: the day and the homes, and of each that is not told by message why. */
export function offerOf(frame: Frame, view: View): Say {
  const children = namesOf(frame, view);
  const when = timeSaid(timeOf(frame));
  const before = knownBefore(frame, view);
  const offer =
    before !== undefined
      ? say('visit-plan.offer-change', { children, when, before: timeSaid(before) })
      : say(canTell(frame, view) ? 'visit-plan.offer' : 'visit-plan.offer-note', { children, when });
  const notes = notesOf(frame, view);
  return notes.length === 0 ? offer : say('visit-plan.with-notes', { offer, notes });
}

/** Why a home is not told; once where the same holds for all. */
function notesOf(frame: Frame, view: View): readonly Say[] {
  const children = childrenOf(frame, view);
  const whys = children.flatMap((child) => {
    const what = whyUntold(child, view);
    return what === null ? [] : [{ child: child.name, what }];
  });
  const [first] = whys;
  const isSame = whys.every(({ what }) => JSON.stringify(what) === JSON.stringify(first?.what));
  if (first !== undefined && isSame && whys.length === children.length) return [first.what];
  return whys.map((why) => say('visit-plan.of', why));
}

function whyUntold({ id }: CaseChild, view: View): Say | null {
  const reach = view.visits?.reach.get(id);
  const why = reach === undefined ? null : untold(reach);
  if (reach === undefined || why === null) return null;
  if (why !== 'nobody') return say('visit-plan.not-told-high');
  const { call } = reach;
  return call === null
    ? say('visit-plan.no-number')
    : say('visit-plan.call', { ...call, who: call.relation });
}

export function answersOf(frame: Frame, view: View): readonly ('tell' | 'note' | 'drop')[] {
  if (knownBefore(frame, view) !== undefined) return ['tell', 'drop'];
  return canTell(frame, view) ? ['tell', 'note', 'drop'] : ['note', 'drop'];
}

export function labelOf(code: string, frame: Frame, view: View): string {
  return knownBefore(frame, view) === undefined ? code : code === 'tell' ? 'change' : 'leave';
}

/** Whether a home gets a message; one that was told of a visit to a HIGH child hears of its change as well. */
export function canTell(frame: Frame, view: View, isKnown = false): boolean {
  return idsOf(frame).some((id) => {
    const reach = view.visits?.reach.get(id);
    return reach !== undefined && untold({ ...reach, high: reach.high && !isKnown }) === null;
  });
}

/** An appointment of these children that stands and that the family knows of. */
export function knownBefore(frame: Frame, view: View): Appointment | undefined {
  return idsOf(frame)
    .flatMap((id) => standing(id, view) ?? [])
    .find(({ told }) => told);
}

/** This person's own appointment for a child that is still to come. */
export function standing(childId: string, view: View): Appointment | undefined {
  return (view.visits?.appointments ?? []).find(
    (one) => one.childId === childId && one.directorId === view.personId && one.on >= view.today,
  );
}

/** This person's own appointments for a child whose day passed without a record. */
export function passed(childId: string, view: View): readonly ShownVisit[] {
  return (view.visits?.appointments ?? [])
    .filter((one) => one.childId === childId && one.directorId === view.personId && one.on < view.today)
    .map(({ id, rev }) => ({ id, rev }));
}

/** The day and the part of it that the frame holds. */
export function timeOf(frame: Frame): VisitTime {
  const on = parseLocalDate(textOf(frame, 'on'));
  if (on === null) throw new Error('an appointment without a day');
  const part: Daypart | null = DAYPARTS.find((one) => one === frame.slots.part) ?? null;
  return { on, part };
}

export function idsOf({ slots }: Frame): readonly string[] {
  return Array.isArray(slots.children) ? slots.children.filter((id) => typeof id === 'string') : [];
}

export function childrenOf(frame: Frame, view: View): readonly CaseChild[] {
  return idsOf(frame).flatMap((id) => childOf(view, id) ?? []);
}

export function namesOf(frame: Frame, view: View): readonly Say[] {
  return childrenOf(frame, view).map(({ name }) => plain(name));
}
