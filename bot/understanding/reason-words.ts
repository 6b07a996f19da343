import { dayWords } from './day-words.ts';
import { normalise } from './normalise.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';

const CLAUSE = /[^,，。;；!！?？\s]+/gu;
/** 今天没去成, 所以去不了: that there was no visit, and no word why. */
const UNMADE =
  /(?:我们?|今[天日早晚]|昨[天日晚]|前天|上午|下午|早上|晚上|刚才|也|都|就|又|还是|所以|只好|只能|有一家|最后一家|实在|真的?|本来|原来|想|要|打算|准备|是)*(?:去不(?:了|成)|走不(?:了|成)|看不成|没(?:有)?(?:去|看|走|跑)成|没(?:有)?去(?:看)?|没法(?:去|看)|没能(?:去|看)成?|没来得及(?:去|看)?|没顾上去?|不能去|先不去)(?:了|啦|的|成)*/u;
/** 后天再去, 改到周五, 请村医去: what comes next is no reason. */
const NEXT =
  /再(?:去|看|跑|走|来|补|说|约)|改(?:天|到|成|日|为)|下次|推到|延到|(?:请|叫|麻烦|拜托).{2,6}(?:去|跑)/u;
/** 那次走访, 原因是: frame words around a reason. */
const AROUND = /^(?:因为|由于|原因(?:是|:|：)?|主要(?:是)?|是因为|就是|但是?|可是|不过|的)+|(?:所以|的)$/u;
const NOTHING =
  /^(?:的|家|里|那|这|边|去|看|走访|补录|更正|今[天日早晚]|昨[天日晚]|前天|[上下]午|早上|晚上|刚才|我们?|也|都|了|没办法|不行|去不了)*$/u;

/**
 * 下雨路滑 in "辉辉家去不了，下雨路滑": why a visit did not come about, in the words that said so; null where nothing was said.
 * `names` are those of the child, which are no reason.
 */
export function reasonWords(text: string, names: readonly string[], today: LocalDate): string | null {
  const reasons = (text.match(CLAUSE) ?? []).flatMap((clause) => reasonIn(clause, names, today));
  return reasons.length === 0 ? null : reasons.join('，');
}

function reasonIn(clause: string, names: readonly string[], today: LocalDate): readonly string[] {
  const isUnmade = UNMADE.test(clause);
  const rest = isUnmade ? withoutNames(clause.replace(UNMADE, ''), names) : clause;
  const words = rest.replace(AROUND, '').replace(AROUND, '');
  const bare = withoutNames(words, names);
  return NEXT.test(words) || isOnlyDay(words, today) || NOTHING.test(bare) || bare.length < SHORTEST
    ? []
    : [words];
}

const SHORTEST = 2;

/** 11月24日下午: a day, and nothing else. */
function isOnlyDay(text: string, today: LocalDate): boolean {
  const words = normalise(text);
  const days = dayWords(words, today);
  const rest = days.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), words);
  return days.length > 0 && NOTHING.test(rest);
}

function withoutNames(words: string, names: readonly string[]): string {
  return names.reduce(
    (rest, name) => rest.replaceAll(new RegExp(`${escaped(name)}(?:家里?|那边|那里|那儿|这边)?`, 'gu'), ''),
    words,
  );
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
