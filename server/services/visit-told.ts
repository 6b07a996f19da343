import { timeSaid, timeTold, visitAnswers, type VisitReach } from '../domain/family/visit.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { commandOption, plain, say, type Reply, type Say } from '../domain/say.ts';
import type { VisitAppointmentRow, WorkerRow } from '../store/generated/tables.ts';

/** What is due about an appointment. */
export type VisitStep = NonNullable<VisitAppointmentRow['owed']> | 'remind' | 'missed';

/** What a family is still to be told goes first; then the evening before; after its day a visit was not made. */
export function stepOf({ owed, onDay }: VisitAppointmentRow, today: LocalDate): VisitStep {
  if (owed !== null && (onDay >= today || owed === 'cancel')) return owed;
  return onDay < today ? 'missed' : 'remind';
}

/** A message to a family: who comes and when, and nothing of the child. */
export function visitMessage(
  step: VisitStep,
  row: VisitAppointmentRow,
  { name, role }: Pick<WorkerRow, 'name' | 'role'>,
  readOn: LocalDate,
): Reply {
  const who = say(role === 'director' ? 'visit-told.who-director' : 'visit-told.who-supervisor', { name });
  const when = timeTold({ on: row.onDay as LocalDate, part: row.daypart }, readOn);
  const key = step === 'remind' && row.atHome ? 'remind-said' : step;
  const options = step === 'cancel' ? [] : visitAnswers(row.id, row.atHome);
  return { ...say(`visit-told.${key}`, { who, when }), ...(options.length > 0 ? { options } : {}) };
}

/** Somebody at home whom the director is asked to tell. */
interface PersonToTell {
  readonly personId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly children: readonly { readonly name: string; readonly relation: string }[];
}

/** 转告, of one visit: whom to tell, and the words, ready to be passed on. */
export function passItOn({ personId, name, phone, children }: PersonToTell, words: Say): Reply {
  const person = say('forward.line', {
    name,
    children: children.map((child) => say('forward.child', { child: child.name, relation: child.relation })),
    phone: phone ?? say('forward.no-phone'),
  });
  return {
    ...say('visit-told.pass-on', { person, words }),
    options: [
      commandOption('forward-told', personId, say('forward.told-button', { name })),
      commandOption('forward-lost', personId, say('forward.lost-button', { name })),
    ],
  };
}

/** To whoever goes: the family got no message. Why is said where it may be known; who may be rung stands beside it. */
export function directorTold(
  row: VisitAppointmentRow,
  children: readonly string[],
  why: 'high' | 'nobody',
  call: VisitReach['call'],
): Reply {
  const what =
    why !== 'nobody'
      ? say('visit-plan.not-told-high')
      : call === null
        ? say('visit-plan.no-number')
        : say('visit-plan.call', { ...call, who: call.relation });
  const when = timeSaid({ on: row.onDay as LocalDate, part: row.daypart });
  return {
    ...say('visit-plan.not-sent', { children: children.map(plain), when, what }),
    options: [commandOption('todo', null, say('menu.todo'))],
  };
}
