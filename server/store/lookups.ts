import { endOfNextWeek } from '../domain/escalation/duty-roster.ts';
import type { Lookups } from '../../bot/lookups.ts';
import { workingDaysAhead, type WorkingDays } from '../domain/calendar/working-days.ts';
import { standingIn, stoodInFor } from '../domain/leave.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { DAYS_AHEAD } from '../domain/route/plan-week.ts';
import { callsToldTo } from './calls.ts';
import { childrenOfVillages } from './caseloads.ts';
import { soughtChildren } from './sought-children.ts';
import { peopleByIds } from './worker-names.ts';
import { familiesOf } from './families.ts';
import { adultsOfChildren } from './family-reach.ts';
import { asksOf, ownRequests } from './family-requests.ts';
import { recordsOfAuthor, recordsOfChild } from './filed-records.ts';
import { filedWork } from './filed-work.ts';
import { openFollowUps } from './follow-ups.ts';
import { waitingVoices } from './listening.ts';
import { colleaguesOf, leavesOf, leavesOn } from './leaves.ts';
import { FEEDBACK_SHOWN } from '../domain/feedback.ts';
import { feedbackOf } from './feedback.ts';
import { noticeDesk } from './notices.ts';
import { letterDesk } from './letters.ts';
import { nudgesToAnswer, silentParents } from './nudges.ts';
import { offeredSince } from './offered.ts';
import { lastForm } from './paper-forms.ts';
import { invitedBy, inviteLink, phonesOfChild, waitingBindings } from './bindings.ts';
import { homeOf } from './homes.ts';
import { kinOnTheLadder } from './kin.ts';
import { dutyAhead, dutyDesk, dutyToday, holdersOf, type Ways } from './people.ts';
import { carePolicies } from './policies.ts';
import { directoryAround } from './partners.ts';
import { reachabilityOf } from './reachability.ts';
import { reportChildren } from './report-children.ts';
import { reportsOpenedBy, reportsToldTo } from './reports.ts';
import { safetyEvents } from './safety-events.ts';
import { schoolCalendar } from './school-breaks.ts';
import { grouped } from './grouped.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';
import { weekOf } from './trip-plans.ts';
import { tipDeskOf } from './tips.ts';
import { visitDesk } from './visits.ts';
import { townshipLines } from './tables.ts';

