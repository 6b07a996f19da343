import type { WhyUnreached } from '../domain/escalation/reach.ts';
import { say, type Reply } from '../domain/say.ts';
import type { ChatAccountRow, MandatoryReportRow } from '../store/generated/tables.ts';
import { decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { update } from './batch.ts';
import type { RoleHolder } from './loaded.ts';
import { reportEntry } from './report-entry.ts';
import { ladderOf } from './report-ladder.ts';
import { aboutReport } from './report-message.ts';
import { guardOf, minutesOpen, pageFor, recipient } from './report-pages.ts';
import { skippedOf, takenIn, type Receivers } from './report-receivers.ts';
import { receiversOf } from './rungs.ts';

/** Somebody whom the newest page of a report did not reach. */
export interface Unreached {
  readonly workerId: string;
  readonly channel: string;
  readonly why: WhyUnreached;
}

/**
 * The newest page did not reach these people: whoever stands on the next rung is paged in the same round, and the county
 * desk is told of each of them, once a report. They themselves go on being paged.
 */
export function lift(
  report: MandatoryReportRow,
  acting: Acting,
  receivers: Receivers,
  unreached: readonly Unreached[],
  pagedIds: readonly string[],
): Decision {
  const { holders, excludedIds } = receivers;
  const skipped = skippedOf(report, excludedIds);
  const ids = unreached.map(({ workerId }) => workerId);
  const { steps } = ladderOf(report);
  const { reached } = receiversOf(steps, minutesOpen(report, acting.at), skipped, holders, ids);
  const joining = reached.filter(({ workerId }) => !pagedIds.includes(workerId));
  const lastPage = { ...report, pagesSent: report.pagesSent - 1 };
  const kind = lastPage.pagesSent === 0 ? 'first' : 'again';
  const roster = takenIn(report, acting, receivers);
  const desks = holders.filter((h) => h.role === 'county-desk' && !skipped.includes(h.workerId));
  return decided(
    [
      update('MandatoryReport', report.id, { ...roster.set, rev: report.rev + 1 }),
      ...roster.writes,
      ...unreached.map(({ workerId, why }) =>
        reportEntry(acting, report.id, 'unreachable', { byId: workerId, value: why }),
      ),
      ...joining.map((holder) => recipient(report, holder, acting)),
      ...joining.map(({ workerId }) => reportEntry(acting, report.id, 'paged', { byId: workerId })),
    ],
    [
      ...joining.flatMap(({ account, workerId }) =>
        account === null ? [] : [pageFor(lastPage, kind, account, workerId)],
      ),
      ...unreached.flatMap((one) => {
        const person = holders.find(({ workerId }) => workerId === one.workerId);
        return desks.flatMap(({ account, workerId }) =>
          account === null || person === undefined || workerId === person.workerId
            ? []
            : [notReached(report, one, person, account, workerId)],
        );
      }),
    ],
    [guardOf(report)],
  );
}

/** Told to a desk once a report and person: whom it does not reach, why, and the number to call. */
function notReached(
  report: MandatoryReportRow,
  { channel, why }: Unreached,
  { workerId, role, name, phone }: RoleHolder,
  account: ChatAccountRow,
  deskId: string,
): Outgoing {
  const vars = {
    number: report.number,
    role: say(`role.${role}`),
    name,
    channel: say(`channel.${channel}`),
    why: say(`page.why-${why}`),
  };
  const reply: Reply =
    phone === null ? say('page.not-reached', vars) : say('page.not-reached-call', { ...vars, phone });
  return aboutReport(report, { account, key: `nobody:${report.id}:${workerId}:${deskId}`, reply });
}
