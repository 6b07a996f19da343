import { shanghaiDate, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import { commandOption, say } from '../domain/say.ts';
import { update, type Batch } from '../services/batch.ts';
import { directorsInDoubt, directorsToAsk, leftWith } from '../store/campaigns.ts';
import type { CampaignPersonRow, CampaignRow, ChatAccountRow } from '../store/generated/tables.ts';
import { grouped } from '../store/grouped.ts';
import { rowsIn } from '../store/rows.ts';
import { commitEach } from './campaign-batches.ts';
import { workerChats } from './campaign-chats.ts';
import { stillToTell } from './campaign-held.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

/** When a director is asked at the latest, although some chats have not answered yet (our default). */
export const ASK_AT_MINUTES = 600;
/** Nobody is asked before (our default). */
export const NOT_BEFORE_MINUTES = 540;

/**
 * 转告: each director is asked once a day, of all the families that no chat has reached, whichever notice it is of; and
 * once more where somebody asked for that.
 */
export async function askDirectors(
  world: World,
  running: readonly CampaignRow[],
  breathe: () => Promise<void>,
): Promise<number> {
  const today = shanghaiDate(world.clock.now());
  const isLate = world.clock.now() >= shanghaiInstant(today, ASK_AT_MINUTES);
  const reminded = running.filter(({ remindOn }) => remindOn !== null);
  const asking = new Set<string>();
  for (const { id, remindOn } of running) {
    const directors = await directorsToAsk(world.store, id, remindOn !== null);
    const isPatient = remindOn === null && !isLate && directors.length > 0;
    const doubtful = isPatient ? await directorsInDoubt(world.store, id) : new Set<string>();
    for (const directorId of directors) if (!doubtful.has(directorId)) asking.add(directorId);
  }
  const asked = asking.size === 0 ? 0 : await ask(world, [...asking].sort(), today, breathe);
  const done = reminded.map(({ id, rev }): Batch => ({
    guards: [{ table: 'Campaign', id, rev }],
    writes: [update('Campaign', id, { remindOn: null, rev: rev + 1 })],
  }));
  return asked + (await commitEach(world, done, breathe));
}

async function ask(
  world: World,
  directorIds: readonly string[],
  today: LocalDate,
  breathe: () => Promise<void>,
): Promise<number> {
  const { store } = world;
  const all = await leftWith(store, directorIds);
  const askedToday = new Set(all.flatMap((row) => (row.askedOn === today ? (row.directorId ?? []) : [])));
  const left = (await stillToTell(world, all, today)).filter((row) => !askedToday.has(row.directorId ?? ''));
  const chats = await workerChats(world, directorIds);
  const homes = await homesOf(world, left);
  const batches = [...grouped(left, ({ directorId }) => directorId ?? '')].map(([directorId, own]) =>
    messageOf(world, own, chats.get(directorId) ?? null, homes, today),
  );
  return commitEach(world, batches, breathe);
}

function messageOf(
  world: World,
  own: readonly CampaignPersonRow[],
  account: ChatAccountRow | null,
  homes: ReadonlyMap<string, string>,
  today: LocalDate,
): Batch {
  const now = world.clock.now();
  const morning = shanghaiInstant(today, NOT_BEFORE_MINUTES);
  const families = new Set(own.map((person) => homes.get(person.id) ?? person.id)).size;
  const reply = {
    ...say('campaign.please-forward', { homes: families, people: own.length }),
    options: [commandOption('forward', null, say('campaign.forward'))],
  };
  const message =
    account === null
      ? []
      : [
          queuedRow(
            world,
            { account, lane: 'reminder', key: `forward:${account.id}:${today}`, reply, refs: {} },
            morning > now ? morning : null,
          ),
        ];
  const fresh = own.filter(({ askedOn }) => askedOn === null);
  return {
    guards: fresh.map(({ id, rev }) => ({ table: 'CampaignPerson', id, rev }) as const),
    writes: [
      ...message,
      ...fresh.map(({ id, rev }) => update('CampaignPerson', id, { askedOn: today, rev: rev + 1 })),
    ],
  };
}

/** Under which roof each of these people is told: families are counted by it. */
async function homesOf(
  { store }: World,
  people: readonly CampaignPersonRow[],
): Promise<ReadonlyMap<string, string>> {
  const firstChild = new Map(
    people.map(({ id, childIds }) => [id, (JSON.parse(childIds) as string[])[0] ?? '']),
  );
  const rows = await rowsIn(store, 'Child', 'id', [...firstChild.values()], {
    columns: ['id', 'householdId'],
  });
  const homeOf = new Map(rows.map(({ id, householdId }) => [id, householdId ?? id]));
  return new Map([...firstChild].map(([id, childId]) => [id, homeOf.get(childId) ?? childId]));
}
