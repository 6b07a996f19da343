import { afterTold, dayAfter, timeSaid } from '../domain/family/visit.ts';
import type {
  AtHome,
  EndVisits,
  PassVisit,
  PlanVisits,
  VisitCommand,
  WishVisit,
} from '../domain/family/visit-commands.ts';
import type { CorrectContact, RecordContact, WithdrawContact } from '../domain/commands.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { isVisit } from '../domain/cadence/child-facts.ts';
import { commandOption, plain, say } from '../domain/say.ts';
import type { ChatAccountRow, VisitAppointmentRow, VisitTellingRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, update, type Guard, type Write } from './batch.ts';

/** What is said of visits that are agreed on; the messages to families are made by a job, which reads once more who may be told. */
export function decideVisit(
  command: VisitCommand,
  acting: Acting,
  directors: readonly ChatAccountRow[],
  tellings: readonly VisitTellingRow[],
): Decision {
  switch (command.type) {
    case 'plan-visits':
      return plan(command, acting);
    case 'cancel-visits':
    case 'keep-visits':
      return end(command, acting);
    case 'visit-at-home':
      return atHome(command, acting, tellings);
    case 'pass-visit':
      return passVisit(command, acting);
    case 'wish-visit':
      return wish(command, acting, directors);
  }
}

function plan({ visits, on, part, tell }: PlanVisits, acting: Acting): Decision {
  const at = acting.at.toISOString();
  const rows = visits.map(({ id, childId, tripId, replaces }): VisitAppointmentRow => {
    const owed = replaces?.told === true ? 'change' : tell ? 'announce' : null;
    return {
      ...{ id, childId, tripId, directorId: acting.personId ?? '', onDay: on, daypart: part },
      // A family that was told of another day knows that somebody comes.
      ...{ state: 'planned', told: owed === 'change', toldAt: null, owed, reminded: false, atHome: false },
      ...{ wishText: null, wishOn: null, wishPart: null, supersedesId: replaces?.id ?? null, doneById: null },
      ...{ nextAt: owed === null ? dayAfter(on).toISOString() : at, createdAt: at, rev: 1 },
    };
  });
  const before = visits.flatMap(({ replaces, insteadOf = [] }) => [
    ...(replaces === null ? [] : [replaces]),
    ...insteadOf,
  ]);
  return decided(
    [
      ...before.map(({ id, rev }) =>
        update('VisitAppointment', id, { state: 'moved', nextAt: null, rev: rev + 1 }),
      ),
      ...rows.map((row) => insert('VisitAppointment', row)),
      ...rows.map((row) => audit(acting, 'plan-visit', row.id, row)),
    ],
    [],
    guardsOf(before),
  );
}

function end({ type, visits }: EndVisits, acting: Acting): Decision {
  const at = acting.at.toISOString();
  const none = { wishText: null, wishOn: null, wishPart: null };
  const isCancelled = type === 'cancel-visits';
  const writes = visits.map(({ id, rev, told }): Write => {
    const owed = told ? { owed: isCancelled ? ('cancel' as const) : ('kept' as const), nextAt: at } : {};
    const last = isCancelled ? { state: 'cancelled' as const, nextAt: null } : {};
    return update('VisitAppointment', id, { ...last, ...none, ...owed, rev: rev + 1 });
  });
  return decided([...writes, ...visits.map(({ id }) => audit(acting, type, id, {}))], [], guardsOf(visits));
}

/** Whoever will be at home knows of the day: what was told of it has come to them. */
function atHome({ visits }: AtHome, acting: Acting, tellings: readonly VisitTellingRow[]): Decision {
  const known = tellings.filter(({ visitId }) => visits.some(({ id }) => id === visitId));
  const at = acting.at.toISOString();
  return decided(
    [
      ...known.map(({ id, rev }) =>
        update('VisitTelling', id, { state: 'confirmed', nextAt: null, at, rev: rev + 1 }),
      ),
      ...visits.map(({ id, rev }) => update('VisitAppointment', id, { atHome: true, rev: rev + 1 })),
      ...visits.map(({ id }) => audit(acting, 'visit-at-home', id, {})),
    ],
    [],
    [...guardsOf(visits), ...known.map(({ id, rev }) => ({ table: 'VisitTelling' as const, id, rev }))],
  );
}

