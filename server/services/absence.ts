import type { AnswerAbsence, EndAbsence, RecordAbsence, WithdrawAbsence } from '../domain/commands.ts';
import { commandOption, say } from '../domain/say.ts';
import type { AbsenceRow, ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { childWrites, isInForce } from './away-facts.ts';
import { insert, update, type Write } from './batch.ts';
import type { ChildHistory } from './loaded.ts';

/** No child has this revision: the batch is refused and the turn is done again from the reading on. */
const NEVER = -1;

/**
 * 不在村. Every word about it is a row of its own, and what overlaps is one absence for the rules; only a word that says
 * whose place it takes replaces another. Of a HIGH child the supervisor is asked first, also for more days than were
 * agreed (our default); until then what was agreed holds.
 */
export function recordAbsence(
  command: RecordAbsence,
  acting: Acting,
  history: ChildHistory,
  supervisors: readonly ChatAccountRow[],
): Decision {
  const { asks, replaces } = command;
  const target = held(history, replaces);
  if (replaces !== null && target === undefined) return overtaken(history);
  const row: AbsenceRow = {
    ...newRow(command.childId, acting),
    id: command.absenceId,
    kind: 'away',
    fromOn: command.from,
    untilOn: command.until,
    companion: command.companion ?? target?.companion ?? null,
    state: asks ? 'asked' : 'agreed',
    supersedesId: replaces,
  };
  // What was asked about the same absence is overtaken; what was agreed holds until this is agreed as well.
  const earlier = before(row, history).filter(({ state }) => !asks || state === 'asked');
  const asked = history.absences.filter(
    (r) => r.state === 'asked' && isInForce(r) && isAbout(r, replaces, history),
  );
  const replaced = [...new Set([...earlier, ...asked])];
  const outgoing = asks ? supervisors.map((account) => request(row, account)) : [];
  return changed(history, [row], replaced.map(supersededBy(row.id)), acting, outgoing, [
    audit(acting, 'record-absence', row.id, {
      from: row.fromOn,
      until: row.untilOn,
      state: row.state,
      replaces,
    }),
  ]);
}

/** 回来了: every absence that had begun by that day ends on it, also one that is told later. */
export function endAbsence(command: EndAbsence, acting: Acting, history: ChildHistory): Decision {
  const { returnId, on, replaces } = command;
  const target = held(history, replaces);
  if (replaces !== null && target === undefined) return overtaken(history);
  const row: AbsenceRow = {
    ...newRow(command.childId, acting),
    id: returnId,
    kind: 'return',
    fromOn: on,
    untilOn: on,
    companion: null,
    state: 'agreed',
    supersedesId: replaces,
  };
  const replaced = target === undefined ? [] : [supersededBy(row.id)(target)];
  return changed(
    history,
    [row],
    replaced,
    acting,
    [],
    [audit(acting, 'end-absence', row.id, { on, replaces })],
  );
}

/** 没有走: the words are taken back and stay readable; what was asked about them is asked no longer. */
export function withdrawAbsence(command: WithdrawAbsence, acting: Acting, history: ChildHistory): Decision {
  const { targetIds, reason, undo } = command;
  if (targetIds.some((id) => held(history, id) === undefined)) return overtaken(history);
  const withdrawn = history.absences
    .filter((row) => isInForce(row) && targetIds.some((id) => row.id === id || isAbout(row, id, history)))
    .map((row): AbsenceRow => ({
      ...row,
      state: 'withdrawn',
      reason,
      answeredBy: acting.personId,
      answeredAt: acting.at.toISOString(),
      rev: row.rev + 1,
    }));
  const restored = history.absences
    .filter(({ supersededById }) => undo && supersededById !== null && targetIds.includes(supersededById))
    .map((row): AbsenceRow => ({ ...row, supersededById: null, rev: row.rev + 1 }));
  return changed(
    history,
    [],
    [...withdrawn, ...restored],
    acting,
    [],
    targetIds.map((id) => audit(acting, 'withdraw-absence', id, { reason })),
  );
}

/** 同意 or 不同意, once: whoever comes second finds it answered. The director who asked is told. */
export function answerAbsence(
  command: AnswerAbsence,
  acting: Acting,
  history: ChildHistory,
  author: ChatAccountRow | null,
): Decision {
  const asked = held(history, command.absenceId);
  if (asked?.state !== 'asked') return overtaken(history);
  const row: AbsenceRow = {
    ...asked,
    state: command.agreed ? 'agreed' : 'refused',
    answeredBy: acting.personId,
    answeredAt: acting.at.toISOString(),
    rev: asked.rev + 1,
  };
  const replaced = command.agreed ? before(row, history).map(supersededBy(row.id)) : [];
  const outgoing = author === null ? [] : [answered(row, command, author)];
  return changed(history, [], [...replaced, row], acting, outgoing, [
    audit(acting, 'answer-absence', row.id, { state: row.state }),
  ]);
}

/** The words this one takes the place of, one after the other, that nothing has replaced yet. */
function before({ supersedesId }: AbsenceRow, history: ChildHistory): readonly AbsenceRow[] {
  const earlier = history.absences.find(({ id }) => id === supersedesId);
  if (earlier === undefined) return [];
  return [...(earlier.supersededById === null ? [earlier] : []), ...before(earlier, history)];
}

/** Whether this word was told in the place of that one, or of one that was. */
function isAbout({ supersedesId }: AbsenceRow, id: string | null, history: ChildHistory): boolean {
  if (supersedesId === null || id === null) return false;
  const earlier = history.absences.find((row) => row.id === supersedesId);
  return supersedesId === id || (earlier !== undefined && isAbout(earlier, id, history));
}

function changed(
  history: ChildHistory,
  inserted: readonly AbsenceRow[],
  updated: readonly AbsenceRow[],
  acting: Acting,
  outgoing: readonly Outgoing[],
  writes: readonly Write[],
): Decision {
  const others = history.absences.filter(({ id }) => !updated.some((row) => row.id === id));
  const rows = [
    ...inserted.map((row) => insert('Absence', row)),
    ...updated.map((row) => update('Absence', row.id, row)),
  ];
  const child = childWrites(history, { absences: [...others, ...updated, ...inserted] }, acting);
  return decided([...rows, ...child, ...writes], outgoing, [
    { table: 'Child', id: history.childId, rev: history.rev },
  ]);
}

/** The word with this id, while it holds. */
function held(history: ChildHistory, id: string | null): AbsenceRow | undefined {
  return history.absences.find((row) => row.id === id && isInForce(row));
}

/** Somebody else was faster: the turn is done again, and what is shown then is what holds. */
function overtaken({ childId }: ChildHistory): Decision {
  return decided([], [], [{ table: 'Child', id: childId, rev: NEVER }]);
}

function supersededBy(id: string): (row: AbsenceRow) => AbsenceRow {
  return (row) => ({ ...row, supersededById: id, rev: row.rev + 1 });
}

function newRow(childId: string, acting: Acting) {
  return {
    childId,
    authorId: acting.personId,
    filedAt: acting.at.toISOString(),
    answeredBy: null,
    answeredAt: null,
    supersededById: null,
    reason: null,
    rev: 1,
  };
}

/** On a locked screen: that something waits, and nothing else. */
function request({ id }: AbsenceRow, account: ChatAccountRow): Outgoing {
  const reply = {
    ...say('requests.waits'),
    options: [commandOption('requests', null, say('requests.open'))],
  };
  return { account, lane: 'reminder', key: `request:${id}:${account.id}`, reply, refs: { absenceId: id } };
}

/** What was decided, and what stays to be done while the child is away and after it is back. */
function answered({ id }: AbsenceRow, { agreed, visitBy }: AnswerAbsence, account: ChatAccountRow): Outgoing {
  const after = visitBy === null ? say('requests.after-return') : say('away.after', { on: visitBy });
  const reply = {
    ...(agreed ? say('requests.agreed', { after }) : say('requests.not-agreed')),
    options: [commandOption('todo', null, say('menu.todo'))],
  };
  return { account, lane: 'reply', key: `answered:${id}`, reply, refs: { absenceId: id } };
}
