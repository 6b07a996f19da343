import type { AnswerNudge } from '../../server/domain/family/nudge.ts';
import { addDays } from '../../server/domain/local-date.ts';
import { commandOption, plain, say, type Reply } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import { childOf, type View } from '../dialog/view.ts';

const LISTED = 3;
/** Whoever rang or went so lately has spoken with them (our default). */
const REACHED_DAYS = 7;

/** 打过了: the child was rung this week. */
export const nudgeCalledWord: CommandWord = answer('nudge-called', 'called', [
  '打过了',
  '打过电话了',
  '打了',
  '打过',
  '已经打了',
  ...[
    '我打过了',
    '打过电话',
    '打了电话',
    '打电话了',
    '刚打过',
    '刚打了',
    '刚打过了',
    '刚打过电话了',
    '刚打了电话',
  ],
  ...[
    '我刚打过',
    '我刚打了',
    '我刚打过了',
    '我刚打过电话了',
    '昨天打了',
    '昨天打过了',
    '今天打了',
    '今天打过了',
  ],
]);
/** 不用提醒: who rings every day anyway is left alone for a month. */
export const nudgeQuietWord: CommandWord = answer('nudge-quiet', 'quiet', [
  '不用提醒',
  '不要提醒',
  '别提醒',
  '我每天都打',
  '每天都打',
]);
/** 提醒我: switches it on. */
export const nudgeAgainWord: CommandWord = answer('nudge-again', 'again', [
  '提醒我',
  '每周提醒我',
  'remind me',
]);

function answer(id: string, what: AnswerNudge['answer'], words: readonly string[]): CommandWord {
  return {
    id,
    words,
    takesRest: what === 'quiet' ? 'anything' : 'nothing',
    allowed: ({ nudges, home }) => nudges?.keys !== undefined && (home?.persons.length ?? 0) > 0,
    run: ({ view: { nudges, home } }) => ({
      replies: [say(`nudge.answered-${what}`)],
      commands: [
        {
          type: 'answer-nudge',
          answer: what,
          keys: nudges?.keys ?? [],
          personIds: home?.persons.map((person) => person.id) ?? [],
        },
      ],
    }),
  };
}

/** In 待办: parents who got the reminders of weeks and did not answer, while nobody has reached the child's home since. */
export function silentParentsReply(
  view: View,
): { readonly reply: Reply; readonly childIds: readonly string[] } | null {
  const all = (view.nudges?.silent ?? []).slice(0, LISTED).flatMap((one) => {
    const child = childOf(view, one.childId);
    const isReached =
      child?.facts.encounters.some(({ on }) => on > addDays(view.today, -REACHED_DAYS)) === true;
    return child === undefined || isReached ? [] : [{ ...one, child }];
  });
  if (all.length === 0) return null;
  const options = all.map(({ child }) =>
    commandOption('contact', child.id, say('todo.contact', { name: child.name })),
  );
  const lines = all.map(({ child, relation, weeks }) =>
    say('nudge.silent', { child: plain(child.name), relation, weeks }),
  );
  return {
    reply: { ...say('nudge.silent-list', { lines }), options },
    childIds: all.map(({ childId }) => childId),
  };
}
