import type { LocalDate } from '../../server/domain/local-date.ts';
import { awaySpan } from './away-span.ts';
import { dayWords, firstAfter } from './day-words.ts';
import { readIntent } from './intent.ts';
import { normalise } from './normalise.ts';
import { tellsRefusal } from './refusal-words.ts';

/** What keeps a director from a child. */
export type ObstacleKind = 'ill' | 'road' | 'refused' | 'other';

/** 不在村, as one sentence tells it. */
export interface AwayWords {
  readonly companion: string | null;
  /** Today where no beginning was named; null where one was, and it is no certain day. */
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
}

const KIN =
  '(?:爸爸妈妈|爷爷奶奶|外公外婆|妈妈|爸爸|爸妈|父母|奶奶|爷爷|外公|外婆|姑姑|姨妈|阿姨|舅舅|叔叔|伯伯|哥哥|姐姐|亲戚|妈|爸)';
const COMPANION = new RegExp(`[跟和随被](?:着|他|她)?(${KIN})`, 'u');
/** 奶奶说下个月要带孩子去厦门. */
const TAKES_ALONG = new RegExp(`(${KIN})[^,。]{0,12}(?:要|会|想|打算|准备)(?:带|接|领)`, 'u');
/** So far away that nobody goes there for an errand. */
const FAR =
  '(?:外地|外省|老家|省城|江西|广东|浙江|江苏|上海|北京|湖南|湖北|四川|重庆|贵州|云南|广西|河南|安徽|海南|深圳|东莞|广州|厦门|福州|泉州|漳州|莆田|杭州|温州|义乌|宁波|国外)';
const GONE = new RegExp(
  `[跟和随](?:着|他|她)?${KIN}[^,。]{0,3}(?:去|到|回)(?!医院|学校|上学|看病)[^,。]{1,8}|被${KIN}[^,。]{0,3}接(?:走|去|到)|(?:要|会|想|打算|准备)(?:带|接|领)(?:着|了)?[^,。没不]{0,6}(?:去|到|回)(?!医院|学校|看病|卫生)[^,。]{1,6}(?:过年|过冬|过节|住|读书|上学)|不在村|(?:去|到)(?:了)?外地` +
    // 他爸把他接到厦门读书去了, 去外婆家住了, 妈妈要带她去江西.
    `|${KIN}[^,。]{0,4}把[^,。]{1,3}(?:接|带|领)(?:走|(?:去|到|回)(?!医院|学校|家|看病|卫生|镇|街|吃|玩|买)[^,。]{1,8})|(?:去|到|回)(?:了)?${KIN}(?:家|厝|那)(?:里|边)?(?:去)?(?:长)?(?:住|过年|过冬|读书|上学)|(?:带|接|领)(?:走)?[^,。没不]{0,3}(?:去|到|回)(?:了)?${FAR}`,
  'u',
);
/** 他爸把他接到厦门. */
const TOOK_ALONG = new RegExp(`(${KIN})[^,。]{0,4}把[^,。]{1,3}(?:接|带|领)`, 'u');
/** 妈妈要带她去江西: to come, on no day that was named. */
const PLANNED = /(?:要|会|想|打算|准备)(?:带|接|领)/u;
const LEAVES = /[日号天一二三四五六]走|离开|动身/u;
/** 国庆就走了, told of the child itself; 我看完就走了 and 奶奶走了 are not. */
const LEFT =
  /^(?:家?的?)(?:(?:上上?个?(?:月|周|星期)|[一二两三四五六七八九十0-9]+[月号日]|国庆|中秋|开学|暑假|寒假|过完?年|[昨前]天|早|已经?|就|都|也|又|刚|前[几两]天|[初底]|那[天会]|后|的时候|了|一)*)(?:走|离开(?:村里?)?)了(?=$|[,。;])|^(?:家)?[^,。;]{0,6}(?:转(?:学|走|校)|搬(?:走|家|到|去)|迁(?:走|出)|不在(?:本|我们)?村(?:里)?住?)[^,。;]{0,8}(?:了|$)/u;

/** 下个月要带去: a beginning to come, and no certain day. 下个月回来 is the end. */
const VAGUE_AHEAD =
  /(?:下个?月(?![0-9一二三底末])|下个?(?:周|星期|礼拜)(?![一二三四五六日天])|过几天|过两天|年底|放了?(?:寒|暑)?假)(?![^,。]{0,6}回)[^,。]{0,4}(?:要|会|想|打算|准备|就|带|去|走|跟)/u;

/** Whether what stands behind a child's name says that it has left: 转学了, 搬到县城去了, 国庆就走了. */
export function tellsLeft(behindName: string): boolean {
  return LEFT.test(behindName);
}

const BACK = /(?:回来|回村|回家|到家)了/u;

/** "小明12月3号跟妈妈去厦门，月底回来": with whom, from when, until when; null for words that tell no absence. */
export function awayWords(text: string, today: LocalDate): AwayWords | null {
  const words = normalise(text);
  const { from, until, isVague } = awaySpan(words, today);
  const isSpan = from !== null && until !== null && LEAVES.test(words);
  if (!GONE.test(words) && !isSpan) return null;
  return {
    companion: companionIn(words),
    from: from ?? (isVague || VAGUE_AHEAD.test(words) || PLANNED.test(words) ? null : today),
    until,
  };
}

/** "跟他妈去江西外婆家了": besides who left with whom these words tell of no visit and of nobody who was met. */
export function tellsOnlyAway(text: string): boolean {
  const words = normalise(text);
  return GONE.test(words) && readIntent(words.replace(GONE, '')) === null;
}

