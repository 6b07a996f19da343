import type { LocalDate } from '../../server/domain/local-date.ts';
import { allBut } from './all-but.ts';
import { clauseAt, clausesOf } from './clauses.ts';
import { dateReader } from './date-words.ts';
import { readDateOf } from './dates.ts';
import type { DateReading } from './dates.ts';
import {
  foundLocked,
  isHearsay,
  isNotDone,
  isPlan,
  readIntent,
  tellsNothingDone,
  whoRang,
} from './intent.ts';
import type { Intent } from './intent.ts';
import { closedMet, readMet } from './met.ts';
import { readMode, tellsTwoPlaces } from './modes.ts';
import type { Mode } from './modes.ts';
import type { NamedChild } from './name-index.ts';
import { placeChildren } from './names.ts';
import type { ChildMention, PlacedMention } from './names.ts';
import { MAX_SENTENCE_LENGTH, NAME_MARK, normalise } from './normalise.ts';
import { ownersOf, partsOf, saidOfAll, segmentsBy, type Part } from './parts.ts';
import { tellingsOf, type Telling } from './tellings.ts';
import { toldOf } from './told-of.ts';
import { readOutcome } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { refusedBy } from './refused-by.ts';
import { readSeen } from './seen.ts';
import { readSignals } from './signals.ts';
import type { Signal } from './signals.ts';
import { unmadeIn, type Unmade } from './unmade.ts';
import { unresolvedNames } from './unresolved-names.ts';

/** What one sentence of a director says; every field is shown to a person before anything is stored. */
export interface Understanding {
  /** The normalised text; every quote is a substring of it. */
  readonly text: string;
  readonly date: DateReading;
  readonly mode: Mode | null;
  /** Two places in one sentence: where the child was met is asked, and never taken for the house. */
  readonly wayInDoubt?: true;
  /** Whom the worker met or spoke with, in closed words such as 奶奶, 老师, 孩子本人. */
  readonly met: readonly string[];
  readonly mentions: readonly ChildMention[];
  /** Children of whom somebody only told something, beside those of `mentions`: nobody came to them by these words. */
  readonly told: readonly ChildMention[];
  /** Whether the child was seen in person, only where the words say so. */
  readonly seen: boolean | null;
  readonly outcome: Outcome;
  readonly signals: readonly Signal[];
  readonly intent: Intent;
  /** Words that stand like a name and match nobody in the caseload. */
  readonly unresolved: readonly string[];
  /** With several children in one sentence: what it says of each. Empty otherwise. */
  readonly parts: readonly Part[];
  /** What it says of all of them together, besides the way and whether they were seen. */
  readonly ofAll: string;
  /** With several days or ways in one sentence: each visit and call by itself. Empty otherwise. */
  readonly tellings: readonly Telling[];
  /** A question, a plan, or a visit or call that did not come about: nothing to record as done. */
  readonly nothingDone: boolean;
  /** Of several children those whose visit or call did not come about: they are no part of the record. */
  readonly notReached: readonly NotReached[];
  /** Whoever the words say was not visited or not called, also where they tell of nothing else. */
  readonly unmade: readonly Unmade[];
  /** Whose family lets nobody in, where the clause that says so names a child; empty otherwise. */
  readonly refusedBy: readonly string[];
  /** "除了辉辉,都走了一遍": everybody else was visited, called or seen, and nobody said who that is. */
  readonly others: 'visit' | 'call' | 'seen' | null;
}

/** A child nobody came to, and what was said of that. */
interface NotReached {
  readonly childId: string;
  readonly own: string;
}

/** The day it is in Asia/Shanghai, and the children the director answers for. */
interface Context {
  readonly today: LocalDate;
  readonly caseload: readonly NamedChild[];
  /** Whom somebody said a name in these words means, by the name as it stands there. */
  readonly meant?: ReadonlyMap<string, string>;
}

/** 去了小明、小红家: one way to both. */
const NAMES_IN_A_ROW = /(?<=\uE000家?)、(?=\uE000)/g;
/** 厝 is a house, where it is no part of the name of a village or school. */
const HOUSE = /厝(?=里|内|$|[,。;!? ]|坐|看|他|她|伊|人|见|找|走|孩|囝|奶|爷|阿)/g;

