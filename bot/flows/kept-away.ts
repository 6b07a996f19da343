import type { Heard } from '../dialog/event.ts';
import type { CommandInput, CommandRun } from '../dialog/flow.ts';
import { textOf, topFrame, withTop, withoutTop, type Frame, type Session } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { tellsOnlyAway, tellsReturn, withoutRoad } from '../understanding/away-words.ts';
import { beginAskDanger } from './ask-danger.ts';
import { beginAway, beginBack } from './away.ts';
import { beginMendAway } from './mend-away.ts';
import { beginObstacle, toldAtOnce } from './obstacle.ts';
import { certainChild } from './record-slots.ts';
import { withoutLine } from './trip-unmade.ts';
import { tripOf } from './trip-lines.ts';

type Saying = CommandInput & { readonly heard: Heard };

/** A child that is away or back, or a director who was kept out: danger in the same words is asked about first. */
export function keptAway(saying: Saying): CommandRun | null {
  const { heard, view } = saying;
  const returned = heard.intent === null && tellsReturn(heard.text) ? beginBack(heard, view) : null;
  const mended = heard.intent === null ? beginMendAway(heard, view) : null;
  const frame =
    mended ??
    beginObstacle(heard, view) ??
    returned ??
    (heard.intent === null || tellsOnlyAway(heard.text) ? beginAway(heard, view) : null);
  if (frame === null) return null;
  return refusedNow(frame, saying) ?? { replies: [], commands: [], then: [frame, ...askedOf(frame, heard)] };
}

/** 家人不让进 by whatever way it is told (走访 and 补录 as well): on record at once. Null for the rest. */
export function keptOutNow(saying: Saying): CommandRun | null {
  const frame = beginObstacle(saying.heard, saying.view);
  return frame === null ? null : refusedNow(frame, saying);
}

function refusedNow(frame: Frame, { heard, session, view, context }: Saying): CommandRun | null {
  const told = toldAtOnce(frame, view, context);
  if (told === null) return null;
  const left = withoutVisitTo(session, textOf(frame, 'child'), view);
  return { ...told, session: left, then: askedOf(frame, heard) };
}

/** 路塌了 is the road; anything else that may be danger is asked about. */
function askedOf({ slots }: Frame, heard: Heard): readonly Frame[] {
  const signal = heard.signals.find(({ quote }) => withoutRoad(heard.text).includes(quote));
  const child = typeof slots.child === 'string' ? slots.child : null;
  return signal ? [beginAskDanger(signal.quote, heard.text, signal.of ?? certainChild(heard) ?? child)] : [];
}

/** The open trip without the child nobody came to; a visit that knows no child yet was this one. */
function withoutVisitTo(session: Session, child: string, view: View): Session {
  const top = topFrame(session);
  if (top?.flow === 'record-visit' && top.slots.child === undefined) return withoutTop(session);
  if (top?.flow !== 'record-trip') return session;
  const left = withoutLine(top, child, view);
  return tripOf(left, view).lines.length === 0 ? withoutTop(session) : withTop(session, left);
}
