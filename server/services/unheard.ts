import { morningAfter } from '../domain/escalation/ladder.ts';
import { commandOption, say, type Reply } from '../domain/say.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { decided, type Acting, type Decision } from './acting.ts';
import { update } from './batch.ts';
import type { LoadedReport } from './loaded.ts';
import { reportEntry } from './report-entry.ts';
import { ladderOf } from './report-ladder.ts';
import { aboutReport } from './report-message.ts';
import { desksOf, guardOf } from './report-pages.ts';
import type { Receivers } from './report-receivers.ts';

const DAY_MS = 86_400_000;

/** Whether a report was closed on an answer that we wrote to its reporter; what a person said has been heard. */
export function isAnsweredHere({ report, entries }: LoadedReport): boolean {
  return report.state === 'closed' && entries.findLast((e) => e.kind === 'told-reporter')?.value === 'here';
}

/**
 * The answer did not reach its reporter: they have heard nothing, so that the report waits for it again (未成年人保护法
 * 第11条: the outcome goes back to the reporter). From now on a person tells them; whoever ended it is asked to, and the
 * desk where they cannot be reached.
 */
export function reopenUnheard(
  { report }: LoadedReport,
  acting: Acting,
  receivers: Receivers,
  ended: ChatAccountRow | null,
): Decision {
  const { answers } = ladderOf(report);
  const due = new Date(acting.at.getTime() + answers.feedbackDays * DAY_MS);
  const { id, number } = report;
  const reply: Reply = {
    ...say('page.unheard', { number }),
    options: [commandOption('tell-reporter', id, say('alerts.tell-reporter', { number }))],
  };
  return decided(
    [
      update('MandatoryReport', id, {
        state: 'resolved',
        feedbackDueAt: report.feedbackDueAt ?? due.toISOString(),
        nextPageAt: morningAfter(acting.at, answers).toISOString(),
        rev: report.rev + 1,
      }),
      reportEntry(acting, id, 'unreachable', { text: 'reporter' }),
    ],
    (ended === null ? desksOf(receivers) : [ended]).map((account) =>
      aboutReport(report, { account, key: `unheard:${id}:${account.id}`, reply }),
    ),
    [guardOf(report)],
  );
}
