import type { Command } from '../server/domain/commands.ts';
import type { TipCommand } from '../server/domain/family/tip-commands.ts';
import type { Acting, Decision } from '../server/services/acting.ts';
import { answerTip, chooseTips, giveTip } from '../server/services/tips.ts';

export function isOfTips(command: Command): command is TipCommand {
  return command.type === 'give-tip' || command.type === 'answer-tip' || command.type === 'choose-tips';
}

/** What a family asks of tips, and says to them. */
export function decideTips(command: TipCommand, acting: Acting): Decision {
  switch (command.type) {
    case 'give-tip':
      return giveTip(command, acting);
    case 'answer-tip':
      return answerTip(command);
    case 'choose-tips':
      return chooseTips(command, acting);
  }
}
