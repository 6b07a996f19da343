import type { Command } from '../../server/domain/commands.ts';
import type { Heard } from '../dialog/event.ts';
import {
  begin,
  filled,
  type CommandInput,
  type CommandRun,
  type Context,
  type Flow,
} from '../dialog/flow.ts';
import { textOf, topFrame, withTop, type Frame, type Session } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { NAME_MARK } from '../understanding/normalise.ts';
import { worryIn } from '../understanding/worry-words.ts';
import { beginConcern, concern, willBeCalled } from './concern.ts';
import { talkIn } from './concern-words.ts';
import { recordContact } from './record-contact.ts';
import { certainChild, childSlot } from './record-slots.ts';
import { recordVisit } from './record-visit.ts';
import { takenUpAgain, worriedAgain } from './talk-now.ts';
import { CONCERN_ON_RECORD } from './worries-before.ts';

/** Somebody who worries and does not say about whom is called after so much silence (our default). */
const SILENCE_MS = 20 * 60_000;
const WORDS_LIMIT = 4000;
/** A request to be called that is no longer than this says nothing besides. */
const PLAIN_REQUEST = 16;
const UNSURE = /^(?:我|还是|也|还)*(?:不确定|说不准|拿不准|不好说|not sure|unsure)$/u;
const WORRIED = /^(?:我|还是|也|还)*(?:有|有点|有些)?(?:担心|不放心|worried)$/u;
/** Questions to which 不确定 is an ordinary answer: which day, which way. */
const OF_THE_RECORD: ReadonlySet<string> = new Set(['met', 'seen']);

type Saying = CommandInput & { readonly heard: Heard };

/** 心里没底, without a name: whom it is about is asked, and if nobody answers somebody calls. */
export const worry: Flow = {
  id: 'worry',
  version: 1,
  patienceMs: SILENCE_MS,
  slots: [childSlot('concern.ask-child')],
  next: (frame, view) => (childOf(view, frame.slots.child) === undefined ? 'child' : null),
  absorb: (heard, frame) =>
    heard.intent === null
      ? filled(frame, 'words', `${textOf(frame, 'words')}；${heard.text.trim()}`.slice(0, WORDS_LIMIT))
      : undefined,
  finish: (frame, _view, context) => told(textOf(frame, 'child'), 'worried', textOf(frame, 'words'), context),
  onCancel: (frame, view) => calledFor(textOf(frame, 'words'), null, view),
  onSilence: (frame) => ({ replies: [], commands: [{ type: 'ask-call', said: textOf(frame, 'words') }] }),
};

/** A worry, or the wish to be called, said in the middle of another question that these words do not answer. */
export function worriesOver(saying: Saying): CommandRun | undefined {
  const { session, heard, view, context } = saying;
  if (!mayWorry(view)) return undefined;
  // Whoever is asked about a worry already is not asked anew: that conversation keeps the words.
  const top = topFrame(session);
  if (top?.flow === concern.id || top?.flow === worry.id) return undefined;
  const early = earlyWorry(top, heard, view);
  if (early && top) return toldEarly(early, top, session, context);
  return askedToBeCalled(saying) ?? (heard.intent === null ? worrySaid(saying) : undefined);
}

/** "叫周督导打给我", and 方便 said in other words after somebody fell silent. */
export function askedToBeCalled({ heard, session, view, context }: Saying): CommandRun | undefined {
  if (!mayWorry(view)) return undefined;
  const again = talkIn(heard.text) === 'now' ? takenUpAgain(session, context.now) : undefined;
  if (again) return again;
  const isOfVisit = heard.intent === 'visit' || heard.seen !== null;
  if (isOfVisit || worryIn(masked(heard)) !== 'call-me') return undefined;
  const child = certainChild(heard);
  const said = heard.text.trim().length > PLAIN_REQUEST ? heard.text.trim().slice(0, WORDS_LIMIT) : null;
  if (child === undefined) return calledFor(said, null, view);
  return calledFor(said, { concernId: context.newId(), childId: child }, view);
}

