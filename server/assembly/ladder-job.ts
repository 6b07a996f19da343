import { nextUnreachedAt, whyUnreached } from '../domain/escalation/reach.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Acting, Decision } from '../services/acting.ts';
import { lift, type Unreached } from '../services/report-lift.ts';
import { askForFeedback, climb, endDrill, isDrillOver, reopen } from '../services/report-pages.ts';
import type { Receivers } from '../services/report-receivers.ts';
import type { MandatoryReportRow } from '../store/generated/tables.ts';
import { pageFates, type ReportPageFate } from '../store/page-fates.ts';
import { accountsByIds, accountsOfPersons } from '../store/people.ts';
import { climbingReports, nextReportAt, reportsUnderWay, runningReports } from '../store/reports.ts';
import { actingFor, committed, receiversFor } from './report-acting.ts';
import type { World } from './world.ts';

const PAGE_BATCH = 50;

/** Pages for reports nobody has taken yet, and what is due with those that somebody took. */
export function ladderJob(world: World): Job {
  const { store, clock } = world;
  const run = async (): Promise<number> => {
    const { climbing, dueIds } = await reportsUnderWay(store, clock.now().toISOString());
    const fates = await pageFates(store, climbing);
    const dueNow = dueIds.slice(0, PAGE_BATCH);
    const due = await allOf(await runningReports(store, dueNow), (report) => dueOnce(world, report, fates));
    const lost = fates.filter((fate) => !fate.noted && whyUnreached(fate, clock.now()) !== null);
    // The new page of what was due has not had its chance yet.
    const stuck = new Set(lost.map(({ reportId }) => reportId).filter((id) => !dueNow.includes(id)));
    const lifted = await allOf(await runningReports(store, [...stuck]), (report) =>
      report.state === 'open' ? liftOnce(world, report, fates) : Promise.resolve(false),
    );
    return due + lifted;
  };
  return {
    name: 'ladder',
    // A report whose page has just failed waits for the next tick; it must not hide the pages still to come.
    nextAt: async () => {
      const next = await nextReportAt(store, clock.now().toISOString());
      if (next === null) return null; // nothing climbs: every report that does has a next page
      const missedAt = nextUnreachedAt(await pageFates(store, await climbingReports(store)), clock.now());
      return new Date(Math.min(Date.parse(next), missedAt?.getTime() ?? Infinity));
    },
    run,
    beside: run, // of two pages of the same report at once one is refused as stale
  };
}

/** Does it for each, whatever becomes of the others; for how many it was done. */
async function allOf(
  reports: readonly MandatoryReportRow[],
  work: (report: MandatoryReportRow) => Promise<boolean>,
): Promise<number> {
  const done = await Promise.allSettled(reports.map(work));
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return done.filter((one) => one.status === 'fulfilled' && one.value).length;
}

/** What is due with a report, once; false when somebody took it or went on with it in this very moment. */
async function dueOnce(
  world: World,
  report: MandatoryReportRow,
  fates: readonly ReportPageFate[],
): Promise<boolean> {
  const acting = actingFor(world, report);
  const unreachedIds = unreachedOf(fates, report.id, acting.at).map(({ workerId }) => workerId);
  const receivers = await receiversFor(world, report, acting, unreachedIds);
  return committed(world, await dueWith(world, report, acting, receivers));
}

/** Whom the newest page did not reach is told of, and the next rung is paged; false as above. */
async function liftOnce(
  world: World,
  report: MandatoryReportRow,
  fates: readonly ReportPageFate[],
): Promise<boolean> {
  const acting = actingFor(world, report);
  const unreached = unreachedOf(fates, report.id, acting.at);
  const pagedIds = fates.filter(({ reportId }) => reportId === report.id).map(({ workerId }) => workerId);
  const ids = unreached.map(({ workerId }) => workerId);
  const receivers = await receiversFor(world, report, acting, ids);
  return committed(world, lift(report, acting, receivers, unreached, pagedIds));
}

function unreachedOf(fates: readonly ReportPageFate[], reportId: string, at: Date): readonly Unreached[] {
  return fates.flatMap((fate): Unreached[] => {
    const why = fate.reportId === reportId ? whyUnreached(fate, at) : null;
    return why === null ? [] : [{ workerId: fate.workerId, channel: fate.channel, why }];
  });
}

async function dueWith(
  { store, primary }: World,
  report: MandatoryReportRow,
  acting: Acting,
  receivers: Receivers,
): Promise<Decision> {
  if (isDrillOver(report, acting.at)) {
    const accounts = await accountsByIds(store, [report.accountId]);
    return endDrill(report, acting, accounts.get(report.accountId) ?? null);
  }
  if (report.state === 'open') return climb(report, acting, receivers);
  if (report.state === 'acknowledged') return reopen(report, acting, receivers);
  const endedBy = report.endedBy ?? '';
  const accounts = await accountsOfPersons(store, [endedBy], primary);
  return askForFeedback(report, acting, receivers, accounts.get(endedBy) ?? null);
}
