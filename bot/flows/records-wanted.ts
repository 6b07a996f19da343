import type { DialogEvent } from '../dialog/event.ts';
import type { Looking } from '../dialog/view.ts';
import type { Session } from '../dialog/session.ts';
import { childSpokenOf, tellsMistake, tellsSeveral } from './correct-said.ts';

type RecordsWanted = NonNullable<Looking['records']>;

const WORDS = /^\s*(更正|改记录|记录|历史|correct|records|history)|的记录[\s。.]*$/iu;

/** The records to read before this turn; null for the many turns that talk of none. */
export function recordsWanted(
  event: DialogEvent,
  option: string | undefined,
  session: Session,
): RecordsWanted | null {
  const asked = ofWords(event) ?? ofButton(option);
  if (asked !== null) return asked;
  const children = new Set(
    session.frames.filter(({ flow }) => flow === 'correct').map(({ slots }) => slots.child),
  );
  if (children.size === 0) return null;
  const [child, ...more] = children;
  // Corrections of several children wait one behind the other.
  return { childId: typeof child === 'string' && more.length === 0 ? child : null };
}

function ofWords(event: DialogEvent): RecordsWanted | null {
  if (event.kind !== 'text') return null;
  if (tellsSeveral(event.heard)) return { childId: null };
  if (!WORDS.test(event.text) && !tellsMistake(event.heard)) return null;
  return { childId: childSpokenOf(event.heard) ?? null };
}

/** `c:history:{child}:{page}` · `c:correct` */
function ofButton(option: string | undefined): RecordsWanted | null {
  const [, word, target] = /^c:(history|correct)(?::([^:]+))?/.exec(option ?? '') ?? [];
  if (word === undefined) return null;
  return { childId: word === 'history' ? (target ?? null) : null };
}
