import { CHILD_ITSELF } from './attempt.ts';
import { isCall } from './cadence/child-facts.ts';
import type { FiledEntry } from './filed-work.ts';
import { partsOf, type LocalDate } from './local-date.ts';

/** The national system takes so many characters of a visit, counted as Unicode characters (from its users' manuals). */
export const NATIONAL_LIMIT = 200;

/** What named county staff alone may see (domain rules §9): a sentence that touches it goes nowhere else. */
const SEALED = /艾滋|hiv|aids|感染者|性侵|猥亵|强奸|怀孕|流产|堕胎/iu;
const MODES = {
  home: '入户走访',
  school: '到校走访',
  phone: '电话联系',
  video: '视频联系',
  elsewhere: '在别处见面',
} as const;
const SENTENCE = /[^。!?！？;；\n]+[。!?！？;；]?/gu;

/**
 * A record as text to paste into the national system: day and way, who was met, and as many whole sentences of the note
 * as fit. Chinese whatever language the person reads, as that system is. What was worrying stays out: a record with a
 * worry gives no note at all, and a sentence that is sealed or may speak of danger (`isSensitive`) is left out.
 */
export function nationalText(record: FiledEntry, isSensitive: (sentence: string) => boolean): string {
  const head = headOf(record);
  if (record.outcome !== 'none' || record.note === null) return head;
  const fitting = sentencesOf(record.note)
    .filter((sentence) => !SEALED.test(sentence.normalize('NFKC')) && !isSensitive(sentence))
    .reduce((text, sentence) => (lengthOf(text + sentence) <= NATIONAL_LIMIT ? text + sentence : text), head);
  return fitting;
}

/** Characters as the national system counts them: a rare character is one, not two. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

function headOf({ takenOn, mode, childSeen, met }: FiledEntry): string {
  const way = `${longDay(takenOn)}${MODES[mode]}`;
  // Of an attempt it is known that the child was not seen; whether anybody was at home stands in the note.
  if (met === null) return `${way}，${isCall(mode) ? '未联系上' : '未见到儿童本人'}。`;
  const others = met.filter((who) => who !== CHILD_ITSELF && !SEALED.test(who)).slice(0, 3);
  const seen = childSeen === null ? '' : childSeen ? '，见到儿童本人' : '，未见到儿童本人';
  const talked = others.length === 0 ? '' : `，与${others.join('、')}${isCall(mode) ? '通话' : '交谈'}`;
  return `${way}${mode === 'phone' && childSeen === true ? '，与儿童本人通话' : seen}${talked}。`;
}

function longDay(on: LocalDate): string {
  const { year, month, day } = partsOf(on);
  return `${String(year)}年${String(month)}月${String(day)}日`;
}

/** The sentences of a note, each once and closed by a full stop of its own. */
function sentencesOf(note: string): readonly string[] {
  const said = (note.match(SENTENCE) ?? []).flatMap((part) => {
    const words = part.replace(/[。!?！？;；\s]+$/u, '').trim();
    return words === '' ? [] : [`${words}。`];
  });
  return [...new Set(said)];
}
