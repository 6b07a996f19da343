import { commandOption, say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import { isFamily } from '../dialog/view.ts';
import { adultIn } from './adult-words.ts';
import { certainChild } from './record-slots.ts';

/** 简单点: from now on short sentences, and no more than two things to choose from where nothing has to be asked. */
export const elderModeWord: CommandWord = {
  id: 'elder-mode',
  words: ['简单点', '简单一点', '简单版', '老人模式', '大字', '看不清', '看不懂', 'simple', 'simpler'],
  allowed: isFamily,
  run: () => ({
    replies: [{ ...say('elder-mode.on'), options: [commandOption('menu', null, say('elder-mode.begin'))] }],
    commands: [{ type: 'change-settings', change: { steps: 'small' } }],
  }),
};

/** 说全一点: as to everybody else. */
export const usualModeWord: CommandWord = {
  id: 'usual-mode',
  words: ['说全一点', '说详细点', '普通版', '普通模式', '照常', 'usual'],
  allowed: isFamily,
  run: () => ({
    replies: [say('elder-mode.off')],
    commands: [{ type: 'change-settings', change: { steps: null } }],
  }),
};

/** 老人模式 小明的奶奶: a director chooses it for an adult of a child they answer for, who would not find the word. */
export const elderModeForWord: CommandWord = {
  id: 'elder-mode-for',
  words: ['老人模式', 'elder mode'],
  takesRest: 'anything',
  allowed: ({ caseload }) => caseload.length > 0,
  run: ({ heard, view }): CommandRun => {
    const childId = heard === null ? undefined : certainChild(heard);
    const adults = view.families?.get(childId ?? '')?.adults ?? [];
    const mayHave = adults.filter(({ noContact }) => noContact === null);
    const adult = heard === null ? undefined : adultIn(heard.text, mayHave);
    if (adult === undefined) return { replies: [say('elder-mode.of-whom')], commands: [] };
    const accountIds = (view.phones ?? [])
      .filter(({ personId }) => personId === adult.id)
      .map(({ accountId }) => accountId);
    const who = adult.relation;
    if (accountIds.length === 0) return { replies: [say('elder-mode.no-phone', { who })], commands: [] };
    return {
      replies: [say('elder-mode.chosen-for', { who })],
      commands: [{ type: 'speak-short', accountIds }],
    };
  },
};
