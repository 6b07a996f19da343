import { DEFAULT_RING_POLICY, nextRingAt, ringsDue, type SentPage } from '../domain/escalation/ring.ts';
import { say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { RingResult } from '../platform/ringer.ts';
import { insert, update, type Batch } from '../services/batch.ts';
import { StaleBatch } from '../store/commit.ts';
import type { RingRow } from '../store/generated/tables.ts';
import { pagesOfOpenReports, ringFacts, ringKeyOf, ringsToTry } from '../store/rings.ts';
import { languageOf, type World } from './world.ts';

/** No ring takes so long: its process is no more, and it rings again (our default). */
const STUCK_AFTER_MS = 300_000;

/**
 * Rings for pages of reports nobody has acknowledged: at night with the page, at once where the page did not arrive, by
 * day when it stays unanswered. It reads
 * what went out, so the ladder knows nothing of it. After the outbox, so that the page itself goes first.
 */
export function ringJob(world: World): Job {
  const { store, clock, realClock } = world;
  return {
    name: 'rings',
    nextAt: async () => nextRingAt(await pagesOfOpenReports(store, clock.now()), clock.now()),
    run: async () => {
      const real = realClock.now();
      const stuckBefore = new Date(real.getTime() - STUCK_AFTER_MS).toISOString();
      const again = await ringsToTry(store, real.toISOString(), stuckBefore);
      const due = ringsDue(await pagesOfOpenReports(store, clock.now()), clock.now());
      const rows = [
        ...again.map((row) => ({ row, isNew: false })),
        ...due.map((page) => ({ row: ringRow(world, page), isNew: true })),
      ];
      const done = await Promise.allSettled(rows.map(({ row, isNew }) => ringOnce(world, row, isNew)));
      const failed = done.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      return done.filter((one) => one.status === 'fulfilled' && one.value).length;
    },
  };
}

function ringRow({ clock, realClock }: World, { outboxId, reportId, workerId }: SentPage): RingRow {
  return {
    key: ringKeyOf(outboxId),
    outboxId,
    reportId,
    workerId,
    at: clock.now().toISOString(),
    state: 'ringing',
    attempts: 0,
    claimedAt: realClock.now().toISOString(),
    retryAt: null,
    error: null,
  };
}

/**
 * Claims, rings, and keeps what came of it. The claim relies on the report being open, so that after 收到 no telephone
 * is rung; it is stored before the ring, so that a second process does not ring for the same page.
 */
async function ringOnce(world: World, row: RingRow, isNew: boolean): Promise<boolean> {
  const facts = await ringFacts(world.store, row);
  if (facts === null) {
    if (!isNew) await world.commit(batchOf(update('Ring', row.key, { state: 'dropped' })));
    return false;
  }
  const attempts = row.attempts + 1;
  const claimed = { attempts, state: 'ringing', claimedAt: world.realClock.now().toISOString() } as const;
  const claim = isNew ? insert('Ring', { ...row, ...claimed }) : update('Ring', row.key, claimed);
  const guards = [{ table: 'MandatoryReport', id: row.reportId, rev: facts.rev }] as const;
  try {
    await world.commit({ guards, writes: [claim] }, { urgent: true });
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return false; // somebody took the report, or another page went out: the next tick reads again
  }
  await world.commit(batchOf(outcomeOf(world, row.key, attempts, await attempt(world, row, facts))));
  return true;
}

async function attempt(
  { ringer, wording }: World,
  { key }: RingRow,
  { phone, number, role, language }: NonNullable<Awaited<ReturnType<typeof ringFacts>>>,
): Promise<RingResult> {
  if (phone === null) return { kind: 'failed', retryable: false, reason: 'no-phone' };
  const words = wording.render(languageOf({ language }), say('page.ring', { number }));
  try {
    return await ringer.ring(phone, words, { ringKey: key, role });
  } catch {
    return { kind: 'failed', retryable: true, reason: 'fault' };
  }
}

function outcomeOf({ logger, realClock }: World, key: string, attempts: number, result: RingResult) {
  if (result.kind === 'rung') return update('Ring', key, { state: 'rung', retryAt: null, error: null });
  const { tries, againAfterSeconds } = DEFAULT_RING_POLICY;
  const isOver = !result.retryable || attempts >= tries;
  logger.warn('ring failed', { ringKey: key, reason: result.reason, again: !isOver });
  const retryAt = new Date(realClock.now().getTime() + againAfterSeconds * 1000).toISOString();
  return update('Ring', key, {
    state: isOver ? 'failed' : 'waiting',
    retryAt: isOver ? null : retryAt,
    error: result.reason,
  });
}

function batchOf(...writes: Batch['writes']): Batch {
  return { guards: [], writes };
}