/** "心里没底", "不太放心小红这孩子": on record in this moment, and asked about as after 有担心. */
export function worrySaid({ heard, session, view, context }: Saying): CommandRun | undefined {
  if (!mayWorry(view) || heard.signals.length > 0 || worryIn(masked(heard)) !== 'worried') return undefined;
  const child = certainChild(heard);
  const words = heard.text.trim().slice(0, WORDS_LIMIT);
  const again = child === undefined ? undefined : worriedAgain(child, words, session, context.now);
  if (again) return again;
  if (child !== undefined) return told(child, 'worried', words, context);
  const unclear = heard.mentions.find((m) => !m.certain);
  const named =
    unclear === undefined
      ? {}
      : { unclear: unclear.quote, candidates: unclear.candidates.map((c) => c.childId) };
  return { replies: [], commands: [], then: [begin(worry, { words, ...named })] };
}

function mayWorry(view: View): boolean {
  return view.caseload.length > 0 && ['director', 'supervisor', 'deputy'].includes(view.role);
}

interface EarlyWorry {
  readonly childId: string;
  readonly outcome: 'worried' | 'unsure';
  readonly words: string | null;
}

/** 不确定 or 有担心 before the record is told to its end: it is kept whatever becomes of the record. */
function earlyWorry(top: Frame | undefined, heard: Heard, view: View): EarlyWorry | null {
  const isRecord = top?.flow === recordVisit.id || top?.flow === recordContact.id;
  const child = isRecord ? childOf(view, top.slots.child) : undefined;
  if (top === undefined || child === undefined || top.asking === 'outcome') return null;
  const word = bareWord(heard.text);
  if (WORRIED.test(word)) return { childId: child.id, outcome: 'worried', words: null };
  const mayBeUnsure = OF_THE_RECORD.has(top.asking ?? '');
  if (mayBeUnsure && UNSURE.test(word)) return { childId: child.id, outcome: 'unsure', words: null };
  // 心里没底, 不太放心小红, while 小红 is being told of.
  const isOfChild = heard.mentions.length === 0 || certainChild(heard) === child.id;
  const isWorry = heard.intent === null && heard.signals.length === 0 && worryIn(masked(heard)) === 'worried';
  if (!isOfChild || !isWorry) return null;
  return { childId: child.id, outcome: 'worried', words: heard.text.trim().slice(0, WORDS_LIMIT) };
}

/** The record keeps which worry is on record: said again, or pressed on its card, it is the same one. */
function toldEarly(
  { childId, outcome, words }: EarlyWorry,
  top: Frame,
  session: Session,
  context: Context,
): CommandRun {
  const known = textOf(top, CONCERN_ON_RECORD);
  const concernId = known === '' ? context.newId() : known;
  const begun = beginConcern(concernId, childId, outcome);
  return {
    session: withTop(session, filled(top, CONCERN_ON_RECORD, concernId)),
    replies: [],
    commands: known === '' ? [{ type: 'open-concern', concernId, childId, outcome, words }] : [],
    then: [words === null ? begun : filled(begun, 'words', words)],
  };
}

function told(
  childId: string,
  outcome: 'worried' | 'unsure',
  words: string | null,
  context: Context,
): CommandRun {
  const concernId = context.newId();
  const frame = beginConcern(concernId, childId, outcome);
  return {
    replies: [],
    commands: [{ type: 'open-concern', concernId, childId, outcome, words }],
    then: [words === null ? frame : filled(frame, 'words', words)],
  };
}

/** Somebody calls; what lay below is not shown now. */
function calledFor(
  said: string | null,
  about: { readonly concernId: string; readonly childId: string } | null,
  view: View,
): CommandRun {
  const commands: readonly Command[] =
    about === null
      ? [{ type: 'ask-call', said }]
      : [
          { type: 'open-concern', ...about, outcome: 'worried', words: said },
          { type: 'answer-concern', concernId: about.concernId, answer: 'call-asked', followUpOn: null },
        ];
  return { replies: [willBeCalled(view)], commands, setsAside: true };
}

/** The words with each name as one mark, so that no name is read as a word. */
function masked({ text, mentions }: Heard): string {
  return mentions.reduce((rest, { quote }) => rest.replaceAll(quote, NAME_MARK), text.normalize('NFKC'));
}
