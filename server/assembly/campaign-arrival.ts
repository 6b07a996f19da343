import { isOutsideNight, nextArrival, type ArrivalFacts, type Way } from '../domain/family/arrival.ts';
import { bandsOf, type AgeBand } from '../domain/family/audience.ts';
import { noticeToFamily, noticeWords } from '../domain/family/campaign-words.ts';
import { addDays, ageOn, shanghaiDate, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import { update, type Batch, type Write } from '../services/batch.ts';
import { assignmentsOfVillages, directorsOf } from '../store/caseloads.ts';
import { factsOfNotice, peopleOfCampaign, peopleToLookAt } from '../store/campaigns.ts';
import type { CampaignPersonRow, CampaignRow, ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { grouped } from '../store/grouped.ts';
import { outcomeWrite } from '../store/outbox.ts';
import { rowsIn } from '../store/rows.ts';
import { commitEach } from './campaign-batches.ts';
import { openChats, workerChats } from './campaign-chats.ts';
import { heldAmong, markedAmong } from './campaign-held.ts';
import { queuedRow } from './conversation-ports.ts';
import { sendOutside, type OutsideWay } from './outside.ts';
import type { World } from './world.ts';

/** Before nine in the morning no notice goes to a family (our default). */
const NOT_BEFORE_MINUTES = 540;

/** What became of the messages on their way: what did not arrive goes the next way at once. */
export async function settle(
  world: World,
  campaign: CampaignRow,
  breathe: () => Promise<void>,
): Promise<number> {
  const { store, clock } = world;
  const people = await peopleOfCampaign(store, campaign.id, ['queued']);
  const rows = await rowsIn(
    store,
    'Outbox',
    'id',
    people.flatMap(({ outboxId }) => outboxId ?? []),
    { columns: ['id', 'state'] },
  );
  const stateOf = new Map(rows.map(({ id, state }) => [id, state]));
  const today = shanghaiDate(clock.now());
  const at = clock.now().toISOString();
  const batches = people.flatMap((person): Batch[] => {
    const state = stateOf.get(person.outboxId ?? '');
    if (state === 'queued' || state === 'sending') return [];
    if (state === 'accepted') return [changed(person, { state: 'accepted', lookOn: null, at })];
    const tried = JSON.stringify([...triedBy(person), 'chat']);
    return [changed(person, { state: 'waiting', way: null, tried, lookOn: today, at })];
  });
  return commitEach(world, batches, breathe);
}

/** Everybody whose day it is to be looked at takes the next step; nobody is sent an SMS at night. */
export async function stepForward(
  world: World,
  campaign: CampaignRow,
  breathe: () => Promise<void>,
): Promise<number> {
  const today = shanghaiDate(world.clock.now());
  const isOver = today > campaign.lastOn;
  const isNight = isOutsideNight(world.clock.now());
  const people = isOver
    ? await peopleOfCampaign(world.store, campaign.id, ['waiting', 'queued'])
    : await peopleToLookAt(world.store, campaign.id, today);
  if (people.length === 0) return 0;
  const seen = await look(world, people, today);
  const next = people.map((person) => ({
    person,
    step: nextArrival({ ...factsFor(person, seen), isOver }),
  }));
  const byChat = next.flatMap(({ person, step }) => {
    const account = seen.chats.get(person.personId);
    const isChat = step.kind === 'go' && step.way === 'chat';
    return isChat && account !== undefined ? [{ person, account }] : [];
  });
  const messages = [...grouped(byChat, ({ account }) => account.id).values()].map((same) =>
    messageFor(world, campaign, same, seen, today),
  );
  let done = await commitEach(world, messages, breathe);
  const others: Batch[] = [];
  for (const { person, step } of next) {
    if (step.kind === 'go' && (step.way === 'sms' || step.way === 'subscription')) {
      if (isNight) continue; // it waits as it is, for nine
      const { isSent, batch } = await outside(world, campaign, person, step.way, seen, today);
      // What has gone is written down before the next one goes: a crash repeats one SMS, and not a county's.
      if (isSent) done += await commitEach(world, [batch], breathe);
      else others.push(batch);
    } else if (step.kind !== 'go' || step.way !== 'chat')
      others.push(otherStep(world, person, step, seen, today));
  }
  return done + (await commitEach(world, others, breathe));
}

interface Seen {
  readonly noContact: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
  /** The children of these people who are in the system, with how old they are. */
  readonly children: ReadonlyMap<
    string,
    { readonly ageYears: number; readonly directorIds: readonly string[] }
  >;
  readonly chats: ReadonlyMap<string, ChatAccountRow>;
  readonly subscribed: ReadonlySet<string>;
  /** Who has a number, still sealed. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly smsOpens: boolean;
}

/** Everything the next steps are decided on, read together. */
async function look(world: World, people: readonly CampaignPersonRow[], today: LocalDate): Promise<Seen> {
  const { store, senders } = world;
  const families = people.filter(({ personKind }) => personKind !== 'worker').map(({ personId }) => personId);
  const workers = people.filter(({ personKind }) => personKind === 'worker').map(({ personId }) => personId);
  const childIds = [...new Set(people.flatMap(childrenOf))];
  const [marks, held, rows, chats, workChats, subscribed, guardians, carers] = await Promise.all([
    markedAmong(store, families, today),
    heldAmong(store, childIds),
    rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'bornOn', 'villageCode', 'endsOn'] }),
    openChats(world, families, today),
    workerChats(world, workers),
    senders.subscription.subscribed(families),
    rowsIn(store, 'Guardian', 'id', families, { columns: ['id', 'phone'] }),
    rowsIn(store, 'Carer', 'id', families, { columns: ['id', 'phone'] }),
  ]);
  const here = rows.filter(({ endsOn }) => endsOn === null || endsOn > today);
  const villages = [...new Set(here.map(({ villageCode }) => villageCode))];
  const assignments = grouped(await assignmentsOfVillages(store, villages, today), (a) => a.villageCode);
  return {
    noContact: marks,
    held,
    children: new Map(
      here.map(({ id, bornOn, villageCode }) => [
        id,
        {
          ageYears: ageOn(bornOn as LocalDate, today),
          directorIds: directorsOf(id, villageCode, assignments.get(villageCode) ?? []),
        },
      ]),
    ),
    chats: new Map([...chats, ...workChats]),
    subscribed,
    numbers: new Map(
      [...guardians, ...carers].flatMap(({ id, phone }) => (phone === null ? [] : [[id, phone]])),
    ),
    smsOpens: senders.sms.opens,
  };
}

