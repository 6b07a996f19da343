import { bareWord } from '../dialog/words.ts';

/** Each stands here once and begins like no other two together, so that there is one way only to read a line of them. */
const POLITE =
  '好[的嘞勒呀啊]?|行|嗯|[太多]?谢|知道|晓得|明白|收到|看到了|辛苦|麻烦[你您]|没事|ok|okay|thanks';
const COURTESY = new RegExp(`^(?:${POLITE})(?:${POLITE}|[了啦您]|你们?|主任|大家)*$`, 'u');
const THUMBS = /^(?:👍|🙏|👌|🌹|😊|😄|😀|❤|💪|\p{Emoji_Modifier}|\uFE0F)+$/u;
const PAUSE = /[\s,，。.!！~、]+|(?<=\p{Script=Han})(?=\p{Extended_Pictographic})/u;

/** Words of politeness, and nothing but them: 好的谢谢主任, 收到，辛苦了, 👍. They are answered and start nothing. */
export function isCourtesy(text: string): boolean {
  const said = bareWord(text).replaceAll('thank you', 'thanks').split(PAUSE).filter(Boolean);
  return said.length > 0 && said.every((one) => COURTESY.test(one) || THUMBS.test(one));
}
