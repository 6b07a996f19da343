import type { AccountSettings } from '../server/domain/account-settings.ts';
import { policiesFor } from '../server/domain/cadence/policy-timeline.ts';
import type { Reachability } from '../server/domain/escalation/named-findings.ts';
import type { RosterSnapshot } from '../server/domain/escalation/roster-snapshot.ts';
import type { SoughtChild } from '../server/domain/family/family.ts';
import type { FiledRecord } from '../server/domain/filed-record.ts';
import { mayRead, type FollowUp } from '../server/domain/follow-up.ts';
import type { LocalDate } from '../server/domain/local-date.ts';
import type {
  AccountHolder,
  LoadedCall,
  LoadedChild,
  LoadedReport,
  RoleHolder,
} from '../server/services/loaded.ts';
import { waitingCall } from '../server/services/waiting-call.ts';
import type { Looking, Role, TownshipLine, View } from './dialog/view.ts';
import { familyFor } from './family-view.ts';
import { letterFor } from './letter-view.ts';
import type { Lookups } from './lookups.ts';
import { namedIn, reportView } from './report-view.ts';
import { visitsAndNudges } from './visits-view.ts';

/** One person's turn: what the dialog may see, and what the services need besides. */
export interface LoadedTurn {
  readonly holder: AccountHolder;
  readonly view: View;
  /** The roles this person's report would climb. */
  readonly ladderHolders: readonly RoleHolder[];
  /** The roster of those roles, of this person's areas and of others. */
  readonly roster: RosterSnapshot;
  /** The area the ladder belongs to, lowest first; empty where nobody can say which it is. */
  readonly ladderAreas: readonly string[];
  /** The areas whose roles hear of this person: those, or every county where nobody knows which it is. */
  readonly dutyAreas: readonly string[];
  readonly reports: readonly LoadedReport[];
  /** The calls this person was asked to make. */
  readonly calls: readonly LoadedCall[];
  /** The villages this worker answers for; of a desk its own area. */
  readonly ownAreas: readonly string[];
  /** The village of each child of the caseload. */
  readonly villageOf: ReadonlyMap<string, string>;
}

