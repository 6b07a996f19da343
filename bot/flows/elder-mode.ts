import { commandOption, say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';

const isOfFamily = ({ role }: View): boolean => ['guardian', 'carer', 'stranger'].includes(role);

/** 简单点: from now on short sentences, and no more than two things to choose from where nothing has to be asked. */
export const elderModeWord: CommandWord = {
  id: 'elder-mode',
  words: ['简单点', '简单一点', '简单版', '老人模式', '大字', '看不清', '看不懂', 'simple', 'simpler'],
  allowed: isOfFamily,
  run: () => ({
    replies: [{ ...say('elder-mode.on'), options: [commandOption('menu', null, say('elder-mode.begin'))] }],
    commands: [{ type: 'change-settings', change: { steps: 'small' } }],
  }),
};

/** 说全一点: as to everybody else. */
export const usualModeWord: CommandWord = {
  id: 'usual-mode',
  words: ['说全一点', '说详细点', '普通版', '普通模式', '照常', 'usual'],
  allowed: isOfFamily,
  run: () => ({
    replies: [say('elder-mode.off')],
    commands: [{ type: 'change-settings', change: { steps: null } }],
  }),
};
