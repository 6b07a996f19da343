import type { Heard, HeardUnmade } from '../dialog/event.ts';

/** Of the children of a record: those nobody came to or reached, and whether it was left open which one it is. */
interface UnmadeOf {
  readonly ids: readonly string[];
  readonly isOpen: boolean;
}

/**
 * "辉辉没去成", "没打通": which of the children of an open record these words mean. `fits` are the children whose record
 * the words can be about: 小红妈妈电话没打通 is no word about a visit.
 */
export function unmadeOf(
  { unmade = [] }: Heard,
  fits: (by: HeardUnmade['by']) => readonly string[],
): UnmadeOf {
  const ids: string[] = [];
  let isOpen = false;
  for (const { candidates, by } of unmade) {
    const among = fits(by);
    const [only, ...more] = among.filter((id) => candidates.includes(id));
    if (only !== undefined && more.length === 0) ids.push(only);
    else isOpen ||= more.length > 0 || (candidates.length === 0 && among.length > 0);
  }
  return { ids, isOpen };
}

/** The same for the record of one child: whether it is meant. */
export function isUnmade(heard: Heard, child: unknown, by: HeardUnmade['by']): boolean {
  const here = typeof child === 'string' ? child : '';
  const { ids, isOpen } = unmadeOf(heard, (said) => (said === by ? [here] : []));
  return ids.length > 0 || isOpen;
}

/** "刚才说去了辉辉家是说错了": the open record of this child goes. */
export function isSlip({ unmade = [] }: Heard, child: unknown): boolean {
  return unmade.some(
    ({ slip, candidates }) =>
      slip === true && (candidates.length === 0 || (typeof child === 'string' && candidates.includes(child))),
  );
}
