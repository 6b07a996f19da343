import { insert, type Batch, type Write } from '../services/batch.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { RosterStore } from './roster-store.ts';
import { breathe } from './slices.ts';

/**
 * Rows of one commit. On SQLite a commit stops this process and locks out every other one while it runs, so it has to
 * stay well under 100 ms; that is about 100 children with their families.
 */
const BATCH_ROWS = 80;
/** A commit that lost a race is decided anew so many times before its rows are tried in smaller parts. */
const TRIES = 4;

export interface Writing {
  readonly store: RosterStore;
  readonly at: Date;
  /** The day of the import in Asia/Shanghai. */
  readonly today: LocalDate;
  newId(): string;
}

/** Somebody keeps changing the very rows the import wants to write. Carries no personal data. */
export class ImportConflict extends Error {}

/**
 * Plans and writes these items in one commit; reads and plans again where a running service was quicker, in halves
 * where it keeps being quicker, so that nothing recorded meanwhile is ever overwritten.
 */
async function writeSafely<Item>(
  writing: Writing,
  items: readonly Item[],
  plan: (items: readonly Item[]) => Promise<Batch>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const batch = await plan(items);
    if (batch.writes.length === 0 || (await writing.store.commit(batch))) return;
  }
  if (items.length < 2) throw new ImportConflict('a row of the import kept changing while it was written');
  const half = Math.ceil(items.length / 2);
  await writeSafely(writing, items.slice(0, half), plan);
  await writeSafely(writing, items.slice(half), plan);
}

/** The same for any number of items, commit by commit, with room for other work in between. */
export async function writeInBatches<Item>(
  writing: Writing,
  items: readonly Item[],
  plan: (items: readonly Item[]) => Promise<Batch>,
): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH_ROWS) {
    await writeSafely(writing, items.slice(at, at + BATCH_ROWS), plan);
    await breathe();
  }
}

/** The line of the audit trail for one commit of the import: how many rows of what, never whose. */
export function importAudit(writing: Writing, what: 'areas' | 'staff' | 'children', rows: number): Write {
  const at = writing.at.toISOString();
  const subject = `${what}:${String(rows)}`;
  return insert('AuditEvent', {
    id: writing.newId(),
    at,
    actorId: null,
    action: 'import-roster',
    subject,
    digest: writing.store.digest(JSON.stringify([at, null, 'import-roster', subject, {}])),
  });
}
