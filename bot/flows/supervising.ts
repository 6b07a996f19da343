import { type CommandRun, type CommandWord } from '../dialog/flow.ts';
import { commandOption, say, type Reply, type Say } from '../../server/domain/say.ts';
import type { View } from '../dialog/view.ts';
import { handOverLines, overdueGroups } from '../../server/domain/caseload.ts';
import { pageOf } from './page.ts';
import { isTold } from './reports.ts';

const LINES_LIMIT = 30;

/** 逾期: overdue children by director, in the order of their names: nobody is ranked. */
export const overdueWord: CommandWord = {
  id: 'overdue',
  words: ['逾期', 'overdue'],
  allowed: isTold,
  run: ({ target, view }) =>
    view.countyTable === null ? overdueByDirector(target, view) : countyTable(view),
};

/** 台账: how many children by tier, and how many are owed something. */
export const ledgerWord: CommandWord = {
  id: 'ledger',
  words: ['台账', 'ledger'],
  allowed: isTold,
  run: ({ view }) => (view.countyTable === null ? ledger(view) : countyTable(view)),
};

/** 值班: who is on duty, with numbers to call. */
export const onDutyWord: CommandWord = {
  id: 'on-duty',
  words: ['值班', 'duty'],
  allowed: isTold,
  run: ({ view }) => {
    const lines = view.onDuty.map((p) =>
      say('on-duty.line', {
        role: say(`role.${p.role}`),
        name: p.name,
        phone: p.phone ?? say('on-duty.no-phone'),
      }),
    );
    return answer(say(lines.length > 0 ? 'on-duty.list' : 'on-duty.none', { lines }));
  },
};

/** 控制台: where to find it; it opens with its own issue. */
export const consoleWord: CommandWord = {
  id: 'console',
  words: ['控制台', 'console'],
  allowed: isTold,
  run: () => answer(say('console.not-open')),
};

function overdueByDirector(target: string | null, view: View): CommandRun {
  const overdue = view.caseload.filter((c) => c.standing.overdue.length > 0);
  if (overdue.length === 0) return answer(say('overdue.none', { area: view.areaName }));
  const page = pageOf(target, overdue.length, LINES_LIMIT);
  const shown = overdue.slice(page * LINES_LIMIT, (page + 1) * LINES_LIMIT);
  const left = overdue.length - page * LINES_LIMIT - shown.length;
  const more = left > 0 ? [commandOption('overdue', String(page + 1), say('dialog.more'))] : [];
  const list = say('overdue.list', {
    count: overdue.length,
    lines: overdueGroups(shown),
    rest: left > 0 ? [say('overdue.rest', { count: left })] : [],
  });
  return {
    replies: [{ ...list, options: more }],
    commands: [{ type: 'note-access', screen: 'overdue', childIds: shown.map((c) => c.id) }],
  };
}

function ledger(view: View): CommandRun {
  const count = (tier: string) => view.caseload.filter((c) => c.tier === tier).length;
  const overdue = view.caseload.filter((c) => c.standing.overdue.length > 0).length;
  return answer(
    say('ledger.counts', {
      area: view.areaName,
      total: view.caseload.length,
      high: count('high'),
      medium: count('medium'),
      low: count('low'),
      overdue,
      waiting: handOverLines(view.caseload),
    }),
  );
}

function countyTable(view: View): CommandRun {
  const rows = view.countyTable ?? [];
  const lines: Say[] = rows.map((r) =>
    say('overdue.township', { name: r.name, children: r.children, overdue: r.overdue }),
  );
  return answer(
    say('overdue.county', { area: view.areaName, count: rows.reduce((sum, r) => sum + r.overdue, 0), lines }),
  );
}

function answer(reply: Reply): CommandRun {
  return { replies: [reply], commands: [] };
}