/** Loads the views of these accounts with a handful of queries, however many accounts there are. */
export async function loadTurns(
  lookups: Lookups,
  accountIds: readonly string[],
  today: LocalDate,
  wantsTable: (accountId: string) => boolean,
): Promise<ReadonlyMap<string, LoadedTurn>> {
  const [holders, policies] = await Promise.all([lookups.holders(accountIds), lookups.policies()]);
  const list = [...holders.values()];
  const workers = list.flatMap((h) => (h.worker ? [h.worker] : []));
  const directors = workers.filter((w) => w.role === 'director').map((w) => w.id);
  const townships = workers.filter((w) => isTownshipRole(w.role)).map((w) => w.areaCode);
  const overseers = workers.filter((w) => w.role !== 'director').map((w) => w.id);
  const [byDirector, byTownship, reports, calls, counties] = await Promise.all([
    lookups.villagesOfDirectors(directors, today),
    lookups.villagesOfTownships(townships),
    lookups.reportsToldTo(overseers),
    lookups.callsToldTo(overseers),
    list.some((h) => h.worker === null) ? lookups.counties() : [],
  ]);
  const villages = [...new Set([...byDirector.values(), ...byTownship.values()].flat())];
  const areasOf = new Map(list.map((h) => [h.account.id, areasFor(h, counties)]));
  const told = [...reports.values()].flat();
  const [children, duty, people, reported] = await Promise.all([
    lookups.children(villages, policies, today),
    lookups.duty([...new Set([...areasOf.values()].flatMap(({ duty: codes }) => codes))], today),
    lookups.people(namedIn(told)),
    lookups.reportChildren(told.flatMap(({ report }) => report.childId ?? [])),
  ]);
  const [followUps, leaves] = await Promise.all([
    lookups.followUps(children.map((c) => c.id)),
    lookups.leaves(directors, today),
  ]);
  const ofDirector = byDirectorOf(children);
  const turns = list.map(async (holder): Promise<readonly [string, LoadedTurn]> => {
    const { account, worker } = holder;
    const areas = areasOf.get(account.id) ?? { ladder: [], duty: [] };
    const own = worker ? (byDirector.get(worker.id) ?? byTownship.get(worker.areaCode) ?? []) : [];
    const answeredFor = worker?.role === 'director' ? (ofDirector.get(worker.id) ?? []) : children;
    const caseload = answeredFor.filter((c) => own.includes(c.villageCode));
    const ladderHolders = duty.holders.filter((r) => areas.duty.includes(r.areaCode));
    const toldOf = worker ? (reports.get(worker.id) ?? []) : [];
    const asked = worker ? (calls.get(worker.id) ?? []) : [];
    const table = await countyTableOf(lookups, worker, wantsTable(account.id), today);
    const ownAreas = worker && isDesk(worker.role) ? [worker.areaCode] : own;
    const villageOf = new Map(caseload.map((c) => [c.id, c.villageCode]));
    const view: View = {
      personId: account.personId,
      role: roleOf(holder),
      name: worker?.name ?? '',
      areaName: holder.area?.name ?? '',
      today,
      settings: settingsOf(holder.account),
      leave: leaves.get(account.personId ?? '') ?? null,
      caseload,
      policies: policiesFor(policies, holder.area?.countyCode ?? null),
      followUps: followUpsFor(holder, caseload, followUps),
      countyTable: table,
      records: [],
      reports: toldOf.map((r) => reportView(r, people, reported)),
      calls: asked.map(waitingCall),
      onDuty: ladderHolders.map(({ workerId, role, name, phone }) => ({ workerId, role, name, phone })),
    };
    const [ladderAreas, dutyAreas] = [areas.ladder, areas.duty];
    const mine = { reports: toldOf, calls: asked, ownAreas, villageOf, ladderAreas, dutyAreas };
    return [account.id, { holder, view, ladderHolders, roster: duty.roster, ...mine }];
  });
  return new Map(await Promise.all(turns));
}

/** The children of each director, in their order. */
function byDirectorOf(children: readonly LoadedChild[]): ReadonlyMap<string, readonly LoadedChild[]> {
  const found = new Map<string, LoadedChild[]>();
  for (const child of children) {
    for (const id of child.directorIds) {
      const own = found.get(id);
      if (own) own.push(child);
      else found.set(id, [child]);
    }
  }
  return found;
}

/** A desk's table, where this turn asks for it. */
async function countyTableOf(
  lookups: Lookups,
  worker: AccountHolder['worker'],
  wanted: boolean,
  today: LocalDate,
): Promise<readonly TownshipLine[] | null> {
  if (worker === null || !isDesk(worker.role)) return null;
  return wanted ? lookups.townshipLines(worker.areaCode, today) : [];
}

/**
 * The view with what this turn looks at besides: only children of the person's own caseload are ever loaded, and for a
 * county desk those of its county whom it named.
 */
