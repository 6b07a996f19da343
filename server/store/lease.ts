import type { LeasePorts, LeaseRow } from '../jobs/lease.ts';
import { insert, update } from '../services/batch.ts';
import { StaleBatch } from './commit.ts';
import type { Store } from './store.ts';

const NAME = 'active-worker';

/** The lease row on this store. */
export function leaseOn(store: Store, outside: Pick<LeasePorts, 'now' | 'isGone'>): LeasePorts {
  return {
    ...outside,
    read: async () => {
      const row = await store.client.lease.findUnique({ where: { name: NAME } });
      return row;
    },
    write: async (before: LeaseRow | null, row: LeaseRow) => {
      const guards = before === null ? [] : [{ table: 'Lease' as const, id: NAME, rev: before.rev }];
      const write =
        before === null ? insert('Lease', { name: NAME, ...row }) : update('Lease', NAME, { ...row });
      try {
        await store.commit({ guards, writes: [write] }, { urgent: true });
        return true;
      } catch (error) {
        if (error instanceof StaleBatch) return false;
        throw error;
      }
    },
  };
}

/** The guard that makes a batch valid only while this revision of the lease stands. */
export function fence(rev: number) {
  return { table: 'Lease' as const, id: NAME, rev };
}
