import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFrom } from '../../server/config.ts';
import type { ChildFacts, Encounter, RiskTier } from '../../server/domain/cadence/child-facts.ts';
import {
  parseLocalDate,
  shanghaiDate,
  shanghaiMinutes,
  type LocalDate,
} from '../../server/domain/local-date.ts';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { insert, type Write } from '../../server/services/batch.ts';
import type { Ringer } from '../../server/platform/ringer.ts';
import { cadenceColumns } from '../../server/services/cadence-record.ts';
import type { AreaRow, ChatAccountRow, WorkerRow } from '../../server/store/generated/tables.ts';
import { loadSealing } from '../../server/store/keys.ts';
import { openStore } from '../../server/store/store.ts';
import { Phone, type PhoneMessage } from './phone.ts';
import { seededFolder } from './seeded-folder.ts';
import { HandClock, startService, type RunningService } from './start-service.ts';

export const COUNTY = '990401000000';
export const NORTH = '990401001000';
/** A township without supervisor and deputy. */
export const SOUTH = '990401002000';
const LINKED_AT = '2025-01-01T00:00:00.000Z';

export interface PlannedWorker {
  readonly account: string;
  readonly name: string;
  readonly role: WorkerRow['role'];
  readonly area: string;
  readonly settings?: Partial<
    Pick<ChatAccountRow, 'digestMinutes' | 'quietFromMinutes' | 'quietUntilMinutes'>
  >;
  /** The villages this person answers for. */
  readonly villages?: readonly string[];
  /** False: nobody has linked an account yet. */
  readonly linked?: false;
  /** Children assigned to this person by name. */
  readonly children?: readonly string[];
}

export interface PlannedCountyChild {
  readonly name: string;
  readonly tier: RiskTier;
  readonly village: string;
  readonly encounters?: readonly (readonly [on: string, mode: Encounter['mode']])[];
  readonly more?: Partial<ChildFacts>;
}

/** A county as a test describes it: who works where, which children live there. */
export interface CountyPlan {
  readonly dutiesFrom: string;
  readonly today: string;
  readonly workers: readonly PlannedWorker[];
  readonly children: readonly PlannedCountyChild[];
}

/** The code of village `n` of a township. */
export function village(township: string, n: number): string {
  return `${township.slice(0, 9)}${String(n).padStart(3, '0')}`;
}

export function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`no such day: ${text}`);
  return date;
}

/** A fixed id that looks like all others. */
export function idOf(kind: string, n: number): string {
  return `0190a000-0000-7000-8000-${kind.padStart(4, '0')}${String(n).padStart(8, '0')}`;
}

