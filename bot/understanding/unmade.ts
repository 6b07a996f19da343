import { allBut } from './all-but.ts';
import { clausesOf } from './clauses.ts';
import { cameAbout } from './intent.ts';
import type { PlacedMention } from './names.ts';
import { NAME_MARK } from './normalise.ts';

/** A visit or a call that did not come about, said in so many words: 辉辉没去成, 小红没打通, 有一家没去成. */
export interface Unmade {
  /** Whom the name may mean; empty where none was said. */
  readonly candidates: readonly string[];
  readonly by: 'visit' | 'call';
  /** 刚才说去了辉辉家是说错了: nothing was in the way, it was a slip of the tongue. */
  readonly slip?: true;
}

/** What may stand between the name, or the beginning, and the words: 辉辉家今天还…. Somebody else there did not go. */
const BESIDE = `(?:家里?|[那这][里边儿次趟条个]|其实|实际上?|结果|最后|后来|所以|但是?|就是?|[今昨前]天|[上中下]午|晚上|刚才|[还都也又是]|我们?|[ ])*`;
const ONE = `(?:有|另|还有)?(?:[一二两三几]|最后一)(?:个|家|户)(?:孩子|人|家)?`;
const PLACE = `(?:他|她|${NAME_MARK}+)?(?:们)?(?:家里?|[那这](?:里|边|儿))?`;
const VISIT_UNMADE = new RegExp(
  `没(?:有)?(?:能|顾上|顾得上|来得及|时间|空|机会)?(?:去看|走访|家访|入户|上门|去成|看成|走成|走到|去到|去)${PLACE}了?$|(?:去|看)不(?:成|了)${PLACE}了?$|没法(?:去|看)${PLACE}$|(?:都)?(?:不算|不要记|不用记|别记|不记|去掉|划掉|删掉|删了)(?:了|吧)*$|没(?:有)?(?:来得及|顾上|顾得上|轮到)了?$|来不及(?:去|看)?${PLACE}了?$`,
);
const CALL_UNMADE =
  /没(?:有)?(?:能)?(?:打通|打成|联系上|联系到|联系|接通|打|接|通)了?$|(?:打|联系|接)不(?:通|上)$|(?:没有?人|无人|不|都没)接(?:电话)?了?$|(?:是)?(?:关机|停机|空号|无法接通)了?$|(?:没|不|未)(?:有|见)?(?:人)?回(?:复|应|音|话|我|信|微信|消息|信息|短信)?了?$/;
const CALL_BESIDE = `(?:的|${BESIDE}|(?:爸爸?|妈妈?|奶奶|爷爷|外公|外婆|家长)|电话|微信|消息|信息|短信|视频|发了?[一两三几\\d]*[个条]?|一直|到现在|打了?[一两三几\\d]*[次遍个]?)*`;
const ROW_BEGINS = new RegExp(`${NAME_MARK}+(?:[和跟与、 ]*${NAME_MARK}+)*`, 'g');

/** Whoever these words say was not visited, or not called; a question says nothing. `masked` has the names blanked out. */
export function unmadeIn(masked: string, mentions: readonly PlacedMention[]): readonly Unmade[] {
  if (!/[没不无来关停空除错]/.test(masked) || /[?吗]$/.test(masked.trim())) return [];
  const out = exceptedIn(masked, mentions);
  if (out !== null) return out;
  const slip = slipIn(masked, mentions);
  if (slip !== null) return slip;
  const found: Unmade[] = [];
  let last: readonly PlacedMention[] = [];
  const clauses = clausesOf(masked.replaceAll('、', '和'));
  for (const [n, { text, start }] of clauses.entries()) {
    const rows = [...text.matchAll(ROW_BEGINS)].map((row) => ({
      at: row.index,
      end: row.index + row[0].length,
      of: mentions.filter((m) => m.start >= start + row.index && m.start < start + row.index + row[0].length),
    }));
    const told = toldBy(text, rows, last);
    // 发微信没回,后来打电话通了: what did not come about at first did in the end.
    const isMade = clauses.slice(n + 1).some((c) => !c.text.includes(NAME_MARK) && cameAbout(c.text));
    if (told !== null) found.push(...told.filter(({ by }) => by === 'visit' || !isMade));
    last = rows.at(-1)?.of ?? last;
  }
  return found;
}

/** 除了辉辉,都走了一遍: 辉辉 alone was not visited. */
function exceptedIn(masked: string, mentions: readonly PlacedMention[]): readonly Unmade[] | null {
  const but = allBut(masked);
  if (but === null || but.by === 'seen') return null;
  const { by } = but;
  return mentions
    .filter(({ start }) => start >= but.start && start < but.end)
    .map(({ candidates }) => ({ candidates: candidates.map((c) => c.childId), by }));
}

const SLIP =
  /(?:刚才|刚刚|前面|上面|之前)?(?:我)?(?:说|讲|写|报|记)(?:的|了|成)?[^,。]{0,4}((?:去|看|走访|家访|到|见)|打|联系)[^,。]*?[,]?(?:那?是|都是|这?是)?(?:我)?(?:说|讲|写|记|报|弄|搞)错/;

/** What was told a moment ago was a slip: of the children it names, or of whom the talk is. */
function slipIn(masked: string, mentions: readonly PlacedMention[]): readonly Unmade[] | null {
  const hit = SLIP.exec(masked);
  if (!hit) return null;
  const by = /打|联系/.test(hit[1] ?? '') ? 'call' : 'visit';
  const of = mentions.filter(({ start }) => start < hit.index + hit[0].length);
  if (of.length === 0) return [{ candidates: [], by, slip: true }];
  return of.map(({ candidates }) => ({ candidates: candidates.map((c) => c.childId), by, slip: true }));
}

interface Row {
  readonly at: number;
  readonly end: number;
  readonly of: readonly PlacedMention[];
}

/** What one clause says of the names in it, or of those before it. */
function toldBy(
  text: string,
  rows: readonly Row[],
  before: readonly PlacedMention[],
): readonly Unmade[] | null {
  for (const [by, words, beside] of [
    ['visit', VISIT_UNMADE, BESIDE],
    ['call', CALL_UNMADE, CALL_BESIDE],
  ] as const) {
    const hit = words.exec(text);
    if (!hit) continue;
    // 没去辉辉家: the name is in the words themselves.
    const inside = rows.filter((row) => row.at >= hit.index);
    const row = inside.at(-1) ?? rows.findLast((one) => one.end <= hit.index);
    const lead = text.slice(inside.length > 0 ? 0 : (row?.end ?? 0), hit.index);
    const isPlain = new RegExp(`^${row === undefined ? `(?:${ONE})?` : ''}${beside}$`).test(lead);
    const isInside = inside.length > 0 && /(?:^|[我们天午实,])$/.test(lead);
    if (!isPlain && !isInside) continue;
    const of = row?.of ?? (new RegExp(ONE).test(lead) ? [] : before);
    if (of.length === 0) return [{ candidates: [], by }];
    return of.map(({ candidates }) => ({ candidates: candidates.map((c) => c.childId), by }));
  }
  return null;
}
