import { insert } from '../services/batch.ts';
import type { Store } from './store.ts';

const SEAL_LIMIT = 500;
const FIRST = 'the chain begins here';

interface Sealable {
  readonly seq: number;
  readonly id: string;
  readonly digest: string;
}

/**
 * Seals the audit rows written since the last seal into the hash chain, up to 500 at a time; returns how many. The chain
 * runs over ids and keyed digests, never over data, so that erasure and key rotation leave it valid.
 */
export async function sealAudit(store: Store, at: Date, commit: Store['commit']): Promise<number> {
  const last = await store.client.auditSeal.findFirst({ orderBy: { seq: 'desc' } });
  const rows = await eventsAfter(store, last?.throughSeq ?? 0);
  const newest = rows.at(-1);
  if (!newest) return 0;
  const previous = last?.hash ?? FIRST;
  const seal = {
    seq: (last?.seq ?? 0) + 1,
    throughSeq: newest.seq,
    sealedAt: at.toISOString(),
    previous,
    hash: hashOf(store, previous, rows),
  };
  await commit({ guards: [], writes: [insert('AuditSeal', seal)] });
  return rows.length;
}

/** Walks the whole chain; the first seal that does not fit, or null when all of them do. */
export async function brokenSeal(store: Store): Promise<number | null> {
  let previous = FIRST;
  let through = 0;
  for (const seal of await store.client.auditSeal.findMany({ orderBy: { seq: 'asc' } })) {
    const rows = (await eventsAfter(store, through)).filter((row) => row.seq <= seal.throughSeq);
    if (seal.previous !== previous || seal.hash !== hashOf(store, previous, rows)) return seal.seq;
    previous = seal.hash;
    through = seal.throughSeq;
  }
  return null;
}

function eventsAfter(store: Store, seq: number): Promise<Sealable[]> {
  return store.client.auditEvent.findMany({
    where: { seq: { gt: seq } },
    orderBy: { seq: 'asc' },
    take: SEAL_LIMIT,
    select: { seq: true, id: true, digest: true },
  });
}

function hashOf(store: Store, previous: string, rows: readonly Sealable[]): string {
  return store.sealing.blindIndex(
    'seal',
    [previous, ...rows.map((r) => `${String(r.seq)} ${r.id} ${r.digest}`)].join('\n'),
  );
}
