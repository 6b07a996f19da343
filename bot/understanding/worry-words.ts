import { ADULT, SIBLING } from './person-words.ts';

/** What somebody says who worries and tells of nothing else: that they worry, or that they want to be called. */
export type Worry = 'worried' | 'call-me';

const WORRY =
  /担心|担忧|揪心|放心不下|不(?:太|大|怎么|是很|很|敢|能)?放心|(?:没法|没办法|很?难|放不下)放?心|心(?:里|头|里头|中)*(?:老是?|总是?|一直|真|很|有点|还是|也|都)*(?:没(?:有|个)?底|不(?:太|大)?踏实|不安|发慌|发毛|打鼓|七上八下|慌慌的)|(?:觉得|感觉)[^,。]{0,6}(?:不(?:太|大|怎么)?对劲?|怪怪的|不正常)|\bworried\b|\bnot easy in my mind\b/giu;
/** "不用担心", "让他别担心": no worry of the one who writes. */
const NO_WORRY =
  /(?:不用|不必|不要|不需要|无需|没必要|没什么好?|没啥好?|别|甭|莫|不)(?:太|再|老|这么|那么|替?[你您我他她]们?)*$/u;
/** 奶奶担心他的学习: the worry of somebody else. */
const OTHERS = new RegExp(
  `(?<![对为替])(?:${ADULT}|${SIBLING}|孩子|小孩|娃|大家|他们?|她们?|你|您|\uE000)(?:也|都|就|很|挺|有点|有些|比较|最|一直|总|老|说|讲|表示|怕|在|是|还|不太|特别)*$`,
  'u',
);
const ASKS = /[?？]$|吗$|要不要|是不是该/u;

const CALLER =
  '(?:[\u3400-\u9fff]{0,3}(?:督导员?|领导|主任|科员|科长|同志|老师|姐|哥)|上面|县里|乡里|镇里|站里|民政[局办]?|有人|个人|你们|您|谁)';
const CALL_ME = [
  new RegExp(
    `(?:叫|让|请|麻烦|喊|要|想)(?:一下)?${CALLER}[^,。;!?]{0,4}(?:(?:给|跟)我(?:打|回|来|通)(?:个|一个|一下)?电?话?|(?:打|回|来)(?:个|一个)?(?:电话)?(?:给我|过来)|联系我|找我)`,
    'u',
  ),
  /^(?:能不能|可不可以|能|可以|请|麻烦)*(?:您|你|你们)?(?:给|跟)我(?:打|回|来)(?:个|一个|一下)?电话(?:吧|吗|好吗|行吗|一下)*[?？]?$/u,
  /^(?:请|麻烦)?(?:您|你|你们)?打(?:个|一个)?(?:电话)?给我(?:吧|一下|好吗)*$/u,
  /^(?:我)?(?:要|想|得)(?:跟|和|找|同)(?:[\u3400-\u9fff]{0,3}督导员?|领导)(?:说|谈|聊|讲|通)(?:一?下|一说|个?话|个?电话|点?事|说|谈|聊)?$/u,
  /\b(?:please )?(?:have|ask|let) .{1,24} call me\b|^(?:please )?call me\b/iu,
];

/** Somebody of the family who is to call: that is no request to whoever supervises. */
const FAMILY = new RegExp(
  `(?:叫|让|请|麻烦|喊|要|想)[^,。;!?]{0,6}(?:爸|妈|爷|奶|外公|外婆|叔|伯|姑|舅|姨|孩子|家长|\uE000)`,
  'u',
);

/** The worry in these words, in which names are masked; null where they speak of none. */
export function worryIn(masked: string): Worry | null {
  const text = masked.trim();
  if (!FAMILY.test(text) && CALL_ME.some((pattern) => pattern.test(text))) return 'call-me';
  if (ASKS.test(text)) return null;
  for (const clause of text.split(/[,，。;；!！\s]+/u))
    for (const { index } of clause.matchAll(WORRY)) {
      const before = clause.slice(0, index);
      if (!NO_WORRY.test(before) && !(OTHERS.test(before) && !/我[^他她]{0,6}$/u.test(before)))
        return 'worried';
    }
  return null;
}
