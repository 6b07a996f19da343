import { clausesOf } from './clauses.ts';
import { readIntent } from './intent.ts';
import type { PlacedMention } from './names.ts';
import { readSeen } from './seen.ts';

/** 小明说, 听说, 奶奶告诉我: what follows in the clause is somebody's story. */
const SPEAKS =
  /(?:(?<![没不好据小])说(?!好|定|不定)(?:了|的是|过|起)?|(?<![课演])讲(?!好|课|座)(?:了|过|起)?|听说|据说|告诉(?:我们?|了我们?)?|反映|提到|告状|告的状)/;
/** Whether these words pass on what somebody said. */
export function tellsWhatWasSaid(text: string): boolean {
  return SPEAKS.test(text);
}

/** 我昨天去看了小红, said by somebody: the worker was there all the same. */
const BY_ME = /我|咱/;

/**
 * The mentions of children that are only in what somebody tells: of "小明说燕燕昨晚没回家" it is 燕燕. Nobody was visited by
 * these words. A child of whom the rest of the sentence tells something of its own is none, and neither is anybody where
 * no other child is named: then the sentence is about that child.
 */
export function toldOf(masked: string, mentions: readonly PlacedMention[]): readonly PlacedMention[] {
  const clauses = clausesOf(masked);
  const inStory = new Set<PlacedMention>();
  let endsInSaying = false;
  for (const clause of clauses) {
    const verb = SPEAKS.exec(clause.text);
    const from = endsInSaying ? clause.start : verb && clause.start + verb.index;
    endsInSaying = verb !== null && verb.index + verb[0].length === clause.text.length;
    if (from === null || BY_ME.test(masked.slice(from + (verb?.[0].length ?? 0), clause.end))) continue;
    for (const one of mentions) if (one.start >= from && one.end <= clause.end) inStory.add(one);
  }
  const isTold = (one: PlacedMention): boolean =>
    inStory.has(one) || (isAfterStory(one, mentions, inStory) && !tellsOfItself(one, masked));
  const outside = new Set(mentions.filter((one) => !isTold(one)).flatMap(idsOf));
  if (outside.size === 0) return [];
  return mentions.filter((one) => isTold(one) && idsOf(one).every((id) => !outside.has(id)));
}

/** 小明说燕燕没回家,燕燕奶奶急坏了: the story goes on. */
function isAfterStory(
  one: PlacedMention,
  mentions: readonly PlacedMention[],
  inStory: ReadonlySet<PlacedMention>,
): boolean {
  const ids = idsOf(one);
  const first = mentions.find((other) => idsOf(other).some((id) => ids.includes(id)));
  return first !== undefined && first !== one && inStory.has(first);
}

/** A visit or a call, or that the child was seen or missed, in the clause that names it. */
function tellsOfItself({ start }: PlacedMention, masked: string): boolean {
  const clause = clausesOf(masked).find((c) => start >= c.start && start < c.end)?.text ?? '';
  return readIntent(clause) !== null || readSeen(clause, null, false) !== null;
}

function idsOf({ candidates }: PlacedMention): readonly string[] {
  return candidates.map(({ childId }) => childId);
}
