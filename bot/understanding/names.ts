import {
  exactCandidates,
  foldedCandidates,
  homophoneCandidates,
  isAsked,
  stemInShape,
  writtenCandidates,
} from './name-candidates.ts';
import type { ChildMatch } from './name-candidates.ts';
import { callables } from './name-index.ts';
import type { Callable, NamedChild } from './name-index.ts';
import { isOrdinaryWord, positionOf, segmentsOf } from './name-position.ts';
import type { Position, Segment } from './name-position.ts';
import { continuesName, endsLikeName, LONGER_WORDS, ORDINARY_NAME_SHAPES } from './name-words.ts';
import { normalise } from './normalise.ts';
import { beginsWithSurname, looksLikeSurname } from './surnames.ts';

/** One place in the sentence where a child is named. */
export interface ChildMention {
  readonly quote: string;
  readonly candidates: readonly ChildMatch[];
  /** One child only, and not merely by a folded sound: no question needed. */
  readonly certain: boolean;
}

/** A mention with its place in the normalised text. */
export interface PlacedMention extends ChildMention {
  readonly start: number;
  readonly end: number;
}

interface Scan {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly children: readonly Callable[];
  readonly found: PlacedMention[];
}

/** A sentence that names more than this is no sentence; the first ones are enough to ask about it. */
const MOST_MENTIONS = 60;
const CJK_WORD = /^[\u3400-\u9fff]+$/;
const DEGREE = /[很太挺真最更蛮好较够越]$/;

/** Every child named in the sentence, in its order. Nobody is ever picked by surname or out of several. */
export function findChildren(text: string, caseload: readonly NamedChild[]): readonly ChildMention[] {
  return placeChildren(normalise(text), caseload).map(({ quote, candidates, certain }) => ({
    quote,
    candidates,
    certain,
  }));
}

/** As `findChildren`, for a normalised text, with the places. */
export function placeChildren(text: string, caseload: readonly NamedChild[]): readonly PlacedMention[] {
  const scan: Scan = { text, segments: segmentsOf(text), children: callables(caseload), found: [] };
  for (const word of writtenForms(scan)) takeEvery(scan, word);
  for (const word of writtenForms(scan)) takeBetween(scan, word);
  takeBySound(scan, homophoneCandidates, 'homophone');
  takeBySound(scan, foldedCandidates, 'folded');
  takeAgain(scan);
  return eachByItself(text, withRepeats([...scan.found].sort((a, b) => a.start - b.start)));
}

/** A name that was certain once is that name wherever it stands again: words without commas hide it from the dictionary. */
function takeAgain(scan: Scan): void {
  for (const { quote, candidates, certain } of [...scan.found]) {
    if (!certain || ORDINARY_NAME_SHAPES.has(quote)) continue;
    for (let at = scan.text.indexOf(quote); at >= 0; at = scan.text.indexOf(quote, at + 1)) {
      if (!isTaken(scan, at, at + quote.length) && !LONGER_WORDS.test(scan.text.slice(at)))
        take(scan, at, quote, candidates, belongsToLongerName(scan, at, quote, candidates));
    }
  }
}

/** All written forms to look for, the longest first, so that a full name is taken before the given name in it. */
function writtenForms({ children, text }: Scan): readonly string[] {
  const forms = new Set<string>();
  for (const { name, given, nickname, aliases, stems } of children) {
    for (const form of [name, given, nickname, ...aliases]) if (form.length >= 2) forms.add(form);
    for (const x of stems) {
      for (const form of [`小${x}${x}`, `小${x}`, `阿${x}`, `${x}${x}`]) forms.add(form);
      for (const tail of '仔妹宝哥姐儿娃') forms.add(`${x}${tail}`);
    }
  }
  return [...forms]
    .filter((form) => text.includes(form))
    .sort((a, b) => b.length - a.length || rank(a, children) - rank(b, children));
}

function rank(form: string, children: readonly Callable[]): number {
  if (children.some(({ name }) => name === form)) return 0;
  if (children.some(({ nickname, aliases }) => nickname === form || aliases.includes(form))) return 1;
  return children.some(({ given }) => given === form) ? 2 : /^[小阿]/.test(form) ? 3 : 4;
}

