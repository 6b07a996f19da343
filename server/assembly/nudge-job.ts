import { familyBudgetAllows } from '../domain/family/budget.ts';
import { nextNudgeAt, nudgeWeek, wantsNudge } from '../domain/family/nudge.ts';
import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import { DEFAULT_LOAD_POLICY } from '../domain/reminding/digest-budget.ts';
import type { Job } from '../jobs/rhythm.ts';
import { insert, type Write } from '../services/batch.ts';
import { nudgeMessage } from '../services/nudges.ts';
import { StaleBatch } from '../store/commit.ts';
import { isForbidden } from '../store/family-phones.ts';
import { familyMessagesIn } from '../store/family-sent.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { nudgeCandidates, nudgedIn, type NudgeCandidate } from '../store/nudges.ts';
import { queuedRow } from './conversation-ports.ts';
import { quietUntil } from './asleep.ts';
import { isFamilyOpen } from './family-open.ts';
import type { World } from './world.ts';

const SLICE = 100;

/**
 * The weekly reminder of parents who work away, once a week and person. What a telephone cannot be sent now is not tried
 * and counts as not sent; after a crash in the middle the key of each keeps anybody from a second one.
 */
export function nudgeJob(world: World, breathe: () => Promise<void>): Job {
  let doneFor: LocalDate | null = null; // as this process left it; the keys know what was sent
  return {
    name: 'nudges',
    nextAt: () => Promise.resolve(nextNudgeAt(world.clock.now())),
    run: async () => {
      const now = world.clock.now();
      const weekOn = nudgeWeek(now);
      if (weekOn === null || weekOn === doneFor) return 0;
      const phones = new Map<string, string>();
      let sent = 0;
      let after: string | null = '';
      while (after !== null) {
        const slice = await nudgeCandidates(world.store, after, SLICE, shanghaiDate(now));
        sent += await remind(world, slice.candidates, weekOn, phones, now);
        after = slice.last;
        await breathe();
      }
      doneFor = weekOn;
      return sent;
    },
  };
}

async function remind(
  world: World,
  candidates: readonly NudgeCandidate[],
  weekOn: LocalDate,
  phones: Map<string, string>,
  now: Date,
): Promise<number> {
  const { store } = world;
  const today = shanghaiDate(now);
  const reminded = await nudgedIn(
    store,
    candidates.map(({ adult }) => adult.id),
    weekOn,
  );
  for (const { outboxId } of reminded) await rememberPhone(world, outboxId, phones);
  const known = new Set(reminded.map(({ personId }) => personId));
  const wanted = candidates.filter(
    (one) => wantsNudge(one, today) && !one.held && !one.adult.noContact && !known.has(one.adult.id),
  );
  let sent = 0;
  for (const one of wanted) sent += (await remindOne(world, one, weekOn, phones, now)) ? 1 : 0;
  return sent;
}

/** One person, on the first of their telephones that takes it; a telephone of two parents rings once. */
async function remindOne(
  world: World,
  { adult, childIds, carer }: NudgeCandidate,
  weekOn: LocalDate,
  phones: Map<string, string>,
  now: Date,
): Promise<boolean> {
  const account = await phoneOf(world, adult.accounts, phones, now);
  if (account === null) return false;
  const key = `nudge:${adult.id}:${weekOn}`;
  const before = phones.get(account.id);
  const row = queuedRow(
    world,
    {
      ...{ account, lane: 'reminder', key, reply: nudgeMessage(carer) },
      refs: { family: childIds.join(','), nudge: weekOn },
    },
    quietUntil(account, now),
  );
  const outboxId = before ?? (row.op === 'update' ? '' : (row.row as OutboxRow).id);
  const at = now.toISOString();
  const nudge = { key, personId: adult.id, weekOn, at, outboxId, answeredAt: null, answer: null };
  const writes: readonly Write[] = [insert('WeeklyNudge', nudge), ...(before === undefined ? [row] : [])];
  try {
    await world.commit({ guards: [], writes });
  } catch (error) {
    if (error instanceof StaleBatch) return false; // reminded already
    throw error;
  }
  phones.set(account.id, outboxId);
  return true;
}

async function phoneOf(
  world: World,
  accounts: readonly ChatAccountRow[],
  phones: ReadonlyMap<string, string>,
  now: Date,
): Promise<ChatAccountRow | null> {
  const today = shanghaiDate(now);
  const sent = await familyMessagesIn(
    world.store,
    accounts.map(({ id }) => id),
    today,
  );
  for (const account of accounts) {
    if (phones.has(account.id)) return account;
    const isWithin = familyBudgetAllows('nudge', sent.get(account.id) ?? 0, DEFAULT_LOAD_POLICY);
    if (!isWithin || (await isForbidden(world.store, account, today))) continue;
    if (await isFamilyOpen(world, account)) return account;
  }
  return null;
}

async function rememberPhone({ store }: World, outboxId: string, phones: Map<string, string>): Promise<void> {
  const row = await store.client.outbox.findUnique({ where: { id: outboxId }, select: { accountId: true } });
  if (row !== null) phones.set(row.accountId, outboxId);
}
