import type { KeptBody } from '../domain/retention.ts';
import type { BodyTable } from '../jobs/erase-bodies.ts';
import { update, type Write } from '../services/batch.ts';
import type { Store } from './store.ts';

const STATES: Readonly<Record<string, KeptBody['state']>> = {
  new: 'waits',
  failed: 'kept',
  queued: 'waits',
  sending: 'waits',
};

/** Rows of a table that keeps words, after a key and in the order of their keys. The words themselves stay closed. */
export async function bodiesAfter(
  { client }: Store,
  table: BodyTable,
  key: string | null,
  limit: number,
): Promise<KeptBody[]> {
  switch (table) {
    case 'Inbox': {
      const select = { seq: true, receivedAt: true, state: true, body: true } as const;
      const rows = await client.inbox.findMany({
        where: { seq: { gt: Number(key ?? 0) } },
        orderBy: { seq: 'asc' },
        take: limit,
        select,
      });
      return rows.map((r) => keptBody(r.seq, r.receivedAt, STATES[r.state] ?? 'done', r.body));
    }
    case 'Outbox': {
      const select = { id: true, createdAt: true, state: true, body: true } as const;
      const where = { id: { gt: key ?? '' } };
      const rows = await client.outbox.findMany({ where, orderBy: { id: 'asc' }, take: limit, select });
      return rows.map((r) =>
        // A row that was given up is done with: nobody tries it again.
        keptBody(r.id, r.createdAt, r.state === 'failed' ? 'done' : (STATES[r.state] ?? 'done'), r.body),
      );
    }
  }
}

function keptBody(key: number | string, at: string, state: KeptBody['state'], body: string | null): KeptBody {
  return { key: String(key), at, state, isErased: body === null };
}

/** Erases the words of one row; the row stays. */
export function eraseBody(table: BodyTable, key: string): Write {
  return table === 'Outbox' ? update(table, key, { body: null }) : update(table, Number(key), { body: null });
}
