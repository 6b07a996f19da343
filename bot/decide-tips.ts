import type { Command } from '../server/domain/commands.ts';
import type { TipCommand } from '../server/domain/family/tip-commands.ts';
import type { Acting, Decision } from '../server/services/acting.ts';
import { speakShort } from '../server/services/settings.ts';
import { answerTip, chooseTips, giveTip } from '../server/services/tips.ts';

const OF_TIPS: ReadonlySet<string> = new Set<TipCommand['type']>([
  'give-tip',
  'answer-tip',
  'choose-tips',
  'speak-short',
]);

export function isOfTips(command: Command): command is TipCommand {
  return OF_TIPS.has(command.type);
}

/** What a family asks of tips and says to them, and how short they want it. */
export function decideTips(command: TipCommand, acting: Acting): Decision {
  switch (command.type) {
    case 'give-tip':
      return giveTip(command, acting);
    case 'answer-tip':
      return answerTip(command);
    case 'choose-tips':
      return chooseTips(command, acting);
    case 'speak-short':
      return speakShort(command, acting);
  }
}
