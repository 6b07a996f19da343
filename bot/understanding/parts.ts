import { clausesOf } from './clauses.ts';
import { isNotDone, isPlan } from './intent.ts';
import { readMet } from './met.ts';
import type { Mode } from './modes.ts';
import type { PlacedMention } from './names.ts';
import { readSeen } from './seen.ts';

/** What a sentence about several children says of one of them: clauses that name it, and those that speak of all. */
export interface Part {
  readonly childId: string;
  /** The clauses that belong to this child alone, as they were said. */
  readonly own: string;
  /** Everything of the sentence but what belongs to the others. */
  readonly words: string;
  readonly seen: boolean | null;
  readonly met: readonly string[];
  /** "门锁着": nobody was met at this child's home. */
  readonly nobody: boolean;
  /** "小明没去": the visit or call to this child did not come about. */
  readonly notDone: boolean;
}

/** A stretch of the sentence and the children it speaks of; empty where nobody on the list can be meant. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly owners: readonly string[];
  /** 除了小红: the clause takes this child out of what is said of the others. */
  readonly except: boolean;
}

const JOINED = /^(?:家)?(?:里)?[ ]*(?:和|跟|与|同|及|还有|以及|,)?[ ]*$/;
/** Words that stand before a name and belong with it: 没见到小红, 打电话给小红. */
const LEAD =
  /(?:没有?(?:见|看|碰|遇)(?:到|着)|(?:见|看|碰|遇)(?:到|着)了?|(?:又|再|就|后来|然后|接着|下午|上午|早上|晚上|中午)*(?<![没不])(?:去|到|看)了?看?了?|(?:打|通)了?(?:个)?(?:电话|视频)给|联系了?|就是|只有|还有|除了|[一-龥]{1,2}(?:说|讲))$/;
const OF_ALL =
  /^(?:两|三|四|五|几|[二三四五六]|俩)?(?:个|家|人)?(?:孩子|小孩|娃|人|家)?(?:们|俩)?(?:也)?(?:都|全|一起)|他们|她们|大家|孩子们|俩|两个|三个|四个|五个|几个/;
const NOBODY_THERE = /没有?人(?!管|照|看|陪|理|疼|带|做|煮)|没人应|门(?:都|是)?(?:锁|关)着|铁将军/;

/** The stretches of a sentence that names several children, in order, each with those it speaks of. */
export function segmentsBy(masked: string, mentions: readonly PlacedMention[]): readonly Segment[] {
  const text = masked.replaceAll('、', '和');
  const all = [...new Set(mentions.flatMap(ownersOf))];
  const segments: Segment[] = [];
  let last: readonly string[] = all;
  for (const clause of clausesOf(text, true)) {
    for (const piece of piecesOf(text, clause, mentions)) {
      const [named, rest] = splitAtAll(text, piece);
      const owners = named.owners ?? (OF_ALL.test(text.slice(named.start, named.end)) ? all : last);
      const except = /除了?$/.test(text.slice(named.start, named.nameAt));
      segments.push({ start: named.start, end: named.end, owners, except });
      if (rest) segments.push({ ...rest, owners: all, except: false });
      last = except || rest ? all : owners;
    }
  }
  return segments;
}

/** What is said of each child that is certainly named; `masked` is the text with the names blanked out. */
export function partsOf(
  said: string,
  masked: string,
  mentions: readonly PlacedMention[],
  told: { readonly mode: Mode | null; readonly isContact: boolean },
): readonly Part[] {
  const ids = [...new Set(mentions.flatMap(ownersOf))];
  if (ids.length < 2) return [];
  const segments = segmentsBy(masked, mentions);
  return ids.map((childId) => partOf(childId, said, masked, segments, told));
}

