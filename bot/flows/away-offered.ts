import type { RecordContact } from '../../server/domain/commands.ts';
import { commandOption, say, type Option } from '../../server/domain/say.ts';
import { childOf, type View } from '../dialog/view.ts';
import { tellsGone } from '../understanding/gone-words.ts';
import { isAwayNow } from './away-known.ts';
import { spokenNames } from './spoken-names.ts';

/** 跟他爸去外地了, in the note of a visit at which the child was not seen: 不在村 is offered and never assumed. */
export function awayOffered({ childId, childSeen, note }: RecordContact, view: View): readonly Option[] {
  const child = childOf(view, childId);
  if (!child || childSeen !== false || note === null || isAwayNow(child, view.today)) return [];
  return tellsGone(note, spokenNames(child), view.today)
    ? [commandOption('away', childId, say('away.offered', { child: child.name }))]
    : [];
}