export async function lookingAt(
  lookups: Lookups,
  turn: Pick<LoadedTurn, 'view' | 'ownAreas' | 'holder' | 'ladderAreas'>,
  looking: Looking,
  now: Date,
): Promise<View> {
  const { view, ownAreas } = turn;
  const sought = await soughtFor(lookups, { view, ownAreas }, looking);
  const known = [...view.caseload, ...(sought ?? [])].map((child) => child.id);
  const asked = [...looking.families, ...(sought ?? []).map((child) => child.id)];
  const own = asked.filter((id) => known.includes(id));
  const place = looking.numbers === true ? turn.holder.area : null;
  const records = await recordsFor(lookups, view, looking);
  const family = await familyFor(lookups, turn, looking, now);
  const visited = await visitsAndNudges(lookups, view, looking, family.home ?? null);
  return {
    ...view,
    ...visited,
    records,
    ...(sought === null ? {} : { sought }),
    ...(await present({
      families: own.length === 0 ? null : lookups.families(own, view.today),
      colleagues:
        looking.colleagues === true && view.personId !== null ? lookups.colleagues(view.personId) : null,
      dutyAhead: looking.duties === true ? lookups.dutyAhead(turn.ladderAreas, view.today) : null,
      dutyDesk: dutyDeskFor(lookups, turn, looking),
      directory: place === null ? null : lookups.directory(place.code, view.today),
      week: weekFor(lookups, view, looking),
      form: looking.form && view.personId !== null ? lookups.form(view.personId, view.today) : null,
      listening: looking.listening ? lookups.listening(ownAreas) : null,
      reachability: reachabilityFor(lookups, turn, looking),
      filed: filedFor(lookups, view, looking),
      ownReports:
        looking.ownReports === true && view.personId !== null ? lookups.reportsOpenedBy(view.personId) : null,
      kin: kinFor(lookups, turn, looking),
      notice: looking.notice === true && view.personId !== null ? lookups.noticeDesk(view.personId) : null,
      feedback: feedbackFor(lookups, turn, looking),
      letter: letterFor(lookups, view, looking),
      calendar: calendarFor(lookups, turn, looking),
      safety: safetyFor(lookups, turn, looking),
      campaigns:
        looking.campaigns === undefined
          ? null
          : lookups.campaigns(looking.campaigns, turn.holder, view.today),
    })),
    ...family,
  };
}

/** What is looked at side by side, as far as it is there; what was not looked at is no part of the view. */
async function present<T extends object>(
  looks: T,
): Promise<{ readonly [K in keyof T]?: NonNullable<Awaited<T[K]>> }> {
  const found = await Promise.all(
    Object.entries(looks).map(async ([name, look]) => [name, await look] as const),
  );
  const there = found.filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(there) as { readonly [K in keyof T]?: NonNullable<Awaited<T[K]>> };
}

/** Where a report is told: whoever of the ladder is of the family of a child it may be about. */
async function kinFor(
  lookups: Lookups,
  { view, ladderAreas: areas }: Pick<LoadedTurn, 'view' | 'ladderAreas'>,
  { ownReports }: Looking,
): Promise<View['kin'] | null> {
  if (ownReports !== true || view.caseload.length === 0) return null;
  const childIds = view.caseload.map((child) => child.id);
  return lookups.kin(areas, childIds);
}

async function weekFor(
  lookups: Lookups,
  { personId, caseload, today }: View,
  { week }: Looking,
): Promise<View['week'] | null> {
  if (!week || personId === null) return null;
  const childIds = caseload.map((child) => child.id);
  return lookups.week(personId, childIds, today);
}

function filedFor(lookups: Lookups, { personId }: View, { filed }: Looking): Promise<View['filed'] | null> {
  return filed && personId !== null
    ? lookups.filedWork(personId, filed.from, filed.until)
    : Promise.resolve(null);
}

/** 校历 of the county for whoever works in it or below, of the city for its desk. */
async function calendarFor(
  lookups: Lookups,
  { view, holder }: Pick<LoadedTurn, 'view' | 'holder'>,
  { calendar }: Looking,
): Promise<View['calendar'] | null> {
  const place = calendar === true && holder.worker !== null ? holder.area : null;
  return place === null ? null : lookups.schoolCalendar(place.countyCode ?? place.code, view.today);
}

async function safetyFor(
  lookups: Lookups,
  { holder }: Pick<LoadedTurn, 'holder'>,
  { safety }: Looking,
): Promise<View['safety'] | null> {
  const place = safety === true && holder.worker !== null ? holder.area : null;
  return place === null ? null : lookups.safetyEvents(place.code, place.countyCode ?? place.code);
}

