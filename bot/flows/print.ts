import { namesHamlet } from '../../server/domain/family/hamlet.ts';
import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { CHILDREN_PER_SHEET, sheetOf, type SheetChild } from '../../server/domain/paper/sheet.ts';
import { routeOf, waitingAt, type Week } from '../../server/domain/route/route-lines.ts';
import { say, type Reply } from '../../server/domain/say.ts';

import type { CommandInput, CommandRun, CommandWord, Context } from '../dialog/flow.ts';
import { childOf, type View } from '../dialog/view.ts';
import { comingDay } from '../understanding/coming-day.ts';

/** 打印: a paper form for a trip without a signal: the next day of the way, a day, a place, or children by name. */
export const printWord: CommandWord = {
  id: 'print',
  words: ['打印', '打印走访表', 'print'],
  takesRest: 'after-break',
  allowed: (view) => view.caseload.length > 0,
  run: (input) => {
    const { view, context } = input;
    if (!view.week) return { replies: [say('dialog.lost')], commands: [] };
    const trip = tripOf(input, view.week);
    return trip.childIds.length === 0
      ? { replies: [say('paper.nobody')], commands: [] }
      : printed(trip, view, view.week, context);
  },
};

interface Trip {
  readonly on: LocalDate;
  readonly childIds: readonly string[];
}

function tripOf({ target, heard, view }: CommandInput, week: Week): Trip {
  const { days } = routeOf(view.caseload, week);
  const dayOf = (on: LocalDate): Trip => ({
    on,
    childIds: days.find((d) => d.on === on)?.stops.flatMap((stop) => stop.childIds) ?? [],
  });
  const named = (heard?.mentions ?? []).flatMap((m) => (m.certain ? (m.candidates[0]?.childId ?? []) : []));
  const first = days[0]?.on ?? view.today;
  if (named.length > 0) return { on: view.today, childIds: [...new Set(named)] };
  if (target === null) return dayOf(first);
  const on = parseLocalDate(target) ?? comingDay(target, view.today)?.on;
  if (on !== undefined) return dayOf(on);
  const there = waitingAt(view.caseload, week).filter((w) => namesHamlet(target, w.place));
  return { on: first, childIds: there.map((w) => w.childId) };
}

function printed({ on, childIds }: Trip, view: View, week: Week, context: Context): CommandRun {
  const children = childIds.slice(0, CHILDREN_PER_SHEET).flatMap((id): SheetChild[] => {
    const child = childOf(view, id);
    return child ? [{ child, place: week.hamlets.get(id) ?? child.village }] : [];
  });
  const ids = children.map(({ child }) => child.id);
  const fileId = context.newId();
  const missing = childIds.length - ids.length;
  const reply: Reply = {
    ...say('paper.ready', {
      on,
      count: ids.length,
      names: children.map(({ child }, n) => say('paper.numbered', { number: n + 1, name: child.name })),
      rest: missing === 0 ? '' : say('paper.rest', { limit: CHILDREN_PER_SHEET, count: missing }),
    }),
    files: [{ id: fileId, name: say('paper.file-name', { on }), mime: 'application/pdf' }],
  };
  return {
    replies: [reply],
    commands: [
      { type: 'note-access', screen: 'paper-form', childIds: ids },
      {
        type: 'print-form',
        formId: context.newId(),
        fileId,
        tripOn: on,
        childIds: ids,
        sheet: sheetOf(children, on, view.name),
      },
    ],
  };
}
