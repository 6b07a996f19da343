import type { ChooseLanguage, NoteAccess } from '../domain/commands.ts';
import { decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';

/** Children's data was shown: one access row per screen (未成年人网络保护条例 第36条). */
export function noteAccess(command: NoteAccess, acting: Acting): Decision {
  return decided([
    insert('AccessRow', {
      id: acting.newId(),
      at: acting.at.toISOString(),
      workerId: acting.personId ?? '',
      screen: command.screen,
      childIds: JSON.stringify(command.childIds),
      reportId: null,
    }),
  ]);
}

/** The language of one account. */
export function chooseLanguage(command: ChooseLanguage, acting: Acting): Decision {
  return decided([update('ChatAccount', acting.accountId, { language: command.language })]);
}
