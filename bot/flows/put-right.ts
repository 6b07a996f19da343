import { CONTACT_MODES, VISIT_MODES, isVisit } from '../../server/domain/cadence/child-facts.ts';
import type { Heard } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { metInstead } from '../understanding/met.ts';
import { ADULT } from '../understanding/person-words.ts';

const CORRECTS = /不是|不对|(?:搞|弄|记|说|点|写|选|认)错/u;
const IS_RATHER = /(?:是|换成|改成)(?:去)?(?:看)?(?:的(?:是)?)?$/u;
const NOTHING_MORE = /^(?:家里?|的|才对|啦|了|吧|[,，。 ])*$/u;
/** "不对，我是打的电话": so short, and about nothing else. */
const WAY_WORDS = 20;
const CORRECTS_WAY = /不对|不是|错|其实|是(?:在|打|到|去|路|微信|视频)|没有?进/u;

/** Whether words put the way right and tell nothing besides. */
export function correctsWay(words: string): boolean {
  return words.length <= WAY_WORDS && CORRECTS_WAY.test(words);
}

/** The questions that ask for the way, or the child, themselves. */
const ASKS_WAY = /^(?:mode|child|on|change|again)$/u;
/** 碰上的: of whom nobody else is named it was the child. */
export const MET_THERE = /[碰遇撞见看](?:上|到|见|着)/u;
const GROWN_UP = new RegExp(ADULT, 'u');

/** "不是小红，是欣欣", "名字搞错了，应该是思雨": the open record is another child's. Null where these words say no such thing. */
export function childPutRight(heard: Heard, frame: Frame): Frame | null {
  const { child } = frame.slots;
  const named = heard.mentions.at(-1);
  if (typeof child !== 'string' || named === undefined) return null;
  const at = heard.text.lastIndexOf(named.quote);
  const [before, after] = [heard.text.slice(0, at), heard.text.slice(at + named.quote.length)];
  if (at < 0 || !CORRECTS.test(before) || !IS_RATHER.test(before) || !NOTHING_MORE.test(after)) return null;
  const ids = named.candidates.map(({ childId }) => childId);
  if (ids.includes(child)) return null;
  const open = emptied(frame, 'child', 'again', 'outcome');
  const [only, ...more] = ids;
  return only !== undefined && more.length === 0
    ? filled(open, 'child', only)
    : filled(filled(open, 'unclear', named.quote), 'candidates', ids);
}

/** "不对，我是打的电话" on the card of a visit: the record is a contact, or the other way round. Null for the rest. */
export function wayPutRight(heard: Heard, frame: Frame): Frame | null {
  const { mode } = heard;
  const isElsewhere = mode === 'elsewhere' && !ASKS_WAY.test(frame.asking ?? '');
  if (mode === null || heard.mentions.length > 0 || (frame.asking !== 'outcome' && !isElsewhere)) return null;
  if (!correctsWay(heard.text)) return null;
  const flow = isVisit(mode) ? 'record-visit' : 'record-contact';
  const modes: readonly string[] = isVisit(mode) ? VISIT_MODES : CONTACT_MODES;
  if (frame.flow === flow || !modes.includes(mode)) return null;
  // Of a voice on the telephone nobody says that it was seen; of a visit it has to be said.
  const open = filled(emptied({ ...frame, flow }, 'seen', 'again', 'outcome'), 'mode', mode);
  return isElsewhere && MET_THERE.test(heard.text) && !GROWN_UP.test(heard.text)
    ? filled(open, 'seen', true)
    : open;
}

/**
 * "我去看了，在家发烧", said of a contact whose way is still asked, or on its card: the director went there afterwards, so
 * it is a visit. Null for the rest.
 */
export function wentThere(heard: Heard, frame: Frame): Frame | null {
  const isOfContact = frame.flow === 'record-contact' && heard.mentions.length === 0;
  const went = heard.intent === 'visit' && (heard.mode === null || isVisit(heard.mode));
  if (!isOfContact || !went) return null;
  const isOpen = frame.asking === 'mode' && frame.slots.mode === undefined;
  if (!isOpen && !(frame.asking === 'outcome' && WENT_THERE.test(heard.text))) return null;
  const open = emptied({ ...frame, flow: 'record-visit' }, 'seen', 'again', 'outcome');
  return filled(open, 'mode', heard.mode ?? 'home');
}
/** Nobody else went, and not to see a doctor. */
const WENT_THERE =
  /(?:^|[，,。；;])(?:后来|然后|刚才|刚刚|今天|早上|上午|中午|下午|晚上|我|就|又|也|已经|马上)*(?:赶)?(?:过去|上门|去)(?:他|她)?(?:家里?)?(?:看(?:了|过|望|他|她)|家访|走访)(?![^，,。]{0,2}(?:医|牙|病|眼|电影|戏))/u;

/** "不是奶奶，是她姑姑": who was met at the home of this child, put right. Null where these words say no such thing of it. */
export function metPutRight(heard: Heard, frame: Frame): Frame | null {
  const instead = metInstead(heard.text);
  const { met } = frame.slots;
  if (instead === null || !Array.isArray(met) || heard.mentions.length > 0) return null;
  const list = met.filter((who) => typeof who === 'string');
  if (!list.some((who) => instead.not.includes(who))) return null;
  return emptied(filled(frame, 'met', withInstead(list, instead)), 'outcome');
}

/** The list of those who were met with the one in the place of the other. */
export function withInstead(
  met: readonly string[],
  { not, but }: NonNullable<ReturnType<typeof metInstead>>,
): string[] {
  return [...new Set(met.flatMap((who) => (who === not[0] ? but : not.includes(who) ? [] : [who])))];
}
