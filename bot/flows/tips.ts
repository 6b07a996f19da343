import { nextTip } from '../../server/domain/family/next-tip.ts';
import { TIP_POLICY } from '../../server/domain/family/tip-policy.ts';
import { TIPS } from '../../server/domain/family/tips.ts';
import { commandOption, say, type Option } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import { isFamily, type View } from '../dialog/view.ts';

/** Whoever holds this phone is known to be of a child's family, and may be written to. */
export function isBound({ home }: View): boolean {
  return home?.standing === 'bound' && !home.noContact;
}

/** 小知识: one now. It may be asked for at any time, and is never one they had. */
export const tipWord: CommandWord = {
  id: 'tip',
  words: ['小知识', '小贴士', '一条小知识', '看小知识', '再看一条', '再来一条', 'tip', 'a tip'],
  allowed: isBound,
  run: ({ view }): CommandRun => {
    const { tips: desk, today } = view;
    if (desk === undefined) return { replies: [say('tip-talk.none-left')], commands: [] };
    const seed = `${desk.persons.map(({ id }) => id).join()}:${today}:${String(desk.given.length)}`;
    const tip = nextTip(TIPS, desk.children, desk.given, seed, TIP_POLICY);
    if (tip === null) return { replies: [say('tip-talk.none-left')], commands: [] };
    return {
      replies: [{ ...say('tip-talk.asked-for', { tip: say(`tip.${tip.id}`) }), options: tipAnswers(tip.id) }],
      commands: [{ type: 'give-tip', tipId: tip.id, persons: desk.persons }],
    };
  },
};

/** What one may say to a tip, in one press. */
export function tipAnswers(tipId: string): readonly Option[] {
  return [
    commandOption(tipUsefulWord.id, tipId, say('tip-talk.useful')),
    commandOption(tipUselessWord.id, tipId, say('tip-talk.useless')),
  ];
}

/** 有用, 没用: below a tip only, for the words alone say nothing of which. */
export const tipUsefulWord: CommandWord = answerWord('tip-useful', 'useful');
export const tipUselessWord: CommandWord = answerWord('tip-useless', 'useless');

function answerWord(id: 'tip-useful' | 'tip-useless', answer: 'useful' | 'useless'): CommandWord {
  return {
    id,
    words: [],
    allowed: isBound,
    run: ({ target, view }): CommandRun => {
      const isTip = TIPS.some((tip) => tip.id === target);
      const reply = { ...say(`tip-talk.thanks-${answer}`), options: [another()] };
      if (target === null || !isTip) return { replies: [reply], commands: [] };
      const persons = view.home?.persons ?? [];
      return { replies: [reply], commands: [{ type: 'answer-tip', tipId: target, answer, persons }] };
    },
  };
}

function another(): Option {
  return commandOption(tipWord.id, null, say('tip-talk.another'));
}

/** 退订: tips and weekly reminders stop; what concerns the child's safety still comes. */
export const unsubscribeWord: CommandWord = {
  id: 'unsubscribe',
  words: ['退订', '不想收', '不想收了', '不要发了', '别发了', 'td', 'unsubscribe'],
  allowed: isFamily,
  run: ({ view }) =>
    isBound(view) ? chosen(view, false) : { replies: [say('unsubscribe.nothing-sent')], commands: [] },
};

/** 订阅: they come again. */
export const subscribeWord: CommandWord = {
  id: 'subscribe',
  words: ['订阅', '想收', '我想收', '重新订阅', 'subscribe'],
  allowed: isBound,
  run: ({ view }) => chosen(view, true),
};

function chosen({ home, role }: View, wanted: boolean): CommandRun {
  const of = role === 'guardian' ? '-guardian' : '';
  const reply = wanted
    ? { ...say(`unsubscribe.again${of}`), options: [another()] }
    : say(`unsubscribe.stopped${of}`);
  return {
    replies: [reply],
    commands: [{ type: 'choose-tips', wanted, persons: home?.persons ?? [] }],
  };
}
