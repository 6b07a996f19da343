import { insert, type Write } from '../services/batch.ts';
import type { ChildRow } from './check-child.ts';
import type { Writing } from './write-batches.ts';

export interface PlacedHouseholds {
  readonly writes: readonly Write[];
  /** The household of a child; null where the file gives no address. */
  readonly idOf: (row: ChildRow) => string | null;
}

/** Children of one address in one village are one household: siblings are found there. */
export async function placeHouseholds(
  writing: Writing,
  rows: readonly ChildRow[],
): Promise<PlacedHouseholds> {
  const indexOf = ({ villageCode, address }: ChildRow): string =>
    address === null ? '' : writing.store.index('address', `${villageCode}\n${address}`);
  const indexes = rows.map(indexOf).filter((index) => index !== '');
  const ids = new Map(await writing.store.households(indexes));
  const writes: Write[] = [];
  for (const row of rows) {
    const addressIndex = indexOf(row);
    if (row.address === null || ids.has(addressIndex)) continue;
    const id = writing.newId();
    ids.set(addressIndex, id);
    writes.push(
      insert('Household', { id, villageCode: row.villageCode, address: row.address, addressIndex }),
    );
  }
  return { writes, idOf: (row) => ids.get(indexOf(row)) ?? null };
}
