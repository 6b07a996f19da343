import type { FeedbackSaid } from '../domain/feedback.ts';
import type { Store } from './store.ts';

/** What people of a county said to it, the newest first. */
export async function feedbackOf(store: Store, countyCode: string, most: number): Promise<FeedbackSaid[]> {
  const rows = await store.client.feedback.findMany({
    where: { countyCode },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: most,
  });
  return rows.map((row) => {
    const { at, text } = store.open('Feedback', row);
    return { at, text };
  });
}
