import type { AnswerConcern } from '../domain/commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { update } from './batch.ts';

/** What became of a concern. When the person cannot talk now, a call is asked for besides (`call.ts`). */
export function answerConcern(command: AnswerConcern, acting: Acting): Decision {
  const { concernId, answer, followUpOn } = command;
  const at = acting.at.toISOString();
  const change = {
    state: answer,
    answeredAt: at,
    followUpOn,
    closedAt: answer === 'closed' ? at : null,
  };
  return decided([
    update('Concern', concernId, change),
    audit(acting, 'answer-concern', concernId, { answer }),
  ]);
}
