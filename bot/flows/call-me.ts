import { say, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import { isFamily } from '../dialog/view.ts';
import { asking } from './family-home.ts';
import { urgentOption } from './open-report.ts';

/**
 * 紧急 on a channel that may carry nothing personal: 110, where a report is made, and somebody is asked to call. Somebody
 * unknown is called by nobody, but whoever answers for the county hears that they asked. It is no word that people type; the
 * door puts it in the place of theirs.
 */
export const callMeWord: CommandWord = {
  id: 'call-me',
  words: [],
  allowed: () => true,
  run: ({ view, context }) => {
    if (!isFamily(view)) return told(say('telegram.call-asked'), { type: 'ask-call', said: null });
    const isKnown = view.role !== 'stranger' && view.personId !== null;
    // By minutes only where somebody can be called.
    const asked = asking('call-above', { afterHelp: true, isPressing: isKnown }, view, context);
    return told(say(isKnown ? 'telegram.call-asked-family' : 'telegram.urgent-elsewhere'), asked);
  },
};

function told(what: Say, command: CommandRun['commands'][number]): CommandRun {
  return { replies: [{ ...what, options: [urgentOption()] }], commands: [command] };
}
