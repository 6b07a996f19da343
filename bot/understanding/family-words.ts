import { localDate, partsOf, type LocalDate } from '../../server/domain/local-date.ts';
import { futureDay } from './future-day.ts';
import { normalise } from './normalise.ts';
import { asksWhenVisited } from './visit-reply.ts';

/** Somebody of the home goes away, or comes back, as far as the words say where and when. */
export interface Moving {
  readonly kind: 'leaving' | 'returning';
  readonly place: string | null;
  readonly on: LocalDate | null;
  /** The day as it was said, where no day can be read off it; null where none was said. */
  readonly day: string | null;
}

const WHO =
  '(?:我们?俩?|俺们?|咱们?俩?|我和[^,。;!?]{1,6}|[他她](?:爸爸?|妈妈?|爷爷|奶奶)|孩子(?:他|她|的)?(?:爸爸?|妈妈?)|儿子|儿媳妇?|媳妇|女儿|女婿|老公|老婆)';
const WORK = '打工|务工|做工|干活|上班|挣钱|进厂';
const AWAY = `(?:${WORK}|外出|出远门|去外地|出去(?:${WORK})|回厂|返岗)`;
const PLAN = '(?:要|准备|打算|马上|得|想)';
const WHEN =
  '(?:今天|明天|后天|下个?月|月底|月初|年后|年前|过完年|过了年|下个?(?:周|星期|礼拜)|[0-9]{1,2}[号日]|(?:周|星期|礼拜)[一二三四五六日天])';
const GOES: readonly RegExp[] = [
  new RegExp(`${PLAN}[^,。;!?]{0,10}${AWAY}`, 'u'),
  new RegExp(`${WHEN}[^,。;!?]{0,10}(?:${AWAY}|动身|出发)`, 'u'),
  new RegExp(`${WHO}[^,。;!?]{0,6}${WHEN}[^,。;!?]{0,4}(?:就|要)?走(?![访路亲丢失])`, 'u'),
];
const CHILD_GOES = /(?:孩子|小孩|娃)(?:要|想|说|自己|也)/u;
const ASKED = /吗|呢|[?？]|怎么|什么时候|几时|能不能|可不可以/u;
const LONG_AGO = /去年|前年|以前|上个?月|昨天|上个?(?:周|星期)/u;
const CAME = new RegExp(
  `${WHO}(?:今天|已经|都|刚|刚刚|昨天|从[^,。;!?]{1,8})?回(?:来|家|村|到家)(?:里)?了`,
  'u',
);
const WILL_COME = new RegExp(
  `(?:${WHO}[^,。;!?]{0,8}|^)(?:${WHEN}|过年|年底|春节|清明|中秋|国庆|暑假|寒假|过几天)[^,。;!?]{0,6}回(?:来|家|村)`,
  'u',
);
const PLACE = new RegExp(
  `(?:去|到|回)([\\u4e00-\\u9fff]{2,6}?)(?:那边|那里|市|省)?(?:${WORK}|[,。;!]|了|$)`,
  'u',
);
const NO_PLACE = /打工|务工|做工|干活|上班|挣钱|外地|外面|哪里?|那边|工地|厂里?|家里?|来了?|村里/u;

/** 要去广东打工, 年后再回来, 我回来了; null for everything else, and for what a child does or somebody asks. */
export function movingIn(text: string, today: LocalDate): Moving | null {
  const words = normalise(text);
  if (ASKED.test(words) || CHILD_GOES.test(words)) return null;
  const goes = !LONG_AGO.test(words) && GOES.some((pattern) => pattern.test(words));
  if (goes)
    return {
      kind: 'leaving',
      place: placeIn(words),
      ...dayOf(words.replace(/[^,。;!]*回(?:来|家)[^,。;!]*/gu, ''), today),
    };
  if (CAME.test(words)) return { kind: 'returning', place: null, on: today, day: null };
  if (!WILL_COME.test(words)) return null;
  const said = dayOf(words, today);
  return { kind: 'returning', place: null, ...said, day: said.on === null ? (said.day ?? words) : null };
}

/** The day somebody goes, in an answer of its own: a day, or the words as they are. */
export function dayOf(words: string, today: LocalDate): Pick<Moving, 'on' | 'day'> {
  const nextMonth = /下个?月([0-9]{1,2})[号日]/u.exec(words);
  if (nextMonth) {
    const { year, month } = partsOf(today);
    const on =
      month === 12
        ? localDate(year + 1, 1, Number(nextMonth[1]))
        : localDate(year, month + 1, Number(nextMonth[1]));
    return { on, day: on === null ? nextMonth[0] : null };
  }
  if (/今天|今晚/u.test(words)) return { on: today, day: null };
  const found = futureDay(words, today);
  const vague = /年后|年前|过完年|过了年|过年|春节|国庆|中秋|清明|暑假|寒假/u.exec(words)?.[0] ?? null;
  return { on: found?.on ?? null, day: found?.on ? null : (vague ?? found?.quote ?? null) };
}

function placeIn(words: string): string | null {
  const place = PLACE.exec(words)?.[1] ?? null;
  return place === null || NO_PLACE.test(place) ? null : place;
}