function factsFor(person: CampaignPersonRow, seen: Seen): Omit<ArrivalFacts, 'isOver'> {
  const { personId: id, personKind } = person;
  const isWorker = personKind === 'worker';
  const children = childrenOf(person);
  return {
    noContact: seen.noContact.has(id),
    held: children.some((childId) => seen.held.has(childId)),
    gone: !isWorker && children.every((childId) => !seen.children.has(childId)),
    chatOpen: seen.chats.has(id),
    subscribed: seen.subscribed.has(id),
    smsOpen: !isWorker && seen.smsOpens && seen.numbers.has(id),
    hasDirector: !isWorker && directorFor(person, seen) !== null,
    tried: triedBy(person),
  };
}

/** One message for everybody who shares a phone. */
function messageFor(
  world: World,
  campaign: CampaignRow,
  same: readonly { readonly person: CampaignPersonRow; readonly account: ChatAccountRow }[],
  seen: Seen,
  today: LocalDate,
): Batch {
  const [first] = same;
  if (first === undefined) return { guards: [], writes: [] };
  const { account } = first;
  const people = same.map(({ person }) => person);
  const now = world.clock.now();
  const morning = shanghaiInstant(today, NOT_BEFORE_MINUTES);
  const childIds = [...new Set(people.flatMap(childrenOf))].sort();
  const write = queuedRow(
    world,
    {
      account,
      lane: 'broadcast',
      key: `campaign:${campaign.id}:${account.id}:${today}`,
      reply: repliesTo(campaign, people, seen, shanghaiDate(morning > now ? morning : now)),
      refs:
        childIds.length > 0
          ? { campaignId: campaign.id, family: childIds.join(',') }
          : { campaignId: campaign.id },
    },
    morning > now ? morning : null,
  );
  const outboxId = write.op === 'update' ? null : (write.row as OutboxRow).id;
  const at = now.toISOString();
  const changes = people.map((person) => changed(person, { state: 'queued', way: 'chat', outboxId, at }));
  return {
    guards: changes.flatMap(({ guards }) => guards),
    writes: [write, ...changes.flatMap(({ writes }) => writes)],
  };
}