function passVisit({ tellings, outcome }: PassVisit, acting: Acting): Decision {
  const end: Partial<VisitTellingRow> =
    outcome === 'told' ? { state: 'told' } : { state: 'unreachable', reason: outcome };
  const about = { nextAt: null, at: acting.at.toISOString(), byId: acting.personId };
  return decided(
    tellings.map(({ id, rev }) => update('VisitTelling', id, { ...end, ...about, rev: rev + 1 })),
    [],
    tellings.map(({ id, rev }) => ({ table: 'VisitTelling', id, rev })),
  );
}

function wish(command: WishVisit, acting: Acting, directors: readonly ChatAccountRow[]): Decision {
  const { visits, text, wish: time, children } = command;
  const [first] = visits;
  if (first === undefined) return decided([]);
  const { on, part } = time;
  const vars = { children: children.map(plain), wish: timeSaid(time), before: timeSaid(first) };
  const options = [
    commandOption('visit-accept', first.id, say('visit-plan.accept')),
    commandOption('visit-keep', first.id, say('visit-plan.keep')),
  ];
  const told = directors.map((account): Outgoing => ({
    account,
    lane: 'reminder',
    key: `visit-wish:${first.id}:${String(first.rev)}:${account.id}`,
    reply: { ...say('visit-plan.wished', vars), options },
    refs: { visitId: first.id },
  }));
  const set = { wishText: text, wishOn: on, wishPart: part, atHome: false };
  return decided(
    [
      ...visits.map(({ id, rev }) => update('VisitAppointment', id, { ...set, rev: rev + 1 })),
      ...visits.map(({ id }) => audit(acting, 'wish-visit', id, { on, part })),
    ],
    told,
    guardsOf(visits),
  );
}

/** The way was made: what was agreed on for that day, or before it, is done. */
export function visitsKept(record: RecordContact, open: readonly VisitAppointmentRow[]): Decision {
  const { childId, mode, takenOn } = record;
  const kept = open.filter((row) => isVisit(mode) && row.childId === childId && row.onDay <= takenOn);
  return decided(
    kept.map(({ id, rev }) =>
      update('VisitAppointment', id, {
        ...{ state: 'done', owed: null, nextAt: null },
        ...{ doneById: record.contactId, rev: rev + 1 },
      }),
    ),
    [],
    guardsOf(kept),
  );
}

/**
 * The record that ended these appointments is taken back, or put right: what the record in its place does not end is open
 * again, or a visit of which nothing is on record where its day is over.
 */
export function visitsReopened(
  by: WithdrawContact | CorrectContact,
  ended: readonly VisitAppointmentRow[],
  acting: Acting,
): Decision {
  const isKept = ({ onDay }: VisitAppointmentRow): boolean =>
    by.type === 'correct-contact' && !by.mistake && isVisit(by.mode) && onDay <= by.takenOn;
  return decided(
    ended.map((row) =>
      update('VisitAppointment', row.id, {
        ...(isKept(row) ? { doneById: by.contactId } : openAgain(row, acting)),
        rev: row.rev + 1,
      }),
    ),
    [],
    guardsOf(ended),
  );
}

function openAgain(
  { onDay, told, reminded }: VisitAppointmentRow,
  { at, today }: Acting,
): Partial<VisitAppointmentRow> {
  const on = onDay as LocalDate;
  if (on < today) return { state: 'missed', doneById: null };
  const nextAt = told && !reminded ? afterTold(on, at) : dayAfter(on);
  return { state: told ? 'told' : 'planned', doneById: null, nextAt: nextAt.toISOString() };
}

/** The same visits, ended by the record that stands in the place of the one before. */
export function visitsEndedAnew(doneById: string, rows: readonly VisitAppointmentRow[]): Decision {
  return decided(
    rows.map(({ id, rev }) => update('VisitAppointment', id, { doneById, rev: rev + 1 })),
    [],
    guardsOf(rows),
  );
}

function guardsOf(rows: readonly { readonly id: string; readonly rev: number }[]): readonly Guard[] {
  return rows.map(({ id, rev }) => ({ table: 'VisitAppointment', id, rev }));
}
