import type { AnswerConcern, AskCall, CallMade, Command, OpenConcern } from '../server/domain/commands.ts';
import { allOf, decided, type Acting, type Decision } from '../server/services/acting.ts';
import { askCalls } from '../server/services/call.ts';
import { callMade, toldOneself } from '../server/services/call-end.ts';
import { answerConcern, openConcern } from '../server/services/concern.ts';
import type { Facts } from './needs.ts';
import type { LoadedTurn } from './views.ts';

/** Worries that could not be told in one breath are one call. */
export function decideCalls(
  commands: readonly Command[],
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): readonly Decision[] {
  const wanted = commands
    .filter(
      (c): c is AnswerConcern | AskCall =>
        c.type === 'ask-call' || (c.type === 'answer-concern' && c.answer === 'call-asked'),
    )
    .map((c) => (c.type === 'ask-call' ? { concernId: null, said: c.said } : c));
  if (wanted.length === 0) return [];
  const { name, phone } = turn.holder.worker ?? { name: '', phone: null };
  const called = { id: acting.personId ?? '', name, phone, areaCode: turn.ladderAreas[0] ?? null };
  return [askCalls(wanted, acting, called, turn.ladderHolders, facts.callsUnderWay)];
}

/** 打过了: the others who were asked hear of it, and so does whoever was to be called. */
export function decideCallMade(command: CallMade, acting: Acting, turn: LoadedTurn, facts: Facts): Decision {
  const told = turn.calls.filter(({ call }) => command.callIds.includes(call.id));
  const others = new Set(told.flatMap(({ recipientIds }) => recipientIds));
  others.delete(acting.personId ?? '');
  return callMade(command, acting, turn.calls, {
    by: turn.holder.worker ?? { name: '', phone: null },
    director: facts.accountsByWorker.get(told[0]?.call.directorId ?? '') ?? null,
    others: [...others].flatMap((id) => facts.accountsByWorker.get(id) ?? []),
  });
}

/** A worry as it begins, and what becomes of it. */
export function decideConcern(
  command: OpenConcern | AnswerConcern | AskCall,
  acting: Acting,
  facts: Facts,
): Decision {
  if (command.type === 'open-concern') return openConcern(command, acting);
  if (command.type === 'ask-call') return decided([]); // with the worries of the same turn, in decideCalls
  const call = facts.callsUnderWay.get(command.concernId);
  return allOf([answerConcern(command, acting), toldOneself(command, acting, call)]);
}
