import type { RecordContact } from '../../server/domain/commands.ts';
import { commandOption, say, type Option } from '../../server/domain/say.ts';
import { childOf, type View } from '../dialog/view.ts';
import { awayWords, companionIn } from '../understanding/away-words.ts';
import { ADULT } from '../understanding/person-words.ts';
import { isAwayNow } from './away-known.ts';

const CLAUSE = /[^,，。;；!！?？\s]+/gu;
const GROWN_UP = new RegExp(ADULT, 'u');

/**
 * 跟他爸去外地了, in the note of a visit at which the child was not seen: 不在村 is offered and never assumed. 爸爸去外地了 says it
 * of a grown-up.
 */
export function awayOffered({ childId, childSeen, note }: RecordContact, view: View): readonly Option[] {
  const child = childOf(view, childId);
  if (!child || childSeen !== false || note === null || isAwayNow(child, view.today)) return [];
  const isGone = (note.match(CLAUSE) ?? []).some(
    (clause) =>
      awayWords(clause, view.today) !== null && (companionIn(clause) !== null || !GROWN_UP.test(clause)),
  );
  return isGone ? [commandOption('away', childId, say('away.offered', { child: child.name }))] : [];
}
