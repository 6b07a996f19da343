import type { FamilyAsk, OwnRequest, RequestAbout } from '../domain/family/request.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { ListeningLadder } from '../services/listening.ts';
import { marksOn } from './families.ts';
import type { FamilyRequestRow } from './generated/tables.ts';
import { areasByCode } from './people.ts';
import { reportsOpenedBy } from './reports.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';
import { peopleByIds } from './worker-names.ts';

const SHOWN_LIMIT = 50;

/** Requests about which somebody has to be asked now. */
export async function requestsToTell(
  store: Store,
  nowText: string,
  limit: number,
): Promise<FamilyRequestRow[]> {
  const rows = await store.client.familyRequest.findMany({
    where: { nextAskAt: { lte: nowText }, state: 'open' },
    orderBy: [{ nextAskAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows as FamilyRequestRow[];
}

/** The next instant at which somebody is to be asked about a request nobody has answered. */
export async function nextRequestAt(store: Store, afterText: string): Promise<string | null> {
  const row = await store.client.familyRequest.findFirst({
    where: { nextAskAt: { gt: afterText }, state: 'open' },
    orderBy: { nextAskAt: 'asc' },
    select: { nextAskAt: true },
  });
  return row?.nextAskAt ?? null;
}

/** The revision of a request nobody has answered; null where somebody has. */
export async function openRequest(store: Store, id: string): Promise<{ readonly rev: number } | null> {
  return store.client.familyRequest.findFirst({ where: { id, state: 'open' }, select: { rev: true } });
}

/** Whether anything waits of which this worker was asked. */
export async function hasOpenAsks(store: Store, workerId: string): Promise<boolean> {
  const where = { state: 'open', askedIds: { contains: `"${workerId}"` } };
  return (await store.client.familyRequest.count({ where })) > 0;
}

/** What this phone asked and nobody has answered, the newest first. */
export async function ownRequests(store: Store, accountId: string): Promise<readonly OwnRequest[]> {
  const rows = await store.client.familyRequest.findMany({
    where: { accountId, state: 'open' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: SHOWN_LIMIT,
  });
  return rows.map((row) => {
    const { id, kind, text, rev } = store.open('FamilyRequest', row as FamilyRequestRow);
    return { id, kind, text, rev };
  });
}

/** Whom somebody keeps from their own reports, today: they hear of nothing else of this person either. */
export async function keptFromPerson(
  store: Store,
  { ladder, personId }: Pick<FamilyRequestRow, 'ladder' | 'personId'>,
): Promise<readonly string[]> {
  const { keptFrom } = JSON.parse(ladder) as ListeningLadder;
  const reports = personId === null ? [] : await reportsOpenedBy(store, personId);
  return [...new Set([...keptFrom, ...reports.flatMap(({ excludedIds }) => excludedIds)])];
}

/** What waits of which this worker was asked and may hear, the oldest first. */
export async function asksOf(
  store: Store,
  workerId: string,
  today: LocalDate,
): Promise<readonly FamilyAsk[]> {
  const found = await store.client.familyRequest.findMany({
    where: { state: 'open', askedIds: { contains: `"${workerId}"` } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: SHOWN_LIMIT,
  });
  const all = found as FamilyRequestRow[];
  const kept = await Promise.all(all.map((row) => keptFromPerson(store, row)));
  const rows = all
    .filter((_row, n) => kept[n]?.includes(workerId) !== true)
    .map((row) => store.open('FamilyRequest', row));
  const personIds = rows.flatMap(({ personId }) => personId ?? []);
  const aboutOf = new Map(rows.map((row) => [row.id, readAbout(row)]));
  const childIds = [...aboutOf.values()].flatMap((about) => about.childIds);
  const [people, marks, children, areas, guarded, cared] = await Promise.all([
    peopleByIds(store, personIds),
    marksOn(store, personIds, today),
    rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'name'] }),
    areasByCode(
      store,
      rows.map(({ areaCode }) => areaCode),
    ),
    rowsIn(store, 'Guardianship', 'guardianId', personIds, {
      columns: ['childId', 'guardianId', 'relation'],
    }),
    rowsIn(store, 'CareArrangement', 'carerId', personIds, { columns: ['childId', 'carerId', 'relation'] }),
  ]);
  const names = new Map(children.map(({ id, name }) => [id, store.openText('Child', 'name', id, name)]));
  const bonds = [
    ...guarded.map((bond) => ({ ...bond, personId: bond.guardianId })),
    ...cared.map((bond) => ({ ...bond, personId: bond.carerId })),
  ];
  return rows.map(
    ({ id, accountId, kind, at, personKind, personId, childId, areaCode, text, rev }): FamilyAsk => {
      const about = aboutOf.get(id) ?? { childIds: [] };
      const noContact = personId !== null && marks.has(personId);
      const bond = bonds.find((one) => one.personId === personId && one.childId === childId);
      return {
        ...{ id, accountId, kind, at, text, about, rev, noContact },
        name: people.get(personId ?? '')?.name ?? '',
        relation: bond?.relation ?? null,
        phone: noContact ? null : (people.get(personId ?? '')?.phone ?? null),
        person: personKind === null || personId === null ? null : { kind: personKind, id: personId },
        children: about.childIds.flatMap((one) => {
          const name = names.get(one);
          return name === undefined ? [] : [{ id: one, name }];
        }),
        village: areas.get(areaCode)?.name ?? '',
      };
    },
  );
}

function readAbout({ about }: Pick<FamilyRequestRow, 'about'>): RequestAbout {
  return about === null ? { childIds: [] } : (JSON.parse(about) as RequestAbout);
}
