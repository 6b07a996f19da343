import { NUMBER } from './numerals.ts';

const DAY = `(?:大*前天|[昨今]天|(?:上*个?|这个?|本)(?:周|星期|礼拜)[一二三四五六日天]|(?:${NUMBER}月)?${NUMBER}[号日])`;
const TWO_DAYS = new RegExp(`(${DAY})[和跟与、, ]?(${DAY})`, 'u');

/**
 * 昨天前天, 周一周三, 12号和19号 are several days. 昨天23号 is one day said twice, perhaps wrongly, and it is asked which.
 */
export function areAlike(days: readonly string[]): boolean {
  return new Set(days.map(kindOf)).size === 1;
}

/** Whether these words name several days side by side. */
export function saysSeveralDays(text: string): boolean {
  const [, first, second] = TWO_DAYS.exec(text.normalize('NFKC')) ?? [];
  return first !== undefined && second !== undefined && first !== second && areAlike([first, second]);
}

function kindOf(day: string): 'word' | 'weekday' | 'date' {
  return /[今昨前]/.test(day) ? 'word' : /周|星期|礼拜/.test(day) ? 'weekday' : 'date';
}