/** The reading side of a conversation, on this store and for people reached on `channel`. */
export function lookupsOf(store: Store, channel: Ways, workingDays: WorkingDays): Omit<Lookups, 'campaigns'> {
  return {
    policies: () => carePolicies(store),
    holders: (ids) => holdersOf(store, ids),
    villagesOfDirectors: (ids, today) => villagesOfDirectors(store, ids, today),
    villagesOfTownships: (codes) => villagesOfTownships(store, codes),
    children: (codes, policies, today) => childrenOfVillages(store, codes, policies, today),
    filedWork: (id, from, until) => filedWork(store, id, from, until),
    followUps: (ids) => openFollowUps(store, ids),
    duty: (codes, today) => dutyToday(store, codes, today, channel),
    reportsToldTo: (ids) => reportsToldTo(store, ids),
    reportsOpenedBy: (id) => reportsOpenedBy(store, id),
    callsToldTo: (ids) => callsToldTo(store, ids),
    reportChildren: (ids) => reportChildren(store, ids),
    people: (ids) => peopleByIds(store, ids),
    townshipLines: (code, today) => townshipLines(store, code, today),
    families: (ids, today) => familiesOf(store, ids, today),
    invited: (account, code, now, today) => invitedBy(store, account, code, now, today),
    waitingBindings: (ids, today) => waitingBindings(store, ids, today),
    phonesOfChild: (id, today) => phonesOfChild(store, id, today),
    inviteLink: () => inviteLink(store),
    home: (account, today) => homeOf(store, account, today),
    homeAdults: async (ids, today) =>
      (await adultsOfChildren(store, ids, today)).filter(({ noContact }) => !noContact),
    familyAsks: (workerId, today) => asksOf(store, workerId, today),
    ownRequests: (accountId) => ownRequests(store, accountId),
    tips: (account, today) => tipDeskOf(store, account, today),
    soughtChildren: (code, sought, today) => soughtChildren(store, code, sought, today),
    nudgesToAnswer: (ids, today) => nudgesToAnswer(store, ids, today),
    offeredSince: (account) => offeredSince(store, account),
    silentParents: (ids, today) => silentParents(store, ids, today),
    letter: (childId, workerId, today) => letterDesk(store, childId, workerId, today),
    visits: (ids, of, today) => visitDesk(store, ids, of, today),
    week: (workerId, ids, today) =>
      weekOf(store, workerId, ids, workingDaysAhead(workingDays, today, DAYS_AHEAD)),
    listening: (areaCodes) => waitingVoices(store, areaCodes),
    reachability: (code, withChildren, today) => reachabilityOf(store, code, today, channel, withChildren),
    recordsOfChild: (childId) => recordsOfChild(store, childId),
    recordsOfAuthor: (workerId) => recordsOfAuthor(store, workerId),
    leaves: (ids, today) => leavesOf(store, ids, today),
    colleagues: (id) => colleaguesOf(store, id),
    kin: (areaCodes, childIds) => kinOnTheLadder(store, areaCodes, childIds),
    dutyDesk: (areaCode) => dutyDesk(store, areaCode),
    dutyAhead: (codes, today) => dutyAhead(store, codes, today, endOfNextWeek(today)),
    directory: (areaCode, today) => directoryAround(store, areaCode, today),
    schoolCalendar: (areaCode, today) => schoolCalendar(store, areaCode, today),
    safetyEvents: (code, countyCode) => safetyEvents(store, code, countyCode),
    feedback: (countyCode) => feedbackOf(store, countyCode, FEEDBACK_SHOWN),
    noticeDesk: (id) => noticeDesk(store, id, channel),
    form: (workerId, today) => lastForm(store, workerId, today),
    counties: () => allCounties(store),
  };
}

/** The villages each director answers for on a day, those of whoever they stand in for included. */
export async function villagesOfDirectors(
  store: Store,
  workerIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, string[]>> {
  if (workerIds.length === 0) return new Map();
  const leaves = await leavesOn(store, today);
  const rows = await rowsIn(store, 'Assignment', 'workerId', [...stoodInFor(workerIds, leaves)]);
  const inForce = rows.filter((a) => a.fromOn <= today && (a.untilOn === null || a.untilOn >= today));
  const answered = grouped(standingIn(inForce, leaves), (row) => row.workerId);
  // Somebody may answer for a village and for one child in it besides.
  const villagesOf = (id: string) => new Set(answered.get(id)?.map((row) => row.villageCode));
  return new Map(workerIds.map((id) => [id, [...villagesOf(id)].sort()]));
}

/** The villages of each township. */
export async function villagesOfTownships(
  store: Store,
  codes: readonly string[],
): Promise<Map<string, string[]>> {
  if (codes.length === 0) return new Map();
  const rows = await store.client.area.findMany({
    where: { townshipCode: { in: [...codes] }, kind: 'village' },
    select: { code: true, townshipCode: true },
    orderBy: { code: 'asc' },
  });
  const byTownship = new Map<string, string[]>(codes.map((code) => [code, []]));
  for (const { code, townshipCode } of rows)
    if (townshipCode !== null) byTownship.get(townshipCode)?.push(code);
  return byTownship;
}

/** Every county of the roster, in the order of their codes. */
export async function allCounties({ client }: Store): Promise<readonly string[]> {
  const where = { kind: 'county' };
  const rows = await client.area.findMany({ where, select: { code: true }, orderBy: { code: 'asc' } });
  return rows.map(({ code }) => code);
}