/** A carer is at home with the child: where both read one phone, the words are for the carer. */
function repliesTo(
  campaign: CampaignRow,
  people: readonly CampaignPersonRow[],
  seen: Seen,
  today: LocalDate,
) {
  const facts = factsOfNotice(campaign);
  if (people.every(({ personKind }) => personKind === 'worker'))
    return noticeWords(facts, 'director', [], today);
  const reader = people.some(({ personKind }) => personKind === 'carer') ? 'carer' : 'guardian';
  return noticeToFamily(facts, reader, bandsFor(people, seen), today);
}

function bandsFor(people: readonly CampaignPersonRow[], { children }: Seen): readonly AgeBand[] {
  return bandsOf([...new Set(people.flatMap(childrenOf))].flatMap((id) => children.get(id) ?? []));
}

function otherStep(
  world: World,
  person: CampaignPersonRow,
  step: ReturnType<typeof nextArrival>,
  seen: Seen,
  today: LocalDate,
): Batch {
  const at = world.clock.now().toISOString();
  const tomorrow = addDays(today, 1);
  if (step.kind === 'end') {
    const over = { state: 'unreachable', reason: step.reason, lookOn: null, at } as const;
    // What still waits to be sent is not sent any more.
    const waiting: readonly Write[] =
      person.state === 'queued' && person.outboxId !== null
        ? [outcomeWrite(person.outboxId, 'dropped', at, 'over')]
        : [];
    const { guards, writes } = changed(person, over);
    return { guards, writes: [...writes, ...waiting] };
  }
  // Whoever is held, or has no way, begins anew the next day.
  if (step.kind === 'wait') return changed(person, { way: null, tried: '[]', lookOn: tomorrow, at });
  return changed(person, { way: 'director', directorId: directorFor(person, seen), lookOn: tomorrow, at });
}

/** An SMS or a message of the platform: its answer is known at once. */
async function outside(
  world: World,
  campaign: CampaignRow,
  person: CampaignPersonRow,
  way: OutsideWay,
  seen: Seen,
  today: LocalDate,
): Promise<{ readonly isSent: boolean; readonly batch: Batch }> {
  const { store, clock } = world;
  const reader = person.personKind === 'carer' ? 'carer' : 'guardian';
  const words = noticeWords(factsOfNotice(campaign), reader, bandsFor([person], seen), today);
  const table = person.personKind === 'carer' ? 'Carer' : 'Guardian';
  const sealed = seen.numbers.get(person.personId);
  const phone = sealed === undefined ? null : store.openText(table, 'phone', person.personId, sealed);
  const isSent = await sendOutside(world, way, { rowId: person.id, personId: person.personId, phone }, words);
  const at = clock.now().toISOString();
  const batch = isSent
    ? changed(person, { state: 'accepted', way, lookOn: null, at })
    : changed(person, { tried: JSON.stringify([...triedBy(person), way]), lookOn: today, at });
  return { isSent, batch };
}

function directorFor(person: CampaignPersonRow, { children }: Seen): string | null {
  const ids = childrenOf(person).flatMap((id) => children.get(id)?.directorIds ?? []);
  return person.directorId !== null && ids.includes(person.directorId)
    ? person.directorId
    : ([...new Set(ids)].sort()[0] ?? null);
}

function changed(person: CampaignPersonRow, set: Partial<CampaignPersonRow>): Batch {
  const { id, rev } = person;
  return {
    guards: [{ table: 'CampaignPerson', id, rev }],
    writes: [update('CampaignPerson', id, { ...set, rev: rev + 1 })],
  };
}

function childrenOf({ childIds }: Pick<CampaignPersonRow, 'childIds'>): readonly string[] {
  return JSON.parse(childIds) as string[];
}

function triedBy({ tried }: CampaignPersonRow): readonly Way[] {
  return JSON.parse(tried) as Way[];
}