function partOf(
  childId: string,
  said: string,
  masked: string,
  segments: readonly Segment[],
  { mode, isContact }: { readonly mode: Mode | null; readonly isContact: boolean },
): Part {
  const mine = segments.filter((s) => s.owners.includes(childId));
  const alone = mine.filter((s) => s.owners.length === 1);
  const shared = mine.filter((s) => s.owners.length > 1);
  const join = (list: readonly Segment[], of: string): string =>
    list.map((s) => of.slice(s.start, s.end)).join(',');
  const [own, rest] = [join(alone, masked), join(shared, masked)];
  const seen = alone.some((s) => s.except)
    ? false
    : (readSeen(own, mode, isContact) ?? readSeen(rest, mode, isContact));
  const people = (text: string): readonly string[] =>
    readMet(text, mode, null).filter((who) => who !== '孩子本人');
  const met = [
    ...(people(own).length > 0 ? people(own) : people(rest)),
    ...(seen === true ? ['孩子本人'] : []),
  ];
  const ownClauses = alone.map((s) => masked.slice(s.start, s.end));
  return {
    childId,
    own: join(alone.filter(tells(masked)), said).trim(),
    words: join(mine, said).trim(),
    seen,
    met,
    nobody: met.length === 0 && seen !== true && NOBODY_THERE.test(own),
    notDone: ownClauses.some((c) => isNotDone(c) || isPlan(c)) && !ownClauses.some(tellsSeen(mode)),
  };
}

/** 今天去了小明家: the way there tells nothing of the child. */
function tells(masked: string): (segment: Segment) => boolean {
  const way =
    /[今昨前]天|[上下中]午|早上|晚上|傍晚|刚才|走访了?|家访|入户|联系了?|去[了过看]?|到了?|看了?|家里?|学校|和|跟|我们?|先|又|再|后来|然后|还有|以及/g;
  return ({ start, end }) => /[\u4e00-\u9fff]/.test(masked.slice(start, end).replace(way, ''));
}

function tellsSeen(mode: Mode | null): (clause: string) => boolean {
  return (clause) => readSeen(clause, mode, false) !== null;
}

function ownersOf({ certain, candidates }: PlacedMention): readonly string[] {
  const [only] = candidates;
  return certain && only ? [only.childId] : [];
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** Where the first name stands, and where the last one of the row ends. */
  readonly nameAt: number;
  readonly nameEnd: number;
  /** Null where nobody is named. */
  readonly owners: readonly string[] | null;
}

/** A clause cut before each name that begins a new statement; names in a row stay together. */
function piecesOf(
  text: string,
  clause: { readonly start: number; readonly end: number },
  mentions: readonly PlacedMention[],
): readonly Piece[] {
  const inside = mentions.filter((m) => m.start >= clause.start && m.start < clause.end);
  const rows: PlacedMention[][] = [];
  for (const mention of inside) {
    const before = rows.at(-1)?.at(-1);
    const isAgain = rows.at(-1)?.some((m) => m.quote === mention.quote) === true;
    if (before && !isAgain && JOINED.test(text.slice(before.end, mention.start))) rows.at(-1)?.push(mention);
    else rows.push([mention]);
  }
  if (rows.length === 0) return [{ ...clause, nameAt: clause.start, nameEnd: clause.start, owners: null }];
  const starts = rows.map((row, n) => (n === 0 ? clause.start : leadStart(text, row, rows[n - 1])));
  return rows.map((row, n) => ({
    start: starts[n] ?? clause.start,
    end: starts[n + 1] ?? clause.end,
    nameAt: row[0]?.start ?? clause.start,
    nameEnd: row.at(-1)?.end ?? clause.start,
    owners: row.flatMap(ownersOf),
  }));
}

function leadStart(
  text: string,
  row: readonly PlacedMention[],
  before: readonly PlacedMention[] | undefined,
): number {
  const start = row[0]?.start ?? 0;
  const from = before?.at(-1)?.end ?? 0;
  return start - (LEAD.exec(text.slice(from, start))?.[0].length ?? 0);
}

/** 雅婷家都是奶奶在: what stands after 都 is said of all. */
function splitAtAll(
  text: string,
  piece: Piece,
): readonly [Piece, { readonly start: number; readonly end: number } | null] {
  if (piece.owners?.length !== 1) return [piece, null];
  const home = /^家?(?:里|的)?/.exec(text.slice(piece.nameEnd, piece.end))?.[0].length ?? 0;
  const at = piece.nameEnd + home;
  if (
    at >= piece.end ||
    !OF_ALL.test(text.slice(at, piece.end)) ||
    !/^(?:[两三四五几]|都|全)/.test(text.slice(at))
  )
    return [piece, null];
  return [
    { ...piece, end: at },
    { start: at, end: piece.end },
  ];
}
