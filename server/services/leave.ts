import type { EndLeave, TakeLeave } from '../domain/commands.ts';
import { addDays } from '../domain/local-date.ts';
import { say } from '../domain/say.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, update } from './batch.ts';

/** Who hears of a leave: whoever supervises, and the substitute. */
export interface LeaveReaders {
  readonly name: string;
  readonly supervisors: readonly ChatAccountRow[];
  readonly substitute: ChatAccountRow | null;
}

/** 请假: on record, and told to the substitute and to whoever supervises in the same commit. */
export function takeLeave(command: TakeLeave, acting: Acting, readers: LeaveReaders): Decision {
  const { leaveId, fromOn, untilOn, substituteId, substituteName } = command;
  const told = { name: readers.name, from: fromOn, until: untilOn };
  const toSupervisor =
    substituteId === null
      ? say('leave.to-supervisor-alone', told)
      : say('leave.to-supervisor', { ...told, substitute: substituteName ?? '' });
  return decided(
    [
      insert('WorkerLeave', {
        id: leaveId,
        workerId: acting.personId ?? '',
        substituteId,
        fromOn,
        untilOn,
        filedAt: acting.at.toISOString(),
      }),
      audit(acting, 'take-leave', leaveId, { fromOn, untilOn, substituteId }),
    ],
    [
      ...readers.supervisors.map((account) => notice(account, `leave:${leaveId}`, leaveId, toSupervisor)),
      ...(readers.substitute === null
        ? []
        : [notice(readers.substitute, `leave:${leaveId}`, leaveId, say('leave.to-substitute', told))]),
    ],
  );
}

/** 销假: back before the last day; from today on everything is as before. */
export function endLeave({ leaveId }: EndLeave, acting: Acting, readers: LeaveReaders): Decision {
  const back = say('leave.back-told', { name: readers.name });
  return decided(
    [
      update('WorkerLeave', leaveId, { untilOn: addDays(acting.today, -1) }),
      audit(acting, 'end-leave', leaveId, { on: acting.today }),
    ],
    [...readers.supervisors, ...(readers.substitute === null ? [] : [readers.substitute])].map((account) =>
      notice(account, `leave-ends:${leaveId}`, leaveId, back),
    ),
  );
}

function notice(account: ChatAccountRow, key: string, leaveId: string, reply: Outgoing['reply']): Outgoing {
  return { account, lane: 'reminder', key: `${key}:${account.id}`, reply, refs: { leaveId } };
}
