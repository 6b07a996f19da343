import { reportAnswers } from '../server/domain/report/answers.ts';
import { missingOf } from '../server/domain/report/missing.ts';
import { stepOf } from '../server/domain/report/steps.ts';
import type { FileRef } from '../server/domain/files/file-ref.ts';
import type { NoticeChild } from '../server/domain/report/notice.ts';
import type { Callable, LoadedReport } from '../server/services/loaded.ts';
import { ladderOf } from '../server/services/report-ladder.ts';
import type { ReportView } from './dialog/view.ts';

/** Whoever the views of these reports name. */
export function namedIn(reports: readonly LoadedReport[]): readonly string[] {
  return reports.flatMap(({ report, entries }) =>
    [
      report.acknowledgedBy,
      report.reporterId,
      ...entries.filter((e) => e.kind === 'step').map((e) => e.byId),
    ].flatMap((id) => (id === null ? [] : [id])),
  );
}

/** A report as those who were told of it read it. */
export function reportView(
  { report, entries }: LoadedReport,
  people: ReadonlyMap<string, Callable>,
  children: ReadonlyMap<string, NoticeChild>,
): ReportView {
  const answers = reportAnswers(entries);
  return {
    answers,
    steps: entries.flatMap(({ at, byId, kind, text, value }) => {
      const step = kind === 'step' ? stepOf(value) : null;
      return step === null ? [] : [{ at, by: people.get(byId ?? '')?.name ?? '', step, text: text ?? '' }];
    }),
    missing: missingOf(answers, entries, report.childId !== null),
    endedAs: report.endedAs,
    ending: entries.findLast((e) => e.kind === 'outcome' || e.kind === 'false-alarm')?.text ?? '',
    id: report.id,
    number: report.number,
    openedAt: report.openedAt,
    drill: report.drill,
    state: report.state,
    acknowledgedBy: people.get(report.acknowledgedBy ?? '')?.name ?? null,
    reporter: people.get(report.reporterId ?? '')?.name ?? '',
    reporterPhone: people.get(report.reporterId ?? '')?.phone ?? null,
    reporterRole: people.get(report.reporterId ?? '')?.role ?? null,
    acknowledgedPhone: people.get(report.acknowledgedBy ?? '')?.phone ?? null,
    reporterKind: report.reporterKind,
    areaCode: report.areaCode,
    rosterAreas: ladderOf(report).rosters.flatMap(({ areas }) => areas),
    childId: report.childId,
    child: children.get(report.childId ?? '') ?? null,
    words: entries.flatMap((e) =>
      e.kind === 'words' && e.text !== null ? [{ at: e.at, text: e.text }] : [],
    ),
    sent: entries.flatMap(sentEntry),
  };
}

function sentEntry({ at, kind, text }: LoadedReport['entries'][number]): ReportView['sent'] {
  if (text === null) return [];
  if (kind === 'location') return [{ at, sent: { kind, place: text } }];
  return kind === 'voice' || kind === 'photo'
    ? [{ at, sent: { kind, file: JSON.parse(text) as FileRef } }]
    : [];
}
