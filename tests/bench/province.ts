import Sqlite from 'better-sqlite3';
import type { ChildFacts, Encounter, RiskTier } from '../../server/domain/cadence/child-facts.ts';
import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { insert, type Write } from '../../server/services/batch.ts';
import { cadenceColumns } from '../../server/services/cadence-record.ts';
import type { AreaRow, ChildRow, WorkerRow } from '../../server/store/generated/tables.ts';
import { settingWrite } from '../../server/store/settings.ts';
import type { Store } from '../../server/store/store.ts';

const TOWNSHIPS_PER_COUNTY = 13;
const VILLAGES_PER_TOWNSHIP = 16;
const VILLAGES_PER_COUNTY = TOWNSHIPS_PER_COUNTY * VILLAGES_PER_TOWNSHIP;
/** Rows a commit: as an import writes them. */
const SLICE = 500;
const CITY = '9900';

/** So many days the records of some children lie later or earlier than those of the others. */
const SEEN_THIS_MONTH = 20;
const MISSED_LAST_MONTH = -30;

const SURNAMES = Array.from('林陈黄王郑吴许蔡杨谢叶江庄罗洪赖周何苏邱');
const GIVEN = Array.from('建国志勇秀兰海峰美华文斌丽萍永强玉珍平春生金凤思远');

/** An invented province: one director a village, one supervisor a township, one desk a county. */
export interface ProvinceSize {
  readonly counties: number;
  readonly children: number;
  /** Past records of every child, spread over the twelve months before `today`. */
  readonly records: number;
}

/** How many villages, and so how many directors, a province of this size has. */
export function villagesOf({ counties }: Pick<ProvinceSize, 'counties'>): number {
  return counties * VILLAGES_PER_COUNTY;
}

/** The account of the director of village `n`, counted from 0. */
export function directorAccount(n: number): string {
  return `dir.${pad(n, 5)}`;
}

/** The name of child `n`; children of one village never share one. */
export function childName(n: number): string {
  const [a, b] = [n % GIVEN.length, Math.floor(n / GIVEN.length) % GIVEN.length];
  return `${SURNAMES[n % SURNAMES.length] ?? ''}${GIVEN[a] ?? ''}${GIVEN[b] ?? ''}`;
}

/** Fills an empty database with the province, planned up to the day before `today`. */
export async function writeProvince(store: Store, size: ProvinceSize, today: LocalDate): Promise<void> {
  const planned = settingWrite('last-planned-on', addDays(today, -1));
  await commitAll(store, [planned, ...areaWrites(size), ...staffWrites(size)]);
  for (let first = 0; first < size.children; first += SLICE) {
    const count = Math.min(SLICE, size.children - first);
    const rows = Array.from({ length: count }, (_, n) => childRow(first + n, size, today));
    await store.commit({ guards: [], writes: rows.map((row) => insert('Child', row)) });
  }
}

/**
 * The past records themselves, as many as every child's columns tell of. Nobody reads their notes here: random text as
 * long as a sealed note stands for one.
 */
export function writeContacts(file: string, { records }: ProvinceSize, today: LocalDate): void {
  const database = new Sqlite(file);
  database.pragma('synchronous = OFF');
  database
    .prepare(
      `INSERT INTO "Contact" ("id", "childId", "authorId", "mode", "takenOn", "childSeen", "met", "note", "outcome",
         "filedAt", "withdrawn")
       SELECT substr(c."id", 1, 24) || printf('%012d', c.n * 1000 + d.key), c."id",
         'worker-' || c."villageCode", iif(d.key % 3 = 2, 'home', 'phone'), date(d.value, c.shift || ' days'), 1, NULL,
         iif(d.key % 3 = 2, hex(randomblob(48)), NULL), 'none', date(d.value, c.shift || ' days') || 'T09:30:00.000Z', 0
       FROM (SELECT *, iif(n % 4 = 0, ${String(SEEN_THIS_MONTH)}, iif(n % 10 = 7, ${String(MISSED_LAST_MONTH)}, 0)) AS shift
             FROM (SELECT "id", "villageCode", CAST(substr("id", 25) AS INTEGER) AS n FROM "Child" ORDER BY "id")) c,
         json_each(?) d`,
    )
    .run(JSON.stringify(recordDays(records, today)));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.exec('ANALYZE');
  database.close();
}

async function commitAll(store: Store, writes: readonly Write[]): Promise<void> {
  for (let first = 0; first < writes.length; first += SLICE)
    await store.commit({ guards: [], writes: writes.slice(first, first + SLICE) });
}

function areaWrites(size: ProvinceSize): Write[] {
  const city = area(CITY, '榕安市', 'city', null, {});
  const counties = range(size.counties).flatMap((c) => [
    area(countyCode(c), `第${String(c + 1)}县`, 'county', CITY, { countyCode: countyCode(c) }),
    ...range(TOWNSHIPS_PER_COUNTY).map((t) =>
      area(townshipCode(c, t), `第${String(t + 1)}镇`, 'township', countyCode(c), {
        countyCode: countyCode(c),
        townshipCode: townshipCode(c, t),
      }),
    ),
  ]);
  const villages = range(villagesOf(size)).map((v) => {
    const place = placeOf(v);
    return area(villageCode(v), `第${String(v + 1)}村`, 'village', place.townshipCode, place);
  });
  return [city, ...counties, ...villages].map((row) => insert('Area', row));
}

