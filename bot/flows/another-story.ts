import type { Heard } from '../dialog/event.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { certainChild, childNamed } from './record-slots.ts';

/** So much beside a name tells something. */
const TELLS = 4;
/** What may stand before the name a story begins with. */
const BEFORE =
  /^(?:今天|今儿|昨天|前天|刚才|刚刚|早上|上午|中午|下午|晚上|昨晚|还有|另外|对了|听说|那个|哦|[\s,，。、:：])*$/u;
/** 小红跟他一起…: the open child is in it. */
const WITH_THE_CHILD = /^(?:也|都|常|经常)?(?:跟|和|与|同)(?:他|她)/u;

/**
 * Whether these words tell of some other child than the one that is being talked of: a record of its own, or a story
 * that begins with another child's name. Brothers and sisters of one home belong to each other's notes.
 */
export function tellsOfAnother(heard: Heard, frame: Frame, view: View): boolean {
  const { child } = frame.slots;
  if ((heard.tellings ?? []).some((telling) => telling.childId !== child)) return true;
  if (heard.mentions.length === 0) return false;
  if (typeof child !== 'string') return tellsMoreThanWho(heard, frame, view);
  const unmade = (heard.unmade ?? []).flatMap(({ candidates }) => candidates);
  if (unmade.length > 0 && !unmade.includes(child)) return true;
  const refused = heard.refusedBy ?? [];
  if (refused.length > 0 && !refused.includes(child)) return true;
  const spokenOf = [...heard.mentions, ...(heard.told ?? [])];
  if (spokenOf.some((m) => m.candidates.some((c) => c.childId === child))) return false;
  return heard.intent !== null || beginsWithAnother(heard, child, view);
}

/** While it is asked which child was visited: words about a child that cannot be meant are a story of their own. */
function tellsMoreThanWho(heard: Heard, { slots }: Frame, view: View): boolean {
  const { candidates } = slots;
  if (!Array.isArray(candidates)) return false;
  const among = view.caseload.filter(({ id }) => candidates.includes(id));
  const isOfThem = heard.mentions.some((m) => m.candidates.some((c) => candidates.includes(c.childId)));
  return !isOfThem && certainChild(heard) !== undefined && childNamed(heard, among) === undefined;
}

function beginsWithAnother(heard: Heard, child: string, view: View): boolean {
  const [first] = heard.mentions;
  // 小红也在 says of 小红 that she was seen, and nothing of the open child.
  if (heard.seen !== null && first?.certain === true) return true;
  return beginsWithOther(heard, [child], view);
}

/** Whether these words begin with a child of another home than these children's, and tell something of it. */
export function beginsWithOther({ mentions, text }: Heard, open: readonly string[], view: View): boolean {
  const [first] = mentions;
  if (first === undefined) return false;
  const homes = open.flatMap((id) => childOf(view, id)?.householdId ?? []);
  if (first.candidates.some((c) => homes.includes(childOf(view, c.childId)?.householdId ?? ''))) return false;
  const words = text.normalize('NFKC').trim();
  const at = words.indexOf(first.quote);
  const after = words.slice(at + first.quote.length);
  if (at < 0 || !BEFORE.test(words.slice(0, at)) || WITH_THE_CHILD.test(after)) return false;
  return after.replace(/[^\p{L}\p{N}]/gu, '').length >= TELLS;
}