/** 没人带, 他自己在家: nobody looks after the child. */
export function saysNobodyCares(text: string): boolean {
  return /没(?:有)?人(?:带|管|看|照顾|照看)|(?:自己|独自|一个人)(?:在家|住|过|看家|带自己)|^(?:没人|没有人|都没有|没有)$/u.test(
    normalise(text),
  );
}

/** A mobile number in these words; spaces and strokes between its digits do not matter. */
export function mobileIn(text: string): string | null {
  const words = normalise(text).replace(/(?<=[0-9])[\s-](?=[0-9])/gu, '');
  return /(?<![0-9])1[0-9]{10}(?![0-9])/u.exec(words)?.[0] ?? null;
}

/** 我电话换成…, 我换号了. */
export function tellsNewPhone(text: string): boolean {
  const words = normalise(text);
  if (/老师|主任|学校|村里/u.test(words)) return false;
  return /(?:换|改)(?:了|成|个|过)*(?:新)?(?:的)?(?:手机|电话)?号|(?:电话|手机号?|号码)(?:要|都|也|已经|现在)?(?:换|改|变)(?:了|成|过|为)|新(?:的)?(?:手机|电话)?(?:号|电话)/u.test(
    words,
  );
}

const STOP =
  /^(?:请|我|你们?|以后|真的|可以|能)*(?:不想|不要|不用|别)(?:再)?(?:给我|跟我)?(?:发|收|推送?)(?:这些?|这种|那些?|东西|消息|信息|短信|小知识|提醒|安全|通知)*(?:了|啦|吧)?$|^(?:我要?)?(?:取消订阅|退订)(?:安全)?(?:通知|小知识|提醒|家书|消息)?(?:了)?$/u;

/** 不要再给我发东西了, 退订安全通知: as 退订, which says itself what goes on. */
export function wantsNoMore(text: string): boolean {
  const clauses = normalise(text)
    .split(/[,。!?;~]+/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  return clauses.length <= 2 && clauses.some((clause) => STOP.test(clause));
}

/** What a family asks in everyday words; null for everything else. */
export function familyQuestionIn(
  text: string,
):
  | 'who'
  | 'when-visited'
  | 'call-director'
  | 'call-above'
  | 'how-is-child'
  | 'advice'
  | 'who-are-you'
  | 'thanks'
  | null {
  const words = normalise(text).replace(/[\s,。!?~;:]+$/u, '');
  if (asksWhenVisited(text)) return 'when-visited';
  return QUESTIONS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

const QUESTIONS = [
  ['call-above', /(?:想|要|请|帮我|能不能)?找(?:一?下)?(?:上级|上面|领导|督导|镇里的?人|县里的?人)/u],
  [
    'call-director',
    /(?:想|要|请|帮我|有事|麻烦|能不能)[^,。;!?]{0,4}找(?:一?下)?(?:儿童|村里?的?|我们村的?)?(?:主任|村干部)|(?:叫|让|请|麻烦)(?:儿童)?主任[^,。;!?]{0,4}(?:打|回|来)|^(?:我们?|俺们?)(?:今天|昨天|明天|已经|要|想|准备)*(?:把|带|接)(?:孩子|小孩|娃|小[\u4e00-\u9fff]|他|她)们?(?:接|带)?(?:走|到|去|来|过来|回)|^孩子(?:要|已经|准备)?转学/u,
  ],
  [
    'who',
    /谁是[^,。;!?]{0,6}主任|主任(?:是谁|是哪[个位]|叫什么|姓什么|贵姓|的?(?:电话|号码|手机)|怎么联系)/u,
  ],
  [
    'how-is-child',
    /(?:孩子|小孩|娃|小[\u4e00-\u9fff]|他|她)(?:们)?(?:最近|现在|在家里?|在学校里?|这几天|这段时间|还|过得|都)*(?:好吗|好不好|怎么样|怎样|咋样|还好吗|好吧|乖吗|乖不乖|听话吗|听不听话)(?:[啊呀呢哦]|[,。!?][^,。;!?]{1,12}[?]?)?$/u,
  ],
  [
    'advice',
    /(?:手机|游戏|短视频|抖音|电视|作业|不听话|顶嘴|叛逆|厌学|挑食|撒谎|说谎|不爱(?:说话|学习|吃饭)|不说话)[^。;]{0,12}(?:怎么[办管教弄]|咋[办管弄]|如何|有什么办法)|怎么(?:教|管|带)(?:好)?(?:孩子|小孩|娃|他|她)/u,
  ],
  [
    'who-are-you',
    /^(?:你|您|你们)(?:是谁|是什么|是干什么的|是做什么的|是哪里的?|是机器人吗?|是真人吗?|是人吗?|是骗子吗?)|^这是(?:什么|哪里|干什么的)/u,
  ],
  [
    'thanks',
    /^(?:好的?[,。]?)?(?:太|非常|十分)?(?:谢谢|感谢|多谢|谢了)(?:你们?|您们?|主任|啦|了|啊|大家|护童)*$/u,
  ],
] as const;
