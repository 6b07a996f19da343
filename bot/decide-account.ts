import type { Command } from '../server/domain/commands.ts';
import { chooseLanguage } from '../server/services/access.ts';
import type { Acting, Decision } from '../server/services/acting.ts';
import { makeLinkCode } from '../server/services/link-account.ts';
import { changeSettings } from '../server/services/settings.ts';

/** How somebody wants to be spoken to, and where. */
export function decideAccount(
  command: Command & { type: 'choose-language' | 'change-settings' | 'make-link-code' },
  acting: Acting,
): Decision {
  if (command.type === 'make-link-code') return makeLinkCode(command, acting);
  return command.type === 'change-settings'
    ? changeSettings(command, acting)
    : chooseLanguage(command, acting);
}
