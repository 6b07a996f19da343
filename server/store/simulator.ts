import { ACCOUNT_DEFAULTS } from '../domain/account-settings.ts';
import type { ChannelMessage, MessageFile } from '../../bot/channels/channel.ts';
import type { SimulatorPhones } from '../../bot/channels/simulator/channel.ts';
import { insertOnce } from '../services/batch.ts';
import type { AreaRow, ChatAccountRow, SimulatorMessageRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

const PEOPLE_LIMIT = 50;
/** Names are encrypted, so a search by name opens rows; it looks at so many at most, in slices. */
const SEARCH_LIMIT = 20_000;
const SLICE = 1000;

export interface SimulatorPerson {
  readonly account: string;
  readonly name: string;
  readonly role: 'director' | 'supervisor' | 'county' | 'guardian' | 'carer';
  readonly area: string;
}

export interface SimulatorMessage {
  readonly seq: number;
  readonly at: string;
  readonly lane: 'urgent' | 'reply' | 'reminder' | 'broadcast';
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly files?: readonly MessageFile[];
}

/** The invented phones, one for everybody who has an account of the simulator; such accounts are made and never taken away. */
export function phonesOn(store: Store): SimulatorPhones {
  const known = new Set<string>();
  return {
    knows: async (address) => {
      if (known.has(address)) return true;
      const where = { channel_externalId: { channel: 'simulator', externalId: address } };
      if ((await store.client.chatAccount.findUnique({ where, select: { id: true } })) === null) return false;
      known.add(address);
      return true;
    },
    receive: (message) => receiveOnPhone(store, message),
  };
}

/** Keeps a message on an invented phone, once. */
async function receiveOnPhone(store: Store, message: ChannelMessage): Promise<void> {
  const { outboxId, address, at, lane, text, options, files } = message;
  const row: SimulatorMessageRow = {
    account: address,
    at,
    lane,
    body: JSON.stringify({ text, options, files }),
    outboxId,
  };
  await store.commit(
    { guards: [], writes: [insertOnce('SimulatorMessage', row)] },
    { urgent: lane === 'urgent' },
  );
}

/** What a phone received after `after`, in order. */
export async function phoneMessages(
  store: Store,
  account: string,
  after: number,
  limit: number,
): Promise<SimulatorMessage[]> {
  const rows = await store.client.simulatorMessage.findMany({
    where: { account, seq: { gt: after } },
    orderBy: { seq: 'asc' },
    take: limit,
  });
  return rows.map((row) => messageOf(store, row as SimulatorMessageRow & { seq: number }));
}

/** What each of these messages was answered with, on the phone it came from. */
export async function repliesTo(
  store: Store,
  externalIds: readonly string[],
): Promise<Map<string, SimulatorMessage[]>> {
  const asked = await rowsIn(store, 'Inbox', 'externalId', externalIds, {
    columns: ['seq', 'externalId', 'accountId'],
    same: { channel: 'simulator' },
  });
  const answers = await rowsIn(
    store,
    'Outbox',
    'causeSeq',
    asked.map((a) => a.seq ?? 0),
    { columns: ['id', 'causeSeq', 'accountId'] },
  );
  const rows = (await rowsIn(
    store,
    'SimulatorMessage',
    'outboxId',
    answers.map((a) => a.id),
  )) as (SimulatorMessageRow & { seq: number })[];
  const askedAs = new Map(asked.map((a) => [`${String(a.seq)} ${a.accountId}`, a.externalId]));
  const answerTo = new Map(answers.map((a) => [a.id, askedAs.get(`${String(a.causeSeq)} ${a.accountId}`)]));
  const replies = new Map<string, SimulatorMessage[]>(externalIds.map((id) => [id, []]));
  for (const row of rows) {
    const message = messageOf(store, row);
    replies.get(answerTo.get(row.outboxId) ?? '')?.push(message);
  }
  return replies;
}

/** How many messages all phones hold: the difference tells how many a jump sent. */
export async function phoneCount(store: Store): Promise<number> {
  return store.client.simulatorMessage.count();
}

/** Workers who can be played, by role and by a part of name, account or area. */
export async function playableWorkers(
  store: Store,
  roles: readonly string[],
  q: string | null,
): Promise<SimulatorPerson[]> {
  const found: SimulatorPerson[] = [];
  const areas = new Map<string, AreaRow>();
  for (let skip = 0; skip < SEARCH_LIMIT && found.length < PEOPLE_LIMIT; skip += SLICE) {
    const rows = await store.client.worker.findMany({
      where: { role: { in: [...roles] }, state: 'active', account: { not: null } },
      select: { id: true, name: true, role: true, areaCode: true, account: true },
      orderBy: { account: 'asc' },
      skip,
      take: SLICE,
    });
    if (rows.length === 0) break;
    const missing = [...new Set(rows.map((r) => r.areaCode))].filter((code) => !areas.has(code));
    for (const area of await store.client.area.findMany({ where: { code: { in: missing } } }))
      areas.set(area.code, area as AreaRow);
    for (const row of rows) {
      const area = areas.get(row.areaCode)?.name ?? '';
      const person = {
        account: row.account ?? '',
        name: store.openText('Worker', 'name', row.id, row.name),
        role: roleOf(row.role),
        area,
      };
      if (fits(person, q)) found.push(person);
    }
  }
  return found.slice(0, PEOPLE_LIMIT);
}

/** Guardians or carers who can be played. */
export async function playableFamily(
  store: Store,
  kind: 'guardian' | 'carer',
  q: string | null,
): Promise<SimulatorPerson[]> {
  const found: SimulatorPerson[] = [];
  for (let skip = 0; skip < SEARCH_LIMIT && found.length < PEOPLE_LIMIT; skip += SLICE) {
    const page = { select: { id: true, name: true }, orderBy: { id: 'asc' }, skip, take: SLICE } as const;
    const rows =
      kind === 'guardian'
        ? await store.client.guardian.findMany(page)
        : await store.client.carer.findMany(page);
    if (rows.length === 0) break;
    const villages = await villagesOfFamilies(
      store,
      kind,
      rows.map((r) => r.id),
    );
    for (const row of rows) {
      const name = store.openText(kind === 'guardian' ? 'Guardian' : 'Carer', 'name', row.id, row.name);
      const person = { account: `${kind}:${row.id}`, name, role: kind, area: villages.get(row.id) ?? '' };
      if (fits(person, q)) found.push(person);
    }
  }
  return found.slice(0, PEOPLE_LIMIT);
}

/** The simulator accounts that are there, by name. */
export async function simulatorAccounts(
  store: Store,
  externalIds: readonly string[],
): Promise<Map<string, ChatAccountRow>> {
  const rows = await rowsIn(store, 'ChatAccount', 'externalId', externalIds, {
    same: { channel: 'simulator' },
  });
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** The simulator account of somebody; a guardian's or carer's is made, unlinked, when they are first played. */
export async function simulatorAccount(
  store: Store,
  externalId: string,
  newId: () => string,
): Promise<ChatAccountRow | null> {
  const find = () =>
    store.client.chatAccount.findUnique({
      where: { channel_externalId: { channel: 'simulator', externalId } },
    });
  const known = await find();
  if (known) return known as ChatAccountRow;
  const family = /^(guardian|carer):([0-9a-f-]{36})$/.exec(externalId);
  const id = family?.[2] ?? '';
  const person =
    family?.[1] === 'guardian'
      ? await store.client.guardian.findUnique({ where: { id } })
      : await store.client.carer.findUnique({ where: { id } });
  if (!family || !person) return null;
  await store.commit({
    guards: [],
    writes: [insertOnce('ChatAccount', unlinkedAccount(newId(), externalId))],
  });
  return (await find()) as ChatAccountRow | null;
}

function unlinkedAccount(id: string, externalId: string): ChatAccountRow {
  return {
    ...ACCOUNT_DEFAULTS,
    id,
    channel: 'simulator',
    externalId,
    personKind: null,
    personId: null,
    linkedAt: null,
  };
}

async function villagesOfFamilies(
  store: Store,
  kind: 'guardian' | 'carer',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const links =
    kind === 'guardian'
      ? (await store.client.guardianship.findMany({ where: { guardianId: { in: [...ids] } } })).map((l) => ({
          personId: l.guardianId,
          childId: l.childId,
        }))
      : (await store.client.careArrangement.findMany({ where: { carerId: { in: [...ids] } } })).map((l) => ({
          personId: l.carerId,
          childId: l.childId,
        }));
  const children = await store.client.child.findMany({
    where: { id: { in: links.map((l) => l.childId) } },
    select: { id: true, villageCode: true },
  });
  const areas = await store.client.area.findMany({
    where: { code: { in: [...new Set(children.map((c) => c.villageCode))] } },
  });
  const nameOf = new Map(areas.map((a) => [a.code, a.name]));
  const villageOf = new Map(children.map((c) => [c.id, nameOf.get(c.villageCode) ?? '']));
  return new Map(links.map((l) => [l.personId, villageOf.get(l.childId) ?? '']));
}

function messageOf(store: Store, row: SimulatorMessageRow & { seq: number }): SimulatorMessage {
  const opened = store.open('SimulatorMessage', row);
  const body = JSON.parse(opened.body) as Pick<SimulatorMessage, 'text' | 'options' | 'files'>;
  return { seq: row.seq, at: row.at, lane: row.lane as SimulatorMessage['lane'], ...body };
}

function roleOf(role: string): SimulatorPerson['role'] {
  if (role === 'director') return 'director';
  return role === 'supervisor' || role === 'deputy' ? 'supervisor' : 'county';
}

function fits(person: SimulatorPerson, q: string | null): boolean {
  return (
    q === null ||
    [person.name, person.account, person.area].some((text) => text.toLowerCase().includes(q.toLowerCase()))
  );
}
