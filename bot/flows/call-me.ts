import { say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';

/**
 * 紧急 on a channel that may carry nothing personal: 110, where a report is made, and somebody is asked to call. It is no
 * word that people type; the door puts it in the place of theirs.
 */
export const callMeWord: CommandWord = {
  id: 'call-me',
  words: [],
  allowed: () => true,
  run: ({ view }) => {
    const isKnown = view.personId !== null && !['guardian', 'carer', 'stranger'].includes(view.role);
    return isKnown
      ? { replies: [say('telegram.call-asked')], commands: [{ type: 'ask-call', said: null }] }
      : { replies: [say('telegram.urgent-elsewhere')], commands: [] };
  },
};
