import { deskNumbers, type DeskNumbers } from '../domain/contacts/desk-numbers.ts';
import { upwards } from '../domain/contacts/department-areas.ts';
import { currentUserids } from '../domain/contacts/people-diff.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { say, type Reply, type Say } from '../domain/say.ts';
import type { Write } from '../services/batch.ts';
import { roleHolders } from '../store/people.ts';
import { readSetting, settingWrite } from '../store/settings.ts';
import { knownMembers, placedAreas, rosterPeople } from '../store/wecom-contacts.ts';
import { queuedRow } from './conversation-ports.ts';
import type { Look } from './wecom-address-book.ts';
import type { World } from './world.ts';

const NOTHING = { held: 0, strangers: 0, unseen: 0, elsewhere: 0 } as const;

/** The desks hear by number where WeCom and the roster differ: once when the numbers change, never by name. */
export async function tellNumbers(world: World, look: Look, breathe: () => Promise<void>): Promise<void> {
  const { store } = world;
  const [areas, people, known] = [
    await placedAreas(store),
    await rosterPeople(store, breathe),
    await knownMembers(store, breathe),
  ];
  const useridOf = currentUserids(known);
  const numbers = deskNumbers({ ...look, areas, people, useridOf });
  world.metrics.contacts({ ...NOTHING, ...summed([...numbers.values()]) });
  const told = JSON.parse((await readSetting(store, 'wecom-contacts-told')) ?? '{}') as Record<
    string,
    string
  >;
  const now = Object.fromEntries([...numbers].map(([county, own]) => [county, JSON.stringify(own)]));
  const changed = [...numbers].filter(([county]) => now[county] !== told[county]);
  if (changed.length === 0) return;
  const writes: Write[] = [settingWrite('wecom-contacts-told', JSON.stringify(now))];
  for (const [county, own] of changed) {
    const lines = linesOf(own);
    if (lines.length > 0)
      writes.push(...(await toDesk(world, county, 'contacts', say('contacts.differ', { lines }))));
  }
  await world.commit({ guards: [], writes });
}

/** Nothing was done because so many would be gone: whoever runs the service reads it in the log, the desks once a day. */
export async function tellHeld(
  world: World,
  { held, changes }: Look,
  breathe: () => Promise<void>,
): Promise<void> {
  if (held === null) return;
  const { store, metrics, logger } = world;
  logger.error('wecom contacts held back', { ...held });
  metrics.contacts({ ...NOTHING, held: held.leaving });
  const [areas, people, known] = [
    await placedAreas(store),
    await rosterPeople(store, breathe),
    await knownMembers(store, breathe),
  ];
  const areaOf = new Map(areas.map((area) => [area.code, area]));
  const useridOf = currentUserids(known);
  const leaving = new Set(changes.flatMap(({ kind, member }) => (kind === 'left' ? [member.userid] : [])));
  const gone = people.filter(({ account }) => leaving.has(useridOf(account)));
  const writes: Write[] = [];
  for (const { code } of areas.filter(({ kind }) => kind === 'county')) {
    const count = gone.filter(({ areaCode }) => upwards(areaCode, areaOf).includes(code)).length;
    if (count > 0)
      writes.push(...(await toDesk(world, code, 'contacts-held', say('contacts.held', { ...held, count }))));
  }
  if (writes.length > 0) await world.commit({ guards: [], writes });
}

async function toDesk(world: World, county: string, what: string, reply: Reply): Promise<readonly Write[]> {
  const today = shanghaiDate(world.clock.now());
  const holders = await roleHolders(world.store, [county], today, world.primary);
  return holders.flatMap(({ role, account }) => {
    if (role !== 'county-desk' || account === null) return [];
    const key = `${what}:${county}:${today}:${account.id}`;
    return [queuedRow(world, { account, lane: 'reminder', key, reply, refs: { county } })];
  });
}

function linesOf({ strangers, unseen, elsewhere }: DeskNumbers): readonly Say[] {
  return [
    ...(strangers > 0 ? [say('contacts.strangers', { count: strangers })] : []),
    ...(unseen > 0 ? [say('contacts.unseen', { count: unseen })] : []),
    ...(elsewhere > 0 ? [say('contacts.elsewhere', { count: elsewhere })] : []),
  ];
}

function summed(all: readonly DeskNumbers[]): DeskNumbers {
  const sum = (what: keyof DeskNumbers): number => all.reduce((total, one) => total + one[what], 0);
  return { strangers: sum('strangers'), unseen: sum('unseen'), elsewhere: sum('elsewhere') };
}
