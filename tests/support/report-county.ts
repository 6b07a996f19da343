import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { insert, update, type Write } from '../../server/services/batch.ts';
import type { AreaRow, WorkerRow } from '../../server/store/generated/tables.ts';
import type { Store } from '../../server/store/store.ts';
import { HandClock } from './start-service.ts';
import {
  CARER,
  childId,
  GUARDIAN,
  startSmallCounty,
  WORKERS,
  workerId,
  type SmallCounty,
} from './small-county.ts';

const PROVINCE = '990000000000';
const CITY = '990300000000';
const HOME_COUNTY = '990301000000';
const NORTH = '990301002000';
const FAR = '990301002001';
const OTHER_COUNTY = '990302000000';
const OTHER_TOWNSHIP = '990302001000';
const OTHER_VILLAGE = '990302001001';
const EAST = WORKERS.zheng.areaCode;

/** Monday 23 November 2026, two minutes before nine in the morning in Shanghai. */
const MORNING = '2026-11-23T00:58:00.000Z';

/** Everybody who works around the small county without being of it, and the second director of 东岭村. */
const STAFF: Readonly<
  Record<string, { readonly name: string; readonly role: WorkerRow['role']; readonly area: string }>
> = {
  'dir.lin': { name: '林秀珍', role: 'director', area: EAST },
  'dir.far': { name: '方玉梅', role: 'director', area: FAR },
  'sup.north': { name: '石守田', role: 'supervisor', area: NORTH },
  'dir.other': { name: '邓巧云', role: 'director', area: OTHER_VILLAGE },
  'sup.other': { name: '韩立冬', role: 'supervisor', area: OTHER_TOWNSHIP },
  'desk.other': { name: '邱国平', role: 'county-desk', area: OTHER_COUNTY },
  'lead.other': { name: '龚永年', role: 'county-leader', area: OTHER_COUNTY },
  'city.desk': { name: '简秋生', role: 'city-desk', area: CITY },
  'province.desk': { name: '施海平', role: 'province-desk', area: PROVINCE },
};

/** Everybody a report may meet, by what they are to it, and the account each holds. */
export const AROUND = {
  'the reporting director': WORKERS.zheng.account,
  'another director of the same village': 'dir.lin',
  'a director of another village': WORKERS.he.account,
  'the substitute of the reporting director': WORKERS.luo.account,
  'the supervisor': WORKERS.zhou.account,
  'the deputy': WORKERS.jiang.account,
  'the county desk': WORKERS.xu.account,
  'the county leader': WORKERS.ye.account,
  'a director of another township': 'dir.far',
  'the supervisor of another township': 'sup.north',
  'a director of another county': 'dir.other',
  'the supervisor of another county': 'sup.other',
  'the desk of another county': 'desk.other',
  'the leader of another county': 'lead.other',
  'the city desk': 'city.desk',
  'the province desk': 'province.desk',
  'the father of the child': `guardian:${GUARDIAN.id}`,
  'the mother of the child': `guardian:${id('3', 2)}`,
  'the guardian of another child': `guardian:${id('3', 3)}`,
  'the carer of the child': `carer:${id('4', 2)}`,
  'somebody nobody knows': `carer:${CARER.id}`,
} as const;
export type Around = keyof typeof AROUND;
export const EVERYBODY = Object.keys(AROUND) as readonly Around[];

/** The small county with its neighbours, its families bound, and a clock that stands until a test moves it. */
export async function startReportCounty(startsAt = MORNING): Promise<SmallCounty> {
  const county = await startSmallCounty(new HandClock(startsAt));
  const { store } = county.service.world;
  await store.commit({ guards: [], writes: [...areas(), ...staff(), ...families(store)] });
  return county;
}

/** 郑主任 is away tomorrow and the day after, and 罗主任 answers in her place. */
export function substitutes(): Write {
  return insert('WorkerLeave', {
    id: id('b', 1),
    workerId: workerId('zheng'),
    substituteId: workerId('luo'),
    fromOn: '2026-11-24',
    untilOn: '2026-11-25',
    filedAt: MORNING,
  });
}

function areas(): Write[] {
  const area = (code: string, name: string, kind: AreaRow['kind'], parentCode: string | null): Write =>
    insert('Area', {
      code,
      name,
      kind,
      parentCode,
      townshipCode: kind === 'village' ? parentCode : kind === 'township' ? code : null,
      countyCode: isAbove(kind) ? null : code.startsWith('990302') ? OTHER_COUNTY : HOME_COUNTY,
      cityCode: null,
    });
  return [
    area(PROVINCE, '闽省', 'province', null),
    area(CITY, '宁平市', 'city', PROVINCE),
    area(NORTH, '北坑镇', 'township', HOME_COUNTY),
    area(FAR, '外洋村', 'village', NORTH),
    update('Area', HOME_COUNTY, { parentCode: CITY, cityCode: CITY }),
    area(OTHER_COUNTY, '邻安县', 'county', CITY),
    area(OTHER_TOWNSHIP, '邻山镇', 'township', OTHER_COUNTY),
    area(OTHER_VILLAGE, '邻坡村', 'village', OTHER_TOWNSHIP),
  ];
}

function isAbove(kind: AreaRow['kind']): boolean {
  return kind === 'province' || kind === 'city';
}

function staff(): Write[] {
  return Object.entries(STAFF).flatMap(([account, { name, role, area }], n): Write[] => {
    const workersId = id('c', n + 1);
    return [
      insert('Worker', {
        id: workersId,
        code: `V${String(n + 1)}`,
        name,
        role,
        areaCode: area,
        phone: `100000001${String(n).padStart(2, '0')}`,
        phoneIndex: null,
        account,
        state: 'active',
      }),
      chatAccount(id('d', n + 1), account, 'worker', workersId),
      ...(role === 'director'
        ? [
            insert('Assignment', {
              id: id('e', n + 1),
              workerId: workersId,
              villageCode: area,
              childId: null,
              fromOn: '2026-09-01',
              untilOn: null,
            }),
          ]
        : []),
    ];
  });
}

function families(store: Store): Write[] {
  const guardian = (n: number, name: string, child: string, relation: string): Write[] => [
    insert('Guardian', {
      id: id('3', n),
      name,
      phone: null,
      phoneIndex: null,
      mergeIndex: store.sealing.blindIndex('merge', name),
    }),
    insert('Guardianship', {
      id: id('7', 10 + n),
      childId: childId(child),
      guardianId: id('3', n),
      relation,
      workplace: null,
      awaySince: null,
    }),
    chatAccount(id('5', 50 + n), `guardian:${id('3', n)}`, 'guardian', id('3', n)),
  ];
  const carer = '李外婆';
  return [
    ...guardian(2, '张春燕', '李小明', '母亲'),
    ...guardian(3, '王大树', '王家乐', '父亲'),
    insert('Carer', {
      id: id('4', 2),
      name: carer,
      phone: null,
      phoneIndex: null,
      mergeIndex: store.sealing.blindIndex('merge', carer),
    }),
    insert('CareArrangement', {
      id: id('7', 20),
      childId: childId('李小明'),
      carerId: id('4', 2),
      relation: '外祖母',
      fromOn: null,
      untilOn: null,
    }),
    chatAccount(id('5', 60), `carer:${id('4', 2)}`, 'carer', id('4', 2)),
  ];
}

function chatAccount(
  accountId: string,
  externalId: string,
  personKind: 'worker' | 'guardian' | 'carer',
  personId: string,
): Write {
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

/** An id as the small county writes them. */
function id(kind: string, n: number): string {
  return `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
}
