import { nextArrival, type ArrivalFacts, type Way } from '../domain/family/arrival.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { outsideFrom } from '../domain/family/visit-change.ts';
import type { Job } from '../jobs/rhythm.ts';
import { update, type Batch, type Write } from '../services/batch.ts';
import { directorTold, passItOn, visitMessage } from '../services/visit-told.ts';
import type { FamilyAdult } from '../store/family-reach.ts';
import type {
  ChatAccountRow,
  OutboxRow,
  VisitAppointmentRow,
  VisitTellingRow,
  WorkerRow,
} from '../store/generated/tables.ts';
import { accountsOfPersons } from '../store/people.ts';
import { rowsIn } from '../store/rows.ts';
import { nextTellingAt, tellingsToLookAt } from '../store/visit-tellings.ts';
import { quietUntil } from './asleep.ts';
import { commitEach } from './campaign-batches.ts';
import { queuedRow } from './conversation-ports.ts';
import { sendOutside, type OutsideWay } from './outside.ts';
import { lookAtHome, type HomeToTell } from './visit-home-seen.ts';
import type { World } from './world.ts';

const BATCH = 100;

/**
 * 改约, 取消预约: a home that waits for somebody learns of it, by the same ways and in the same order as of a safety notice.
 * What did not arrive goes the next way, in the end whoever goes is asked once to pass it on. After the time for which the
 * home waits nothing goes.
 */