function takeEvery(scan: Scan, word: string): void {
  const candidates = writtenCandidates(word, scan.children);
  for (let at = scan.text.indexOf(word); at >= 0; at = scan.text.indexOf(word, at + 1)) {
    if (isTaken(scan, at, at + word.length)) continue;
    const position = positionOf(scan.text, at, at + word.length, scan.segments);
    if (isName(scan, at, candidates, word, position))
      take(scan, at, word, candidates, belongsToLongerName(scan, at, word, candidates));
  }
}

/** 小明海燕俊辉: between two names what is written like a third one is no bird. */
function takeBetween(scan: Scan, word: string): void {
  if (ORDINARY_NAME_SHAPES.has(word)) return;
  for (let at = scan.text.indexOf(word); at >= 0; at = scan.text.indexOf(word, at + 1)) {
    const end = at + word.length;
    const isRow = scan.found.some((one) => one.end === at) && scan.found.some((one) => one.start === end);
    if (isRow && !isTaken(scan, at, end)) take(scan, at, word, writtenCandidates(word, scan.children), false);
  }
}

function take(
  scan: Scan,
  start: number,
  quote: string,
  candidates: readonly ChildMatch[],
  doubt: boolean,
): void {
  const [only] = candidates;
  const certain = !doubt && candidates.length === 1 && only !== undefined && !isAsked(only.how);
  scan.found.push({ quote, candidates, certain, start, end: start + quote.length });
}

function isTaken({ found }: Scan, start: number, end: number): boolean {
  return found.length >= MOST_MENTIONS || found.some((one) => one.start < end && one.end > start);
}

/** Whether the characters stand there as a name, and not inside 小宇宙, 大家乐呵呵, 很高兴 or 高高兴兴. */
function isName(
  { text, children }: Scan,
  at: number,
  candidates: readonly ChildMatch[],
  word: string,
  position: Position,
): boolean {
  const byFullName = candidates.some(({ how }) => how === 'full-name');
  if (byFullName && word.length >= 3) return true;
  if (LONGER_WORDS.test(text.slice(at)) && !LONGER_WORDS.test(word)) return false;
  if (isPaired(text, at, word, children) || DEGREE.test(text.slice(0, at))) return false;
  if (position.embedded && !(position.related && position.nameLike)) return false;
  return position.nameLike || !isOrdinary(word, candidates) || (byFullName && position.related);
}

function isOrdinary(word: string, candidates: readonly ChildMatch[]): boolean {
  if (ORDINARY_NAME_SHAPES.has(word)) return true;
  const calledSo = candidates.some(({ how }) => how === 'nickname' || how === 'alias');
  return !calledSo && stemInShape(word) === null && isOrdinaryWord(word) && !endsLikeName(word);
}

/** 高高兴兴, 安安静静; 欣欣乐乐 are two children. */
function isPaired(text: string, at: number, word: string, children: readonly Callable[]): boolean {
  if (!/^(.)\1$/u.test(word)) return false;
  const next = text.slice(at + 2, at + 4);
  const isDouble = /^(.)\1$/u.test(next) && !/^(?:爸爸|妈妈|奶奶|爷爷)/.test(next);
  return (
    isDouble && !exactCandidates(next, children).some(({ how }) => how === 'nickname' || how === 'alias')
  );
}

/** 王思雨 where only 陈思雨 is known, 小明轩 where only 小明 is: somebody else may be meant. */
function belongsToLongerName(
  scan: Scan,
  at: number,
  word: string,
  candidates: readonly ChildMatch[],
): boolean {
  const { text, segments } = scan;
  const end = at + word.length;
  const byFullName = candidates.some(({ how }) => how === 'full-name');
  const inWord = (index: number): boolean => {
    const one = segments[index];
    return one !== undefined && one.end - one.start > 1;
  };
  const before = text.charAt(at - 1);
  if (!byFullName && looksLikeSurname(before) && !inWord(at - 1) && !isTaken(scan, at - 1, at)) return true;
  const after = text.charAt(end);
  const doubles = after !== '' && after === word.slice(-1) && !byFullName;
  return (
    (word.length === 2 && continuesName(after) && !inWord(end) && !isTaken(scan, end, end + 1)) || doubles
  );
}

type Sound = (word: string, children: readonly Callable[]) => readonly ChildMatch[];

function takeBySound(scan: Scan, bySound: Sound, how: 'homophone' | 'folded'): void {
  for (const length of [4, 3, 2]) {
    for (let at = 0; at + length <= scan.text.length; at += 1) {
      const word = scan.text.slice(at, at + length);
      if (!CJK_WORD.test(word) || isTaken(scan, at, at + length)) continue;
      if (!mayBeMisspelt(scan, at, word) && !isInRow(scan, at, word)) continue;
      const candidates = bySound(word, scan.children);
      if (candidates.length > 0)
        take(
          scan,
          at,
          word,
          candidates,
          how === 'folded' ||
            ORDINARY_NAME_SHAPES.has(word) ||
            belongsToLongerName(scan, at, word, candidates),
        );
    }
  }
}

