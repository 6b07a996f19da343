import type { Batch } from '../services/batch.ts';
import { StaleBatch } from '../store/commit.ts';
import type { World } from './world.ts';

/** So many batches are written at a time: whoever calls for help never waits for a thousand of them. */
const SLICE = 100;

/**
 * Commits what was decided for each person. Who answered in that very moment is left alone: their batch is refused and
 * looked at again in the next round. Gives how many were written.
 */
export async function commitEach(
  world: World,
  batches: readonly Batch[],
  breathe: () => Promise<void>,
): Promise<number> {
  let written = 0;
  for (let first = 0; first < batches.length; first += SLICE) {
    const slice = batches.slice(first, first + SLICE);
    written += (await tried(world, joined(slice))) ? slice.length : await oneByOne(world, slice);
    await breathe();
  }
  return written;
}

async function oneByOne(world: World, batches: readonly Batch[]): Promise<number> {
  let written = 0;
  for (const batch of batches) if (await tried(world, batch)) written += 1;
  return written;
}

async function tried(world: World, batch: Batch): Promise<boolean> {
  try {
    await world.commit(batch);
    return true;
  } catch (error) {
    if (error instanceof StaleBatch) return false;
    throw error;
  }
}

function joined(batches: readonly Batch[]): Batch {
  return { guards: batches.flatMap((b) => b.guards), writes: batches.flatMap((b) => b.writes) };
}
