import type { OutboxRow } from './generated/tables.ts';
import type { Store } from './store.ts';
import { workerNames } from './worker-names.ts';

const DEEDS_LIMIT = 50;

/** One message that went out without anyone asking. */
export interface Deed {
  readonly at: string;
  readonly kind: 'digest' | 'supervisor-digest' | 'county-table' | 'urgent' | 'notice';
  readonly arrived: boolean;
  readonly to: string;
}

/** What happened without anyone asking, the newest last. */
export async function deedsOf(store: Store): Promise<Deed[]> {
  const rows = await store.client.outbox.findMany({
    where: { lane: { not: 'reply' }, state: { in: ['accepted', 'failed', 'unknown', 'dropped'] } },
    select: { lane: true, kind: true, state: true, accountId: true, sessionKey: true, notBefore: true },
    orderBy: [{ notBefore: 'desc' }, { id: 'desc' }],
    take: DEEDS_LIMIT,
  });
  const names = await workerNames(store, [...new Set(rows.map((r) => r.sessionKey))]);
  return rows.reverse().map((row) => ({
    at: row.notBefore,
    kind: kindOf(row as Pick<OutboxRow, 'kind' | 'lane'>),
    arrived: row.state === 'accepted',
    to: names.get(row.sessionKey) ?? '',
  }));
}

function kindOf({ kind, lane }: Pick<OutboxRow, 'kind' | 'lane'>): Deed['kind'] {
  if (kind !== 'says') return kind;
  return lane === 'urgent' ? 'urgent' : 'notice';
}
