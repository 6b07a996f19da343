import type { StandingCampaign } from '../domain/family/campaign.ts';
import type { NoticeFacts } from '../domain/family/campaign-words.ts';
import type { Stage } from '../domain/education/stage.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { CampaignPersonRow, CampaignRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** The notices in these states, the earliest due first. */
export async function campaignsIn(
  store: Store,
  states: readonly CampaignRow['state'][],
): Promise<readonly CampaignRow[]> {
  const rows = await store.client.campaign.findMany({
    where: { state: { in: [...states] } },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => store.open('Campaign', row as CampaignRow));
}

/** The notices of these areas that were due on a day or later, the latest first. */
export async function campaignsOf(
  store: Store,
  areaCodes: readonly string[],
  sinceOn: LocalDate,
): Promise<readonly CampaignRow[]> {
  const rows = await store.client.campaign.findMany({
    where: { areaCode: { in: [...areaCodes] }, dueOn: { gte: sinceOn } },
    orderBy: [{ dueOn: 'desc' }, { id: 'asc' }],
  });
  return rows.map((row) => store.open('Campaign', row as CampaignRow));
}

export async function campaignById(store: Store, id: string): Promise<CampaignRow | null> {
  const row = await store.client.campaign.findUnique({ where: { id } });
  return row === null ? null : store.open('Campaign', row as CampaignRow);
}

/** The people of a notice in these states, in the order of their ids. */
export async function peopleOfCampaign(
  store: Store,
  campaignId: string,
  states: readonly CampaignPersonRow['state'][],
): Promise<readonly CampaignPersonRow[]> {
  const rows = await store.client.campaignPerson.findMany({
    where: { campaignId, state: { in: [...states] } },
    orderBy: { id: 'asc' },
  });
  return rows as CampaignPersonRow[];
}

/** Of a notice those to whom one of these messages came, as far as the channel said. */
export async function peopleWithMessages(
  store: Store,
  campaignId: string,
  outboxIds: readonly string[],
): Promise<readonly CampaignPersonRow[]> {
  const rows = await store.client.campaignPerson.findMany({
    where: { campaignId, state: 'accepted', outboxId: { in: [...outboxIds] } },
    orderBy: { id: 'asc' },
  });
  return rows as CampaignPersonRow[];
}

/** Of a notice those who are waited with and whose day it is to be looked at. */
export async function peopleToLookAt(
  store: Store,
  campaignId: string,
  today: LocalDate,
): Promise<readonly CampaignPersonRow[]> {
  const rows = await store.client.campaignPerson.findMany({
    where: { campaignId, state: 'waiting', lookOn: { lte: today } },
    orderBy: { id: 'asc' },
  });
  return rows as CampaignPersonRow[];
}

/** The directors who have not been asked yet to tell somebody of a notice; or all who still have somebody to tell. */
export async function directorsToAsk(
  { client }: Store,
  campaignId: string,
  everybody: boolean,
): Promise<readonly string[]> {
  const rows = await client.campaignPerson.findMany({
    where: { campaignId, state: 'waiting', way: 'director', ...(everybody ? {} : { askedOn: null }) },
    select: { directorId: true },
    distinct: ['directorId'],
  });
  return rows.flatMap(({ directorId }) => directorId ?? []);
}

/** The directors of whose families a message is still on its way. */
export async function directorsInDoubt({ client }: Store, campaignId: string): Promise<ReadonlySet<string>> {
  const rows = await client.campaignPerson.findMany({
    where: { campaignId, state: 'queued' },
    select: { directorId: true },
    distinct: ['directorId'],
  });
  return new Set(rows.flatMap(({ directorId }) => directorId ?? []));
}

/** Where everybody of these notices stands: nothing that says who they are. */
export async function standingsOf(
  store: Store,
  campaignIds: readonly string[],
): Promise<readonly Standing[]> {
  return rowsIn(store, 'CampaignPerson', 'campaignId', campaignIds, { columns: STANDING });
}

const STANDING = [
  'campaignId',
  'state',
  'way',
  'reason',
  'townshipCode',
  'personKind',
  'directorId',
  'lookOn',
] as const;
export type Standing = Pick<CampaignPersonRow, (typeof STANDING)[number]>;

/** What these directors are still asked to pass on, whichever notice it is of. */
export async function leftWith(
  store: Store,
  directorIds: readonly string[],
): Promise<readonly CampaignPersonRow[]> {
  const rows = await rowsIn(store, 'CampaignPerson', 'directorId', directorIds, {
    same: { state: 'waiting', way: 'director' },
  });
  return rows;
}

/** What went to these people and waits for a word of theirs. */
export async function noticesTo(
  store: Store,
  personIds: readonly string[],
): Promise<readonly CampaignPersonRow[]> {
  const rows = await rowsIn(store, 'CampaignPerson', 'personId', personIds);
  return rows.filter(({ state }) => ['waiting', 'queued', 'accepted', 'told'].includes(state));
}

/** What its words are made of. */
export function factsOfNotice(row: CampaignRow): NoticeFacts {
  return {
    kind: row.kind,
    daysBefore: row.daysBefore,
    fromOn: row.fromOn as LocalDate,
    untilOn: row.untilOn as LocalDate | null,
    words: row.words,
  };
}

/** A row as the rules see it. */
export function standingCampaign(row: CampaignRow): StandingCampaign {
  return {
    id: row.id,
    state: row.state,
    kind: row.kind,
    daysBefore: row.daysBefore,
    stages: row.stages === null ? null : (JSON.parse(row.stages) as Stage[]),
    fromOn: row.fromOn as LocalDate,
    untilOn: row.untilOn as LocalDate | null,
    dueOn: row.dueOn as LocalDate,
    occasions: JSON.parse(row.occasions) as string[],
  };
}
