import type { Heard } from '../dialog/event.ts';
import type { CommandInput, CommandRun } from '../dialog/flow.ts';
import { textOf, topFrame, withTop, withoutTop, type Frame, type Session } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { isOwnRefusal, tellsOnlyAway, tellsReturn, withoutRoad } from '../understanding/away-words.ts';
import { whoRang } from '../understanding/intent.ts';
import { beginAskDanger } from './ask-danger.ts';
import { beginAway } from './away-told.ts';
import { beginBack } from './away.ts';
import { beginMendAway } from './mend-away.ts';
import { beginObstacle, toldAtOnce } from './obstacle.ts';
import { likelyChild } from './record-slots.ts';
import { withoutLine } from './trip-unmade.ts';
import { tripOf } from './trip-lines.ts';

type Saying = CommandInput & { readonly heard: Heard };

/**
 * A child that is away or back, or a director who was kept out: danger in the same words is asked about first. Where the
 * words also tell of a meeting (其实没走，今天在村口碰到她), `meeting` is the record of it.
 */
export function keptAway(saying: Saying, meeting: () => CommandRun): CommandRun | null {
  const { heard, view } = saying;
  const returned = heard.intent === null && tellsReturn(heard.text) ? beginBack(heard, view) : null;
  const mended = heard.intent === null || heard.mode === 'elsewhere' ? beginMendAway(heard, view) : null;
  const one = mended ?? beginObstacle(heard, view) ?? returned;
  const isAway =
    one === null && (heard.intent === null || (whoRang(heard.text) === null && tellsOnlyAway(heard.text)));
  const frames = one === null ? (isAway ? [...beginAway(heard, view)].reverse() : []) : [one];
  const [first] = frames;
  if (first === undefined) return null;
  const told = one === null ? null : refusedNow(one, saying);
  if (told !== null) return told;
  const met = mended !== null && heard.mode !== null ? (meeting().then ?? []) : [];
  return { replies: [], commands: [], then: [...met, ...frames, ...askedOf(first, heard)] };
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
  const signal = heard.signals.find(
    ({ quote }) => withoutRoad(heard.text).includes(quote) && !isOwnRefusal(quote, heard.text),
  );
  const child = typeof slots.child === 'string' ? slots.child : null;
  return signal ? [beginAskDanger(signal.quote, heard.text, signal.of ?? likelyChild(heard) ?? child)] : [];
}

/** The open trip without the child nobody came to; a visit that knows no child yet was this one. */
function withoutVisitTo(session: Session, child: string, view: View): Session {
  const top = topFrame(session);
  if (top?.flow === 'record-visit' && top.slots.child === undefined) return withoutTop(session);
  if (top?.flow !== 'record-trip') return session;
  const left = withoutLine(top, child, view);
  return tripOf(left, view).lines.length === 0 ? withoutTop(session) : withTop(session, left);
}
