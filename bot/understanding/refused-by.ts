import { obstacleWords } from './away-words.ts';
import { clausesOf } from './clauses.ts';
import type { PlacedMention } from './names.ts';

/** "乐乐奶奶说欣欣妈妈不让进": the child whose family lets nobody in is the last one named before these words. */
export function refusedBy(masked: string, mentions: readonly PlacedMention[]): readonly string[] {
  const clause = clausesOf(masked).find(({ text }) => obstacleWords(text) === 'refused');
  if (clause === undefined) return [];
  const at = clause.start + clause.text.search(/不|别|莫|把|赶|撵|骂|轰|放狗|叫|拿|举|抄/u);
  const named = mentions.findLast(({ start }) => start >= clause.start && start < at);
  return named === undefined ? [] : named.candidates.map(({ childId }) => childId);
}
