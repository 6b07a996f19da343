import {
  findingsOf,
  FAILING_POLICY,
  type CountyStanding,
  type Finding,
} from '../domain/escalation/reachability.ts';
import type { ProvedCounties, Reachability } from '../domain/escalation/named-findings.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { assignmentsOfVillages, directorsOf } from './caseloads.ts';
import type { AreaRow, ChatAccountRow } from './generated/tables.ts';
import { grouped } from './grouped.ts';
import { whoseLastFailed } from './outbox.ts';
import { accountsOfPersons, areasByCode, roleHolders, type Ways } from './people.ts';
import { lastProof, type Proof } from './reachability-proof.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';
import { workerNames } from './worker-names.ts';

/** Where people are reached; null: no channel is set up, and nobody is. */
type Reached = Ways | null;

/** What nobody would hear of in a county, with a handful of queries whatever its size. */
export async function countyFindings(
  store: Store,
  countyCode: string,
  today: LocalDate,
  channel: Reached,
): Promise<readonly Finding[]> {
  return findingsOf(await countyStanding(store, countyCode, today, channel));
}

/** What nobody would hear of in a county or one township of it, with the names of those who work there. */
export async function reachabilityOf(
  store: Store,
  areaCode: string,
  today: LocalDate,
  channel: Reached,
  withChildren: boolean,
): Promise<Reachability> {
  const own = (await areasByCode(store, [areaCode])).get(areaCode);
  if (own?.kind === 'city' || own?.kind === 'province')
    return { findings: [], children: [], counties: await provedCounties(store, own) };
  const countyCode = own?.countyCode ?? areaCode;
  const all = await countyFindings(store, countyCode, today, channel);
  const findings = areaCode === countyCode ? all : all.filter((one) => one.townshipCode === areaCode);
  const areas = await areasByCode(
    store,
    findings.map((one) => one.areaCode),
  );
  const names = await workerNames(store, [...new Set(findings.flatMap((one) => one.workerIds))]);
  const villages = findings.filter(({ kind }) => kind === 'no-director').map((one) => one.areaCode);
  const children = withChildren ? await childrenWithoutDirector(store, villages, today) : [];
  return {
    findings: findings.map((finding) => ({
      ...finding,
      area: areas.get(finding.areaCode)?.name ?? '',
      people: finding.workerIds.flatMap((id) => names.get(id) ?? []),
    })),
    children: children.map((child) => ({
      id: child.id,
      name: store.openName('Child', 'name', child.id, child.name),
      village: areas.get(child.villageCode)?.name ?? '',
    })),
  };
}

/** The last proof in the counties of a city or a province: a whole province is not looked through for one question. */
async function provedCounties(store: Store, { code, kind }: AreaRow): Promise<ProvedCounties | null> {
  const proof = await lastProof(store);
  if (proof === null) return null;
  const cities =
    kind === 'city' ? [code] : (await rowsIn(store, 'Area', 'parentCode', [code])).map((area) => area.code);
  const counties = (await rowsIn(store, 'Area', 'parentCode', [...cities, code])).filter(
    (area) => area.kind === 'county',
  );
  return {
    on: proof.on,
    total: counties.length,
    withGaps: counties
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .flatMap(({ code: county, name }) => {
        // A proof that an earlier version of the service made has no counties of its own.
        const counts = (proof.byCounty as Proof['byCounty'] | undefined)?.[county];
        return counts === undefined ? [] : [{ area: name, counts }];
      }),
  };
}

