import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFrom } from '../../server/config.ts';
import type { ChildFacts, RiskTier } from '../../server/domain/cadence/child-facts.ts';
import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { insert, update, type Write } from '../../server/services/batch.ts';
import { cadenceColumns } from '../../server/services/cadence-record.ts';
import type { AreaRow, WorkerRow, PartnerRow } from '../../server/store/generated/tables.ts';
import { loadSealing } from '../../server/store/keys.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import type { Clock } from '../../server/platform/clock.ts';
import { seededFolder } from './seeded-folder.ts';
import { startService, type RunningService } from './start-service.ts';

/** An invented county, small enough to know by heart. No name or number here means anybody. */
const COUNTY = '990301000000';
const TOWNSHIP = '990301001000';
const EAST = '990301001001';
const WEST = '990301001002';
const BEGUN = day('2026-09-01');
const TODAY = day('2026-11-23');

interface SmallWorker {
  readonly name: string;
  readonly account: string;
  readonly role: WorkerRow['role'];
  readonly areaCode: string;
  readonly phone: string;
}

/** 郑主任 has 东岭村 for herself; 何 and 罗 share 西坡村, where one child is 罗's alone. */
export const WORKERS = {
  zheng: worker('郑玉兰', 'dir.zheng', 'director', EAST, 1),
  he: worker('何秀梅', 'dir.he', 'director', WEST, 2),
  luo: worker('罗桂英', 'dir.luo', 'director', WEST, 3),
  zhou: worker('周明远', 'sup.zhou', 'supervisor', TOWNSHIP, 4),
  jiang: worker('江少芬', 'dep.jiang', 'deputy', TOWNSHIP, 5),
  xu: worker('许文斌', 'desk.xu', 'county-desk', COUNTY, 6),
  ye: worker('叶志成', 'lead.ye', 'county-leader', COUNTY, 7),
} as const;
type WorkerKey = keyof typeof WORKERS;

interface SmallChild {
  readonly name: string;
  readonly nickname: string | null;
  readonly sex: 'male' | 'female';
  readonly bornOn: string;
  readonly tier: RiskTier;
  readonly villageCode: string;
  /** The last visit before the county began to use the service. */
  readonly visitedOn: string;
  readonly household: string;
}

/** 陈思雨 and 陈思宇 sound alike; 王家乐 and 王家欣 are siblings. */
export const CHILDREN: readonly SmallChild[] = [
  child('李小明', '小明', 'male', '2017-03-05', 'medium', EAST, '2026-11-02', '一'),
  child('陈思雨', null, 'female', '2016-01-20', 'low', EAST, '2026-10-12', '二'),
  child('陈思宇', null, 'male', '2014-06-11', 'low', EAST, '2026-10-13', '三'),
  child('林小红', '小红', 'female', '2019-02-14', 'low', EAST, '2026-10-14', '四'),
  child('王家乐', '乐乐', 'male', '2020-05-01', 'low', EAST, '2026-10-15', '五'),
  child('王家欣', '欣欣', 'female', '2022-08-09', 'low', EAST, '2026-10-15', '五'),
  child('许嘉怡', null, 'female', '2013-12-30', 'high', EAST, '2026-10-20', '六'),
  child('吴俊辉', '辉辉', 'male', '2016-09-17', 'medium', EAST, '2026-10-21', '七'),
  child('邱海燕', '燕燕', 'female', '2015-04-04', 'low', EAST, '2026-10-22', '八'),
  child('杨若兰', '兰兰', 'female', '2014-07-07', 'low', WEST, '2026-10-23', '九'),
  child('蔡明轩', '轩轩', 'male', '2018-10-10', 'medium', WEST, '2026-10-24', '十'),
  child('谢子豪', null, 'male', '2011-11-11', 'low', WEST, '2026-10-25', '百'),
];

export const GUARDIAN = { name: '李建国', phone: '10000000021', id: id('3', 1) };
/** Nobody has bound this one: on the simulator a stranger. */
export const CARER = { name: '王阿妹', phone: '10000000022', id: id('4', 1) };

/** How transcripts call people, and the account each holds. */
export const PEOPLE: Readonly<Record<string, string>> = {
  郑主任: WORKERS.zheng.account,
  何主任: WORKERS.he.account,
  罗主任: WORKERS.luo.account,
  周督导: WORKERS.zhou.account,
  江副督导: WORKERS.jiang.account,
  许科员: WORKERS.xu.account,
  叶县长: WORKERS.ye.account,
  李爸爸: `guardian:${GUARDIAN.id}`,
  王奶奶: `carer:${CARER.id}`,
};

/** Lets a carer or guardian of the county be known on their phone, as if a director had confirmed it. */
export async function bindFamily({ service }: SmallCounty, who: string): Promise<void> {
  const externalId = PEOPLE[who] ?? '';
  const [kind, personId = ''] = externalId.split(':');
  if (kind !== 'guardian' && kind !== 'carer') throw new Error(`${who} is of no family`);
  const { client } = service.world.store;
  const known = await client.chatAccount.findFirst({ where: { externalId } });
  const accountId = known?.id ?? id('5', 51);
  const write = known
    ? update('ChatAccount', accountId, { personKind: kind, personId })
    : account(accountId, externalId, kind, personId);
  await service.world.commit({ guards: [], writes: [write] });
}

