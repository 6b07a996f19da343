import { letterLookedAtAgain } from '../domain/family/letter.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Outgoing } from '../services/acting.ts';
import { update } from '../services/batch.ts';
import { letterMessage, letterNotSent } from '../services/letters.ts';
import { StaleBatch } from '../store/commit.ts';
import { heldChildren, isTroubledSince } from '../store/family-reach.ts';
import type { ChatAccountRow, FamilyLetterRow } from '../store/generated/tables.ts';
import {
  isVisitInForce,
  letterKey,
  letterReaders,
  lettersSent,
  lettersToLookAt,
  nextLetterAt,
} from '../store/letters.ts';
import { accountsOfPersons, workersById } from '../store/people.ts';
import { quietUntil } from './asleep.ts';
import { queuedRow } from './conversation-ports.ts';
import { openWithin } from './family-open.ts';
import type { World } from './world.ts';

const BATCH = 100;

/**
 * 家书 on its way: to each telephone once, as soon as it is open; it waits for some days until all have it, and whoever wrote
 * it hears where it did not arrive. Who may read it, and whether the visit is still on record, is looked at anew each
 * time, and once more when it is claimed.
 */
export function letterJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'letters',
    nextAt: async () => {
      const next = await nextLetterAt(store, clock.now().toISOString());
      return next === null ? null : new Date(next);
    },
    run: async () => {
      const now = clock.now();
      const due = await lettersToLookAt(store, now.toISOString(), BATCH);
      for (const letter of due) await look(world, letter, now);
      return due.length;
    },
  };
}

async function look(world: World, letter: FamilyLetterRow, now: Date): Promise<void> {
  const { set, outgoing } = await stepOf(world, letter, now);
  const guards = [{ table: 'FamilyLetter' as const, id: letter.id, rev: letter.rev }];
  const writes = [
    update('FamilyLetter', letter.id, { ...set, rev: letter.rev + 1 }),
    ...outgoing.map((out) => queuedRow(world, out, quietUntil(out.account, now))),
  ];
  try {
    await world.commit({ guards, writes });
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error; // another process looked at it in this moment
  }
}

interface Step {
  readonly set: Partial<FamilyLetterRow>;
  readonly outgoing: readonly Outgoing[];
}

async function stepOf(world: World, letter: FamilyLetterRow, now: Date): Promise<Step> {
  const { store } = world;
  if (!(await isVisitInForce(store, letter)))
    return { set: { nextAt: null, state: 'withdrawn' }, outgoing: await toWriter(world, letter, 'not-sent') };
  const readers = await letterReaders(store, letter.childId, shanghaiDate(now));
  const all = [...new Map(readers.flatMap(({ accounts }) => accounts).map((row) => [row.id, row])).values()];
  const sent = await lettersSent(
    store,
    letter.id,
    all.map(({ id }) => id),
  );
  const hasAll = all.length > 0 && all.every(({ id }) => sent.get(id) === 'accepted');
  if (hasAll) return { set: { nextAt: null, state: 'sent' }, outgoing: [] };
  const again = letterLookedAtAgain(letter.createdAt, now);
  if (again === null) {
    const some = [...sent.values()].includes('accepted');
    return {
      set: { nextAt: null, state: some ? 'sent' : 'lapsed' },
      outgoing: await toWriter(world, letter, some ? 'not-sent-all' : 'not-sent'),
    };
  }
  const left = all.filter(({ id }) => !sent.has(id));
  const phones = await openPhones(world, letter, left, now);
  return { set: { nextAt: again.toISOString() }, outgoing: await toFamily(world, letter, phones) };
}

/** The telephones that take a message now, whose holders sleep not, and whose month holds one more. */
async function openPhones(
  world: World,
  letter: FamilyLetterRow,
  all: readonly ChatAccountRow[],
  now: Date,
): Promise<readonly ChatAccountRow[]> {
  const { store } = world;
  // What came up since, and was closed again, leaves nothing to write that all was well.
  const isHeld = (await heldChildren(store, [letter.childId])).size > 0;
  if (isHeld || (await isTroubledSince(store, letter.childId, letter.createdAt))) return [];
  const awake = all.filter((account) => quietUntil(account, now) === null);
  return openWithin(world, awake, 'letter', now);
}

async function toFamily(
  { store }: World,
  letter: FamilyLetterRow,
  phones: readonly ChatAccountRow[],
): Promise<readonly Outgoing[]> {
  const writer = (await workersById(store, [letter.directorId])).get(letter.directorId);
  if (writer === undefined) return [];
  return phones.map((account) => ({
    ...{ account, lane: 'reminder', key: letterKey(letter.id, account.id) },
    reply: letterMessage(letter, writer),
    refs: { family: letter.childId, for: 'letter' },
  }));
}

async function toWriter(
  { store, primary }: World,
  letter: FamilyLetterRow,
  what: 'not-sent' | 'not-sent-all',
): Promise<readonly Outgoing[]> {
  const { id, childId, directorId } = letter;
  const account = (await accountsOfPersons(store, [directorId], primary)).get(directorId);
  const child = await store.client.child.findUnique({ where: { id: childId }, select: { name: true } });
  if (account === undefined || child === null) return [];
  const name = store.openText('Child', 'name', childId, child.name);
  return [
    {
      ...{ account, lane: 'reminder', key: `letter:${id}:not-sent` },
      reply: letterNotSent(what, name),
      refs: { letterId: id },
    },
  ];
}
