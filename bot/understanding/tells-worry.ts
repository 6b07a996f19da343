import { mayTellOfDanger } from './signals.ts';
import { worryIn } from './worry-words.ts';

/** 说不准, 怪怪的: a doubt that says no more than that somebody doubts. */
const DOUBT = /说不准|拿不准|不确定|不好说|怀疑|可疑|怪怪的|不对劲|害怕|躲着/u;
/** 身上的伤: too little to ask about, and enough to be read by the wrong one. */
const HARM = /伤|血|淤|青紫|挨打|打(?:他|她|人|骂|孩子|小孩|娃)|虐|醉|欺负|骂/u;

/**
 * Whether these words are for whoever wrote them and for whoever may read the record, and for nobody who stands beside:
 * a worry, a doubt, or a phrase that may speak of danger. Hiding too much costs a line on a card, too little may cost a child.
 */
export function tellsWorry(words: string): boolean {
  return mayTellOfDanger(words) || worryIn(words) !== null || DOUBT.test(words) || HARM.test(words);
}