function area(
  code: string,
  name: string,
  kind: AreaRow['kind'],
  parentCode: string | null,
  place: Partial<Pick<AreaRow, 'townshipCode' | 'countyCode'>>,
): AreaRow {
  return { code, name, kind, parentCode, townshipCode: null, countyCode: null, cityCode: CITY, ...place };
}

function staffWrites(size: ProvinceSize): Write[] {
  const directors = range(villagesOf(size)).flatMap((v) => {
    const id = workerId(villageCode(v));
    const term = { villageCode: villageCode(v), childId: null, fromOn: '2024-01-01', untilOn: null };
    return [
      ...person(id, 'director', villageCode(v), directorAccount(v), v),
      insert('Assignment', { id: `term-${pad(v, 6)}`, workerId: id, ...term }),
    ];
  });
  const others = range(size.counties).flatMap((c) => [
    ...person(workerId(countyCode(c)), 'county-desk', countyCode(c), `county.desk.${String(c)}`, c),
    ...range(TOWNSHIPS_PER_COUNTY).flatMap((t) => {
      const code = townshipCode(c, t);
      return person(workerId(code), 'supervisor', code, `sup.${code}`, c * TOWNSHIPS_PER_COUNTY + t);
    }),
  ]);
  return [...directors, ...others];
}

function person(id: string, role: WorkerRow['role'], areaCode: string, account: string, n: number): Write[] {
  const name = childName(n * 7 + 3);
  const phone = `1390000${pad(n % 10_000, 4)}`;
  const worker = { id, code: account, name, role, areaCode, phone, phoneIndex: null, account } as const;
  return [
    insert('Worker', { ...worker, state: 'active' }),
    insert('ChatAccount', {
      ...ACCOUNT_DEFAULTS,
      id: `account-${id}`,
      channel: 'simulator',
      externalId: account,
      personKind: 'worker',
      personId: id,
      linkedAt: '2024-01-01T00:00:00.000Z',
    }),
  ];
}

function childRow(n: number, size: ProvinceSize, today: LocalDate): ChildRow {
  const id = `01900000-0000-7000-8000-${pad(n, 12)}`;
  const tier = tierOf(n);
  const dutiesFrom = addDays(today, -400);
  const facts = factsOf(id, n, tier, dutiesFrom, recordDays(size.records, addDays(today, shiftOf(n))));
  return {
    id,
    code: `P${pad(n, 7)}`,
    name: childName(n),
    nickname: null,
    sex: n % 2 === 0 ? 'male' : 'female',
    bornOn: `20${pad(11 + (n % 8), 2)}-0${String(1 + (n % 9))}-15`,
    identityNumber: null,
    identityIndex: null,
    registration: '农村户口',
    category: '留守儿童',
    difficulty: null,
    villageCode: villageCode(n % villagesOf(size)),
    householdId: null,
    health: null,
    sealed: null,
    schooling: null,
    school: '中心小学',
    grade: null,
    boarder: facts.boarder,
    tier,
    tierAssumed: false,
    enteredBy: 'import',
    dutiesFrom,
    endsOn: null,
    importedLastContactOn: null,
    importedLastVisitOn: null,
    ...cadenceColumns(facts, today),
    rev: 1,
  };
}

function factsOf(
  childId: string,
  n: number,
  tier: RiskTier,
  dutiesFrom: LocalDate,
  days: readonly LocalDate[],
): ChildFacts {
  const encounters = days.map((on, key): Encounter => ({
    id: `${childId.slice(0, 24)}${pad(n * 1000 + key, 12)}`,
    on,
    mode: key % 3 === 2 ? 'home' : 'phone',
    childSeen: true,
  }));
  return {
    childId,
    dutiesFrom,
    registration: 'import',
    tierChanges: [{ on: dutiesFrom, tier }],
    boarder: n % 10 === 0,
    absences: n % 20 === 0 ? [{ from: addDays(dutiesFrom, 100), until: addDays(dutiesFrom, 130) }] : [],
    endsOn: null,
    encounters,
    importedLastContactOn: null,
    importedLastVisitOn: null,
  };
}

/** 70 low, 20 medium and 10 high of every hundred. */
function tierOf(n: number): RiskTier {
  return n % 10 === 3 ? 'high' : n % 5 === 1 ? 'medium' : 'low';
}

/** A quarter of the children has been seen this month already; a tenth was not even seen in the month before. */
function shiftOf(n: number): number {
  return n % 4 === 0 ? SEEN_THIS_MONTH : n % 10 === 7 ? MISSED_LAST_MONTH : 0;
}

/** The days of the records, oldest first; the last one 25 days ago. */
function recordDays(records: number, today: LocalDate): readonly LocalDate[] {
  return range(records).map((n) => addDays(today, -360 + Math.floor((n * 335) / Math.max(1, records - 1))));
}

function placeOf(v: number): { readonly countyCode: string; readonly townshipCode: string } {
  const county = Math.floor(v / VILLAGES_PER_COUNTY);
  const township = Math.floor((v % VILLAGES_PER_COUNTY) / VILLAGES_PER_TOWNSHIP);
  return { countyCode: countyCode(county), townshipCode: townshipCode(county, township) };
}

function countyCode(c: number): string {
  return `99${pad(c + 1, 4)}`;
}

function townshipCode(c: number, t: number): string {
  return `${countyCode(c)}${pad(t + 1, 3)}`;
}

function villageCode(v: number): string {
  return `${placeOf(v).townshipCode}${pad((v % VILLAGES_PER_TOWNSHIP) + 1, 3)}`;
}

function workerId(areaCode: string): string {
  return `worker-${areaCode}`;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, n) => n);
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}
