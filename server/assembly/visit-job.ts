import { visitPast } from '../domain/family/visit-change.ts';
import { afterTold, dayAfter, untold } from '../domain/family/visit.ts';
import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Outgoing } from '../services/acting.ts';
import { update, type Write } from '../services/batch.ts';
import { directorTold, stepOf, visitMessage, type VisitStep } from '../services/visit-told.ts';
import { StaleBatch } from '../store/commit.ts';
import type { ChatAccountRow, VisitAppointmentRow, WorkerRow } from '../store/generated/tables.ts';
import { grouped } from '../store/grouped.ts';
import { accountsOfPersons, workersById } from '../store/people.ts';
import { nextVisitAt, visitHomes, visitsToLookAt, type VisitHome } from '../store/visits.ts';
import { quietUntil } from './asleep.ts';
import { queuedRow } from './conversation-ports.ts';
import { openWithin } from './family-open.ts';
import { homeKnows, isChange, tellingOf, tellsUntil, timeOf } from './visit-changed.ts';
import type { World } from './world.ts';

const BATCH = 100;

/**
 * What families are told of visits: an appointment, its change, the reminder of the evening before. Who may be told is
 * read here, in the moment of it, and once more when the message is claimed.
 */
export function visitJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'visits',
    nextAt: async () => {
      const next = await nextVisitAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run: async () => {
      const now = clock.now();
      const due = await visitsToLookAt(store, now.toISOString(), BATCH);
      if (due.length === 0) return 0;
      const today = shanghaiDate(now);
      const homes = await visitHomes(store, [...new Set(due.map(({ childId }) => childId))], today);
      // Of children of one household there is one message.
      const rounds = [...grouped(due, (row) => roundKey(row, homes.get(row.childId), today)).values()];
      for (const rows of rounds) await look(world, rows, homes, now);
      return rounds.length;
    },
  };
}

function roundKey(row: VisitAppointmentRow, home: VisitHome | undefined, today: LocalDate): string {
  const place = home?.householdId ?? row.childId;
  return [row.directorId, row.onDay, row.daypart, stepOf(row, today), place].join();
}

async function look(
  world: World,
  rows: readonly VisitAppointmentRow[],
  homes: ReadonlyMap<string, VisitHome>,
  now: Date,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const due = stepOf(first, shanghaiDate(now));
  const until = isChange(due) ? await tellsUntil(world, first, due) : null;
  const isLate = until !== null && now >= until;
  const isNews = isChange(due) && !(await homeKnows(world, rows, homes));
  // Who waited in vain learns of the new day as of any visit, and so does who was never told of the old one.
  const step = (isLate || isNews) && due === 'change' ? 'announce' : due;
  // What a family asked for waits for an answer: it is not reminded of the time it cannot keep.
  const isQuiet = step === 'missed' || (step === 'remind' && first.wishOn !== null) || isChange(step);
  const told = isQuiet ? null : await messagesOf(world, rows, homes, step, now);
  const telling =
    isChange(step) && !isLate && !isNews && until !== null ? await tellingOf(world, rows, step, until) : null;
  const isTold = told?.reached === true || telling !== null;
  const writes = rows.map((row): Write =>
    update('VisitAppointment', row.id, afterStep(row, step, isTold, now)),
  );
  const queued = (told?.outgoing ?? []).map((out) => queuedRow(world, out, quietUntil(out.account, now)));
  const guards = rows.map(({ id, rev }) => ({ table: 'VisitAppointment' as const, id, rev }));
  try {
    await world.commit({
      guards: [...guards, ...(telling?.guards ?? [])],
      writes: [...writes, ...(telling?.writes ?? []), ...queued],
    });
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error; // somebody changed it in this moment: it is looked at again
  }
}

/** What stands on the row once this was done. */
function afterStep(
  row: VisitAppointmentRow,
  step: VisitStep,
  isReached: boolean,
  now: Date,
): Partial<VisitAppointmentRow> {
  const rev = row.rev + 1;
  const on = row.onDay as LocalDate;
  if (step === 'missed') return { state: 'missed', nextAt: null, owed: null, rev };
  if (step === 'cancel') return { owed: null, nextAt: null, rev };
  const over = dayAfter(on).toISOString();
  if (step === 'remind') return { reminded: isReached, nextAt: over, rev };
  if (!isReached) return { told: false, owed: null, nextAt: over, rev };
  const told = { state: 'told' as const, told: true, toldAt: now.toISOString() };
  return { ...told, owed: null, nextAt: afterTold(on, now).toISOString(), rev };
}

interface Told {
  readonly reached: boolean;
  readonly outgoing: readonly Outgoing[];
}

/** One message for each telephone at home; where there is none that may be written to, a line for whoever goes. */
async function messagesOf(
  world: World,
  rows: readonly VisitAppointmentRow[],
  homes: ReadonlyMap<string, VisitHome>,
  step: VisitStep,
  now: Date,
): Promise<Told> {
  const { store, primary } = world;
  const [first] = rows;
  const directorId = first?.directorId ?? '';
  const worker = (await workersById(store, [directorId])).get(directorId);
  if (first === undefined || worker === undefined) return { reached: false, outgoing: [] };
  const reached = rows.flatMap(({ childId }) => homes.get(childId) ?? []);
  const why = reached.map((home) => untold(home)).find((one) => one !== null);
  const phones = why === undefined ? await openPhones(world, reached, now) : [];
  const family = [...new Set(rows.map(({ childId }) => childId))].join(',');
  const visits = rows.map(({ id }) => id).join(',');
  if (phones.length > 0)
    return {
      reached: true,
      outgoing: phones.map((account) => toFamily(account, first, worker, { step, family, visits, now })),
    };
  // Nobody is reminded of a visit twice, and nobody has to ring for a reminder.
  if (step === 'remind') return { reached: false, outgoing: [] };
  const account = (await accountsOfPersons(store, [directorId], primary)).get(directorId);
  const children = await childNames(world, rows);
  const line = directorTold(first, children, why ?? 'nobody', reached[0]?.call ?? null);
  return {
    reached: false,
    outgoing:
      account === undefined
        ? []
        : [
            {
              ...{ account, lane: 'reminder', reply: line },
              ...{ key: `visit:${first.id}:${String(first.rev)}:not-sent`, refs: { visitId: first.id } },
            },
          ],
  };
}

function toFamily(
  account: ChatAccountRow,
  row: VisitAppointmentRow,
  worker: WorkerRow,
  about: { readonly step: VisitStep; readonly family: string; readonly visits: string; readonly now: Date },
): Outgoing {
  const { step, family, visits, now } = about;
  const readOn = shanghaiDate(quietUntil(account, now) ?? now);
  return {
    account,
    lane: 'reminder',
    key: `visit:${row.id}:${String(row.rev)}:${account.id}`,
    reply: visitMessage(step, row, worker, readOn),
    refs: { family, visit: step, visits, until: visitPast(timeOf(row)).toISOString() },
  };
}

/** The telephones that take a message now, and whose month holds one more. */
async function openPhones(
  world: World,
  homes: readonly VisitHome[],
  now: Date,
): Promise<readonly ChatAccountRow[]> {
  const all = [...new Map(homes.flatMap(({ phones }) => phones).map((row) => [row.id, row])).values()];
  return openWithin(world, all, 'visit', now);
}

async function childNames(
  { store }: World,
  rows: readonly VisitAppointmentRow[],
): Promise<readonly string[]> {
  const found = await store.client.child.findMany({
    where: { id: { in: rows.map(({ childId }) => childId) } },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  });
  return found.map(({ id, name }) => store.openText('Child', 'name', id, name));
}
