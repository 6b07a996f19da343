import { saidFile } from '../../server/domain/files/file-ref.ts';
import { mayWriteToReporter } from '../../server/domain/report/answers.ts';
import { ageOn } from '../../server/domain/local-date.ts';
import type { Reply, Say } from '../../server/domain/say.ts';
import { say } from '../../server/domain/say.ts';
import type { ReportView, View } from '../dialog/view.ts';

/** The story of a report, as those who were told of it read it. */
export function reportStory(report: ReportView, view: View): Say {
  return say('view-report.story', {
    number: report.number,
    drill: report.drill ? [say('view-report.drill')] : [],
    reporter: reporterLine(report),
    at: report.openedAt,
    child: childLine(report, view),
    facts: factLines(report),
    words: wordsOf(report),
    steps: stepLines(report),
    missing: missingLine(report),
    state: stateLine(report),
  });
}

/** What the reporter sent, to be opened. */
export function reportFiles(report: ReportView): Pick<Reply, 'files'> {
  const files = report.sent.flatMap(({ sent }) => (sent.kind === 'location' ? [] : [saidFile(sent.file)]));
  return files.length > 0 ? { files } : {};
}

/** What is still to be asked of whoever took it; nothing where nothing is. */
export function missingLine({ missing, state }: ReportView): readonly Say[] {
  if (missing.length === 0 || state !== 'acknowledged') return [];
  return [say('view-report.missing', { what: missing.map((one) => say(`missing.${one}`)) })];
}

function reporterLine({ reporter, reporterPhone, reporterKind }: ReportView): Say {
  const who =
    reporter === '' ? say(`reporter.${reporterKind}`) : say('view-report.reporter', { name: reporter });
  return reporterPhone === null ? who : say('view-report.with-phone', { who, phone: reporterPhone });
}

/** The child of the roster, for whoever was told: a desk answers for none, and reads it all the same. */
function childLine({ child, answers }: ReportView, view: View): Say {
  if (child !== null && child.bornOn !== null) {
    const { name, bornOn, village } = child;
    return say('child.label', { name, age: ageOn(bornOn, view.today), village: village ?? '' });
  }
  return answers.childSaid === null
    ? say('view-report.child-unknown')
    : say('view-report.child-said', { words: answers.childSaid });
}

/** What it is about, in lines of their own; and how the reporter can be reached. */
function factLines({ reporterKind, answers }: ReportView): readonly Say[] {
  const { kind, place, dangerNow, childSafe, cannotTalk, brokeOff } = answers;
  return [
    ...(kind === null ? [] : [say('view-report.kind', { kind: say(`report-kind.${kind}`) })]),
    ...(place === null ? [] : [say('view-report.where', { place })]),
    ...(dangerNow === null ? [] : [say(`view-report.danger-${dangerNow}`)]),
    ...(childSafe === null ? [] : [say(`view-report.safe-${childSafe}`)]),
    ...(mayWriteToReporter(reporterKind, answers) ? [] : [say('view-report.shared-phone')]),
    ...(answers.byChild ? [say('view-report.by-child')] : []),
    ...(cannotTalk ? [say('view-report.cannot-talk')] : []),
    ...(brokeOff ? [say('view-report.broke-off')] : []),
  ];
}

/** What was said and sent, in the order of time. */
function wordsOf(report: ReportView): readonly Say[] {
  const said = report.words.map(({ at, text }) => ({ at, line: say('view-report.words', { at, text }) }));
  const sent = report.sent.map(({ at, sent: one }) => ({
    at,
    line:
      one.kind === 'location'
        ? say('view-report.place', { at, place: one.place })
        : say('view-report.file', { at, name: saidFile(one.file).name }),
  }));
  const all = [...said, ...sent].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return all.length === 0 ? [say('view-report.no-words')] : all.map(({ line }) => line);
}

function stepLines({ steps }: ReportView): readonly Say[] {
  return steps.map(({ at, by, step, text }) => {
    const what = say(`report-step.${step.step}`);
    const line = say('view-report.step', { at, by, what, text });
    return step.caseNumber === null
      ? line
      : say('view-report.step-number', { at, by, what, text, number: step.caseNumber });
  });
}

function stateLine({ state, acknowledgedBy, endedAs, ending }: ReportView): Say {
  if (endedAs !== null && endedAs !== 'joined')
    return say(`view-report.ended-${endedAs}-${state === 'closed' ? 'told' : 'untold'}`, { text: ending });
  return say(`view-report.state-${state}`, { by: acknowledgedBy ?? '' });
}