/** 投诉建议 are for the desk of the county they were said to. */
async function feedbackFor(
  lookups: Lookups,
  { holder }: Pick<LoadedTurn, 'holder'>,
  { feedback }: Looking,
): Promise<View['feedback'] | null> {
  const { worker } = holder;
  return feedback === true && worker?.role === 'county-desk' ? lookups.feedback(worker.areaCode) : null;
}

async function dutyDeskFor(
  lookups: Lookups,
  { holder }: Pick<LoadedTurn, 'holder'>,
  { dutyDesk }: Looking,
): Promise<View['dutyDesk'] | null> {
  return dutyDesk === true && holder.worker !== null ? lookups.dutyDesk(holder.worker.areaCode) : null;
}

/** Their own area for whoever works above a village: the gaps of a township or a county, above it the numbers of counties. */
async function reachabilityFor(
  lookups: Lookups,
  { view, holder }: Pick<LoadedTurn, 'view' | 'holder'>,
  { reachability }: Looking,
): Promise<Reachability | null> {
  const { worker } = holder;
  if (reachability === undefined || worker === null || worker.role === 'director') return null;
  return lookups.reachability(worker.areaCode, reachability === 'children', view.today);
}

async function soughtFor(
  lookups: Lookups,
  { view, ownAreas }: Pick<LoadedTurn, 'view' | 'ownAreas'>,
  { sought }: Looking,
): Promise<readonly SoughtChild[] | null> {
  const [county] = ownAreas;
  if (sought === undefined || view.role !== 'county-desk' || county === undefined) return null;
  return lookups.soughtChildren(county, sought, view.today);
}

/** A child's records only for whoever answers for the child; otherwise the person's own. */
async function recordsFor(
  lookups: Lookups,
  { personId, caseload }: View,
  { records }: Looking,
): Promise<readonly FiledRecord[]> {
  if (records === undefined || personId === null) return [];
  const { childId } = records;
  if (childId === null) return lookups.recordsOfAuthor(personId);
  return caseload.some((child) => child.id === childId) ? lookups.recordsOfChild(childId) : [];
}

function followUpsFor(
  { worker }: AccountHolder,
  caseload: readonly LoadedChild[],
  ofChild: ReadonlyMap<string, readonly FollowUp[]>,
): readonly FollowUp[] {
  const reader = { personId: worker?.id ?? null, supervises: worker !== null && isTownshipRole(worker.role) };
  return caseload
    .flatMap((child) => ofChild.get(child.id) ?? [])
    .filter((followUp) => mayRead(followUp, reader))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

function settingsOf(account: AccountHolder['account']): AccountSettings {
  const { digestMinutes, quietFromMinutes, quietUntilMinutes, steps } = account;
  const language = account.language === 'en' ? 'en' : 'zh-CN';
  return { digestMinutes, quietFromMinutes, quietUntilMinutes, language, steps };
}

function roleOf({ account, worker }: AccountHolder): Role {
  if (worker) return worker.role;
  return account.personId !== null && (account.personKind === 'guardian' || account.personKind === 'carer')
    ? account.personKind
    : 'stranger';
}

function isTownshipRole(role: string): boolean {
  return role === 'supervisor' || role === 'deputy';
}

function isDesk(role: string): boolean {
  return !isTownshipRole(role) && role !== 'director';
}

/**
 * The township and the county whose roles answer for this person, and those that hear of them: of somebody unknown the only
 * county there is, or, where there are several and nobody is guessed, each of them.
 */
function areasFor(
  { worker, area, familyVillage }: AccountHolder,
  counties: readonly string[],
): { readonly ladder: readonly string[]; readonly duty: readonly string[] } {
  const place = worker ? area : familyVillage;
  const only = counties.length === 1 ? counties : [];
  const codes = place ? [place.townshipCode, place.countyCode, place.code] : only;
  const ladder = [...new Set(codes.flatMap((code) => (code === null ? [] : [code])))];
  return { ladder, duty: ladder.length === 0 && !worker ? counties : ladder };
}
