import type { RecordContact } from '../../server/domain/commands.ts';
import { plain, say, type Reply } from '../../server/domain/say.ts';
import { childOf, type View } from '../dialog/view.ts';
import { awayOffered } from './away-offered.ts';
import { effectsOf } from './duty-effects.ts';
import { savedButtons } from './saved-buttons.ts';
import { common } from './trip-lines.ts';

/** Numbers choose among at most eight. */
const MOST_BUTTONS = 8;

/** What a trip did to the duties of each of its children, and what can be done with it now. */
export function savedReply(records: readonly RecordContact[], tripId: string, view: View): Reply {
  const name = (r: RecordContact): string => childOf(view, r.childId)?.name ?? '';
  const [on, mode] = [common(records.map((r) => r.takenOn)), common(records.map((r) => r.mode))];
  const lines = records.map((r) => {
    const child = childOf(view, r.childId);
    const said = { child: name(r), effects: child ? effectsOf(child, r, view) : [] };
    return on !== null && mode !== null
      ? say('trip.saved-line', said)
      : say('trip.saved-line-each', { ...said, on: r.takenOn, mode: say(`mode.${r.mode}`) });
  });
  const children = records.map((r) => plain(name(r)));
  return {
    ...(on === null || mode === null
      ? say('trip.saved-each', { children, lines })
      : say('trip.saved', { children, on, mode: say(`mode.${mode}`), lines })),
    options: [...savedButtons(records, tripId, view), ...records.flatMap((r) => awayOffered(r, view))].slice(
      0,
      MOST_BUTTONS,
    ),
  };
}
