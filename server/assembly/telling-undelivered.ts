import { together, update, type Batch } from '../services/batch.ts';
import type { OutboxRow } from '../store/generated/tables.ts';
import { rowsIn } from '../store/rows.ts';
import type { World } from './world.ts';

/**
 * The change of a visit that the platform had taken and that did not arrive after all: while the home still waits, what
 * became of its messages is looked at anew, and where none arrived it goes the next way.
 */
export async function tellingsReopened({ store, clock }: World, rows: readonly OutboxRow[]): Promise<Batch> {
  const ids = rows.flatMap(({ refs }) => (JSON.parse(refs) as { readonly telling?: string }).telling ?? []);
  const tellings = await rowsIn(store, 'VisitTelling', 'id', ids, {
    same: { state: 'accepted', way: 'chat' },
  });
  const now = clock.now().toISOString();
  const waited = tellings.filter(({ until }) => until > now);
  return together(
    ...waited.map(({ id, rev }): Batch => ({
      guards: [{ table: 'VisitTelling', id, rev }],
      writes: [update('VisitTelling', id, { state: 'queued', at: now, rev: rev + 1 })],
    })),
  );
}
