import { namesHamlet } from '../../server/domain/family/hamlet.ts';
import { withWish, type Wish } from '../../server/domain/route/plan-week.ts';
import { routeLines, routeOf, waitingAt, type Week } from '../../server/domain/route/route-lines.ts';
import { commandOption, plain, say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import { childOf, type View } from '../dialog/view.ts';
import { routeWords, type RouteWords } from '../understanding/route-words.ts';

/** The forms of so many days are one button away. */
const PRINT_OFFERED = 2;

/** 路线: a way through the days ahead, by hamlet. */
export const routeWord: CommandWord = {
  id: 'route',
  words: ['路线', '这周怎么走', 'route'],
  allowed: (view) => view.caseload.length > 0,
  run: ({ view }) =>
    view.week ? showRoute(view, view.week) : { replies: [say('dialog.lost')], commands: [] },
};

/** A wish about the way: remembered, and the way told anew. Undefined where the words name no place and no child. */
export function wishIn(heard: Heard, view: View): CommandRun | undefined {
  const words = view.week && routeWords(heard.text, heard.sentOn ?? view.today);
  if (!words) return undefined;
  const wish = wishOf(words, heard, view, view.week);
  if (!wish)
    return words.kind === 'go' && words.on > view.today ? unknownPlace(words.what, heard, view) : undefined;
  const wishes = withWish(view.week.wishes, wish, view.today);
  const shown = showRoute(view, { ...view.week, wishes }, heardAs(wish, view));
  return { ...shown, commands: [...shown.commands, { type: 'keep-route', wishes }] };
}

function wishOf(words: RouteWords, heard: Heard, view: View, week: Week): Wish | undefined {
  if (words.kind === 'day-off') return words;
  const { what, on } = words;
  const places = [...new Set(waitingAt(view.caseload, week).map((w) => w.place))];
  const place = places.find((p) => p === what) ?? places.find((p) => namesHamlet(what, p));
  if (place !== undefined) return { kind: 'place', place, on };
  const mention = heard.mentions.find((m) => m.certain && what.includes(m.quote));
  const childId = mention?.candidates[0]?.childId;
  return childId === undefined ? undefined : { kind: 'child', childId, on };
}

/** A plan for a place where nobody waits: told, unless the words may speak of danger. */
function unknownPlace(what: string, { signals, mentions }: Heard, view: View): CommandRun | undefined {
  const places = view.week ? [...new Set(waitingAt(view.caseload, view.week).map((w) => w.place))] : [];
  if (signals.length > 0 || mentions.length > 0 || places.length === 0) return undefined;
  return { replies: [say('route.unknown-place', { what, places: places.map(plain) })], commands: [] };
}

function heardAs(wish: Wish, view: View): Say {
  if (wish.kind === 'day-off') return say('route.heard-day-off', { on: wish.on });
  return wish.kind === 'place'
    ? say('route.heard-place', { what: wish.place, on: wish.on })
    : say('route.heard-child', { what: childOf(view, wish.childId)?.name ?? '', on: wish.on });
}

function showRoute(view: View, week: Week, heard?: Say): CommandRun {
  const waiting = waitingAt(view.caseload, week);
  if (waiting.length === 0) return { replies: [say('todo.nothing')], commands: [] };
  const route = routeOf(view.caseload, week);
  return {
    replies: [
      {
        ...say('route.route', {
          heard: heard ?? '',
          count: waiting.length,
          lines: routeLines(route, view.caseload),
        }),
        options: [
          ...route.days
            .slice(0, PRINT_OFFERED)
            .map(({ on }) => commandOption('print', on, say('paper.open', { on }))),
          commandOption('todo', null, say('menu.todo')),
        ],
      },
    ],
    commands: [{ type: 'note-access', screen: 'route', childIds: waiting.map((w) => w.childId) }],
  };
}
