import { normalise } from './normalise.ts';

/** Names that stand around the phone: its children are believed to write, its adults are not. */
interface AroundThePhone {
  readonly children: readonly string[];
  readonly adults: readonly string[];
}

/** Whoever says this of themselves, or of a child, is grown up. */
const GROWN_UP =
  /孩子|小孩|娃|囝|囡|孙|外甥|侄|我(?:们?家)?的?(?:大|小|二|三)?(?:儿子|女儿|闺女|崽)|儿媳|媳妇|老公|老婆|丈夫|妻子|[他她](?:爸|妈|爷|奶|外公|外婆|伯|叔|姑|舅|姨|哥|姐)|我是[^,。;!?]{0,10}(?:爸|妈|奶|爷|公|婆|姑|叔|伯|婶|舅|姨|家长|监护人|老师|主任|邻居|书记)|打工|上班|工地|工厂/u;
const PARENT =
  '(?:爸爸?|妈妈?|爹|娘|爷爷|奶奶|外公|外婆|阿公|阿嬷|后爸|后妈|继父|继母|叔叔?|伯伯?|舅舅?|姑姑?|哥哥?|老师|同学|大人|家里人|有人|别人|他们?|她们?|那个人)';
const AGE = '(?:[5-9]|1[0-7]|[五六七八九十]|十[一二三四五六七])';

/** What a child says that is in danger; the danger words of everybody are looked for besides. */
const IN_DANGER: readonly RegExp[] = [
  /我不想活|我想死|我要死|活着没意思|想(?:自杀|跳楼|割腕)/u,
  new RegExp(
    `${PARENT}[^,。;!?]{0,8}(?:打(?!电话|个电话|工|球|游戏|字)|揍|踢|掐|骂|欺负|吓|关|锁|绑|摸|亲|脱)(?:着|了|过)?我(?!的?(?:电话|手机|作业|书|头像))`,
    'u',
  ),
  /我(?:又|老|总|天天|经常|每天|一直)?被[^,。;!?]{0,6}(?:打(?!电话)|揍|欺负|摸|关|锁|绑)/u,
  /(?:不给|不让)我(?:吃饭|饭吃|回家|进门|睡觉|上学|出门|读书)/u,
  /救救我|快来救我|我(?:很|好)?(?:疼|痛)(?:死了)?[^,。;!?]{0,4}(?:流血|起不来)|我流血/u,
];

/** What a child says of itself and its day. */
const OF_A_CHILD: readonly RegExp[] = [
  new RegExp(`我(?:今年|才|现在|快)?(?:已经)?${AGE}岁`, 'u'),
  /我(?:在)?(?:读|上|念)(?:小学|初中|初[一二三]|幼儿园|[一二三四五六七八九]年级)|我是(?:小学生|初中生|学生)/u,
  new RegExp(
    `(?:爸爸?妈妈?|爸妈|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|阿公|阿嬷|大人|家里人?)[^,。;!?]{0,6}(?:不在|没(?:在|回|人)|出去了|走了|不见了|不回来|没人)[^!?]{0,8}我[^,。;!?]{0,4}(?:怕|饿|一个人|自己|冷|睡不着|想)`,
    'u',
  ),
  /我(?:好|很|有点)?(?:怕|害怕|想)(?:爸爸|妈妈|爷爷|奶奶|外婆|外公)/u,
  /我(?:一个人|自己)(?:在家|睡|过夜)[^,。;!?]{0,4}(?:[,。]?(?:好|很)?(?:怕|害怕|饿|冷)|$)/u,
  /(?:爸爸?|妈妈?)(?:都)?(?:不要我|不管我|不理我|不爱我|不喜欢我|不接我电话)/u,
  /^(?:爸爸|妈妈|爸妈|爸爸妈妈)(?:什么时候|几时|怎么还不?|啥时候)[^,。;!?]{0,6}(?:回来|回家|来接我|来看我)/u,
  /没人(?:陪|跟|和)我玩|没人管我|没有人管我|我不想上学|我不敢(?:回家|上学|告诉|说)/u,
  /(?:作业|老师|考试)[^,。;!?]{0,8}我不会/u,
];

/**
 * Whether these words may be a child's own, on a phone that is a grown-up's. Leans towards yes: a person is told, and nobody
 * else hears of it. `danger` is what a child in danger says.
 */
export function childWrites(
  text: string,
  { children, adults }: AroundThePhone = { children: [], adults: [] },
): { readonly danger: boolean } | null {
  const words = normalise(text).replace(/,/gu, ',');
  const named = nameGiven(words);
  if (named !== null && adults.includes(named)) return null;
  const isChild = named !== null && children.some((name) => name === named || name.endsWith(named));
  if (GROWN_UP.test(isChild ? words.replace(/我是/u, '') : words)) return null;
  const danger = IN_DANGER.some((pattern) => pattern.test(words));
  return danger || isChild || OF_A_CHILD.some((pattern) => pattern.test(words)) ? { danger } : null;
}

/** 我是小明, 我叫李小明: the name, of two characters or more. */
function nameGiven(words: string): string | null {
  return (
    /^(?:你好[,。!]?|老师[,。]?)?我(?:是|叫)([\u4e00-\u9fff]{2,4})(?=[,。;!?\s]|$)/u.exec(words)?.[1] ?? null
  );
}