/** Reads a sentence about a visit or contact. Pure; whatever is ambiguous is left open and never guessed. */
export function understand(text: string, context: Context): Understanding {
  const whole = normalise(text);
  const said = whole.slice(0, MAX_SENTENCE_LENGTH);
  const plain = said.replace(HOUSE, '家');
  const asMeant = settledBy(context.meant ?? new Map());
  const all = placeChildren(plain, context.caseload).map(asMeant);
  const { named, unmarked } = withoutSlips(withoutNames(plain, all), all);
  const inStory = toldOf(unmarked, named);
  const spoken = named.filter((mention) => !inStory.includes(mention));
  const { placed, masked, notReached } = withoutNotDone(said, unmarked, spoken);
  const isCallOfFamily = whoRang(masked) !== null;
  const others = othersOf(unmarked, named);
  const mentions = withoutKnownTwice(
    placed.map((mention) =>
      others !== null
        ? { ...mention, certain: false }
        : isCallOfFamily
          ? mention
          : asMeant(doubtOutsideTheRecord(mention, masked)),
    ),
  );
  const joined = masked.replace(NAMES_IN_A_ROW, '和');
  const told = readIntent(joined);
  const rang = told === null && others === null ? whoRang(joined) : null;
  const intent = rang === null ? told : 'contact';
  const nothingDone = others === null && rang === null && tellsNothingDone(joined);
  const wayInDoubt = !nothingDone && tellsTwoPlaces(joined);
  const isSilentOnWay = nothingDone || wayInDoubt;
  const mode = rang !== null ? 'phone' : isSilentOnWay ? null : wayOf(joined);
  const seen = nothingDone || others !== null ? null : readSeen(masked, mode, intent === 'contact');
  // Of a child nobody came to danger is told as well.
  const signals = readSignals(said, unmarked);
  const wordsOf = dateReader(context.today);
  const date = readDateOf(masked, context.today, wordsOf(masked));
  return {
    text: said,
    date: whole.length > said.length ? { on: null, ask: true, quote: date.quote } : date,
    mode,
    ...(wayInDoubt ? { wayInDoubt } : {}),
    // Of what somebody else saw nobody was met.
    met:
      rang !== null
        ? closedMet(rang)
        : nothingDone || (intent === null && isHearsay(masked))
          ? []
          : readMet(masked, mode, seen),
    mentions: mentions.map(plainly),
    told: inStory.map(plainly),
    seen,
    outcome: nothingDone ? null : readOutcome(masked, signals.length > 0, seen),
    signals: signals.map((signal) => ({
      ...signal,
      ...(ofNotReached(signal, notReached) ?? ofWhomTold(signal, said, inStory)),
    })),
    intent,
    unresolved: context.caseload.length === 0 ? [] : unresolvedNames(masked),
    parts: nothingDone ? [] : partsOf(said, masked, mentions, { mode, isContact: intent === 'contact' }),
    ofAll: nothingDone ? '' : saidOfAll(said, masked, mentions),
    tellings: nothingDone
      ? []
      : tellingsOf({ said, masked, mentions, today: context.today, wordsOf, mode, intent }),
    nothingDone,
    notReached,
    unmade: unmadeIn(unmarked, named),
    refusedBy: refusedBy(unmarked, named),
    others,
  };
}

/** A door that was found locked is that of a home, whatever call came before or after. */
function wayOf(text: string): Mode | null {
  return foundLocked(text) ? 'home' : readMode(text);
}

/** A name somebody was asked about means the child they chose. */
function settledBy(meant: ReadonlyMap<string, string>): (mention: PlacedMention) => PlacedMention {
  return (mention) => {
    const child = mention.candidates.find(({ childId }) => childId === meant.get(mention.quote));
    return child === undefined ? mention : { ...mention, candidates: [child], certain: true };
  };
}

/** No child is named but those whom the sentence takes out of a visit to all. */
function othersOf(masked: string, named: readonly PlacedMention[]): Understanding['others'] {
  const but = allBut(masked);
  const isOnly = but !== null && named.every(({ start }) => start >= but.start && start < but.end);
  return isOnly ? but.by : null;
}

function plainly({ quote, candidates, certain }: PlacedMention): ChildMention {
  return { quote, candidates, certain };
}

/** 小明跟辉辉打架了,今天去了小明家: a name in doubt that is certain elsewhere in the sentence needs no question. */
function withoutKnownTwice(mentions: readonly PlacedMention[]): readonly PlacedMention[] {
  const known = new Set(mentions.flatMap(ownersOf));
  return mentions.filter(
    ({ certain, candidates }) => certain || candidates.some(({ childId }) => !known.has(childId)),
  );
}

/** "燕燕家不让进,燕燕身上有伤" beside a visit to somebody else. */
function ofNotReached({ quote }: Signal, notReached: readonly NotReached[]): Pick<Signal, 'of'> | null {
  const child = notReached.find(({ own }) => own.includes(quote))?.childId;
  return child === undefined ? null : { of: child };
}