/** The id of a child by its place in the list. */
export function childId(name: string): string {
  const place = CHILDREN.findIndex((c) => c.name === name);
  if (place < 0) throw new Error(`no child ${name} in the small county`);
  return id('2', place + 1);
}

/** The id of a worker. */
export function workerId(key: WorkerKey): string {
  return id('1', Object.keys(WORKERS).indexOf(key) + 1);
}

/** Every word of the county that must stand in no log. */
export function personalWords(): readonly string[] {
  const people = Object.values(WORKERS).flatMap(({ name, phone }) => [name, phone]);
  const children = CHILDREN.flatMap((c, n) => [c.name, c.nickname ?? c.name, identityOf(n), address(c)]);
  return [...people, ...children, GUARDIAN.name, GUARDIAN.phone, CARER.name, CARER.phone];
}

/** Fills a fresh database with the small county, so that no demo county is put there. */
export async function seedSmallCounty(databaseUrl: string): Promise<void> {
  const settings = settingsFrom({ NODE_ENV: 'test', PORT: '0', DATABASE_URL: databaseUrl });
  const timers = { sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };
  let made = 0;
  const store = await openStore(databaseUrl, loadSealing(settings), timers, () => id('9', (made += 1)));
  try {
    await store.commit({
      guards: [],
      writes: [...areas(), ...offices(), ...staff(store), ...families(store)],
    });
  } finally {
    await store.close();
  }
}

/** The whole service on the small county, which may be stopped and started again on the same file. */
export class SmallCounty implements RunningService {
  readonly dataDir: string;
  readonly #clock: Clock | undefined;
  readonly #before: string[] = [];
  #running: RunningService;

  constructor(dataDir: string, running: RunningService, clock: Clock | undefined) {
    this.dataDir = dataDir;
    this.#running = running;
    this.#clock = clock;
  }

  get url(): string {
    return this.#running.url;
  }

  get service(): RunningService['service'] {
    return this.#running.service;
  }