async function countyStanding(
  store: Store,
  countyCode: string,
  today: LocalDate,
  channel: Reached,
): Promise<CountyStanding> {
  const areas = (await rowsIn(store, 'Area', 'countyCode', [countyCode])).filter(
    ({ code }) => code !== countyCode,
  );
  const townshipOf = new Map(areas.map((area) => [area.code, townshipOfArea(area)]));
  const townships = areas.filter(({ kind }) => kind === 'township').map(({ code }) => code);
  const villages = areas.filter(({ kind }) => kind === 'village').map(({ code }) => code);
  const [answering, workers, holders] = [
    await answeringIn(store, villages, today),
    (
      await rowsIn(store, 'Worker', 'areaCode', [countyCode, ...townshipOf.keys()], {
        columns: ['id', 'role', 'areaCode', 'state'],
      })
    ).filter(({ state }) => state === 'active'),
    await roleHolders(store, [countyCode, ...townships], today, channel ?? 'simulator'),
  ];
  const people = [...new Set([...workers.map(({ id }) => id), ...holders.map((h) => h.workerId)])];
  const accounts =
    channel === null ? new Map<string, ChatAccountRow>() : await accountsOfPersons(store, people, channel);
  return {
    countyCode,
    townships,
    villages: await withoutDirector(store, villages, answering, townshipOf, today),
    directors: workers
      .filter(({ role }) => role === 'director')
      .map(({ id, areaCode }) => ({ workerId: id, townshipCode: townshipOf.get(areaCode) ?? null })),
    holders,
    placeOf: new Map(
      workers.map(({ id, areaCode }) => [id, { areaCode, townshipCode: townshipOf.get(areaCode) ?? null }]),
    ),
    linked: new Set([...accounts].flatMap(([id, { linkedAt }]) => (linkedAt === null ? [] : [id]))),
    failing: await whoseLastFailed(store, people, FAILING_POLICY.lastMessages),
  };
}

function townshipOfArea({ code, kind, townshipCode }: AreaRow): string | null {
  return kind === 'township' ? code : townshipCode;
}

type Answering = ReadonlyMap<string, Awaited<ReturnType<typeof assignmentsOfVillages>>>;

/** Who answers in each of these villages today: whoever has left the roster answers for nobody. */
async function answeringIn(store: Store, villages: readonly string[], today: LocalDate): Promise<Answering> {
  const all = await assignmentsOfVillages(store, villages, today);
  const workers = await rowsIn(
    store,
    'Worker',
    'id',
    all.map(({ workerId }) => workerId),
    { columns: ['id', 'state'] },
  );
  const active = new Set(workers.filter(({ state }) => state === 'active').map(({ id }) => id));
  return grouped(
    all.filter(({ workerId }) => active.has(workerId)),
    ({ villageCode }) => villageCode,
  );
}

async function withoutDirector(
  store: Store,
  villages: readonly string[],
  answering: Answering,
  townshipOf: ReadonlyMap<string, string | null>,
  today: LocalDate,
): Promise<CountyStanding['villages']> {
  const left = await leftAlone(store, villages, answering, today);
  return [...grouped(left, ({ villageCode }) => villageCode)].map(([code, children]) => ({
    code,
    townshipCode: townshipOf.get(code) ?? null,
    withoutDirector: children.length,
  }));
}

/** The children of these villages whom nobody answers for today, by village and id, their names sealed. */
async function childrenWithoutDirector(store: Store, villages: readonly string[], today: LocalDate) {
  const alone = await leftAlone(store, villages, await answeringIn(store, villages, today), today);
  return alone.sort((a, b) => (a.villageCode + a.id < b.villageCode + b.id ? -1 : 1));
}

/** Only where a village has nobody are its children looked at one by one. */
async function leftAlone(store: Store, villages: readonly string[], answering: Answering, today: LocalDate) {
  const ofVillage = (code: string) => answering.get(code) ?? [];
  const open = villages.filter((code) => directorsOf('', code, ofVillage(code)).length === 0);
  const columns = ['id', 'name', 'villageCode', 'endsOn'] as const;
  const rows = await rowsIn(store, 'Child', 'villageCode', open, { columns });
  return rows
    .filter(({ endsOn }) => endsOn === null || endsOn > today)
    .filter(({ id, villageCode }) => directorsOf(id, villageCode, ofVillage(villageCode)).length === 0);
}
