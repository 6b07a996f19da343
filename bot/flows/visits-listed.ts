import { addDays } from '../../server/domain/local-date.ts';
import { timeSaid, type Appointment } from '../../server/domain/family/visit.ts';
import { missedLine, missedOptions } from '../../server/domain/family/missed-visit.ts';
import { commandOption, say, type Reply, type Say } from '../../server/domain/say.ts';
import { childOf, type View } from '../dialog/view.ts';
import { ownVisits, wishOptions } from './visit-answers.ts';

const LISTED = 5;

/** What stands first in 待办: the visits of today and tomorrow, what families would rather have, and days that passed. */
export function visitsReply(
  view: View,
): { readonly reply: Reply; readonly childIds: readonly string[] } | null {
  const all = ownVisits(view)
    .filter((one) => isListed(one, view))
    .slice(0, LISTED);
  if (all.length === 0) return null;
  const options = all.flatMap((one) => {
    if (one.wish !== null && one.state !== 'missed') return wishOptions(one);
    const child = childOf(view, one.childId);
    if (one.on < view.today) return child === undefined ? [] : missedOptions(child);
    const isNow = one.on === view.today && child !== undefined;
    return isNow ? [commandOption('visit', child.id, say('todo.visit', { name: child.name }))] : [];
  });
  const lines = all.map((one) => lineOf(one, view));
  return {
    reply: {
      ...say('todo.visits', { lines }),
      ...(options.length > 0 ? { options: options.slice(0, 7) } : {}),
    },
    childIds: all.map(({ childId }) => childId),
  };
}

function isListed({ childId, on, wish, state }: Appointment, view: View): boolean {
  if (childOf(view, childId) === undefined) return false;
  if (state === 'missed' || on < view.today) return true;
  return wish !== null || on <= addDays(view.today, 1);
}

function lineOf(one: Appointment, view: View): Say {
  const name = childOf(view, one.childId)?.name ?? '';
  if (one.on < view.today) return missedLine({ id: one.childId, name }, one);
  const vars = { child: name, when: timeSaid(one) };
  if (one.wish !== null) return say('todo.visit-wish', { ...vars, wish: timeSaid(one.wish) });
  return say(one.atHome ? 'todo.visit-at-home' : 'todo.visit-planned', vars);
}
