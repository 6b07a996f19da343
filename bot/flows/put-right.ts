import { CONTACT_MODES, VISIT_MODES, isVisit } from '../../server/domain/cadence/child-facts.ts';
import type { Heard } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';

const CORRECTS = /不是|不对|(?:搞|弄|记|说|点|写|选|认)错/u;
const IS_RATHER = /(?:是|换成|改成)(?:去)?(?:看)?(?:的(?:是)?)?$/u;
const NOTHING_MORE = /^(?:家里?|的|才对|啦|了|吧|[,，。 ])*$/u;
/** "不对，我是打的电话": so short, and about nothing else. */
const WAY_WORDS = 20;
const CORRECTS_WAY = /不对|不是|错|其实|是(?:在|打|到|去|路|微信|视频)/u;

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
  if (frame.asking !== 'outcome' || mode === null || heard.mentions.length > 0) return null;
  if (heard.text.length > WAY_WORDS || !CORRECTS_WAY.test(heard.text)) return null;
  const flow = isVisit(mode) ? 'record-visit' : 'record-contact';
  const modes: readonly string[] = isVisit(mode) ? VISIT_MODES : CONTACT_MODES;
  if (frame.flow === flow || !modes.includes(mode)) return null;
  // Of a voice on the telephone nobody says that it was seen; of a visit it has to be said.
  return filled(emptied({ ...frame, flow }, 'seen', 'again', 'outcome'), 'mode', mode);
}