/** 家乐加欣家: what stands between a name and 家 is the second of two. */
function isInRow({ text, found }: Scan, at: number, word: string): boolean {
  const isBehindName = found.some(({ end, certain }) => end === at && certain);
  return isBehindName && word.length < 4 && /^家(?![长庭教务里人])/.test(text.slice(at + word.length));
}

/** Only a word in the place of a name may be a misspelt name; ordinary words (作业, 明天, 老师) never are. */
function mayBeMisspelt({ text, segments }: Scan, at: number, word: string): boolean {
  if (LONGER_WORDS.test(text.slice(at))) return false;
  const position = positionOf(text, at, at + word.length, segments);
  const shaped = stemInShape(word) !== null && /^[小阿]/.test(word);
  if (ORDINARY_NAME_SHAPES.has(word)) return /^小[^妹弟哥姐姑叔姨舅孩学组]/.test(word) && position.nameLike;
  if (position.embedded || (!shaped && isOrdinaryWord(word))) return false;
  return position.nameLike || (shaped && position.opens) || (word.length >= 3 && beginsWithSurname(word));
}

/** 去了李小明家,小明不在: once the full name is said, its given name means that child. */
function withRepeats(found: readonly PlacedMention[]): readonly PlacedMention[] {
  return found.map((mention, i) => {
    if (mention.certain || mention.candidates.length < 2) return mention;
    const earlier = found.slice(0, i).flatMap((one) => {
      const [match] = one.candidates;
      return one.certain && match?.how === 'full-name' && one.quote.endsWith(mention.quote)
        ? [match.childId]
        : [];
    });
    const [again] = mention.candidates.filter(({ childId }) => earlier.includes(childId));
    return again && new Set(earlier).size === 1
      ? { ...mention, candidates: [again], certain: true }
      : mention;
  });
}

/** 见到的是思雨,没见到的是思宇: whoever sets two names against each other means two children. */
function isContrast(text: string): boolean {
  const clauses = text.split(/[,。;!?]/);
  const missed = /(?:没|未)(?:有)?(?:能)?[见看碰遇](?:到|着)?/;
  return (
    clauses.some((c) => missed.test(c)) && clauses.some((c) => !missed.test(c) && /[见看碰遇][到着]/.test(c))
  );
}

const SIDE_BY_SIDE = /^家?(?:[、和跟与及]|还有|以及)?$/;

/** 思雨思宇家: written side by side, each is the child written so, and not the other that sounds alike. */
function eachByItself(text: string, found: readonly PlacedMention[]): readonly PlacedMention[] {
  const rows = found.reduce<PlacedMention[][]>((all, mention) => {
    const row = all.at(-1);
    const before = row?.at(-1);
    if (row && before && SIDE_BY_SIDE.test(text.slice(before.end, mention.start))) row.push(mention);
    else all.push([mention]);
    return all;
  }, []);
  const named = [...rows, ...(isContrast(text) ? [found] : [])];
  const meant = new Map(named.flatMap((row) => row.flatMap((mention) => meantIn(row, mention))));
  return found.map((mention) => {
    const child = mention.certain ? undefined : meant.get(mention.quote);
    return child === undefined ? mention : { ...mention, candidates: [child], certain: true };
  });
}

/** The child a mention means where all that sound alike are named in the same row, by how it is written. */
function meantIn(
  row: readonly PlacedMention[],
  mention: PlacedMention,
): readonly (readonly [string, ChildMatch])[] {
  const mine = writtenSo(mention);
  const isEverybodyNamed = mention.candidates.every(({ childId }) =>
    row.some((one) => writtenSo(one)?.childId === childId),
  );
  return mine !== undefined && mention.candidates.length > 1 && isEverybodyNamed
    ? [[mention.quote, mine]]
    : [];
}

/** The one child that is written like these words. */
function writtenSo({ candidates }: ChildMention): ChildMatch | undefined {
  const [only, ...more] = candidates.filter(
    ({ how }) => how !== 'homophone' && how !== 'one-sound' && how !== 'folded',
  );
  return more.length === 0 ? only : undefined;
}
