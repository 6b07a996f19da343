import type { Heard } from '../dialog/event.ts';
import type { CommandRun, Context } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { tellsOnlyAway, tellsReturn, withoutRoad } from '../understanding/away-words.ts';
import { whoRang } from '../understanding/intent.ts';
import { beginAskDanger } from './ask-danger.ts';
import { beginAway } from './away-told.ts';
import { beginBack } from './away.ts';
import { beginMendAway } from './mend-away.ts';
import { beginObstacle, toldAtOnce } from './obstacle.ts';
import { likelyChild } from './record-slots.ts';

/**
 * A child that is away or back, or a director who was kept out: danger in the same words is asked about first. Where the
 * words also tell of a meeting (其实没走，今天在村口碰到她), `meeting` is the record of it.
 */
export function keptAway(
  heard: Heard,
  view: View,
  context: Context,
  meeting: () => CommandRun,
): CommandRun | null {
  const returned = heard.intent === null && tellsReturn(heard.text) ? beginBack(heard, view) : null;
  const mended = heard.intent === null || heard.mode === 'elsewhere' ? beginMendAway(heard, view) : null;
  const one = mended ?? beginObstacle(heard, view) ?? returned;
  const isAway =
    one === null && (heard.intent === null || (whoRang(heard.text) === null && tellsOnlyAway(heard.text)));
  const frames = one === null ? (isAway ? [...beginAway(heard, view)].reverse() : []) : [one];
  if (frames.length === 0) return null;
  const met = mended !== null && heard.mode !== null ? (meeting().then ?? []) : [];
  // 路塌了 is the road; anything else that may be danger is asked about.
  const signal = heard.signals.find(({ quote }) => withoutRoad(heard.text).includes(quote));
  const asked = signal ? [beginAskDanger(signal.quote, heard.text, signal.of ?? likelyChild(heard))] : [];
  const told = one === null ? null : toldAtOnce(one, view, context);
  return told ? { ...told, then: asked } : { replies: [], commands: [], then: [...met, ...frames, ...asked] };
}
