import type { AnswerConcern } from '../domain/commands.ts';
import { say } from '../domain/say.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { update } from './batch.ts';

/**
 * What became of a concern. When the person cannot talk now, the supervisor reads only that a call is wanted:
 * no child, no reason.
 */
export function answerConcern(
  command: AnswerConcern,
  acting: Acting,
  author: { readonly name: string; readonly phone: string | null },
  supervisors: readonly ChatAccountRow[],
): Decision {
  const at = acting.at.toISOString();
  const change = update('Concern', command.concernId, {
    state: command.answer,
    answeredAt: at,
    followUpOn: command.followUpOn,
    closedAt: command.answer === 'closed' ? at : null,
  });
  const calls =
    command.answer === 'call-asked'
      ? supervisors.map((account) => callRequest(account, command.concernId, author, at))
      : [];
  return decided(
    [change, audit(acting, 'answer-concern', command.concernId, { answer: command.answer })],
    calls,
  );
}

function callRequest(
  account: ChatAccountRow,
  concernId: string,
  author: { readonly name: string; readonly phone: string | null },
  at: string,
): Outgoing {
  const { name, phone } = author;
  const reply =
    phone === null
      ? say('concern.call-request-no-phone', { name, at })
      : say('concern.call-request', { name, phone, at });
  return {
    account,
    lane: 'urgent',
    key: `call:${concernId}:${at}:${account.id}`,
    reply,
    refs: { concernId },
  };
}
