import type { CommandInput, CommandRun, CommandWord, Context } from '../dialog/flow.ts';
import type { Heard } from '../dialog/event.ts';
import { takenBackIn } from '../understanding/taken-back.ts';
import { commandOption, plain, say } from '../../server/domain/say.ts';
import type { Session } from '../dialog/session.ts';
import { promisedIn, withoutPromises } from './promise.ts';
import { childOf, type View } from '../dialog/view.ts';
import { certainChild } from './record-slots.ts';

/** A record can be taken back for so long with one word; afterwards a correction with a reason is needed (our default). */
const UNDO_MS = 5 * 60_000;
/** Numbers choose among at most eight buttons. */
const RECORDS_OFFERED = 8;

type Saved = NonNullable<Session['lastSaved']>;
interface Record {
  readonly contactId: string;
  readonly childId: string;
}

/** 撤回: takes the last record back within five minutes, by a superseding record. Of a trip: all of it, or one child. */
export const undoWord: CommandWord = {
  id: 'undo',
  words: ['撤回', '撤销', 'undo'],
  takesRest: 'anything',
  allowed: (view) => ['director', 'supervisor', 'deputy'].includes(view.role),
  run: ({ session, heard, target, view, context }) => {
    const several = heard === null ? null : severalNamed(heard, session);
    if (several) return foundBack(several, session, view, context);
    // A button names its record or its trip, the word means the last one, or the last of the child it names.
    const isNamed = heard !== null && target !== null && heard.mentions.length > 0;
    const child = isNamed ? certainChild(heard) : undefined;
    if (isNamed && child === undefined) return { replies: [say('undo.nothing')], commands: [] };
    const pressed = heard === null && target !== null;
    const found = pressed
      ? named(session, target)
      : child === undefined
        ? lastOf(session)
        : lastOfChild(session, child);
    if (!found && child !== undefined) return tooLate([], view);
    if (!found) return stillThere(session, view, context);
    return foundBack(found, session, view, context);
  },
};

/** "乐乐那条撤回，辉辉的留着", "刚才说去了小红家是说错了", wherever the words stand; null for words that take nothing back of a child they name. */
export function undoSaid({ heard, session, view, context }: CommandInput): CommandRun | null {
  const found = heard === null ? null : (severalNamed(heard, session) ?? saidWrong(heard, session));
  return found === null ? null : foundBack(found, session, view, context);
}

/** "刚才说去了小红家是说错了", once the record is stored: 撤回 in other words. Null where no such record is remembered. */
function saidWrong({ unmade = [] }: Heard, session: Session): Found | null {
  const slips = unmade.filter(({ slip }) => slip === true);
  const ids = new Set(slips.flatMap(({ candidates }) => candidates));
  const [child, ...more] = ids;
  if (slips.length === 0 || more.length > 0) return null;
  return (child === undefined ? lastOf(session) : lastOfChild(session, child)) ?? null;
}

/** The records these words take back by name, out of one entry; those they keep stay. Null where that is not plain. */
function severalNamed(heard: Heard, session: Session): Found | null {
  const said = takenBackIn(
    heard.text,
    heard.mentions.map((m) => m.quote),
  );
  if (said === null || heard.mentions.some((m) => !m.certain)) return null;
  const idsOf = (quotes: readonly string[]): readonly string[] =>
    heard.mentions.filter((m) => quotes.includes(m.quote)).flatMap((m) => m.candidates.map((c) => c.childId));
  const [back, kept] = [idsOf(said.back), idsOf(said.kept)];
  if (back.length === 0 && kept.length === 0) return null;
  const { lastSaved, earlierSaved } = session;
  for (const saved of [...(lastSaved ? [lastSaved] : []), ...earlierSaved]) {
    const records = recordsOf(saved);
    const has = (id: string): boolean => records.some((r) => r.childId === id);
    const isMeant = back.length > 0 ? back.every(has) : kept.every(has);
    if (!isMeant) continue;
    const taken = records.filter(({ childId }) =>
      back.length > 0 ? back.includes(childId) : !kept.includes(childId),
    );
    return taken.length === 0 ? null : { saved, taken };
  }
  return null;
}

/** Taken back while that may be, led to its correction afterwards. */
function foundBack(found: Found, session: Session, view: View, context: Context): CommandRun {
  if (context.now.getTime() - Date.parse(found.saved.filedAt) > UNDO_MS)
    return tooLate(found.saved.is === undefined ? found.taken : [], view);
  if (found.saved.is !== undefined) return wordTakenBack(session, found.saved, view);
  return takenBack(session, found, view, context);
}

/** After five minutes a record is put right with a reason: the button leads to it. */
function tooLate(taken: readonly Record[], view: View): CommandRun {
  const records = taken
    .slice(0, RECORDS_OFFERED)
    .map(({ contactId, childId }) =>
      commandOption(
        'correct',
        contactId,
        say('undo.correct-one', { child: childOf(view, childId)?.name ?? '' }),
      ),
    );
  const options = records.length > 0 ? records : [commandOption('correct', null, say('menu.correct'))];
  return { replies: [{ ...say('undo.too-late'), options }], commands: [] };
}

