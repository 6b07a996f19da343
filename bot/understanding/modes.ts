import type { EncounterMode } from '../../server/domain/cadence/child-facts.ts';
import { toldClauses } from './intent.ts';
import { ADULT, CHILD } from './person-words.ts';

/** How the encounter took place; chat and voice messages count as a call. */
export type Mode = EncounterMode;

/** 没法入户, 没有上门 tell of no visit. */
const FIRM_HOME = /(?<!没|未|没法|没办法|没有|没能|不能|无法|不方便|不用|不便)(?:入户|家访|上门|登门)/;
const HOME =
  /(?:去|到|来|进)(?:了|过|到)?[^,。;!? ]{0,12}家(?!长|庭教|教|属|务|政|具|访|(?:的)?路上|附近)|在[^,。 ]{1,6}家(?:里)?(?:见|看|坐|聊|待)|[^,。 ]{1,6}家(?:里)?(?:今天|昨天|前天|上午|下午|刚才|也|都|已经|我)?去(?:了|过)|^我?们?(?:现在|刚才|今天)?在\uE000+家|去(?:了|过)?(?:他|她)家/;
const CHILD_WENT =
  /(?:孩子|他|她|(?<=^|,)人|\uE000+)(?:们)?(?:又|都|就|也|已经?|刚)?(?:被.{0,4}接)?(?:去|到)(?:了)?[^,。]{0,6}(?:家|学校)/g;
const SCHOOL =
  /(?<!没|未|不|有|按时|天)到校|[去到]了?[^,。;!? ]{0,6}学校|去了?学校|[去到](?:了|过)?[^,。;!? ]{0,6}(?:小学|中学)(?:里)?(?:看|见|找|走访)|进校|校访|在学校(?:里)?(?:见|看|跟|和|找)|学校(?:里)?(?:走访|看望|见到|见了|看了)/;
/** 卫生院, 派出所: a house, and not the family's. */
const OTHER_HOUSE = '(?:医院|卫生院|卫生所|诊所|病房|派出所|福利院|救助站)';
/** 我又去卫生院看: the worker saw the child there; 奶奶带他去卫生院看了 is the errand of somebody else. */
const IN_OTHER_HOUSE = new RegExp(
  `(?<!(?:带|送|陪|抱|背|说|讲|${ADULT}|${CHILD})[^,。]{0,8})(?:去|到|在)了?[^,。;!?没未不]{0,6}${OTHER_HOUSE}(?:里)?[^,。;!?没未不]{0,4}(?:看(?!病|医|牙|眼|急|中|门)|见|探|碰|遇)`,
);
/** 路上碰到, 没进屋: the child was met, and neither at home nor at school. */
const ELSEWHERE =
  /(?:路上|半路|路口|村口|桥头|街上|集市|集上|圩上|赶集|小卖部|小店|菜市场|田里|地里|田头|广场|村部|村委会?|大队|车站|卫生院|卫生所)[^,。;!?没未不]{0,8}(?:碰|遇|见|看|撞)(?:到|见|着|上)|(?:碰|遇)(?:到|见|着|上)(?:了|过)?\uE000+(?!\uE000|(?:他|她)?(?:的|家)?(?:阿|爷|奶|爸|妈|外|叔|伯|婶|姑|舅|姨|邻|同学|老师|哥|姐|弟|妹))|(?:没|未)(?:有)?进(?:屋|门|家|去)/;
/** 来我家玩, 来村部找我: they came to the worker, and nobody went to their house. */
const CAME_TO_WORKER =
  /(?:来|到|跑|上)(?:来|到)?我们?(?:自己)?(?:家|屋|这儿|这里|这边|办公室|店)(?:里)?|(?:来|跑)(?:来|到)?(?:村部|村委会?|大队|办公室)?(?:来)?找我/g;
const VIDEO = /微信视频|视频通话|视频电话|视频/;
const PHONE = /电话|通话|微信|语音|短信|QQ|打给/i;
const WENT_TO_SCHOOL_TO_LEARN = /(?:要|想|不|没|在|去)(?:去)?(?:上学|学校读书|学校上课)|去学校了$/g;

/** Reads the mode; null where none is said or two of them compete. Plans and what relatives do among themselves do not count. */
export function readMode(text: string): Mode | null {
  const whole = toldClauses(text);
  const came = whole.some((clause) => clause.search(CAME_TO_WORKER) >= 0);
  const told = whole.map((clause) =>
    clause.replace(CAME_TO_WORKER, ' ').replace(CHILD_WENT, ' ').replace(WENT_TO_SCHOOL_TO_LEARN, ' '),
  );
  const all = told.join(',');
  const [firm, home, school] = [FIRM_HOME.test(all), HOME.test(all), SCHOOL.test(all)];
  const wire = VIDEO.test(all) ? wireMode(all) : PHONE.test(all) ? 'phone' : null;
  if ((firm || home) && school) return null;
  const other = came || ELSEWHERE.test(all) || IN_OTHER_HOUSE.test(all);
  if (!firm && !home && !school && wire === null && other) return 'elsewhere';
  if (wire === null) return school ? 'school' : firm || home ? 'home' : null;
  if (wire === 'unclear') return null;
  return besideACall(told, firm, school, wire);
}

/** 先去了小明家,又去卫生院看: two houses in one sentence, and a person says where the child was met. */
export function tellsTwoPlaces(text: string): boolean {
  const all = toldClauses(text)
    .map((clause) => clause.replace(CHILD_WENT, ' '))
    .join(',');
  return IN_OTHER_HOUSE.test(all) && (FIRM_HOME.test(all) || HOME.test(all) || SCHOOL.test(all));
}

/** 视频电话 is a video; 电话没通,视频了一下 is unclear only while both are said to have happened. */
function wireMode(all: string): Mode | 'unclear' {
  const rest = all.replace(
    /微信视频|视频通话|视频电话|(?:用|打|通过|在)?(?:了)?微信(?:打|发|通)?(?:了)?(?:个)?视频|打(?:了)?(?:个)?视频/g,
    '',
  );
  return PHONE.test(rest) ? 'unclear' : 'video';
}

/** A visit during which somebody was called stays a visit; a call in which a house is mentioned stays a call. */
function besideACall(told: readonly string[], firm: boolean, school: boolean, wire: Mode): Mode | null {
  const wireFirst = told.findIndex((clause) => VIDEO.test(clause) || PHONE.test(clause));
  const placeFirst = told.findIndex(
    (clause) => FIRM_HOME.test(clause) || HOME.test(clause) || SCHOOL.test(clause),
  );
  if (placeFirst < 0) return wire;
  if (placeFirst < wireFirst) return school ? 'school' : 'home';
  return wireFirst < placeFirst && !firm && !school ? wire : null;
}
