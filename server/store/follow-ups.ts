import type { FollowUp } from '../domain/follow-up.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { FollowUpRow } from './generated/tables.ts';
import { grouped } from './grouped.ts';
import type { Store } from './store.ts';

/** The open follow-ups of these children, by child, the earliest due first. */
export async function openFollowUps(
  store: Store,
  childIds: readonly string[],
): Promise<Map<string, FollowUp[]>> {
  if (childIds.length === 0) return new Map();
  const rows = await store.client.followUp.findMany({
    where: { childId: { in: [...childIds] }, state: 'open' },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
  });
  const followUps = rows.map((row) => followUpOf(store.open('FollowUp', row as FollowUpRow)));
  return grouped(followUps, (followUp) => followUp.childId);
}

/** A row as the rules and conversations read it. */
function followUpOf(row: FollowUpRow): FollowUp {
  const { id, childId, concernId, text, openedBy, ownerId, rev } = row;
  const kind = concernId === null ? 'promise' : 'concern';
  return { id, childId, kind, concernId, text, dueOn: row.dueOn as LocalDate, openedBy, ownerId, rev };
}
