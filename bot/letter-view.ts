import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';

/** A letter is about a child of the person's own caseload. */
export async function letterFor(
  lookups: Lookups,
  { personId, caseload, today }: View,
  { letterOf }: Looking,
): Promise<View['letter'] | null> {
  const isOwn = caseload.some(({ id }) => id === letterOf);
  return isOwn && letterOf !== undefined && personId !== null
    ? lookups.letter(letterOf, personId, today)
    : null;
}