export function visitTellingJob(world: World, breathe: () => Promise<void>): Job {
  const { store, clock } = world;
  return {
    name: 'visit changes',
    nextAt: async () => {
      const next = await nextTellingAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run: async () => {
      const rows = await tellingsToLookAt(store, clock.now().toISOString(), BATCH);
      let done = 0;
      for (const row of rows) {
        const batch = row.state === 'queued' ? await settled(world, row) : await nextStep(world, row);
        // One by one: what has gone as SMS is written down before the next one goes.
        if (batch !== null) done += await commitEach(world, [batch], breathe);
      }
      return done;
    },
  };
}

/** What became of its messages: one that arrived is enough for a home. Null while any is on its way. */
async function settled(world: World, row: VisitTellingRow): Promise<Batch | null> {
  const ids = JSON.parse(row.outboxIds) as string[];
  const states = (await rowsIn(world.store, 'Outbox', 'id', ids, { columns: ['state'] })).map((o) => o.state);
  if (states.some((state) => state === 'queued' || state === 'sending')) return null;
  if (states.includes('accepted')) return changed(world, row, { state: 'accepted', nextAt: null });
  return changed(world, row, { ...afterTry(world, row, 'chat'), outboxIds: '[]' });
}

async function nextStep(world: World, row: VisitTellingRow): Promise<Batch> {
  const { store } = world;
  const [visit] = await rowsIn(store, 'VisitAppointment', 'id', [row.visitId]);
  const [worker] = await rowsIn(store, 'Worker', 'id', [row.directorId]);
  if (visit === undefined || worker === undefined) return changed(world, row, ended('not-reached'));
  const about = { row, visit, worker: store.open('Worker', worker) };
  const seen = await lookAtHome(world, row);
  const subscribed = await world.senders.subscription.subscribed(seen.atHome.map(({ id }) => id));
  const step = nextArrival(factsOf(world, row, seen, subscribed));
  if (step.kind === 'end') return changed(world, row, ended(step.reason));
  if (step.kind === 'wait') return changed(world, row, { nextAt: row.until });
  switch (step.way) {
    case 'chat':
      return byChat(world, about, seen);
    case 'subscription':
    case 'sms': {
      const from = outsideFrom(world.clock.now(), new Date(row.until));
      if (from === null) return byDirector(world, about, seen);
      if (from > world.clock.now()) return changed(world, row, { nextAt: from.toISOString() });
      return outside(world, about, seen, step.way, subscribed);
    }
    case 'director':
      return byDirector(world, about, seen);
  }
}

function factsOf(
  { clock, senders }: World,
  row: VisitTellingRow,
  seen: HomeToTell,
  subscribed: ReadonlySet<string>,
): ArrivalFacts {
  const now = clock.now().toISOString();
  return {
    // Whoever goes reads the same of a home that is held back as of one that no message reaches, and at the same hour: she
    // may be the one who must not know why.
    ...{ noContact: seen.noContact, held: false, gone: seen.gone, isOver: now >= row.until },
    chatOpen: seen.phones.length > 0 && !seen.held,
    subscribed: subscribed.size > 0 && !seen.held,
    smsOpen: senders.sms.opens && seen.atHome.some(({ phone }) => phone !== null),
    ...{ hasDirector: true, tried: JSON.parse(row.tried) as Way[] },
  };
}

interface About {
  readonly row: VisitTellingRow;
  readonly visit: VisitAppointmentRow;
  readonly worker: WorkerRow;
}

/** One message for each telephone at home that takes one now. */
function byChat(world: World, { row, visit, worker }: About, { phones }: HomeToTell): Batch {
  const now = world.clock.now();
  const family = (JSON.parse(row.childIds) as string[]).join(',');
  const writes = phones.map((account) => {
    const later = quietUntil(account, now);
    const reply = visitMessage(row.step, visit, worker, shanghaiDate(later ?? now));
    const key = `visit-telling:${row.id}:${account.id}`;
    const refs = { family, visit: 'change', telling: row.id, until: row.until };
    return queuedRow(world, { account, lane: 'reminder', key, reply, refs }, later);
  });
  const outboxIds = JSON.stringify(
    writes.flatMap((w) => (w.op === 'update' ? [] : [(w.row as OutboxRow).id])),
  );
  return changed(world, row, { state: 'queued', way: 'chat', nextAt: null, outboxIds }, writes);
}

/** An SMS or a message of the platform, to the first at home whom it may reach. */
async function outside(
  world: World,
  { row, visit, worker }: About,
  { atHome, held }: HomeToTell,
  way: OutsideWay,
  subscribed: ReadonlySet<string>,
): Promise<Batch> {
  const { clock } = world;
  const whom = atHome.find(({ id, phone }) => (way === 'sms' ? phone !== null : subscribed.has(id)));
  if (whom === undefined || held) return changed(world, row, afterTry(world, row, way));
  const { options: _buttons, ...words } = visitMessage(row.step, visit, worker, shanghaiDate(clock.now()));
  const to = { rowId: row.id, personId: whom.id, phone: whom.phone };
  const isSent = await sendOutside(world, way, to, words);
  return changed(world, row, isSent ? { state: 'accepted', way, nextAt: null } : afterTry(world, row, way));
}

/** 转告: one card to whoever goes, with the words and whom to tell. */
async function byDirector(world: World, about: About, seen: HomeToTell): Promise<Batch> {
  const { store, primary, clock } = world;
  const { row, visit } = about;
  const now = clock.now();
  const account = (await accountsOfPersons(store, [row.directorId], primary)).get(row.directorId);
  const { whom } = seen;
  if (whom === null) {
    const line = directorTold(
      visit,
      seen.children.map(({ name }) => name),
      'nobody',
      null,
    );
    return changed(world, row, ended('no-phone'), cardTo(world, account, row, line, now));
  }
  const { name, phone } = whom;
  const children = seen.children.map((child) => ({ name: child.name, relation: relationOf(whom, child.id) }));
  const { options: _buttons, ...words } = visitMessage(row.step, visit, about.worker, shanghaiDate(now));
  const card = passItOn({ personId: whom.id, name, phone, children }, words);
  const person = { personKind: whom.kind, personId: whom.id };
  return changed(
    world,
    row,
    { way: 'director', ...person, nextAt: row.until },
    cardTo(world, account, row, card, now, { card: row.id }),
  );
}

function cardTo(
  world: World,
  account: ChatAccountRow | undefined,
  row: VisitTellingRow,
  reply: ReturnType<typeof passItOn>,
  now: Date,
  about: { readonly card?: string } = {},
): readonly Write[] {
  if (account === undefined) return [];
  const key = `visit-telling:${row.id}:pass-on`;
  const refs = { visitId: row.visitId, until: row.until, ...about };
  return [queuedRow(world, { account, lane: 'reminder', key, reply, refs }, quietUntil(account, now))];
}

function relationOf({ bonds }: FamilyAdult, childId: string): string {
  return bonds.find((bond) => bond.childId === childId)?.relation ?? '';
}

/** The way led nowhere: the next is tried at once. */
function afterTry({ clock }: World, { tried }: VisitTellingRow, way: Way): Partial<VisitTellingRow> {
  const before = JSON.parse(tried) as Way[];
  return {
    ...{ state: 'waiting', way: null, tried: JSON.stringify([...before, way]) },
    nextAt: clock.now().toISOString(),
  };
}

function ended(reason: NonNullable<VisitTellingRow['reason']>): Partial<VisitTellingRow> {
  return { state: 'unreachable', reason, nextAt: null };
}

function changed(
  { clock }: World,
  { id, rev }: VisitTellingRow,
  set: Partial<VisitTellingRow>,
  more: readonly Write[] = [],
): Batch {
  return {
    guards: [{ table: 'VisitTelling', id, rev }],
    writes: [update('VisitTelling', id, { ...set, at: clock.now().toISOString(), rev: rev + 1 }), ...more],
  };
}
