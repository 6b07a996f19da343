import { clausesOf } from './clauses.ts';

const ABSENT =
  /请(?:了)?[病事]?假(?:了)?(?:没(?:有)?来)?$|没(?:有)?(?:来(?:上学|上课|学校|读书)?|到校|到学校|在学校|在校)了?$|不在(?:学校|校)$|(?:旷课|逃学|缺课)了?$/u;

/** 嘉怡请假没来, 小红没来上学: the child was not where it was looked for, and nobody met it by these words. */
export function tellsAbsent(text: string): boolean {
  return clausesOf(text).some((clause) => ABSENT.test(clause.text.trim()));
}
