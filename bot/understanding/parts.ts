import { tellsAbsent } from './absent.ts';
import { allBut } from './all-but.ts';
import { obstacleWords } from './away-words.ts';
import { clausesOf } from './clauses.ts';
import { isNotDone, isPlan, readIntent } from './intent.ts';
import { readMet } from './met.ts';
import { tellsMetBesides } from './met-besides.ts';
import { readMode, type Mode } from './modes.ts';
import type { PlacedMention } from './names.ts';
import { ADULT } from './person-words.ts';
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
  /** "欣欣也见到了": met on the way to the others; where, nobody said. */
  readonly besides: boolean;
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
/** When it was, and on the way to whom, where it stands before a name: 周二小红, 再去学校看小红. */
const WHEN =
  '(?:(?:大*前天|昨[天晚日]|今[天早晚日]|(?:上*个?|这个?|本)(?:周|星期|礼拜)[一二三四五六日天]|[0-9一二三十]{1,3}[号日]|[上中下]午|下昼|早上|晚上|傍晚)+(?:又|再|就|我|先)*)?';
const ON_THE_WAY = '(?:(?:再|又|后来|然后|接着)*(?<![没不])(?:去|到)了?(?:学校|他家|她家)(?:里)?)?';
/** Words that stand before a name and belong with it: 没见到小红, 打电话给小红. */
const LEAD_WORDS =
  /(?:没有?(?:见|看|碰|遇)(?:到|着)|(?:见|看|碰|遇)(?:到|着)了?|(?:又|再|就|后来|然后|接着|下午|上午|早上|晚上|中午)*(?<![没不])(?:去|到|看)了?看?了?|(?:打|通)了?(?:个)?(?:电话|视频)给|联系了?|就是|只有|还有|除了|[一-龥]{1,2}(?:说|讲))?$/;
const LEAD = new RegExp(`${WHEN}${ON_THE_WAY}${LEAD_WORDS.source}`);
const OF_ALL =
  /^(?:两|三|四|五|几|[二三四五六]|俩)?(?:个|家|人)?(?:孩子|小孩|娃|人|家)?(?:们|俩)?(?:也)?(?:都|全|一起)|他们|她们|大家|孩子们|俩|两个|三个|四个|五个|几个/;
const NOBODY_THERE =
  /没有?人(?!管|照|看|陪|理|疼|带|做|煮)|没人应|门(?:上)?(?:都|是|也)?(?:锁|关)(?:着|了)|(?:锁|关)(?:着|了)门|铁将军/;

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

/** The words of a stretch; 再去小红家 in the middle of a clause goes on with the way, and is no plan. */
export function stretchText(masked: string, { start, end }: Pick<Segment, 'start' | 'end'>): string {
  const words = masked.slice(start, end);
  const goesOn = start > 0 && !/[,。;!?、 ]/.test(masked.charAt(start - 1));
  return goesOn ? words.replace(/^(?:再|又|然后|接着|后来)+/, '') : words;
}

/** What these stretches of the sentence say of one child. */
export function partOf(
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
  const isOut = isExcepted(alone, masked);
  const seen = alone.some((s) => s.except)
    ? isOut
      ? null
      : false
    : (readSeen(own, mode, isContact) ?? readSeen(rest, mode, isContact));
  const people = (text: string): readonly string[] =>
    readMet(text, mode, null).filter((who) => who !== '孩子本人');
  const met = [
    ...(people(own).length > 0 ? people(own) : people(rest)),
    ...(seen === true ? ['孩子本人'] : []),
  ];
  const ownClauses = alone.map((s) => stretchText(masked, s));
  // Beside a visit to its home 请假了 tells why it is there.
  const isAbsent =
    seen !== true && met.length === 0 && readMode(rest) !== 'home' && ownClauses.some(tellsAbsent);
  return {
    childId,
    own: join(alone.filter(tells(masked)), said).trim(),
    words: join(mine, said).trim(),
    seen,
    met,
    besides: seen !== false && tellsMetBesides(own, rest),
    nobody: met.length === 0 && seen !== true && NOBODY_THERE.test(own),
    notDone:
      isOut ||
      isAbsent ||
      // 乐乐家不让进, beside another home that was visited.
      ((ownClauses.some((clause) => obstacleWords(clause) === 'refused') ||
        leftOut(
          ownClauses,
          mine.map((s) => stretchText(masked, s)),
        )) &&
        !ownClauses.some(tellsSeen(mode))),
  };
}

/** 除了辉辉,都走了一遍: nobody came to this child. 除了辉辉,都见到了 is another matter. */
function isExcepted(own: readonly Segment[], masked: string): boolean {
  const but = allBut(masked.replaceAll('、', '和'));
  return (
    but !== null && but.by !== 'seen' && own.some((s) => s.except && s.start < but.end && s.end > but.start)
  );
}

/** What the sentence says of all its children together, besides the way and whether they were seen: "路上滑". */
export function saidOfAll(said: string, masked: string, mentions: readonly PlacedMention[]): string {
  const seen =
    /(?:[两三四五几]个?|都|全|也|孩子|人|们|俩)*(?:见|看)(?:到|着)了?(?:本人|人|孩子)?|[都全]?在家?[的里呢]?|没见[到着]/g;
  const who = new RegExp(`${ADULT}|[都也和跟全]`, 'g');
  const ids = new Set(mentions.flatMap(ownersOf));
  if (ids.size < 2) return '';
  const tellsMore = tells(masked.replace(seen, (hit) => '\uE001'.repeat(hit.length)));
  return segmentsBy(masked, mentions)
    .filter((s) => s.owners.length === ids.size && !s.except && tellsMore(s))
    .map(({ start, end }) => said.slice(start, end))
    .filter((words) => /[\u4e00-\u9fff]/.test(words.replace(seen, '').replace(who, '')))
    .join('，')
    .replaceAll(',', '，');
}

/** 今天去了小明家: the way there tells nothing of the child. */
function tells(masked: string): (segment: Segment) => boolean {
  const way =
    /大*前天|[今昨]天|(?:上+个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天]|[0-9一二三十]+[月号日]|[上中下]午|早上|晚上|傍晚|刚才|走访了?|家访|入户|上门|联系了?|打了?(?:过|个)?(?:电话|视频)|通了?电话|电话|视频|微信|给|补录|补记|去[了过看]?|到了?|看了?|家里?|学校|和|跟|的|也|都|我们?|先|又|再|后来|然后|还有|以及/g;
  return ({ start, end }) => /[\u4e00-\u9fff]/.test(masked.slice(start, end).replace(way, ''));
}

/** 作业还没写, 爸爸没空, 下次不用去: beside a visit that was told, no word of this visit. */
const OF_SOMETHING_ELSE =
  /没空|取消了|还没(?!去|走|联|打|见|看|接)|(?:不用|不必|不要|别|甭|不)(?:再)?去|没(?:有)?安排/;

/** Whether the visit or call to a child did not come about; a promise or a plan told after it is none of it. */
function leftOut(own: readonly string[], all: readonly string[]): boolean {
  const missed = own.filter(isNotDone);
  const isTold = all.some((c) => !isNotDone(c) && !isPlan(c) && readIntent(c) !== null);
  if (isTold) return missed.some((c) => !OF_SOMETHING_ELSE.test(c));
  return missed.length > 0 || own.some(isPlan);
}

function tellsSeen(mode: Mode | null): (clause: string) => boolean {
  return (clause) => readSeen(clause, mode, false) !== null;
}

/** The child a mention certainly means. */
export function ownersOf({ certain, candidates }: PlacedMention): readonly string[] {
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
