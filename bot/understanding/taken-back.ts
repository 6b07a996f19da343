import { clausesOf } from './clauses.ts';
import { normalise } from './normalise.ts';

/** Which of the named children's records go, and which stay. */
export interface TakenBack {
  readonly back: readonly string[];
  readonly kept: readonly string[];
}

const BACK = /撤(?:回|销|掉|了)|(?:删|划|去)掉|删了|作废/u;
const KEPT = /留(?:着|下|住)|保留|(?:不|别|不用|不要|不必)(?:要)?(?:撤|删|动)|还?是?算/u;

/**
 * "乐乐那条撤回，辉辉的留着": the names, clause by clause. A clause without a name goes on with those before it. Null where
 * nothing is to be taken back.
 */
export function takenBackIn(text: string, quotes: readonly string[]): TakenBack | null {
  const [back, kept]: [string[], string[]] = [[], []];
  let last: readonly string[] = [];
  let isTold = false;
  for (const clause of clausesOf(normalise(text))) {
    const named = quotes.filter((quote) => clause.text.includes(quote));
    const meant = named.length > 0 ? named : last;
    const isKept = KEPT.test(clause.text);
    const isBack = !isKept && BACK.test(clause.text);
    isTold ||= isBack;
    if (isKept) kept.push(...meant);
    else if (isBack) back.push(...meant);
    last = named.length > 0 && !isKept && !isBack ? [...last, ...named] : [];
  }
  return isTold ? { back: back.filter((quote) => !kept.includes(quote)), kept } : null;
}
