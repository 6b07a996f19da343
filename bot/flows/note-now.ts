import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { isVisit } from '../../server/domain/cadence/child-facts.ts';
import { withOriginal } from '../../server/domain/original-words.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { childOf, type View } from '../dialog/view.ts';
import { understand } from '../understanding/understand.ts';

/** The lines of a record, as its words are held against them. */
export interface Lines {
  readonly child: string;
  readonly on: string | null;
  readonly mode: Mode | null;
  readonly met: readonly string[];
  readonly seen: boolean | null;
}

/** What a line said before it was put right; a line that was not put right is missing. */
export type Before = Partial<Lines>;

const CLAUSE = /[^，,。；;！？!?\s]+[，,。；;！？!?\s]*/gu;
/** A name that opens a clause is what the clause is about; 跟辉辉打架了 is about the child of the record. */
const OPENS =
  /^(?:今天|昨天|前天|刚才|上午|下午|晚上|早上|昨晚|还有|另外|但是?|可是?|不过|就|只有|只|听说|也|说|[\s：:])*$/u;
const BY_SOUND: ReadonlySet<string | undefined> = new Set(['homophone', 'one-sound', 'folded']);

/**
 * The words of a record held against its lines: a clause that says what a line said before it was put right, or that is
 * about another child, is no part of 情况. A name that was asked about stands as the child it means.
 */
export function noteNow(note: string | null, before: Before, now: Lines, view: View): string | null {
  if (note === null) return null;
  const kept = (note.match(CLAUSE) ?? [])
    .map((clause) => ({ clause, heard: heardIn(clause, view) }))
    .filter(({ heard }) => !isAboutOther(heard, now.child, view) && !isPutRight(heard, before, now))
    .map(({ clause, heard }) => asChosen(clause, heard, now.child, view))
    .join('')
    .replace(/[，,；;\s]+$/u, '');
  return kept === note.replace(/[，,；;\s]+$/u, '') ? note : kept === '' ? null : kept;
}

/** The same for the record itself: what was left out can still be read behind it. */
export function noteStored(note: string | null, before: Before, now: Lines, view: View): string | null {
  const kept = noteNow(note, before, now, view);
  return note === null || kept === note ? note : withOriginal(kept, note);
}

function heardIn(clause: string, view: View): Heard {
  const text = clause.replace(/[，,。；;！？!?\s]+$/u, '');
  return { ...understand(text, { today: view.today, caseload: view.caseload }), text };
}

/** 乐乐家不让进, 小明说燕燕没回家: another child's story. Brothers and sisters of one home belong to each other's notes. */
function isAboutOther(heard: Heard, child: string, view: View): boolean {
  const isOther = (id: string): boolean => id !== child && !isOfOneHome(id, child, view);
  if ((heard.told ?? []).some((m) => m.candidates.every(({ childId }) => isOther(childId)))) return true;
  const [first] = heard.mentions;
  const named = heard.mentions.flatMap(({ candidates }) => candidates.map(({ childId }) => childId));
  const before = heard.text.slice(0, Math.max(0, heard.text.indexOf(first?.quote ?? '')));
  return first !== undefined && named.every(isOther) && OPENS.test(before);
}

function isOfOneHome(one: string, other: string, view: View): boolean {
  const home = childOf(view, one)?.householdId ?? null;
  return home !== null && home === childOf(view, other)?.householdId;
}

/** The clause says what one of the lines no longer says. */
function isPutRight(heard: Heard, before: Before, now: Lines): boolean {
  const { child, on, mode, met, seen } = before;
  const names = heard.mentions.flatMap(({ candidates }) => candidates.map(({ childId }) => childId));
  const isOfChild =
    child !== undefined && child !== now.child && names.includes(child) && !names.includes(now.child);
  const isOfDay = on !== undefined && on !== now.on && heard.date.on === on && heard.date.quote !== null;
  const isOfSeen = seen !== undefined && seen !== null && seen !== now.seen && heard.seen === seen;
  const gone = (met ?? []).filter((who) => who !== CHILD_ITSELF && !now.met.includes(who));
  return (
    isOfChild ||
    (isOfDay && tellsOfRecord(heard)) ||
    (mode !== undefined && mode !== null && mode !== now.mode && tellsWay(heard, mode, now.mode)) ||
    isOfSeen ||
    heard.met.some((who) => gone.includes(who))
  );
}

/** The day of the visit, and not the day in a story: 昨天摔了一跤. */
function tellsOfRecord({ intent, mode, text, date, mentions }: Heard): boolean {
  const rest = [date.quote ?? '', ...mentions.map(({ quote }) => quote)].reduce(
    (t, q) => t.replace(q, ''),
    text,
  );
  return (
    intent !== null || mode !== null || !/[\u4e00-\u9fff]{2}/u.test(rest.replace(/[是在的去了家]/gu, ''))
  );
}

function tellsWay({ mode, intent }: Heard, was: Mode, now: Mode | null): boolean {
  if (mode !== null) return mode === was;
  const kind = isVisit(was) ? 'visit' : 'contact';
  return intent === kind && (now === null || isVisit(now) !== isVisit(was));
}

/** 思雨 in the words, and 陈思宇 was chosen: the name of the child that is meant. */
function asChosen(clause: string, { mentions }: Heard, child: string, view: View): string {
  const name = childOf(view, child)?.name;
  return mentions.reduce((text, { quote, candidates }) => {
    const written = candidates.filter(({ how }) => !BY_SOUND.has(how));
    const isMeant = candidates.some(({ childId }) => childId === child);
    const isOther = written.length > 0 && written.every(({ childId }) => childId !== child);
    return name !== undefined && isMeant && isOther ? text.replaceAll(quote, name) : text;
  }, clause);
}
