import { z } from 'zod';
import { VISIT_MODES } from '../../server/domain/cadence/child-facts.ts';
import type { RecordContact } from '../../server/domain/commands.ts';
import {
  isLetterDay,
  letterLines,
  LETTER_ENDINGS,
  LETTER_POLICY,
  type Letter,
  type LetterPlace,
} from '../../server/domain/family/letter.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { commandOption, say, type Option, type Say } from '../../server/domain/say.ts';
import { begin, emptied, type CommandRun, type CommandWord, type Flow, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { ownLine } from './letter-words.ts';
import { certainChild } from './record-slots.ts';

/** Unanswered for so long nothing is sent (our default); what was written stays as a draft. */
const PATIENCE_MS = 2 * 3_600_000;
const READY = LETTER_ENDINGS.filter((ending) => ending !== 'own');
const OWN = 'own:';
const DROP = 'drop';

const secondSlot: Slot = {
  id: 'second',
  schema: z.string(),
  freeText: true,
  missed: 'record.choose-below',
  ask: (frame) =>
    say('letter.ask-second', {
      to: readersOf(frame),
      first: letterLines(letterOf(frame))[0],
      limit: LETTER_POLICY.ownCharacters,
    }),
  choices: () => [
    ...READY.map((code) => ({ code, value: code, label: say(`letter.pick-${code}`) })),
    { code: DROP, value: DROP, label: say('letter.drop') },
  ],
  refuses: (heard, frame, view) => {
    const child = childOf(view, frame.slots.child);
    const line = child === undefined ? null : ownLine(heard, child);
    return line !== null && 'refused' in line ? line.refused : null;
  },
  read: (heard, frame, view) => {
    if (saysNo(heard.text)) return DROP;
    const child = childOf(view, frame.slots.child);
    const line = child === undefined ? null : ownLine(heard, child);
    return line === null || 'refused' in line || line.words === '' ? undefined : `${OWN}${line.words}`;
  },
};

const sendSlot: Slot = {
  id: 'send',
  schema: z.enum(['send', 'change', DROP]),
  missed: 'record.choose-below',
  ask: (frame) => {
    const [first, second] = letterLines(letterOf(frame));
    return say('letter.preview', { to: readersOf(frame), first, second });
  },
  choices: (frame) => [
    { code: 'send', value: 'send', label: say('letter.send', { to: readersOf(frame) }) },
    { code: 'change', value: 'change', label: say('letter.change') },
    { code: DROP, value: DROP, label: say('letter.drop') },
  ],
  shows: (frame) => ({ screen: 'family-letter', childIds: [textOf(frame, 'child')] }),
  read: (heard) => {
    if (saysNo(heard.text)) return DROP;
    const word = bareWord(heard.text);
    if (/^(改|换|change)/iu.test(word)) return 'change';
    return /^(发|好|可以|行|是|send|yes)/iu.test(word) ? 'send' : undefined;
  },
};

/** 家书: two sentences after a calm visit; the second may be the director's own, and nothing goes that was not read. */
export const familyLetter: Flow = {
  id: 'family-letter',
  version: 1,
  patienceMs: PATIENCE_MS,
  keepsDraft: true,
  slots: [secondSlot, sendSlot],
  next: ({ slots }) => {
    if (slots.second === undefined) return 'second';
    return slots.second === DROP || slots.send !== undefined ? null : 'send';
  },
  settle: (frame) => (frame.slots.send === 'change' ? emptied(frame, 'second', 'send') : frame),
  finish: (frame, view, context) => {
    const { slots } = frame;
    if (slots.second === DROP || slots.send !== 'send')
      return { replies: [say('letter.dropped')], commands: [] };
    const child = childOf(view, slots.child);
    const contactId = textOf(frame, 'record');
    // Somebody may have reported, or taken the record back, while it was written.
    if (child === undefined || whyNot(child, view) !== null || view.letter?.visit?.contactId !== contactId)
      return { replies: [say('letter.not-now', { child: child?.name ?? '' })], commands: [] };
    const letter = { letterId: context.newId(), childId: child.id, contactId, ...letterOf(frame) };
    return {
      replies: [say('letter.on-its-way', { to: readersOf(frame) })],
      commands: [{ type: 'send-letter', ...letter }],
    };
  },
};

/** 家书 小明, or the button below a visit that was stored. */
export const familyLetterWord: CommandWord = {
  id: 'family-letter',
  words: ['家书', '写家书', 'letter home'],
  takesRest: 'anything',
  allowed: mayWrite,
  run: ({ heard, target, view }): CommandRun => {
    const child = childOf(view, heard === null ? target : certainChild(heard));
    if (child === undefined) return { replies: [say('letter.of-whom')], commands: [] };
    const refused = whyNot(child, view);
    if (refused !== null) return { replies: [refused], commands: [] };
    const { contactId = '', on = '', place = '' } = view.letter?.visit ?? {};
    const slots = { child: child.id, record: contactId, on, place, to: [...(view.letter?.readers ?? [])] };
    return { replies: [], commands: [], then: [begin(familyLetter, slots)] };
  },
};

/** 写家书 below a record, where there is somebody far away to read it and the child was seen and all was well. */
export function letterOffered(record: RecordContact, view: View): readonly Option[] {
  const isVisit = VISIT_MODES.some((mode) => mode === record.mode) && isLetterDay(record.takenOn, view.today);
  const isCalm = record.outcome === 'none' && record.childSeen === true;
  const hasReaders = (view.letter?.readers.length ?? 0) > 0;
  return isVisit && isCalm && hasReaders && !isWatched(record.childId, view)
    ? [commandOption(familyLetterWord.id, record.childId, say('letter.write'))]
    : [];
}

export function mayWrite({ role, caseload }: View): boolean {
  return ['director', 'supervisor', 'deputy'].includes(role) && caseload.length > 0;
}

/**
 * Why no letter is written now. A family that is held back because of something this person may not know of is no reason
 * here: the letter is written and waits, like one to a telephone that is not open.
 */
function whyNot(child: CaseChild, view: View): Say | null {
  const { letter } = view;
  const vars = { child: child.name };
  if (child.tier === 'high') return say('letter.not-high', vars);
  if (letter === undefined || letter.readers.length === 0) return say('letter.nobody', vars);
  if (isWatched(child.id, view)) return say('letter.watched', vars);
  if (letter.visit === null) return say('letter.no-visit', vars);
  return letter.isWritten ? say('letter.written', vars) : null;
}

/** A worry that somebody looks at again, as far as this person knows of one. */
function isWatched(childId: string, { followUps }: View): boolean {
  return followUps.some((one) => one.childId === childId && one.concernId !== null);
}

function saysNo(text: string): boolean {
  return /^(不写|不写了|不发|不发了|算了|不要|no)$/iu.test(bareWord(text));
}

/** Kept with the letter: a draft is gone on with in a turn that looked at nobody. */
function readersOf({ slots }: Frame): readonly Say[] {
  const relations = Array.isArray(slots.to) ? slots.to.filter((one) => typeof one === 'string') : [];
  return [...new Set(relations)].map((relation) => say('letter.reader', { relation }));
}

function letterOf({ slots }: Frame): Letter {
  const on = parseLocalDate(typeof slots.on === 'string' ? slots.on : '');
  if (on === null) throw new Error('a letter about no day');
  const second = typeof slots.second === 'string' ? slots.second : '';
  const isOwn = second.startsWith(OWN);
  return {
    ...{ on, place: slots.place as LetterPlace },
    ending: isOwn ? 'own' : (READY.find((code) => code === second) ?? 'call'),
    words: isOwn ? second.slice(OWN.length) : null,
  };
}
