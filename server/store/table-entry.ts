import type { Batch } from '../services/batch.ts';
import { StaleBatch } from './commit.ts';
import type { Store } from './store.ts';

/** What entering a table by a command needs of every store alike. */
export function tableEntryOf(store: Store): {
  digest(text: string): string;
  commit(batch: Batch): Promise<boolean>;
} {
  return {
    digest: (text) => store.sealing.blindIndex('audit', text),
    commit: async (batch) => {
      try {
        await store.commit(batch);
        return true;
      } catch (error) {
        if (error instanceof StaleBatch) return false;
        throw error;
      }
    },
  };
}
