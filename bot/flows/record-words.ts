import { CHILD_ITSELF, NOBODY } from '../../server/domain/attempt.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { withDayCorrected, withDayHeard } from './record-day.ts';
import { NOTE_LIMIT, longAgoTaken, ownSignal, slotsOf } from './record-slots.ts';

/** So many characters beyond the answer itself are worth keeping: "见到了，但是瘦了很多". */
const KEPT_WORDS = 5;
/** A correction of one line of the card is so short; longer words belong to the note as well. */
const LINE_WORDS = 8;

/** The frame after an answer: the corrected line is empty again, what follows from an answer is filled in. */
export function settled(answered: Frame): Frame {
  const frame = longAgoTaken(answered);
  const line = frame.slots.change;
  if (typeof line === 'string') {
    const open = line === 'seen' ? withoutChildMet(frame) : frame;
    const candidates = line === 'child' ? ['candidates', 'unclear'] : [];
    return emptied(open, line, 'change', 'outcome', ...candidates);
  }
  const isDayAnswered = typeof frame.slots.on === 'string' && frame.asked.at(-1) === 'on';
  const named = withoutCandidates(isDayAnswered ? emptied(frame, 'assumed', 'days') : frame);
  const { met, seen, mode } = named.slots;
  if (Array.isArray(met) && met.includes(NOBODY) && mode !== 'phone') return filled(named, 'seen', false);
  const metChild = Array.isArray(met) && met.includes(CHILD_ITSELF);
  // A button pressed just now outweighs what an earlier sentence seemed to say.
  const saidNow = frame.asked.at(-1) === 'met';
  if (metChild && mode !== 'phone' && (seen === undefined || saidNow)) return filled(named, 'seen', true);
  return seen === false && mode !== 'phone' ? withoutChildMet(named) : named;
}

/** Who was met besides the child; nobody is asked about again. */
function withoutChildMet(frame: Frame): Frame {
  const { met } = frame.slots;
  if (!Array.isArray(met) || !met.includes(CHILD_ITSELF)) return frame;
  const others = met.filter((who) => who !== CHILD_ITSELF);
  return others.length === 0 ? emptied(frame, 'met') : filled(frame, 'met', others);
}

/** 都不是 opens the whole list; a chosen child ends the question. */
function withoutCandidates(frame: Frame): Frame {
  const { child } = frame.slots;
  if (child === '') return emptied(frame, 'child', 'candidates');
  return child === undefined ? frame : emptied(frame, 'candidates', 'unclear');
}

/** An answer in words may say more than was asked: gaps are filled, a danger phrase is noticed, nothing is lost. */
export function enriched(frame: Frame, heard: Heard, view: View, modes: readonly Mode[]): Frame {
  const rich = withoutGaps(frame, heard, view, modes);
  const isWholeAnswer = frame.asking === 'note' || frame.asking === 'outcome' || frame.asking === 'change';
  return isWholeAnswer || !saysMore(heard) ? rich : noted(rich, heard);
}

/** The frame with what these words say of lines that are still empty. */
function withoutGaps(frame: Frame, heard: Heard, view: View, modes: readonly Mode[]): Frame {
  const gap = (id: string): boolean => frame.slots[id] === undefined;
  const signal = ownSignal(heard);
  let rich = withDayHeard(frame, heard, view);
  if (gap('mode') && heard.mode !== null && modes.includes(heard.mode))
    rich = filled(rich, 'mode', heard.mode);
  if (gap('met') && heard.met.length > 0) rich = filled(rich, 'met', [...heard.met]);
  if (gap('seen') && heard.seen !== null && frame.slots.mode !== 'phone')
    rich = filled(rich, 'seen', heard.seen);
  return signal ? filled(rich, 'signal', signal.quote) : rich;
}

/** Whether much is left of the words besides names, day, and whom one met. */
export function saysMore(heard: Heard): boolean {
  return heard.signals.length > 0 || restOf(heard, heard.text).length > KEPT_WORDS;
}

/** 联系小红 begins a record and tells nothing. */
const BARE_COMMAND = /^(?:我|要|记|记一下)*(?:走访|联系|家访|补录|看望|visit|contact)$/iu;

/** The words as a note; undefined where they say nothing but names, a day or whom one met. */
export function noteOf(heard: Heard, words: string): string | undefined {
  const rest = restOf(heard, words).replace(/[^\p{L}\p{N}]/gu, '');
  const hasMore = rest !== '' && !BARE_COMMAND.test(rest);
  return hasMore ? words.trim().slice(0, NOTE_LIMIT) : undefined;
}

function restOf(heard: Heard, words: string): string {
  const known = [heard.date.quote ?? '', ...heard.met, ...heard.mentions.map((m) => m.quote)];
  return known.reduce((text, word) => text.replace(word, ''), bareWord(words));
}

/** Words that answer no question: on the card they correct a line or add to the note; danger is never passed over. */
export function absorbed(heard: Heard, frame: Frame, view: View, modes: readonly Mode[]): Frame | undefined {
  if (frame.asking !== 'outcome') {
    const tellsMore = heard.intent !== null || withoutGaps(frame, heard, view, modes) !== frame;
    return tellsMore ? settled(enriched(frame, heard, view, modes)) : undefined;
  }
  if (
    /^(好的?|对的?|是的?|嗯+|可以|行|确认|没错|正确|知道了|谢谢您?|说完了|ok|yes)$/u.test(
      bareWord(heard.text),
    )
  )
    return undefined;
  const changed = corrected(heard, frame, view, modes);
  if (changed === frame && isNoNote(heard)) return undefined;
  const isLineOnly =
    changed !== frame && heard.signals.length === 0 && heard.text.trim().length <= LINE_WORDS;
  return isLineOnly ? changed : noted(changed, heard);
}

function corrected(heard: Heard, frame: Frame, view: View, modes: readonly Mode[]): Frame {
  let changed = withDayCorrected(frame, heard, view);
  if (heard.mode !== null && modes.includes(heard.mode)) changed = filled(changed, 'mode', heard.mode);
  if (heard.met.length > 0) changed = filled(changed, 'met', metAnew(heard, frame, view));
  if (heard.seen !== null && frame.slots.mode !== 'phone') changed = filled(changed, 'seen', heard.seen);
  const signal = ownSignal(heard);
  return signal ? filled(changed, 'signal', signal.quote) : changed;
}

/** "是爷爷在" corrects who was there besides the child, not that the child was. */
function metAnew(heard: Heard, frame: Frame, view: View): string[] {
  const { met } = slotsOf(frame, view);
  const keepsChild =
    met?.includes(CHILD_ITSELF) === true && heard.seen !== false && !heard.met.includes(CHILD_ITSELF);
  return keepsChild ? [...heard.met, CHILD_ITSELF] : [...heard.met];
}

/** Words too short to tell anything, or about a report, never slip into a note. */
function isNoNote(heard: Heard): boolean {
  return (
    heard.signals.length === 0 &&
    (bareWord(heard.text).length < KEPT_WORDS || /R-\d{4}-\d+/iu.test(heard.text))
  );
}

/** The frame with these words in the note as well. */
export function noted(frame: Frame, heard: Heard): Frame {
  const words = heard.text.trim();
  const { note } = frame.slots;
  return filled(frame, 'note', (typeof note === 'string' ? `${note}；${words}` : words).slice(0, NOTE_LIMIT));
}
