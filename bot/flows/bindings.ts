import type { WaitingBinding } from '../../server/domain/family/invitation.ts';
import { commandOption, say, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';

/** Numbers choose among at most eight buttons, and two belong to one family. */
const SHOWN = 4;

/** 待认: who bound and waits for somebody who knows them. */
export const bindingsWord: CommandWord = {
  id: 'bindings',
  words: ['待认', '认人', 'who bound'],
  allowed: ({ caseload }) => caseload.length > 0,
  run: ({ view }) => listed(view),
};

export const isThemWord: CommandWord = answerWord('is-them', ['是本人'], true);
export const notThemWord: CommandWord = answerWord('not-them', ['不是本人'], false);

function answerWord(id: string, words: readonly string[], isThem: boolean): CommandWord {
  return {
    id,
    words,
    allowed: ({ caseload }) => caseload.length > 0,
    run: ({ target, view }) => {
      const waiting = view.bindings ?? [];
      const [only, ...others] = target === null ? waiting : waiting.filter((one) => one.id === target);
      if (only === undefined) return { replies: [say('bindings.known-already')], commands: [] };
      if (others.length > 0) return listed(view);
      if (only.noContact) return neverBound(only);
      return {
        replies: [say(isThem ? 'bindings.you-confirmed' : 'bindings.you-refused', labelOf(only))],
        commands: [
          { type: 'answer-binding', bindingId: only.id, isThem, quietly: false },
          { type: 'note-access', screen: 'bindings', childIds: [only.childId] },
        ],
      };
    },
  };
}

/** 不得联系 came between: whatever is pressed, nothing is bound, and nothing is written to them. */
function neverBound(one: WaitingBinding): CommandRun {
  return {
    replies: [say('bindings.no-contact', labelOf(one))],
    commands: [
      { type: 'answer-binding', bindingId: one.id, isThem: false, quietly: true },
      { type: 'note-access', screen: 'bindings', childIds: [one.childId] },
    ],
  };
}

function listed({ bindings = [] }: View): CommandRun {
  if (bindings.length === 0) return { replies: [say('bindings.none')], commands: [] };
  const shown = bindings.slice(0, SHOWN);
  return {
    replies: [
      {
        ...say('bindings.list', { count: bindings.length, lines: shown.map(lineOf) }),
        options: shown.flatMap((one) =>
          one.noContact
            ? [commandOption('not-them', one.id, say('bindings.leave', labelOf(one)))]
            : [
                commandOption('is-them', one.id, say('bindings.yes', labelOf(one))),
                commandOption('not-them', one.id, say('bindings.no', labelOf(one))),
              ],
        ),
      },
    ],
    commands: [{ type: 'note-access', screen: 'bindings', childIds: shown.map(({ childId }) => childId) }],
  };
}

function lineOf(one: WaitingBinding): Say {
  if (one.noContact) return say('bindings.line-no-contact', { ...labelOf(one), name: one.name });
  return say('bindings.line', {
    ...labelOf(one),
    name: one.name,
    phone: one.phone ?? say('bindings.no-phone'),
    at: one.askedAt,
    way: say(`channel.${one.channel}`),
  });
}

function labelOf({ childName, relation }: WaitingBinding): { readonly child: string; readonly who: string } {
  return { child: childName, who: relation };
}
