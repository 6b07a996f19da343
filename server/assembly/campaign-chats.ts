import { roomFor } from '../../bot/channels/wecom/kf-window.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { personsBehind, phonesOf } from '../store/family-phones.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { accountsOfPersons } from '../store/people.ts';
import { rowsIn } from '../store/rows.ts';
import { markedAmong } from './campaign-held.ts';
import { windowOf } from './kf-reach.ts';
import type { World } from './world.ts';

/** One message more would be counted by a name of its own. */
const NEXT = ['next'];

/**
 * The chat that would take a message to each of these guardians and carers now. A look only: what may really go is the
 * channel's business, and a phone that somebody marked 不得联系 reads has none.
 */
export async function openChats(
  world: World,
  personIds: readonly string[],
  today: LocalDate,
): Promise<ReadonlyMap<string, ChatAccountRow>> {
  const { store, channels } = world;
  const phones = await phonesOf(store, personIds);
  const accounts = [
    ...new Map([...phones.values()].flat().map((account) => [account.id, account])).values(),
  ].filter(({ channel }) => channels.has(channel));
  const [behind, closed] = await Promise.all([
    personsBehind(store, accounts),
    closedWindows(world, accounts),
  ]);
  const marks = await markedAmong(
    store,
    [...behind.values()].flat().map(({ id }) => id),
    today,
  );
  const isOpen = ({ id, channel }: ChatAccountRow): boolean =>
    channels.has(channel) &&
    !closed.has(id) &&
    !(behind.get(id) ?? []).some((person) => marks.has(person.id));
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

async function closedWindows(
  { store, realClock }: World,
  accounts: readonly ChatAccountRow[],
): Promise<ReadonlySet<string>> {
  const ids = accounts.filter(({ channel }) => channel === 'kf').map(({ id }) => id);
  const rows = (await rowsIn(store, 'KfReach', 'accountId', ids)).map((row) => store.open('KfReach', row));
  const now = realClock.now();
  const open = rows.filter((row) => {
    const { kind } = roomFor(windowOf(row, row.openKfId), NEXT, false, now);
    return kind === 'send' || kind === 'welcome';
  });
  const known = new Set(open.map(({ accountId }) => accountId));
  return new Set(ids.filter((id) => !known.has(id)));
}
