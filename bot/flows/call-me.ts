import { say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import { asking } from './family-home.ts';

/**
 * 紧急 on a channel that may carry nothing personal: 110, where a report is made, and somebody is asked to call. It is no
 * word that people type; the door puts it in the place of theirs.
 */
export const callMeWord: CommandWord = {
  id: 'call-me',
  words: [],
  allowed: () => true,
  run: ({ view, context }) => {
    if (view.role === 'stranger' || view.personId === null)
      return { replies: [say('telegram.urgent-elsewhere')], commands: [] };
    if (view.role !== 'guardian' && view.role !== 'carer')
      return { replies: [say('telegram.call-asked')], commands: [{ type: 'ask-call', said: null }] };
    const asked = asking('call-above', { afterHelp: true, isPressing: true }, view, context);
    return { replies: [say('telegram.call-asked-family')], commands: [asked] };
  },
};