/** "小明说燕燕昨晚没回家": the danger is that of 燕燕, in whose words it stands. */
function ofWhomTold({ quote }: Signal, said: string, told: readonly PlacedMention[]): Pick<Signal, 'of'> {
  const at = said.indexOf(quote);
  const before = told.findLast(({ start }) => start < at + quote.length);
  const clause = clauseAt(clausesOf(said), at);
  // 小明说乐乐打了他: the one who was beaten is not the one who did it.
  const isOfOther = /[他她我伊]/.test(quote) || before === undefined || before.start < clause.start;
  const [child] = isOfOther ? [] : ownersOf(before);
  return child === undefined ? {} : { of: child };
}

/**
 * "小明没去,小红去了": of several children those whose visit or call did not come about are left out, and what is said
 * of them does not make the whole sentence one about nothing.
 */
function withoutNotDone(
  said: string,
  masked: string,
  placed: readonly PlacedMention[],
): {
  readonly placed: readonly PlacedMention[];
  readonly masked: string;
  readonly notReached: readonly NotReached[];
} {
  const parts = partsOf(said, masked, placed, { mode: null, isContact: false });
  const left = new Set(parts.filter((part) => part.notDone).map((part) => part.childId));
  if (left.size === 0 || left.size === parts.length) return { placed, masked, notReached: [] };
  const isLeft = (ids: readonly string[]): boolean => ids.length > 0 && ids.every((id) => left.has(id));
  const blank = segmentsBy(masked, placed)
    .filter((segment) => isLeft(segment.owners))
    .reduce(
      (text, { start, end }) => text.slice(0, start) + ','.repeat(end - start) + text.slice(end),
      masked,
    );
  return {
    placed: placed.filter((m) => !m.certain || !isLeft(m.candidates.map((c) => c.childId))),
    masked: blank,
    notReached: parts.filter((part) => part.notDone).map(({ childId, own }) => ({ childId, own })),
  };
}

/** 看了志鹏,不对,是志慧: the name that was a slip is none, and the words of the correction say nothing else. */
const SLIP =
  /\uE000+家?[,。;!、 ]*(?:不对|错了|说错了?|记错了?|搞错了?|写错了?|哦不|啊不)[,。;!、 ]*(?:说错了?|记错了?|搞错了?)?[,。;!、 ]*(?:应该)?(?:是|去的是|看的是)(?=\uE000)/g;

function withoutSlips(
  masked: string,
  placed: readonly PlacedMention[],
): { readonly named: readonly PlacedMention[]; readonly unmarked: string } {
  const slips = [...masked.matchAll(SLIP)].map(({ index, 0: hit }) => [index, index + hit.length] as const);
  return {
    named: placed.filter(({ start }) => !slips.some(([from, to]) => start >= from && start < to)),
    unmarked: masked.replace(SLIP, (hit) => ','.repeat(hit.length)),
  };
}

/** The same text with every found name replaced, so that 周一琪 is no Monday and 安全 no safety. */
function withoutNames(text: string, mentions: readonly PlacedMention[]): string {
  return mentions.reduce(
    (rest, { start, end }) => rest.slice(0, start) + NAME_MARK.repeat(end - start) + rest.slice(end),
    text,
  );
}

/** A child named in a plan, in a visit not made, or as somebody's playmate is asked about before it is ticked. */
function doubtOutsideTheRecord(mention: PlacedMention, masked: string): PlacedMention {
  const clause = clauseAt(clausesOf(masked), mention.start);
  const before = masked.slice(clause.start, mention.start);
  const after = masked.slice(mention.end, clause.end);
  const aside =
    /(?:不是|(?:打架|吵架|欺负[^,。]{0,4}|打人|骂人|动手|闯祸|惹事|带头)的?(?:人|孩子)?(?:是|就是)|同学|同桌|朋友|邻居|隔壁的?|表[哥姐弟妹]|堂[哥姐弟妹])$/.test(
      before,
    ) ||
    /^[^,。]{0,3}(?:一起玩|打架|吵架|打了?(?:他|她|人|架|\uE000)|欺负|家隔壁|家旁边|家对面|(?<!我们?)家玩)/.test(
      after,
    );
  // 去的是小明家还是小红家: somebody has to say which.
  const either = /(?:还是|或者?)(?:是|去)?$/.test(before) || /^(?:家|那)?里?(?:还是|或者?)/.test(after);
  const outside = either || isPlan(clause.text) || isNotDone(clause.text);
  return aside || outside ? { ...mention, certain: false } : mention;
}
