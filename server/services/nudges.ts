import type { AnswerNudge } from '../domain/family/nudge.ts';
import { commandOption, say, type Reply } from '../domain/say.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';

/** The weekly reminder: nothing of the child, and the answer is one press or a 1. */
export function nudgeMessage(carer: string | null): Reply {
  return {
    ...(carer === null ? say('nudge.call-home') : say('nudge.call', { carer })),
    options: [
      commandOption('nudge-called', null, say('nudge.called')),
      commandOption('nudge-quiet', null, say('nudge.quiet')),
    ],
  };
}

/** 打过了, 不用提醒, 提醒我: kept for everybody behind the phone. */
export function answerNudge({ answer, keys, personIds }: AnswerNudge, acting: Acting): Decision {
  const at = acting.at.toISOString();
  const said = answer === 'quiet' ? ('daily' as const) : ('called' as const);
  const wishes = answer === 'called' ? [] : personIds;
  return decided([
    ...(answer === 'again' ? [] : keys).map((key) =>
      update('WeeklyNudge', key, { answeredAt: at, answer: said }),
    ),
    ...wishes.map((personId) =>
      insert('NudgeWish', { id: acting.newId(), at, personId, wish: answer === 'quiet' ? 'quiet' : 'again' }),
    ),
    ...personIds.map((personId) => audit(acting, 'answer-nudge', personId, { answer })),
  ]);
}
