import { say, type Say } from '../say.ts';
import type { NoticeRoom } from './notice-room.ts';

const SENTENCE = /[^。!?！？;；\n]+[。!?！？;；]*/gu;
/** A time in front of what was said then, with its colon and line end, in the longer language. */
const TIME_LENGTH = 15;
/** What says that something was left out, in the longer language. */
const REST_LENGTH = 24;

/** 别让周明远知道: for those who take the report, and for no text that leaves the house. */
const KEEP_FROM =
  /(?:别|不要|不能|莫|勿)(?:让|给|告诉|跟|叫|同|被).{0,16}?(?:知道|晓得|说|讲|听|$)|别告诉|do(?:n.?t| not) (?:tell|let)/iu;

/** What was said, each time with its time, as far as whole sentences fit; and whether something is left to ask for. */
export function storyWithin(
  words: readonly { readonly at: string; readonly text: string }[],
  room: NoticeRoom,
): readonly Say[] {
  const lines: Say[] = [];
  if (words.length === 0 || !room.take(REST_LENGTH)) return [say('report-notice.unknown')];
  for (const { at, text } of words) {
    const sentences = (text.match(SENTENCE) ?? [])
      .map((part) => part.trim())
      .filter((part) => part !== '' && !KEEP_FROM.test(part));
    if (sentences.length === 0) continue;
    if (!room.take(TIME_LENGTH)) return [...lines, say('report-notice.rest')];
    const taken = takenOf(sentences, room);
    if (taken.length > 0) lines.push(say('report-notice.said', { at, text: taken.join('') }));
    if (taken.length < sentences.length) return [...lines, say('report-notice.rest')];
  }
  return lines.length === 0 ? [say('report-notice.unknown')] : lines;
}

/** The sentences from the first on, as long as the next one fits: none is left out between two others. */
function takenOf(sentences: readonly string[], room: NoticeRoom): readonly string[] {
  const firstTooLong = sentences.findIndex((sentence) => !room.take(Array.from(sentence).length));
  return firstTooLong < 0 ? sentences : sentences.slice(0, firstTooLong);
}
