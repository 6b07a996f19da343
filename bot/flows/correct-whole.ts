/** So long a reason is kept. */
export const REASON_LIMIT = 200;
/** The whole record is a mistake: there was no such visit. */
export const SAYS_MISTAKE =
  /整条|作废|记重|重复了|那天没去|根本没去|没去过|没有这回事|whole|never happened/iu;

/** That the whole record is a mistake, and nothing besides. */
const SAYS_WHOLE = /整条|作废|(?:都|全|是|的)?(?:记|弄|搞|写)?(?:错|重)了?|重复了|[，,。；;！!~ ]/gu;
const SHORTEST_REASON = 4;

/** 整条记错了,没打过这个电话: why is said with it, and is not asked again. */
export function reasonIn(text: string): string | null {
  const words = text.trim();
  const rest = words.replace(SAYS_WHOLE, '');
  return Array.from(rest).length < SHORTEST_REASON ? null : words.slice(0, REASON_LIMIT);
}
