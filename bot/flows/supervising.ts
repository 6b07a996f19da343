import { type CommandRun, type CommandWord } from '../dialog/flow.ts';
import { commandOption, say, type Reply, type Say } from '../../server/domain/say.ts';
import { childOf, type ReportView, type View } from '../dialog/view.ts';
import { saidFile } from '../../server/domain/files/file-ref.ts';
import { childLabel } from './record-slots.ts';
import { handOverLines, overdueGroups } from '../../server/domain/caseload.ts';
import { pageOf } from './page.ts';

const LINES_LIMIT = 30;

const watches = (view: View): boolean => !['director', 'guardian', 'carer', 'stranger'].includes(view.role);

/** 逾期: overdue children by director, in the order of their names: nobody is ranked. */
export const overdueWord: CommandWord = {
  id: 'overdue',
  words: ['逾期', 'overdue'],
  allowed: watches,
  run: ({ target, view }) =>
    view.countyTable === null ? overdueByDirector(target, view) : countyTable(view),
};

/** 台账: how many children by tier, and how many are owed something. */
export const ledgerWord: CommandWord = {
  id: 'ledger',
  words: ['台账', 'ledger'],
  allowed: watches,
  run: ({ view }) => (view.countyTable === null ? ledger(view) : countyTable(view)),
};

/** 预警: the open reports this person was told of. Numbers only; the story comes with 查看. */
export const alertsWord: CommandWord = {
  id: 'alerts',
  words: ['预警', 'alerts'],
  allowed: watches,
  run: ({ view }) => {
    const waiting = handOverLines(view.caseload);
    if (view.reports.length === 0) return answer(say('alerts.none', { waiting }));
    const lines = view.reports.map((r) =>
      say(`alerts.line-${r.state}`, { number: r.number, at: r.openedAt, by: r.acknowledgedBy ?? '' }),
    );
    return answer({
      ...say('alerts.list', { lines, waiting }),
      options: view.reports.slice(0, 8).map((r) => viewOption(r)),
    });
  },
};

/** 查看 R-…: the story, for those who were told of the report. For anybody else it does not exist. */
export const viewWord: CommandWord = {
  id: 'view-report',
  words: ['查看', 'view'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: watches,
  run: ({ target, view }) => {
    const report = chosenReport(target, view);
    if (!report) return answer(notFound(target, view));
    const words = storyOf(report);
    const reply = say('view-report.story', {
      number: report.number,
      reporter: report.reporter === '' ? say(`reporter.${report.reporterKind}`) : report.reporter,
      at: report.openedAt,
      child: childName(report, view),
      words: words.length > 0 ? words : [say('view-report.no-words')],
      state: stateLine(report),
    });
    const options = report.state === 'open' ? [acknowledgeOption(report)] : [];
    return {
      replies: [{ ...reply, options, ...filesOf(report), urgent: true }],
      commands: [{ type: 'view-report', reportId: report.id, childId: report.childId }],
    };
  },
};

/** 收到 R-…: this person takes the report. From now on no page goes out. */
export const acknowledgeWord: CommandWord = {
  id: 'acknowledge',
  words: ['收到', 'received', 'ack'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: watches,
  run: ({ target, view }) => {
    const open = view.reports.filter((r) => r.state === 'open');
    const report = target === null && open.length === 1 ? open[0] : chosenReport(target, view);
    if (!report) return answer(notFound(target, view));
    if (report.state !== 'open')
      return answer({
        ...say('acknowledge.already', { number: report.number, by: report.acknowledgedBy ?? '' }),
        options: [viewOption(report)],
      });
    return {
      replies: [
        {
          ...say('acknowledge.done', { number: report.number }),
          options: [viewOption(report)],
          urgent: true,
        },
      ],
      commands: [{ type: 'acknowledge-report', reportId: report.id }],
    };
  },
};

/** 值班: who is on duty, with numbers to call. */
export const onDutyWord: CommandWord = {
  id: 'on-duty',
  words: ['值班', 'duty'],
  allowed: watches,
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
  allowed: watches,
  run: () => answer(say('console.not-open')),
};

/** The button of a page and of a list. */
export function viewOption(report: Pick<ReportView, 'id' | 'number'>) {
  return commandOption('view-report', report.id, say('alerts.view', { number: report.number }));
}

/** 收到, on a page: it carries its report and never expires. */
export function acknowledgeOption(report: Pick<ReportView, 'id' | 'number'>) {
  return commandOption('acknowledge', report.id, say('alerts.acknowledge', { number: report.number }));
}

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

function chosenReport(target: string | null, view: View): ReportView | undefined {
  if (target === null) return view.reports.length === 1 ? view.reports[0] : undefined;
  const wanted = target.normalize('NFKC').trim().toUpperCase();
  return view.reports.find(
    (r) => r.id === target || r.number === wanted || r.number.endsWith(`-${wanted.padStart(6, '0')}`),
  );
}

function notFound(target: string | null, view: View): Reply {
  if (target !== null) return say('alerts.not-yours');
  if (view.reports.length === 0) return say('alerts.none', { waiting: [] });
  return { ...say('alerts.which'), options: view.reports.slice(0, 8).map((r) => viewOption(r)) };
}

function childName(report: ReportView, view: View): Say {
  const child = childOf(view, report.childId);
  return child ? childLabel(child) : say('view-report.child-unknown');
}

function stateLine(report: ReportView): Say {
  return say(`view-report.state-${report.state}`, { by: report.acknowledgedBy ?? '' });
}

function answer(reply: Reply): CommandRun {
  return { replies: [reply], commands: [] };
}

/** What was said and sent, in the order of time. */
function storyOf(report: ReportView): readonly Say[] {
  const said = report.words.map(({ at, text }) => ({ at, line: say('view-report.words', { at, text }) }));
  const sent = report.sent.map(({ at, sent: one }) => ({
    at,
    line:
      one.kind === 'location'
        ? say('view-report.place', { at, place: one.place })
        : say('view-report.file', { at, name: saidFile(one.file).name }),
  }));
  return [...said, ...sent].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ line }) => line);
}

function filesOf(report: ReportView): Pick<Reply, 'files'> {
  const files = report.sent.flatMap(({ sent }) => (sent.kind === 'location' ? [] : [saidFile(sent.file)]));
  return files.length > 0 ? { files } : {};
}
