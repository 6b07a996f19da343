import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import { isSilent, isToldAgain } from '../domain/reminding/silent-director.ts';
import type { DigestRefs } from '../jobs/planner-ports.ts';
import type { SilentDirector } from '../services/digest.ts';
import type { LoadedChild } from '../services/loaded.ts';
import { accountsOfPersons, workersById } from '../store/people.ts';
import type { World } from './world.ts';

/** A digest that arrived, and what it referred to. */
export interface EarlierDigest {
  readonly acceptedAt: Date;
  readonly refs: string;
}

/**
 * Directors with an overdue child who left a delivered question unanswered, "可能没收到", of whom this supervisor is to
 * hear today: when it begins, and once a week while it lasts. `before` are the digests that arrived, newest first.
 */
export async function silentDirectors(
  world: World,
  children: readonly LoadedChild[],
  before: readonly EarlierDigest[],
  today: LocalDate,
): Promise<readonly (SilentDirector & { readonly id: string })[]> {
  const overdue = children.filter((c) => c.standing.overdue.length > 0);
  const ids = [...new Set(overdue.flatMap((c) => c.directorIds))];
  const [accounts, workers] = await Promise.all([
    accountsOfPersons(world.store, ids, world.primary),
    workersById(world.store, ids),
  ]);
  return ids.flatMap((id) => {
    const [account, worker] = [accounts.get(id), workers.get(id)];
    const since = overdue
      .filter((c) => c.directorIds.includes(id))
      .flatMap((c) => c.standing.overdue.map((o) => o.since))
      .sort()[0];
    if (!account || !worker) return [];
    const lastWordAt = account.lastWordAt === null ? null : new Date(account.lastWordAt);
    const silent = isSilent({
      today,
      linkedOn: account.linkedAt === null ? null : shanghaiDate(new Date(account.linkedAt)),
      dutyOverdueSince: since ?? null,
      unansweredQuestionAskedAt: account.questionAskedAt === null ? null : new Date(account.questionAskedAt),
      lastWordAt,
    });
    const toldAt = before.find((digest) => saidOf(digest).includes(id))?.acceptedAt ?? null;
    return silent && isToldAgain({ today, toldAt, lastWordAt })
      ? [{ id, name: worker.name, phone: worker.phone }]
      : [];
  });
}

function saidOf({ refs }: EarlierDigest): readonly string[] {
  return (JSON.parse(refs) as DigestRefs).silent ?? [];
}