  /** Every line logged since the beginning, across restarts. */
  get log(): readonly string[] {
    return [...this.#before, ...this.#running.log];
  }

  /** Stops the service and starts it again on the same file. */
  async restart(): Promise<void> {
    this.#before.push(...this.#running.log);
    await this.#running.stop();
    this.#running = await startOn(this.dataDir, this.#clock);
  }

  /** Stops the service and removes its folder. */
  async stop(): Promise<void> {
    await this.#running.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A fresh small county with the whole service on it. */
export async function startSmallCounty(clock?: Clock): Promise<SmallCounty> {
  const dataDir = await seededFolder('small-county', CHILDREN, (folder) =>
    seedSmallCounty(`file:${join(folder, 'hutong.db')}`),
  );
  return new SmallCounty(dataDir, await startOn(dataDir, clock), clock);
}

function startOn(dataDir: string, clock: Clock | undefined): Promise<RunningService> {
  return startService({ dataDir, ...(clock === undefined ? {} : { clock }) });
}

function areas(): Write[] {
  const area = (code: string, name: string, kind: AreaRow['kind'], parentCode: string | null): Write =>
    insert('Area', {
      code,
      name,
      kind,
      parentCode,
      townshipCode: kind === 'village' ? parentCode : kind === 'township' ? code : null,
      countyCode: COUNTY,
      cityCode: null,
    });
  return [
    area(COUNTY, '安宁县', 'county', null),
    area(TOWNSHIP, '南山镇', 'township', COUNTY),
    area(EAST, '东岭村', 'village', TOWNSHIP),
    area(WEST, '西坡村', 'village', TOWNSHIP),
  ];
}

/** Whom to call: a police station for the village, one for the county, and a hospital nobody has verified for long. */
function offices(): Write[] {
  const office = (
    n: number,
    areaCode: string,
    kind: PartnerRow['kind'],
    name: string,
    verifiedOn: string,
  ): Write =>
    insert('Partner', {
      id: id('9', n),
      areaCode,
      kind,
      name,
      phone: `1000000009${String(n)}`,
      address: null,
      verifiedOn,
      source: '电话核实',
      untilOn: null,
    });
  return [
    office(1, COUNTY, 'police', '安宁县公安局', '2026-11-01'),
    office(2, TOWNSHIP, 'police', '南山镇派出所', '2026-11-01'),
    office(3, TOWNSHIP, 'hospital', '南山镇卫生院', '2025-01-01'),
    office(4, COUNTY, 'civil-affairs', '安宁县民政局', '2026-11-01'),
  ];
}

function staff(store: Store): Write[] {
  const rows = Object.values(WORKERS).flatMap((w, n): Write[] => [
    insert('Worker', {
      id: id('1', n + 1),
      code: `W${String(n + 1)}`,
      name: w.name,
      role: w.role,
      areaCode: w.areaCode,
      phone: w.phone,
      phoneIndex: store.sealing.blindIndex('phone', w.phone),
      account: w.account,
      state: 'active',
    }),
    account(id('5', n + 1), w.account, 'worker', id('1', n + 1)),
  ]);
  const answersFor = (n: number, key: WorkerKey, villageCode: string, forChild: string | null): Write =>
    insert('Assignment', {
      id: id('6', n),
      workerId: workerId(key),
      villageCode,
      childId: forChild,
      fromOn: BEGUN,
      untilOn: null,
    });
  return [
    ...rows,
    answersFor(1, 'zheng', EAST, null),
    answersFor(2, 'he', WEST, null),
    answersFor(3, 'luo', WEST, null),
    answersFor(4, 'luo', WEST, childId('蔡明轩')),
  ];
}

function families(store: Store): Write[] {
  const index = (kind: string, text: string): string => store.sealing.blindIndex(kind, text);
  const households = [...new Map(CHILDREN.map((c) => [c.household, c])).values()].map((c) =>
    insert('Household', {
      id: householdId(c),
      villageCode: c.villageCode,
      address: address(c),
      addressIndex: index('address', address(c)),
    }),
  );
  return [
    ...households,
    ...CHILDREN.map((c, n) => childRow(c, n, index('identity', identityOf(n)))),
    insert('Guardian', {
      ...GUARDIAN,
      phoneIndex: index('phone', GUARDIAN.phone),
      mergeIndex: index('merge', GUARDIAN.name),
    }),
    insert('Guardianship', {
      id: id('7', 1),
      childId: childId('李小明'),
      guardianId: GUARDIAN.id,
      relation: '父亲',
      workplace: '广东东莞',
      awaySince: '2025-02-20',
    }),
    account(id('5', 50), `guardian:${GUARDIAN.id}`, 'guardian', GUARDIAN.id),
    insert('Carer', {
      ...CARER,
      phoneIndex: index('phone', CARER.phone),
      mergeIndex: index('merge', CARER.name),
    }),
    insert('CareArrangement', {
      id: id('7', 2),
      childId: childId('李小明'),
      carerId: CARER.id,
      relation: '祖母',
      fromOn: null,
      untilOn: null,
    }),
  ];
}

function childRow(c: SmallChild, n: number, identityIndex: string): Write {
  const visitedOn = day(c.visitedOn);
  const facts: ChildFacts = {
    childId: id('2', n + 1),
    dutiesFrom: BEGUN,
    registration: 'import',
    tierChanges: [{ on: BEGUN, tier: c.tier }],
    boarder: false,
    absences: [],
    endsOn: null,
    encounters: [],
    importedLastContactOn: visitedOn,
    importedLastVisitOn: visitedOn,
  };
  return insert('Child', {
    id: id('2', n + 1),
    code: `C${String(n + 1)}`,
    name: c.name,
    nickname: c.nickname,
    sex: c.sex,
    bornOn: c.bornOn,
    identityNumber: identityOf(n),
    identityIndex,
    registration: '农村',
    category: '留守儿童',
    difficulty: null,
    villageCode: c.villageCode,
    householdId: householdId(c),
    health: null,
    sealed: null,
    schooling: null,
    school: null,
    grade: null,
    boarder: false,
    tier: c.tier,
    tierAssumed: false,
    enteredBy: 'import',
    dutiesFrom: BEGUN,
    endsOn: null,
    importedLastContactOn: visitedOn,
    importedLastVisitOn: visitedOn,
    ...cadenceColumns(facts, TODAY),
    rev: 1,
  });
}

function account(
  accountId: string,
  externalId: string,
  personKind: 'worker' | 'guardian' | 'carer',
  personId: string,
) {
  return insert('ChatAccount', {
    ...ACCOUNT_DEFAULTS,
    id: accountId,
    channel: 'simulator',
    externalId,
    personKind,
    personId,
    linkedAt: '2026-09-01T00:00:00.000Z',
  });
}

function worker(
  name: string,
  account: string,
  role: SmallWorker['role'],
  areaCode: string,
  n: number,
): SmallWorker {
  return { name, account, role, areaCode, phone: `1000000000${String(n)}` };
}

function child(
  name: string,
  nickname: string | null,
  sex: SmallChild['sex'],
  bornOn: string,
  tier: RiskTier,
  villageCode: string,
  visitedOn: string,
  household: string,
): SmallChild {
  return { name, nickname, sex, bornOn, tier, villageCode, visitedOn, household };
}

function householdId(c: SmallChild): string {
  return id('8', CHILDREN.findIndex((other) => other.household === c.household) + 1);
}

/** 东岭村 has three hamlets. */
function address(c: SmallChild): string {
  const hamlet = '五六七'.includes(c.household) ? '上坪组' : c.household === '八' ? '石门自然村' : '溪边组';
  return `${hamlet}门牌${c.household}号`;
}

/** Invented: no area has the number 999. */
function identityOf(n: number): string {
  return `99930120200101${String(n + 1001)}`;
}

/** Ids that read well in a failing test: the kind, and the place in its list. */
function id(kind: string, n: number): string {
  return `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new Error(`no such day: ${text}`);
  return date;
}