/** What a phone received, as a test writes it down: day, hour in Shanghai, first line. */
export function written({ at, text }: Pick<PhoneMessage, 'at' | 'text'>): string {
  const instant = new Date(at);
  const minutes = shanghaiMinutes(instant);
  const hour = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${shanghaiDate(instant).slice(5)} ${hour} ${text.split('\n')[0] ?? ''}`;
}

/** The whole service on a county of the test's own; may be stopped and started again on the same file. */
export class PlanningCounty {
  readonly clock: HandClock;
  readonly plan: CountyPlan;
  readonly #dataDir: string;
  readonly #env: Readonly<Record<string, string>>;
  #running: RunningService | null = null;

  private constructor(
    plan: CountyPlan,
    clock: HandClock,
    dataDir: string,
    env: Readonly<Record<string, string>>,
  ) {
    this.plan = plan;
    this.clock = clock;
    this.#dataDir = dataDir;
    this.#env = env;
  }

  /** Makes the county and starts the service at an instant, with settings besides; nothing is planned yet. */
  static async open(
    plan: CountyPlan,
    startsAt: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<PlanningCounty> {
    const dataDir = await seededFolder('planning-county', plan, (folder) =>
      seed(`file:${join(folder, 'hutong.db')}`, plan),
    );
    const county = new PlanningCounty(plan, new HandClock(startsAt), dataDir, env);
    await county.start();
    return county;
  }

  /** Where another program finds the same database. */
  get databaseUrl(): string {
    return `file:${join(this.#dataDir, 'hutong.db')}`;
  }

  get running(): RunningService {
    if (!this.#running) throw new Error('the service is stopped');
    return this.#running;
  }

  get store() {
    return this.running.service.world.store;
  }

  /** `ringer` stands for the provider of calls. */
  async start(ringer?: Ringer): Promise<void> {
    this.#running = await this.besides(ringer);
  }

  /** Another service on the same file and clock; whoever starts it stops it. */
  async besides(ringer?: Ringer): Promise<RunningService> {
    return startService({
      dataDir: this.#dataDir,
      clock: this.clock,
      env: this.#env,
      ...(ringer === undefined ? {} : { ringer }),
    });
  }

  /** Stops the process; time may pass without it. */
  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
  }

  /** Leaves the service as if its process were no more; whoever takes it closes it. */
  abandon(): RunningService {
    const { running } = this;
    this.#running = null;
    return running;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it for good. */
  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** Walks the business clock to an instant, doing everything due on the way. */
  async walkTo(instant: string): Promise<void> {
    await this.running.service.rhythm.walkTo(new Date(instant));
  }

  /** Does what is due now. */
  async beat(): Promise<void> {
    await this.running.service.beat();
  }

  phone(account: string): Phone {
    return new Phone(this.running, account);
  }

  /** Everything every worker received, by account, as a test writes it down. */
  async heard(lane: PhoneMessage['lane'] = 'reminder'): Promise<Record<string, string[]>> {
    const heard: Record<string, string[]> = {};
    for (const { account } of this.plan.workers) {
      const messages = (await this.phone(account).received()).filter((m) => m.lane === lane);
      if (messages.length > 0) heard[account] = messages.map(written);
    }
    return heard;
  }

  async textsOf(account: string, on: string): Promise<string[]> {
    const messages = await this.phone(account).received();
    return messages.filter((m) => shanghaiDate(new Date(m.at)) === on).map((m) => m.text);
  }
}

async function seed(databaseUrl: string, plan: CountyPlan): Promise<void> {
  const settings = settingsFrom({ NODE_ENV: 'test', PORT: '0', DATABASE_URL: databaseUrl });
  let made = 0;
  const store = await openStore(databaseUrl, loadSealing(settings), { sleep: () => Promise.resolve() }, () =>
    idOf('9', (made += 1)),
  );
  try {
    await store.commit({ guards: [], writes: [...areas(plan), ...staff(plan), ...children(plan)] });
  } finally {
    await store.close();
  }
}

function areas({ children: all, workers }: CountyPlan): Write[] {
  const codes = [...all.map((c) => c.village), ...workers.flatMap((w) => w.villages ?? [])];
  const villages = [...new Set(codes)].sort();
  const area = (code: string, kind: AreaRow['kind'], parentCode: string | null): Write =>
    insert('Area', {
      code,
      name: `${{ county: '安县', township: '镇', village: '村' }[kind as 'county']}${code.slice(6)}`,
      kind,
      parentCode,
      townshipCode: kind === 'village' ? parentCode : kind === 'township' ? code : null,
      countyCode: COUNTY,
      cityCode: null,
    });
  return [
    area(COUNTY, 'county', null),
    area(NORTH, 'township', COUNTY),
    area(SOUTH, 'township', COUNTY),
    ...villages.map((code) => area(code, 'village', `${code.slice(0, 9)}000`)),
  ];
}

function staff(plan: CountyPlan): Write[] {
  let assignments = 0;
  const assigned = (workerId: string, villageCode: string, childId: string | null): Write =>
    insert('Assignment', {
      id: idOf('6', (assignments += 1)),
      workerId,
      villageCode,
      childId,
      fromOn: '2026-01-01',
      untilOn: null,
    });
  return plan.workers.flatMap((w, n): Write[] => {
    const id = idOf('1', n);
    return [
      insert('Worker', {
        id,
        code: `W${String(n)}`,
        name: w.name,
        role: w.role,
        areaCode: w.area,
        phone: `1000000${String(n).padStart(4, '0')}`,
        phoneIndex: null,
        account: w.account,
        state: 'active',
      }),
      insert('ChatAccount', {
        ...ACCOUNT_DEFAULTS,
        id: idOf('5', n),
        channel: 'simulator',
        externalId: w.account,
        personKind: w.linked === false ? null : 'worker',
        personId: w.linked === false ? null : id,
        linkedAt: w.linked === false ? null : LINKED_AT,
        ...w.settings,
      }),
      ...(w.villages ?? []).map((code) => assigned(id, code, null)),
      ...(w.children ?? []).map((name) => {
        const index = plan.children.findIndex((c) => c.name === name);
        return assigned(id, plan.children[index]?.village ?? '', idOf('2', index));
      }),
    ];
  });
}

function children(plan: CountyPlan): Write[] {
  return plan.children.map((c, n) => childWrite(plan, c, n));
}

/** The row of a child of the plan. */
export function childWrite(plan: CountyPlan, c: PlannedCountyChild, n: number): Write {
  const dutiesFrom = c.more?.dutiesFrom ?? day(plan.dutiesFrom);
  const facts: ChildFacts = {
    childId: idOf('2', n),
    dutiesFrom,
    registration: 'import',
    tierChanges: [{ on: dutiesFrom, tier: c.tier }],
    boarder: false,
    absences: [],
    endsOn: null,
    encounters: (c.encounters ?? []).map(([on, mode], i) => ({
      id: idOf('3', n * 1000 + i),
      on: day(on),
      mode,
      childSeen: true,
    })),
    importedLastContactOn: null,
    importedLastVisitOn: null,
    ...c.more,
  };
  return insert('Child', {
    id: idOf('2', n),
    code: `C${String(n)}`,
    name: c.name,
    nickname: null,
    sex: 'female',
    bornOn: '2016-05-05',
    identityNumber: null,
    identityIndex: null,
    registration: '农村',
    category: '留守儿童',
    difficulty: null,
    villageCode: c.village,
    householdId: null,
    health: null,
    sealed: null,
    schooling: null,
    school: null,
    grade: null,
    boarder: facts.boarder,
    tier: c.tier,
    tierAssumed: false,
    enteredBy: 'import',
    dutiesFrom,
    endsOn: null,
    importedLastContactOn: null,
    importedLastVisitOn: null,
    ...cadenceColumns(facts, day(plan.today)),
    rev: 1,
  });
}

const A = village(NORTH, 1);
const B = village(NORTH, 2);
const C = village(NORTH, 3);
const D = village(NORTH, 4);
const E = village(SOUTH, 1);

/**
 * The fixed county of these tests. 五主任 has five children, 高主任 one HIGH child and her own hour, 双甲 and 双乙 share a
 * village in which one child is 双甲's alone, village D has nobody, township SOUTH has no supervisor.
 */
export const FIXED_COUNTY: CountyPlan = {
  dutiesFrom: '2026-11-01',
  today: '2026-11-20',
  workers: [
    {
      account: 'dir.five',
      name: '五主任',
      role: 'director',
      area: A,
      villages: [A],
      settings: { digestMinutes: 450 },
    },
    {
      account: 'dir.high',
      name: '高主任',
      role: 'director',
      area: B,
      villages: [B],
      settings: { digestMinutes: 1230 },
    },
    { account: 'dir.pair1', name: '双甲', role: 'director', area: C, villages: [C], children: ['丙一'] },
    {
      account: 'dir.pair2',
      name: '双乙',
      role: 'director',
      area: C,
      villages: [C],
      settings: { digestMinutes: 540 },
    },
    { account: 'dir.far', name: '远主任', role: 'director', area: E, villages: [E] },
    { account: 'sup.north', name: '北督导', role: 'supervisor', area: NORTH },
    { account: 'dep.north', name: '北副督', role: 'deputy', area: NORTH },
    { account: 'desk', name: '县科员', role: 'county-desk', area: COUNTY },
    { account: 'leader', name: '县领导', role: 'county-leader', area: COUNTY },
  ],
  children: [
    { name: '甲一', tier: 'low', village: A, encounters: [['2026-11-05', 'home']] },
    { name: '甲二', tier: 'low', village: A },
    { name: '甲三', tier: 'low', village: A, encounters: [['2026-11-10', 'phone']] },
    { name: '甲四', tier: 'medium', village: A },
    { name: '甲五', tier: 'medium', village: A, encounters: [['2026-11-12', 'home']] },
    { name: '乙一', tier: 'high', village: B },
    { name: '丙一', tier: 'medium', village: C },
    { name: '丙二', tier: 'low', village: C, encounters: [['2026-11-06', 'home']] },
    { name: '丁一', tier: 'medium', village: D },
    { name: '戊一', tier: 'medium', village: E },
  ],
};

/** Where the tests of the fixed county begin: Friday 20 November, midnight in Shanghai. */
export const FIXED_START = '2026-11-19T16:00:00.000Z';
