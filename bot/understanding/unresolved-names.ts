import { isOrdinaryWord, positionOf, segmentsOf, type Segment } from './name-position.ts';
import { ORDINARY_NAME_SHAPES } from './name-words.ts';
import { ADULT, CHILD_WORD, SIBLING } from './person-words.ts';
import { looksLikeSurname } from './surnames.ts';

const VERB =
  '(?:看了看?|看望了?|探望了?|走访了?|家访了?|慰问了?|回访了?|联系了|联系上了?|联系|去了|去看|看过|到|去|和|跟|给|、|^|[,。;!? ])';
const NEXT = `(?=家(?!长|庭)|的?${ADULT}|[,。;!?、 ]|$|和|在|不在|没在|同学|小朋友|了|本人|电话|情况|的情况)`;
const SHAPES: readonly RegExp[] = [
  new RegExp(`(?<=${VERB})[小阿][\\u4e00-\\u9fff]{1,2}?${NEXT}`, 'g'),
  new RegExp(`(?<=${VERB})(?![了过])[\\u4e00-\\u9fff]{2,3}?${NEXT}`, 'g'),
];
const KNOWN_PERSON = new RegExp(
  `^(?:${ADULT}|${CHILD_WORD}|${SIBLING}|(?:他|她|我|你|咱)(?:们|俩)?|大家|人家|亲戚|外地|学校|村里|镇里)`,
);
const NOT_A_NAME =
  /[了的个户人们他她我你这那去看到在是不没有都也很家校村镇县路号天年月日点电话视频微信一二两三四五六七八九十几说吃做写打来回上下里]/;

/**
 * Words that stand like a child's name and match nobody: 小芳, 阿强, 李小红, 乐乐家. `text` is normalised and has the
 * names that were found masked. Kept narrow: each one becomes the question "没找到小芳".
 */
export function unresolvedNames(text: string): readonly string[] {
  let segments: readonly Segment[] | null = null;
  const found = new Set<string>();
  for (const shape of SHAPES) {
    for (const match of text.matchAll(shape)) {
      const word = match[0];
      segments ??= segmentsOf(text); // the dictionary is opened only where something has a name's shape
      const position = positionOf(text, match.index, match.index + word.length, segments);
      if (position.nameLike && readsLikeName(word, position.related, position.embedded)) found.add(word);
    }
  }
  return [...found];
}

function readsLikeName(word: string, related: boolean, embedded: boolean): boolean {
  if (KNOWN_PERSON.test(word) || ORDINARY_NAME_SHAPES.has(word)) return false;
  if (/^[小阿]/.test(word)) return word.length === 2 && !embedded && !NOT_A_NAME.test(word.slice(1));
  if (NOT_A_NAME.test(word)) return false;
  const doubled = /^(.)\1$/u.test(word);
  if (looksLikeSurname(word.charAt(0)) && word.length === 3) return !isOrdinaryWord(word);
  if (embedded) return false;
  if (looksLikeSurname(word.charAt(0))) return !isOrdinaryWord(word);
  if (word.length !== 2) return false;
  // 去看了轩轩: a doubled character that is no word is what a child is called, also without a house behind it.
  return related ? doubled || !isOrdinaryWord(word) : doubled && !isOrdinaryWord(word);
}
