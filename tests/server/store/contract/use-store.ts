import { afterAll, beforeAll, beforeEach } from 'vitest';
import { StaleBatch } from '../../../../server/store/commit.ts';
import { eraseEverything } from '../../../../server/store/erase.ts';
import type { Store } from '../../../../server/store/store.ts';
import { openTestStore, type StoreWorld } from '../../../support/store-world.ts';

/** The world of the suite that is running. */
export type World = () => StoreWorld;

/** One world for all tests of a describe block. */
export function useWorld<W extends StoreWorld>(open: () => Promise<W>): () => W {
  let world: W | null = null;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world?.close());
  return () => present(world);
}

/** One store for all tests of a describe block, emptied before each. */
export function useStore(world: World): () => Store {
  let store: Store | null = null;
  beforeAll(async () => {
    store = await openTestStore(await world().newMigrated());
  });
  beforeEach(() => eraseEverything(present(store)));
  afterAll(() => store?.close());
  return () => present(store);
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('used before it was opened');
  return value;
}

/** How a commit ended. */
export async function ending(commit: Promise<void>): Promise<'written' | 'stale' | 'refused'> {
  try {
    await commit;
    return 'written';
  } catch (error) {
    return error instanceof StaleBatch ? 'stale' : 'refused';
  }
}
