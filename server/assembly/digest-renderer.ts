import { VISIT_POLICY } from '../domain/family/visit.ts';
import { addDays, laterOf, shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import { workingDaysAhead } from '../domain/calendar/working-days.ts';
import { DAYS_AHEAD, ROUTE_ABOVE } from '../domain/route/plan-week.ts';
import type { Week } from '../domain/route/route-lines.ts';
import { callRounds } from '../domain/waiting-call.ts';
import type { Reply } from '../domain/say.ts';
import { insert, update, type Write } from '../services/batch.ts';
import {
  countyTable,
  directorDigest,
  supervisorDigest,
  type TellableFollowUp,
  type TellableVisit,
} from '../services/digest.ts';
import type { LoadedChild } from '../services/loaded.ts';
import { waitingCall } from '../services/waiting-call.ts';
import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import type { DigestRefs } from '../jobs/planner-ports.ts';
import type { ChatAccountRow, OutboxRow, PlannedWorkRow } from '../store/generated/tables.ts';
import { assignmentsOfVillages, childrenOfVillages } from '../store/caseloads.ts';
import { callsToldTo } from '../store/calls.ts';
import { villagesOfDirectors, villagesOfTownships } from '../store/lookups.ts';
import { accountsByIds, workersById } from '../store/people.ts';
import { dueFollowUpsOf } from '../store/follow-ups.ts';
import { missedVisits } from '../store/missed-visits.ts';
import { isOwnedBy, mayRead } from '../domain/follow-up.ts';
import { supervisorDigestsOf } from '../store/outbox.ts';
import { plannedEnd, plannedOf } from '../store/planning.ts';
import { carePolicies } from '../store/policies.ts';
import { townshipLines } from '../store/tables.ts';
import { weekOf } from '../store/trip-plans.ts';
import { silentDirectors } from './silent-directors.ts';
import { languageOf, type World } from './world.ts';

const DIGESTS = ['digest', 'supervisor-digest'];

interface RenderedRow {
  readonly body: FrozenBody;
  readonly writes: readonly Write[];
}

/**
 * The words of a digest, made at the moment it goes: what was filed since it was planned is no longer in it, and when
 * nothing is left it is not sent at all.
 */
export async function renderDigest(world: World, row: OutboxRow): Promise<RenderedRow | null> {
  const account = (await accountsByIds(world.store, [row.accountId])).get(row.accountId);
  if (!account) return null;
  switch (row.kind) {
    case 'digest':
      return renderForDirector(world, row, account);
    case 'supervisor-digest':
      return renderForSupervisor(world, row, account);
    case 'county-table':
      return renderForDesk(world, row, account);
    case 'says':
      return null;
  }
}

async function renderForDirector(
  world: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<RenderedRow | null> {
  const { store, clock } = world;
  const today = shanghaiDate(clock.now());
  const villages = (await villagesOfDirectors(store, [row.sessionKey], today)).get(row.sessionKey) ?? [];
  const all = await childrenOfVillages(store, villages, await carePolicies(store), today);
  const children = all.filter((c) => c.directorIds.includes(row.sessionKey));
  const last = await lastDigestAt(world, row);
  const news = await newsFor(world, children, last);
  const { lateSince } = JSON.parse(row.refs) as DigestRefs;
  const week = await weekAhead(world, row.sessionKey, children, today);
  const followUps = await followUpsOf(world, account, row.sessionKey, children, today);
  const digest = directorDigest({
    children,
    plannedDuties: new Set(news.map(dutyOfWork)),
    today,
    lateSince: lateSince ?? null,
    week,
    followUps,
    missed: await missedSince(world, row.sessionKey, children, last, today),
  });
  const ends = endsOf(news, children, digest === null ? null : { id: row.id, at: clock.now().toISOString() });
  if (digest === null) {
    if (ends.length > 0) await world.commit({ guards: [], writes: ends });
    return null;
  }
  return {
    body: bodyOf(world, account, digest.reply),
    writes: [...ends, accessRow(world, row.sessionKey, 'digest', digest.shown)],
  };
}

/** What is due today or past its day and is this person's to see to. */
async function followUpsOf(
  world: World,
  account: ChatAccountRow,
  workerId: string,
  children: readonly LoadedChild[],
  today: LocalDate,
): Promise<readonly TellableFollowUp[]> {
  const worker = (await workersById(world.store, [workerId])).get(workerId);
  const supervises = worker?.role === 'supervisor' || worker?.role === 'deputy';
  const known = supervises ? await childrenOfTownship(world, worker.areaCode, today) : children;
  const byId = new Map(known.map((child) => [child.id, child]));
  const due = await dueFollowUpsOf(world.store, workerId, [...byId.keys()], today);
  const reader = { personId: account.personId, supervises };
  return due.flatMap((followUp) => {
    const child = byId.get(followUp.childId);
    const isTheirs = child && mayRead(followUp, reader) && isOwnedBy(followUp, reader, child.directorIds);
    return isTheirs ? [{ followUp, child }] : [];
  });
}

async function childrenOfTownship({ store }: World, code: string, today: LocalDate) {
  const villages = (await villagesOfTownships(store, [code])).get(code) ?? [];
  return childrenOfVillages(store, villages, await carePolicies(store), today);
}

/** What the way through the days ahead is made of; where few wait nothing is proposed and nothing read. */
async function weekAhead(
  { store, workingDays }: World,
  workerId: string,
  children: readonly LoadedChild[],
  today: LocalDate,
): Promise<Week> {
  const days = workingDaysAhead(workingDays, today, DAYS_AHEAD);
  if (children.length <= ROUTE_ABOVE) return { hamlets: new Map(), days, wishes: [] };
  return weekOf(
    store,
    workerId,
    children.map((c) => c.id),
    days,
  );
}

/** When the person's last digest that arrived was planned; null where none did. */
async function lastDigestAt({ store }: World, { sessionKey, id }: OutboxRow): Promise<string | null> {
  const last = await store.client.outbox.findFirst({
    where: { sessionKey, kind: { in: DIGESTS }, state: 'accepted', id: { not: id } },
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true },
  });
  return last?.createdAt ?? null;
}

/** Visits that were agreed on and whose day passed without a record since the last digest: each is named once. */
async function missedSince(
  { store }: World,
  workerId: string,
  children: readonly LoadedChild[],
  last: string | null,
  today: LocalDate,
): Promise<readonly TellableVisit[]> {
  const first = addDays(today, -VISIT_POLICY.missedShownDays);
  const from = last === null ? first : laterOf(first, shanghaiDate(new Date(last)));
  const byId = new Map(children.map((child) => [child.id, child]));
  return (await missedVisits(store, from, today, workerId)).flatMap(({ childId, on, part }) => {
    const child = byId.get(childId);
    return child === undefined ? [] : [{ child, on, part }];
  });
}

/**
 * What was planned for these children since the person's last digest that arrived: another director's digest of the same
 * child, or one nobody knows to have arrived, does not count as told.
 */
async function newsFor(
  { store }: World,
  children: readonly LoadedChild[],
  last: string | null,
): Promise<readonly PlannedWorkRow[]> {
  const rows = await store.client.plannedWork.findMany({
    where: {
      childId: { in: children.map((c) => c.id) },
      OR: [{ state: 'planned' }, { state: 'told', plannedAt: { gt: last ?? '' } }],
    },
  });
  return rows as PlannedWorkRow[];
}

/** How the planned stages end: told in this digest, or answered before anything was said of them. */
function endsOf(
  news: readonly PlannedWorkRow[],
  children: readonly LoadedChild[],
  told: { readonly id: string; readonly at: string } | null,
): Write[] {
  const outstanding = new Set(
    children.flatMap((c) => [...c.standing.open, ...c.standing.overdue.map((o) => o.duty)].map((d) => d.key)),
  );
  return news
    .filter((work) => work.state === 'planned')
    .map((work) =>
      told !== null && outstanding.has(dutyOfWork(work))
        ? plannedEnd(work.key, 'told', told.at, told.id)
        : plannedEnd(work.key, 'answered', null, null),
    );
}

function dutyOfWork({ childId, kind, periodStart }: PlannedWorkRow): string {
  return `duty:${childId}:${kind}:${periodStart}`;
}

/** A supervisor who is a director as well reads both in one message. */
async function renderForSupervisor(
  world: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<RenderedRow | null> {
  const { own } = JSON.parse(row.refs) as DigestRefs;
  const parts = [
    await renderTownships(world, row, account),
    own === true ? await renderForDirector(world, row, account) : null,
  ].flatMap((part) => part ?? []);
  if (parts.length === 0) return null;
  return {
    body: {
      text: parts.map(({ body }) => body.text).join('\n\n'),
      options: parts.flatMap(({ body }) => body.options),
    },
    writes: parts.flatMap(({ writes }) => writes),
  };
}

async function renderTownships(
  world: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<RenderedRow | null> {
  const { store, clock } = world;
  const today = shanghaiDate(clock.now());
  const refs = JSON.parse(row.refs) as DigestRefs;
  const { townships = [], lateSince } = refs;
  const villages = [...(await villagesOfTownships(store, townships)).values()].flat();
  const children = await childrenOfVillages(store, villages, await carePolicies(store), today);
  const before = await supervisorDigestsOf(store, row.sessionKey, row.id);
  const silent = await silentDirectors(world, children, before, today);
  const shared = await sharedChildren(world, villages, children, today);
  const asked = (await callsToldTo(store, [row.sessionKey])).get(row.sessionKey) ?? [];
  const calls = callRounds(asked.map(waitingCall), row.sessionKey);
  const lastAt = before[0]?.acceptedAt;
  const reply = supervisorDigest({
    children,
    silent,
    shared,
    calls,
    lateSince: lateSince ?? null,
    lastOn: lastAt === undefined ? null : shanghaiDate(lastAt),
  });
  if (reply === null) return null;
  const alone = children.filter((c) => c.directorIds.length === 0);
  const planned = await plannedOf(
    store,
    alone.map((c) => c.id),
  );
  const shown = children.filter(
    (c) => c.standing.overdue.length > 0 || alone.includes(c) || shared.includes(c),
  );
  return {
    body: bodyOf(world, account, reply),
    writes: [
      ...endsOf(planned, alone, { id: row.id, at: clock.now().toISOString() }),
      // What it said of whom lies with the row, so that the next one can say it once.
      update('Outbox', row.id, {
        refs: JSON.stringify({ ...refs, silent: silent.map(({ id }) => id) } satisfies DigestRefs),
      }),
      accessRow(world, row.sessionKey, 'supervisor-digest', shown),
    ],
  };
}

/** Children with several directors of whom none was assigned to the child. */
async function sharedChildren(
  { store }: World,
  villages: readonly string[],
  children: readonly LoadedChild[],
  today: LocalDate,
): Promise<LoadedChild[]> {
  const several = children.filter((c) => c.directorIds.length > 1);
  if (several.length === 0) return [];
  const assignments = await assignmentsOfVillages(store, villages, today);
  const assigned = new Set(assignments.map((a) => a.childId));
  return several.filter((c) => !assigned.has(c.id));
}

async function renderForDesk(
  world: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<RenderedRow | null> {
  const today = shanghaiDate(world.clock.now());
  const worker = (await workersById(world.store, [row.sessionKey])).get(row.sessionKey);
  if (!worker) return null;
  const reply = countyTable(await townshipLines(world.store, worker.areaCode, today), today);
  return reply === null ? null : { body: bodyOf(world, account, reply), writes: [] };
}

function bodyOf({ wording }: World, account: ChatAccountRow, reply: Reply): FrozenBody {
  const language = languageOf(account);
  return {
    text: wording.render(language, reply),
    options: (reply.options ?? []).map((o) => ({ id: o.id, label: wording.render(language, o.label) })),
  };
}

function accessRow(world: World, workerId: string, screen: string, children: readonly LoadedChild[]): Write {
  return insert('AccessRow', {
    id: world.ids.next(),
    at: world.clock.now().toISOString(),
    workerId,
    screen,
    childIds: JSON.stringify(children.map((c) => c.id)),
    reportId: null,
  });
}
