import { bandsOf } from '../domain/family/audience.ts';
import type { ForwardList, ForwardPerson, LeftPerson } from '../domain/family/safety-view.ts';
import { ageOn, type LocalDate } from '../domain/local-date.ts';
import { campaignById, factsOfNotice, leftWith, peopleOfCampaign } from '../store/campaigns.ts';
import type { CampaignPersonRow, CampaignRow } from '../store/generated/tables.ts';
import { rowsIn } from '../store/rows.ts';
import { workerNames } from '../store/worker-names.ts';
import { stillToTell } from './campaign-held.ts';
import { visitsToPass, type VisitToPass } from './visit-forward.ts';
import type { World } from './world.ts';

/** 转告: whom a director is asked to tell at this moment, each once, and the words. */
export async function forwardList(world: World, workerId: string, today: LocalDate): Promise<ForwardList> {
  const rows = await stillToTell(world, await leftWith(world.store, [workerId]), today);
  const campaigns = new Map<string, CampaignRow>();
  for (const id of new Set(rows.map(({ campaignId }) => campaignId))) {
    const campaign = await campaignById(world.store, id);
    if (campaign !== null) campaigns.set(id, campaign);
  }
  const visits = await visitsToPass(world, workerId, today);
  const known = await knownOf(world, [...rows, ...visits], today);
  const texts = [...campaigns.values()].flatMap((campaign) =>
    (['carer', 'guardian'] as const).flatMap((reader) => {
      const own = rows.filter((row) => row.campaignId === campaign.id && row.personKind === reader);
      const children = own.flatMap(childrenOf).flatMap((id) => known.children.get(id) ?? []);
      return own.length === 0 ? [] : [{ facts: factsOfNotice(campaign), reader, bands: bandsOf(children) }];
    }),
  );
  const all = [...new Set([...rows, ...visits].map(({ personId }) => personId))];
  const people = all.map((id) => {
    const of = <T extends { readonly personId: string }>(some: readonly T[]): readonly T[] =>
      some.filter(({ personId }) => personId === id);
    return personOf(of(rows), of(visits), known);
  });
  return { texts, people: people.sort((a, b) => (a.personId < b.personId ? -1 : 1)) };
}

/** Who is left of a notice in a township, by name: for its supervisor. */
export async function leftPeople(
  world: World,
  campaignId: string,
  townshipCode: string,
  today: LocalDate,
): Promise<readonly LeftPerson[]> {
  const waiting = (await peopleOfCampaign(world.store, campaignId, ['waiting'])).filter(
    (row) => row.way === 'director' && row.townshipCode === townshipCode,
  );
  return leftOnes(world, await stillToTell(world, waiting, today), today);
}

/** These people with their children, and who is to tell them. */
export async function leftOnes(
  world: World,
  rows: readonly (Pick<CampaignPersonRow, 'childIds' | 'directorId'> & { readonly personId: string })[],
  today: LocalDate,
): Promise<readonly LeftPerson[]> {
  const [known, directors] = await Promise.all([
    knownOf(world, rows, today),
    workerNames(
      world.store,
      rows.flatMap(({ directorId }) => directorId ?? []),
    ),
  ]);
  return rows.map((row) => ({
    name: known.people.get(row.personId)?.name ?? '',
    childIds: childrenOf(row),
    children: childrenOf(row).map((id) => known.children.get(id)?.name ?? ''),
    director: directors.get(row.directorId ?? '') ?? null,
  }));
}

interface Known {
  readonly people: ReadonlyMap<string, { readonly name: string; readonly phone: string | null }>;
  readonly children: ReadonlyMap<string, { readonly name: string; readonly ageYears: number }>;
  /** What a child calls them, by person and child. */
  readonly relations: ReadonlyMap<string, string>;
}

async function knownOf(
  { store }: World,
  rows: readonly Pick<CampaignPersonRow, 'personId' | 'childIds'>[],
  today: LocalDate,
): Promise<Known> {
  const ids = rows.map(({ personId }) => personId);
  const childIds = rows.flatMap(childrenOf);
  const [guardians, carers, children, guarded, cared] = await Promise.all([
    rowsIn(store, 'Guardian', 'id', ids),
    rowsIn(store, 'Carer', 'id', ids),
    rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'name', 'bornOn'] }),
    rowsIn(store, 'Guardianship', 'guardianId', ids, { columns: ['guardianId', 'childId', 'relation'] }),
    rowsIn(store, 'CareArrangement', 'carerId', ids, { columns: ['carerId', 'childId', 'relation'] }),
  ]);
  return {
    people: new Map([
      ...guardians.map((row) => [row.id, store.open('Guardian', row)] as const),
      ...carers.map((row) => [row.id, store.open('Carer', row)] as const),
    ]),
    children: new Map(
      children.map(({ id, name, bornOn }) => [
        id,
        { name: store.openName('Child', 'name', id, name), ageYears: ageOn(bornOn as LocalDate, today) },
      ]),
    ),
    relations: new Map([
      ...guarded.map((row) => [`${row.guardianId} ${row.childId}`, row.relation] as const),
      ...cared.map((row) => [`${row.carerId} ${row.childId}`, row.relation] as const),
    ]),
  };
}

function personOf(
  own: readonly CampaignPersonRow[],
  visits: readonly VisitToPass[],
  known: Known,
): ForwardPerson {
  const about = [...own, ...visits];
  const [first] = about;
  const personId = first?.personId ?? '';
  const person = known.people.get(personId);
  const childIds = [...new Set(about.flatMap(childrenOf))];
  return {
    personId,
    rows: own.map(({ id, rev }) => ({ id, rev })),
    visits: visits.map(({ id, rev, words }) => ({ id, rev, words })),
    kind: first?.personKind === 'carer' ? 'carer' : 'guardian',
    name: person?.name ?? '',
    phone: person?.phone ?? null,
    children: childIds.map((id) => ({
      id,
      name: known.children.get(id)?.name ?? '',
      relation: known.relations.get(`${personId} ${id}`) ?? '',
    })),
  };
}

function childrenOf({ childIds }: Pick<CampaignPersonRow, 'childIds'>): readonly string[] {
  return JSON.parse(childIds) as string[];
}
