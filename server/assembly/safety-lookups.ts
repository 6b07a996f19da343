import type { SafetyReading } from '../../bot/lookups.ts';
import { audienceOf, bandsOf, childrenMeant, type AudienceScope } from '../domain/family/audience.ts';
import { byTownship, coverageOf } from '../domain/family/coverage.ts';
import type {
  AudienceCount,
  CampaignDetail,
  CampaignLine,
  SafetyDesk,
  SafetyLooking,
  SafetyView,
} from '../domain/family/safety-view.ts';
import { addDays, type LocalDate } from '../domain/local-date.ts';
import { adultsWith, childrenIn } from '../store/campaign-audience.ts';
import {
  campaignsOf,
  factsOfNotice,
  noticesTo,
  standingCampaign,
  standingsOf,
  type Standing,
} from '../store/campaigns.ts';
import { personsBehind } from '../store/family-phones.ts';
import type { AreaRow, CampaignRow, WorkerRow } from '../store/generated/tables.ts';
import { areasByCode } from '../store/people.ts';
import { rowsIn } from '../store/rows.ts';
import { openChats } from './campaign-chats.ts';
import { markedAmong } from './campaign-held.ts';
import { forwardList, leftPeople } from './safety-forward.ts';
import { visitsTold } from './visit-coverage.ts';
import type { World } from './world.ts';

/** Notices stand in the list for so many days (our default). */
const SHOWN_DAYS = 120;

/** What a turn reads of the safety notices. */
export function safetyLookup(world: World) {
  return async (
    looking: SafetyLooking,
    { account, worker }: SafetyReading,
    today: LocalDate,
  ): Promise<SafetyView> => {
    switch (looking.what) {
      case 'desk':
        return worker === null ? {} : { desk: await deskOf(world, worker, looking.campaignId, today) };
      case 'storm':
        return worker === null
          ? {}
          : { storm: await countIn(world, worker.areaCode, { stages: null }, today) };
      case 'forward':
        return worker === null ? {} : { forward: await forwardList(world, worker.id, today) };
      case 'own': {
        const persons = (await personsBehind(world.store, [account])).get(account.id) ?? [];
        const ids = worker === null ? persons.map(({ id }) => id) : [worker.id];
        return { own: (await noticesTo(world.store, ids)).map(({ id, rev }) => ({ id, rev })) };
      }
    }
  };
}

async function deskOf(
  world: World,
  worker: WorkerRow,
  wanted: string | null,
  today: LocalDate,
): Promise<SafetyDesk> {
  const { store } = world;
  const isDesk = worker.role === 'county-desk';
  const own = (await areasByCode(store, [worker.areaCode])).get(worker.areaCode);
  const places = isDesk
    ? [worker.areaCode, ...(await townshipsOf(world, worker.areaCode)).map(({ code }) => code)]
    : [worker.areaCode, own?.countyCode ?? worker.areaCode];
  const rows = await campaignsOf(store, places, addDays(today, -SHOWN_DAYS));
  const standings = (
    await standingsOf(
      store,
      rows.map(({ id }) => id),
    )
  ).filter((one) => isDesk || isSeenBy(worker, one));
  const of = ({ id }: CampaignRow): readonly Standing[] => standings.filter((one) => one.campaignId === id);
  const first = [...rows].reverse().find(({ state }) => state === 'proposed');
  const shown = wanted === null ? (isDesk ? first : undefined) : rows.find(({ id }) => id === wanted);
  const isOfTownship = worker.role === 'supervisor' || worker.role === 'deputy';
  return {
    campaigns: rows.map((row) => lineOf(row, of(row))),
    shown: shown === undefined ? null : await detailOf(world, shown, of(shown), worker, today),
    visits: isOfTownship ? await visitsTold(world, worker, today) : null,
  };
}

/**
 * A supervisor reads of her own township, and of those left only of whoever a director is asked to tell: who is waited
 * with for another reason stands nowhere, so that nobody can ask why.
 */
function isSeenBy({ areaCode }: WorkerRow, { townshipCode, state, way }: Standing): boolean {
  return townshipCode === areaCode && (state !== 'waiting' || way === 'director');
}

function lineOf(row: CampaignRow, people: readonly Standing[]): CampaignLine {
  return {
    ...factsOfNotice(row),
    id: row.id,
    state: row.state,
    dueOn: row.dueOn as LocalDate,
    rev: row.rev,
    coverage: row.spreadAt === null ? null : coverageOf(people),
  };
}

async function detailOf(
  world: World,
  row: CampaignRow,
  people: readonly Standing[],
  worker: WorkerRow,
  today: LocalDate,
): Promise<CampaignDetail> {
  const parts = byTownship(people);
  const codes = parts.flatMap(({ townshipCode }) => townshipCode ?? []);
  const names = await areasByCode(world.store, codes);
  const isSupervisor = worker.role === 'supervisor' || worker.role === 'deputy';
  return {
    ...lineOf(row, people),
    audience:
      row.state === 'proposed' ? await countIn(world, row.areaCode, standingCampaign(row), today) : null,
    townships: parts.map(({ townshipCode, coverage }) => ({
      name: names.get(townshipCode ?? '')?.name ?? '',
      coverage,
    })),
    left: isSupervisor ? await leftPeople(world, row.id, worker.areaCode, today) : [],
    waitsForDirectors: people.some(({ state, way }) => state === 'waiting' && way === 'director'),
  };
}

/** Whom a notice is for at this moment. */
async function countIn(
  world: World,
  areaCode: string,
  scope: AudienceScope,
  today: LocalDate,
): Promise<AudienceCount> {
  const { store } = world;
  const children = childrenMeant(await childrenIn(store, areaCode, today), scope);
  const adults = await adultsWith(
    store,
    children.map(({ id }) => id),
    today,
  );
  const ids = adults.map(({ id }) => id);
  const [chats, marks] = await Promise.all([openChats(world, ids, today), markedAmong(store, ids, today)]);
  const everybody = audienceOf(children, adults);
  const of = (kind: string): number => everybody.filter(({ personKind }) => personKind === kind).length;
  const byChat = ids.filter((id) => chats.has(id) && !marks.has(id)).length;
  return {
    children: children.length,
    guardians: of('guardian'),
    carers: of('carer'),
    directors: of('worker'),
    byChat,
    noContact: marks.size,
    byDirector: ids.length - marks.size - byChat,
    bands: bandsOf(children),
  };
}

async function townshipsOf({ store }: World, county: string): Promise<readonly AreaRow[]> {
  return (await rowsIn(store, 'Area', 'countyCode', [county])).filter(({ kind }) => kind === 'township');
}