/** The last one is taken back already: what was stored before it and may still be is offered by name. */
function stillThere({ earlierSaved }: Session, view: View, context: Context): CommandRun {
  const left = earlierSaved
    .filter(({ is, filedAt }) => is === undefined && context.now.getTime() - Date.parse(filedAt) <= UNDO_MS)
    .flatMap((saved) => recordsOf(saved))
    .filter(({ childId }) => childOf(view, childId) !== undefined)
    .slice(0, RECORDS_OFFERED);
  if (left.length === 0) return { replies: [say('undo.nothing')], commands: [] };
  const name = ({ childId }: Record): string => childOf(view, childId)?.name ?? '';
  const options = left.map((r) =>
    commandOption('undo', r.contactId, say('trip.undo-one', { child: name(r) })),
  );
  return {
    replies: [{ ...say('undo.still-there', { children: left.map((r) => plain(name(r))) }), options }],
    commands: [],
  };
}

interface Found {
  readonly saved: Saved;
  readonly taken: readonly Record[];
}

/** The records of one entry: one, or those of a trip. */
function recordsOf(saved: Saved): readonly Record[] {
  return [{ contactId: saved.contactId, childId: saved.childId }, ...(saved.trip?.others ?? [])];
}

function lastOf({ lastSaved }: Session): Found | undefined {
  return lastSaved === null ? undefined : { saved: lastSaved, taken: recordsOf(lastSaved) };
}

/** The last record of this child that can still be remembered, alone or out of its trip. */
function lastOfChild({ lastSaved, earlierSaved }: Session, childId: string): Found | undefined {
  for (const saved of [...(lastSaved ? [lastSaved] : []), ...earlierSaved]) {
    const taken = recordsOf(saved).filter((r) => r.childId === childId);
    if (taken.length > 0) return { saved, taken };
  }
  return undefined;
}

function named(session: Session, target: string): Found | undefined {
  const all = [...(session.lastSaved ? [session.lastSaved] : []), ...session.earlierSaved];
  for (const saved of all) {
    const records = recordsOf(saved);
    if (saved.trip?.id === target) return { saved, taken: records };
    const one = records.filter((r) => r.contactId === target);
    if (one.length > 0) return { saved, taken: one };
  }
  return undefined;
}

function takenBack(session: Session, { saved, taken }: Found, view: View, context: Context): CommandRun {
  const left = without(saved, taken);
  const ids = taken.map((r) => r.contactId);
  const names = taken.map((r) => childOf(view, r.childId)?.name ?? '');
  const [first = ''] = names;
  const frames = withoutPromises(session.frames, ids);
  const isPromiseOff = promisedIn(session.frames) > promisedIn(frames);
  // What was promised and noted already stays: the family still waits for it.
  const stays = view.followUps.filter(
    (f) => f.kind === 'promise' && f.contactId !== null && ids.includes(f.contactId),
  );
  const promise = [
    ...(isPromiseOff ? [say('undo.promise-off')] : []),
    ...(stays.length > 0 ? [say('undo.promise-stays')] : []),
  ];
  return {
    session: {
      ...session,
      frames: [...frames],
      lastSaved: saved === session.lastSaved ? left : session.lastSaved,
      earlierSaved: session.earlierSaved.flatMap((s) => (s === saved ? (left ? [left] : []) : [s])),
    },
    replies: [
      taken.length > 1
        ? say('undo.done-trip', { children: names.map(plain), promise })
        : say('undo.done', { child: first, promise }),
    ],
    commands: taken.map((r) => ({
      type: 'withdraw-contact',
      contactId: context.newId(),
      targetId: r.contactId,
    })),
  };
}

/** 不在村 or 回来了 told a moment ago: what it took the place of holds again. */
function wordTakenBack(session: Session, saved: Saved, view: View): CommandRun {
  const child = childOf(view, saved.childId);
  const known = child ? [...child.facts.absences, ...(child.facts.pending?.asked ?? [])] : [];
  const holds = known.some(({ id, returnId }) => id === saved.contactId || returnId === saved.contactId);
  if (!child || !holds) return { replies: [say('undo.nothing')], commands: [] };
  return {
    session: {
      ...session,
      lastSaved: saved === session.lastSaved ? null : session.lastSaved,
      earlierSaved: session.earlierSaved.filter((s) => s !== saved),
    },
    replies: [say(`undo.done-${saved.is ?? 'absence'}`, { child: child.name })],
    commands: [
      { type: 'withdraw-absence', childId: child.id, targetIds: [saved.contactId], reason: null, undo: true },
    ],
  };
}

/** What of an entry can still be taken back; null when nothing is left of it. */
function without(saved: Saved, taken: readonly Record[]): Saved | null {
  const [first, ...others] = recordsOf(saved).filter((r) => !taken.some((t) => t.contactId === r.contactId));
  if (!first) return null;
  return { ...first, filedAt: saved.filedAt, ...(saved.trip ? { trip: { id: saved.trip.id, others } } : {}) };
}
