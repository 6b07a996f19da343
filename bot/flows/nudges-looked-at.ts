import type { DialogEvent } from '../dialog/event.ts';
import type { Session } from '../dialog/session.ts';
import type { Looking, View } from '../dialog/view.ts';
import { numberIn } from '../dialog/words.ts';
import { nudgeAgainWord, nudgeCalledWord, nudgeQuietWord } from './nudge-answers.ts';
import { todoWord } from './todo-list.ts';

const ANSWERS = [nudgeCalledWord, nudgeQuietWord, nudgeAgainWord].flatMap(({ words }) => words);

/** Whether a turn is about the weekly reminders: a parent's answer, or the list of whoever answers for the children. */
export function looksAtNudges(
  event: DialogEvent,
  option: string | undefined,
  session: Session,
  { role, caseload }: View,
): Looking['nudges'] {
  if (role === 'guardian' || role === 'carer') {
    if (option?.startsWith('c:nudge-') === true) return 'answer';
    if (event.kind !== 'text') return undefined;
    if (numberIn(event.text) !== null) return session.frames.length === 0 ? 'answer' : undefined;
    return ANSWERS.some((word) => event.text.trim().toLowerCase().startsWith(word)) ? 'answer' : undefined;
  }
  const isList =
    option === `c:${todoWord.id}` || (event.kind === 'text' && todoWord.words.includes(event.text.trim()));
  return isList && caseload.length > 0 ? 'silent' : undefined;
}
