import { type CommandWord } from '../dialog/flow.ts';
import { commandOption, say, type Reply } from '../../server/domain/say.ts';
import { callRounds, callsReply } from '../../server/domain/waiting-call.ts';
import { onLeave } from './leave.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import type { CaseChild, View } from '../dialog/view.ts';
import { dueSoon } from './follow-up.ts';
import { pageOf } from './page.ts';
import { dueLineWithTry, recordOptions } from '../../server/domain/caseload.ts';

/** Children per page: with 更多 at most eight choices, so that a number always fits. */
const PER_PAGE = 7;

/** 待办: who is waiting, the overdue first. A line opens the record it asks for. */
export const todoWord: CommandWord = {
  id: 'todo',
  words: ['待办', '今日待办', '清单', 'todo', 'list'],
  allowed: (view) => view.role === 'director' || view.role === 'supervisor' || view.role === 'deputy',
  run: ({ target, view }) => {
    const waiting = waitingChildren(view);
    const due = dueSoon(view);
    const page = pageOf(target, waiting.length, PER_PAGE);
    const shown = waiting.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
    const followUps = page === 0 && due.lines.length > 0 ? [followUpsReply(due)] : [];
    const list = shown.length > 0 ? [listReply(shown, waiting.length, page, view.today)] : [];
    const calls = page === 0 ? callsReply(callRounds(view.calls, view.personId)) : null;
    const families = page === 0 ? waitingFamilies(view) : [];
    const replies = [...families, ...(calls === null ? [] : [calls]), ...followUps, ...list];
    const seen = [...new Set([...(page === 0 ? due.childIds : []), ...shown.map((c) => c.id)])];
    return {
      replies: replies.length > 0 ? replies : [emptyReply(view)],
      commands: seen.length === 0 ? [] : [{ type: 'note-access', screen: 'todo-list', childIds: seen }],
    };
  },
};

/** The children to whom something is owed, overdue first, then by due day. */
export function waitingChildren(view: View): readonly CaseChild[] {
  return view.caseload.filter((child) => child.standing.open.length + child.standing.overdue.length > 0);
}

function listReply(shown: readonly CaseChild[], total: number, page: number, today: LocalDate): Reply {
  const more =
    (page + 1) * PER_PAGE < total ? [commandOption('todo', String(page + 1), say('dialog.more'))] : [];
  const heading =
    page === 0
      ? say('todo.heading', { count: total })
      : say('todo.heading-page', { count: total, page: page + 1 });
  return {
    ...say('todo.list', { heading, lines: shown.map((child) => dueLineWithTry(child, today)) }),
    options: [...recordOptions(shown), ...more],
  };
}

function followUpsReply({ lines, options }: ReturnType<typeof dueSoon>): Reply {
  return { ...say('todo.follow-ups', { lines }), options };
}

/** How many families wait for an answer; who they are stands in 家里人. */
function waitingFamilies({ familyAsks = [] }: View): readonly Reply[] {
  if (familyAsks.length === 0) return [];
  const options = [commandOption('family-asks', null, say('family-asks.button'))];
  return [{ ...say('todo.families', { count: familyAsks.length }), options }];
}

function emptyReply(view: View): Reply {
  if (view.leave && view.leave.fromOn <= view.today) return onLeave(view);
  return say(view.caseload.length === 0 ? 'todo.no-children' : 'todo.nothing');
}
