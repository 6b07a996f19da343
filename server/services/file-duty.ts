import type { FileDuty } from '../domain/commands.ts';
import type { DutyLine } from '../domain/escalation/duty-roster.ts';
import { say, type Say } from '../domain/say.ts';
import type { ChatAccountRow, DutyRosterEntryRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert } from './batch.ts';

/**
 * 换班 and lines of the roster: on record, and told to whoever is on duty and to whoever is replaced in the same commit.
 * Reports under way keep the roster of their opening (docs/decisions/0030).
 */
export function fileDuty(
  { lines }: FileDuty,
  acting: Acting,
  byName: string,
  accounts: ReadonlyMap<string, ChatAccountRow>,
): Decision {
  const filedAt = acting.at.toISOString();
  const filed = lines.map((line) => ({ line, id: acting.newId() }));
  return decided(
    filed.flatMap(({ line: { areaCode, role, workerId, fromOn, untilOn, replacesId }, id }) => [
      insert('DutyRosterEntry', {
        id,
        areaCode,
        role: role as DutyRosterEntryRow['role'],
        workerId,
        fromOn,
        untilOn,
        replacesId,
        filedAt,
      }),
      audit(acting, 'file-duty', id, { areaCode, role, workerId, fromOn, untilOn, replacesId }),
    ]),
    filed.flatMap(({ line, id }) =>
      toldOf(line, byName).flatMap(({ workerId, words }) => {
        const account = workerId === acting.personId ? undefined : accounts.get(workerId);
        return account === undefined ? [] : [notice(account, id, words)];
      }),
    ),
  );
}

function toldOf(line: DutyLine, by: string): readonly { readonly workerId: string; readonly words: Say }[] {
  const vars = { from: line.fromOn, until: line.untilOn, role: say(`role.${line.role}`), by };
  const span = line.fromOn === line.untilOn ? 'day' : 'days';
  if (line.replacesId === null || line.replaces === null)
    return [{ workerId: line.workerId, words: say(`duty-change.told-${span}`, vars) }];
  return [
    {
      workerId: line.workerId,
      words: say(`duty-change.told-stand-in-${span}`, { ...vars, name: line.replaces }),
    },
    {
      workerId: line.replacesId,
      words: say(`duty-change.told-replaced-${span}`, { ...vars, name: line.name }),
    },
  ];
}

function notice(account: ChatAccountRow, id: string, reply: Outgoing['reply']): Outgoing {
  return { account, lane: 'reminder', key: `duty:${id}:${account.id}`, reply, refs: { dutyId: id } };
}
