import type { AnswerObstacle, RecordObstacle } from '../domain/commands.ts';
import { commandOption, say } from '../domain/say.ts';
import type { ChatAccountRow, ObstacleRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { childWrites } from './away-facts.ts';
import { insert, update } from './batch.ts';
import type { ChildHistory } from './loaded.ts';

const NEVER = -1;

/**
 * 去不了. The duty and its due day stay; reminders wait for the day of the next try. 家人不让进 reaches whoever
 * supervises in the same moment (our default): somebody else may have to go.
 */
export function recordObstacle(
  command: RecordObstacle,
  acting: Acting,
  history: ChildHistory,
  supervisors: readonly ChatAccountRow[],
): Decision {
  const { obstacleId, childId, kind, note, tryOn } = command;
  const row: ObstacleRow = {
    id: obstacleId,
    childId,
    authorId: acting.personId ?? '',
    filedAt: acting.at.toISOString(),
    kind,
    note,
    tryOn,
    state: 'open',
    goes: null,
    goesId: null,
    answeredBy: null,
    answeredAt: null,
    rev: 1,
  };
  const outgoing =
    kind === 'refused' && command.beside !== true ? supervisors.map((account) => waits(row, account)) : [];
  return decided(
    [
      insert('Obstacle', row),
      ...childWrites(history, { obstacles: [...history.obstacles, row] }, acting),
      audit(acting, 'record-obstacle', obstacleId, { kind, tryOn }),
    ],
    outgoing,
    [{ table: 'Child', id: childId, rev: history.rev }],
  );
}

/** Who goes instead, said once by whoever supervises; the director is told. */
export function answerObstacle(
  command: AnswerObstacle,
  acting: Acting,
  history: ChildHistory,
  author: ChatAccountRow | null,
): Decision {
  const open = history.obstacle;
  if (open?.id !== command.obstacleId || open.goes !== null)
    return decided([], [], [{ table: 'Child', id: history.childId, rev: NEVER }]);
  const set = {
    goes: command.goes,
    goesId: command.goes === 'supervisor' ? acting.personId : null,
    answeredBy: acting.personId,
    answeredAt: acting.at.toISOString(),
    rev: open.rev + 1,
  };
  const obstacles = history.obstacles.map((row) => (row.id === open.id ? { ...row, ...set } : row));
  return decided(
    [
      update('Obstacle', open.id, set),
      ...childWrites(history, { obstacles }, acting),
      audit(acting, 'answer-obstacle', open.id, { goes: command.goes }),
    ],
    author === null || command.beside === true ? [] : [answered(command, author)],
    [{ table: 'Child', id: history.childId, rev: history.rev }],
  );
}

/** On a locked screen: that something waits today, and nothing else. */
function waits({ id }: ObstacleRow, account: ChatAccountRow): Outgoing {
  const reply = {
    ...say('requests.waits-today'),
    options: [commandOption('requests', null, say('requests.open'))],
  };
  return { account, lane: 'reminder', key: `obstacle:${id}:${account.id}`, reply, refs: { obstacleId: id } };
}

function answered({ obstacleId, goes }: AnswerObstacle, account: ChatAccountRow): Outgoing {
  const reply = { ...say(`requests.goes-${goes}`), options: [commandOption('todo', null, say('menu.todo'))] };
  return { account, lane: 'reply', key: `goes:${obstacleId}`, reply, refs: { obstacleId } };
}
