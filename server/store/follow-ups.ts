import type { DueFollowUp, FollowUp } from '../domain/follow-up.ts';
import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import type { FollowUpRow } from './generated/tables.ts';
import { grouped } from './grouped.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** The open follow-ups of these children, by child, the earliest due first. */
export async function openFollowUps(
  store: Store,
  childIds: readonly string[],
): Promise<Map<string, FollowUp[]>> {
  const rows = await rowsIn(store, 'FollowUp', 'childId', childIds);
  const found = await opened(store, rows.filter((row) => row.state === 'open').sort(earliestFirst));
  return grouped(found, (followUp) => followUp.childId);
}

/** What is due on `today` or before and is this person's, or of one of these children. */
export async function dueFollowUpsOf(
  store: Store,
  ownerId: string,
  childIds: readonly string[],
  today: LocalDate,
): Promise<readonly FollowUp[]> {
  return read(store, { dueOn: { lte: today }, OR: [{ ownerId }, { childId: { in: [...childIds] } }] });
}

/** Every open follow-up that is due on `today` or before, the earliest first. */
export async function dueFollowUps(store: Store, today: LocalDate): Promise<readonly DueFollowUp[]> {
  const found = await read(store, { dueOn: { lte: today } });
  if (found.length === 0) return [];
  const children = await store.client.child.findMany({
    where: { id: { in: [...new Set(found.map((f) => f.childId))] } },
    select: { id: true, villageCode: true },
  });
  const villageOf = new Map(children.map((c) => [c.id, c.villageCode]));
  return found.map((followUp) => ({ ...followUp, villageCode: villageOf.get(followUp.childId) ?? '' }));
}

async function read(
  store: Store,
  which: {
    readonly dueOn?: { lte: string };
    readonly OR?: ({ ownerId: string } | { childId: { in: string[] } })[];
  },
): Promise<readonly FollowUp[]> {
  const rows = await store.client.followUp.findMany({
    where: { ...which, state: 'open' },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
  });
  return opened(store, rows as FollowUpRow[]);
}

async function opened(store: Store, rows: readonly FollowUpRow[]): Promise<readonly FollowUp[]> {
  const ownerIds = rows.map((row) => row.ownerId);
  const owners = await rowsIn(store, 'Worker', 'id', ownerIds, { columns: ['id', 'role', 'state'] });
  const roleOf = new Map(owners.filter((o) => o.state === 'active').map((owner) => [owner.id, owner.role]));
  return rows.map((row) => followUpOf(store.open('FollowUp', row), roleOf.get(row.ownerId) ?? null));
}

function earliestFirst(a: FollowUpRow, b: FollowUpRow): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** A row as the rules and conversations read it. */
function followUpOf(row: FollowUpRow, ownerRole: string | null): FollowUp {
  const { id, childId, contactId, concernId, text, openedBy, ownerId, rev } = row;
  return {
    id,
    childId,
    kind: concernId === null ? 'promise' : 'concern',
    concernId,
    contactId,
    text,
    dueOn: row.dueOn as LocalDate,
    openedOn: shanghaiDate(new Date(row.openedAt)),
    openedBy,
    ownerId,
    ownerRole,
    rev,
  };
}