/** 其实没走, 哪儿也没去: the child is where it was. */
export function tellsNotGone(text: string): boolean {
  return NOT_GONE.test(normalise(text));
}

const NOT_GONE =
  /没有?(?:走(?!成|到|访|完|遍)|外出|离开|出门|不在村)|(?:还|一直|其实)在村(?!里?的?(?:路|口))|在村里呢|哪儿?也没去/u;

/** 妈妈 in "跟他妈妈去了". */
export function companionIn(text: string): string | null {
  const words = normalise(text);
  const who = (COMPANION.exec(words) ?? TAKES_ALONG.exec(words) ?? TOOK_ALONG.exec(words))?.[1] ?? null;
  return who === '妈' || who === '爸' ? `${who}${who}` : who;
}

/** "车票改签，晚三天回", "要晚几天回来": a return that comes later than was said. */
export function tellsLaterReturn(text: string): boolean {
  return /(?:晚(?!上|饭|餐|自习|辈)|迟|延后|延迟|拖)(?:到|个)?[^,。;]{0,6}(?:回|返|到家)|改签|(?:车票|机票)[^,。]{0,4}(?:退了|没买到|改)|(?:回来|返回)的?[^,。]{0,4}(?:推迟|延后|改期)/u.test(
    normalise(text),
  );
}

/** "小明回来了". */
export function tellsReturn(text: string): boolean {
  return BACK.test(text) && !/没回来|还没回|[吗?？]/u.test(text);
}

/** A day to come, anywhere in these words; a feast in a story is none. */
export function dayAhead(text: string, today: LocalDate): LocalDate | null {
  const days = dayWords(normalise(text), today).filter(({ isFeast }) => !isFeast);
  return days.map((day) => firstAfter(day, today)).find((on) => on !== null) ?? null;
}

const REFUSED =
  /不(?:让|给|许|准)(?:(?:我们?|人)(?:再)?(?:进|见|看|入|去|来)|(?:进(?!城|货|厂|网吧)(?:家?门|屋|去)?|入户|(?:见|看)(?:孩子|小孩|娃|人|一眼|面)?)(?=$|[ ,。;!了]))|不(?:肯)?开门|(?:赶|撵|骂|轰)(?:我|我们)?(?:了)?(?:出来|走|出门)/u;
const ROAD =
  /路(?:不通|塌|断|封|淹|冲|坏|都?被)|塌方|滑坡|山洪|桥(?:断|塌|冲)|封路|封山|(?:过|上)不去|进不了山/u;
const ILL =
  /发烧|高烧|生病|病了|住院|感冒|水痘|流感|肺炎|传染|挂水|打(?:点滴|吊瓶|吊针)|输液|拉肚子|(?:在|去)(?:卫生院|医院)/u;
/** 我感冒了: of the director, and no illness of the child. */
const OWN_ILLNESS = new RegExp(
  `(?:^|[,。;\\s])(?:这两天|今天|最近|因为)?我(?:自己|这两天|今天|也|有点|又|老公|爱人|妈|爸|婆婆)*(?:在)?(?:${ILL.source})[^,。;]*`,
  'gu',
);
const NOT_MADE =
  /改天|去不了|没(?:去|看)成|去不成|看不成|没法[去看]|下次再|再去|不能去|先不去|没去(?!上学|学校|上课|读书|医院|打工)|没能[去看]/u;
/** 不是不让进,是没人; 刚才说不让进是说错了. */
const REFUSED_NOT_SO =
  /(?:不是|并非|并没有?|没有|没说|没)(?:他们?|她们?|家里?人|家里|说|要)*不(?:让|给|许|准|肯?开门)[^,。;]*|(?:说|讲|记|写|报)?[^,。;]{0,6}不(?:让|给|许|准|肯?开门)[^,。;]*?[,]?[^,。;]{0,3}(?:说|讲|记|写|弄|搞|报|点)错[^,。;]*/gu;

/** Whether these words take back that a family let nobody in. */
export function deniesRefusal(text: string): boolean {
  const words = normalise(text);
  return (words.match(REFUSED_NOT_SO) ?? []).length > 0 && obstacleWords(text) !== 'refused';
}

/** Said of the director; 他爸没去看他 is another story. */
const NOT_GONE_AT_ALL =
  /去不了|没(?:去|看)成|(?:去|看)不成|没法[去看]|没能去|(?:^|[,。我]|今天|昨天|所以|就|都)没去看?(?:$|[,。了])/u;

/** The words without what they say of the road. */
export function withoutRoad(text: string): string {
  return normalise(text).replace(ROAD, '');
}

/** The words without what they say of a family that lets the director in no more: 不让进门 is no danger by itself. */
export function withoutRefusal(text: string): string {
  return normalise(text).replace(REFUSED, '');
}

const SOMEBODY_ELSE =
  /(?:请|叫|让|麻烦|拜托)((?!我|你|他|她|孩子)[^,。 ]{2,6}?)(?:帮忙?|代我?|替我?)?(?:去|跑)/u;

/** 周明远 in "请周明远去": whom the director wants to go instead. */
export function wantedInstead(text: string): string | null {
  return SOMEBODY_ELSE.exec(normalise(text))?.[1] ?? null;
}

/** What kept a director from the child, where these words tell that a visit did not come about. */
export function obstacleWords(text: string): ObstacleKind | null {
  const words = normalise(text).replace(REFUSED_NOT_SO, '');
  if (REFUSED.test(words) || tellsRefusal(words)) return 'refused';
  if (ROAD.test(words)) return 'road';
  if (!NOT_MADE.test(words)) return null;
  return ILL.test(words.replace(OWN_ILLNESS, '')) ? 'ill' : NOT_GONE_AT_ALL.test(words) ? 'other' : null;
}
