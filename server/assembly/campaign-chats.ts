import type { LocalDate } from '../domain/local-date.ts';
import { personsBehind, phonesOf } from '../store/family-phones.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { accountsOfPersons } from '../store/people.ts';
import { markedAmong } from './campaign-held.ts';
import { openFamilyPhones } from './family-open.ts';
import type { World } from './world.ts';

/**
 * The chat that would take a message to each of these guardians and carers now. A look only: what may really go is the
 * channel's business, and a phone that somebody marked 不得联系 reads has none.
 */
export async function openChats(
  world: World,
  personIds: readonly string[],
  today: LocalDate,
): Promise<ReadonlyMap<string, ChatAccountRow>> {
  const { store } = world;
  const phones = await phonesOf(store, personIds);
  const accounts = [...new Map([...phones.values()].flat().map((account) => [account.id, account])).values()];
  const [behind, open] = await Promise.all([
    personsBehind(store, accounts),
    openFamilyPhones(world, accounts),
  ]);
  const openIds = new Set(open.map(({ id }) => id));
  const marks = await markedAmong(
    store,
    [...behind.values()].flat().map(({ id }) => id),
    today,
  );
  const isOpen = ({ id }: ChatAccountRow): boolean =>
    openIds.has(id) && !(behind.get(id) ?? []).some((person) => marks.has(person.id));
  return new Map(
    personIds.flatMap((id) => {
      const account = (phones.get(id) ?? []).find(isOpen);
      return account === undefined ? [] : [[id, account] as const];
    }),
  );
}

/** The chats of workers. */
export async function workerChats(
  { store, primary, channels }: World,
  workerIds: readonly string[],
): Promise<ReadonlyMap<string, ChatAccountRow>> {
  const ways = primary.filter((channel) => channels.has(channel));
  return accountsOfPersons(store, workerIds, ways);
}
