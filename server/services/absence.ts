import type { AnswerAbsence, EndAbsence, RecordAbsence } from '../domain/commands.ts';
import { commandOption, say } from '../domain/say.ts';
import type { AbsenceRow, ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { factsWith } from './away-facts.ts';
import { insert, update, type Write } from './batch.ts';
import type { ChildHistory } from './loaded.ts';
import { childUpdate } from './record-contact.ts';

/** No child has this revision: the batch is refused and the turn is done again from the reading on. */
const NEVER = -1;

/**
 * 不在村. What overlaps an absence on record is one absence with it; the later word about the return holds. Of a HIGH
 * child the supervisor is asked first, also for more days than were agreed (our default).
 */
export function recordAbsence(
  command: RecordAbsence,
  acting: Acting,
  history: ChildHistory,
  supervisors: readonly ChatAccountRow[],
): Decision {
  const { from, until, asks } = command;
  const met = history.absences.find((row) => isInForce(row) && overlaps(row, from, until));
  const isLonger = met?.state === 'agreed' && met.untilOn !== null && (until === null || until > met.untilOn);
  const row: AbsenceRow =
    met === undefined || (asks && isLonger)
      ? newRow(command, acting, asks && isLonger ? met.untilOn : null)
      : {
          ...met,
          fromOn: met.fromOn < from ? met.fromOn : from,
          untilOn: until,
          companion: command.companion ?? met.companion,
          rev: met.rev + 1,
        };
  const others = history.absences.filter(({ id }) => id !== row.id);
  const outgoing = row.state === 'asked' ? supervisors.map((account) => request(row, account)) : [];
  return changed(history, [...others, row], acting, outgoing, [
    row.id === met?.id ? update('Absence', row.id, row) : insert('Absence', row),
    audit(acting, 'record-absence', row.id, { from, until, state: row.state }),
  ]);
}

/** 回来了: every absence that still runs ends on that day; what was to begin later does not come about. */
export function endAbsence({ on }: EndAbsence, acting: Acting, history: ChildHistory): Decision {
  const ended = history.absences
    .filter((row) => isInForce(row) && (row.untilOn === null || row.untilOn > on))
    .map((row): AbsenceRow =>
      row.fromOn > on
        ? { ...row, state: 'withdrawn', rev: row.rev + 1 }
        : { ...row, untilOn: on, rev: row.rev + 1 },
    );
  const others = history.absences.filter((row) => !ended.some(({ id }) => id === row.id));
  return changed(
    history,
    [...others, ...ended],
    acting,
    [],
    [
      ...ended.map((row) => update('Absence', row.id, row)),
      audit(acting, 'end-absence', history.childId, { on }),
    ],
  );
}

/** 同意 or 不同意, once: whoever comes second finds it answered. The director who asked is told. */
export function answerAbsence(
  command: AnswerAbsence,
  acting: Acting,
  history: ChildHistory,
  author: ChatAccountRow | null,
): Decision {
  const asked = history.absences.find(({ id, state }) => id === command.absenceId && state === 'asked');
  if (!asked) return decided([], [], [{ table: 'Child', id: history.childId, rev: NEVER }]);
  const row: AbsenceRow = {
    ...asked,
    state: command.agreed ? 'agreed' : 'refused',
    answeredBy: acting.personId,
    answeredAt: acting.at.toISOString(),
    rev: asked.rev + 1,
  };
  const others = history.absences.filter(({ id }) => id !== row.id);
  const outgoing = author === null ? [] : [answered(row, author)];
  return changed(history, [...others, row], acting, outgoing, [
    update('Absence', row.id, row),
    audit(acting, 'answer-absence', row.id, { state: row.state }),
  ]);
}

function changed(
  history: ChildHistory,
  rows: readonly AbsenceRow[],
  acting: Acting,
  outgoing: readonly Outgoing[],
  writes: readonly Write[],
): Decision {
  const facts = factsWith(history.facts, rows, history.obstacle);
  return decided([...writes, childUpdate(history, facts, acting)], outgoing, [
    { table: 'Child', id: history.childId, rev: history.rev },
  ]);
}

function newRow(command: RecordAbsence, acting: Acting, agreedUntil: string | null): AbsenceRow {
  const { absenceId, childId, from, until, companion, asks } = command;
  return {
    id: absenceId,
    childId,
    fromOn: agreedUntil ?? from,
    untilOn: until,
    companion,
    authorId: acting.personId,
    filedAt: acting.at.toISOString(),
    state: asks ? 'asked' : 'agreed',
    answeredBy: null,
    answeredAt: null,
    rev: 1,
  };
}

function isInForce({ state }: AbsenceRow): boolean {
  return state === 'asked' || state === 'agreed';
}

function overlaps(row: AbsenceRow, from: string, until: string | null): boolean {
  return (until === null || row.fromOn <= until) && (row.untilOn === null || row.untilOn >= from);
}

/** On a locked screen: that something waits, and nothing else. */
function request({ id }: AbsenceRow, account: ChatAccountRow): Outgoing {
  const reply = {
    ...say('requests.waits'),
    options: [commandOption('requests', null, say('requests.open'))],
  };
  return { account, lane: 'reminder', key: `request:${id}:${account.id}`, reply, refs: { absenceId: id } };
}

function answered({ id, state }: AbsenceRow, account: ChatAccountRow): Outgoing {
  const reply = {
    ...say(state === 'agreed' ? 'requests.agreed' : 'requests.not-agreed'),
    options: [commandOption('todo', null, say('menu.todo'))],
  };
  return { account, lane: 'reply', key: `answered:${id}`, reply, refs: { absenceId: id } };
}
