import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import type { RosterFiles } from '../../server/roster/check-roster.ts';
import { AREA_COLUMNS, CHILD_COLUMNS, STAFF_COLUMNS, type ColumnSet } from '../../server/roster/columns.ts';
import { checkDigitOf } from '../../server/roster/identity-number.ts';
import { rosterFileOf, type RosterFile } from '../../server/roster/roster-file.ts';
import { DEMO_VILLAGES, type DemoChild } from './demo-families.ts';

const CITY = '990100';
export const DEMO_COUNTY = '990101';
const TOWNSHIPS = ['上湾镇', '石桥镇', '云岭乡'];
const VILLAGE_NAMES = [
  '东岭村',
  '青石村',
  '泉口村',
  '南坪村',
  '金厝村',
  '白塘村',
  '龙井村',
  '西洋村',
  '长坑村',
  '山尾村',
  '凤头村',
  '玉湖村',
];
const WORKER_NAMES = [
  '林丽娟',
  '陈建华',
  '黄秀珍',
  '王志明',
  '郑玉兰',
  '吴国强',
  '许美珠',
  '蔡文彬',
  '杨月琴',
  '谢永福',
  '叶春梅',
  '江明德',
  '庄海英',
  '罗世昌',
  '洪桂花',
  '赖长青',
  '周淑贞',
  '何有为',
];
const ADULT_GIVEN = '建国 志勇 秀兰 海峰 美华 文斌 丽萍 永强 玉珍 国平 春生 金凤'.split(' ');
const ELDERS = '王阿妹 李阿土 林秀英 陈金水 黄玉莲 吴阿福 郑月娥 许水生 蔡阿珠 杨金木 谢桂香 叶木生'.split(
  ' ',
);
const PLACES = ['广东东莞', '广东深圳', '浙江宁波', '福建泉州', '江苏昆山'];

/** The code of village `n`, counted from 0: four villages a township. */
export function demoVillageCode(n: number): string {
  return `${townshipCode(Math.floor(n / 4))}${pad((n % 4) + 1, 3)}`;
}

/** The code of the child `n` of the whole county, counted from 0. */
export function demoChildCode(n: number): string {
  return `Q${pad(n + 1, 4)}`;
}

/** The townships with their codes. */
export const DEMO_TOWNSHIPS = TOWNSHIPS.map((name, n) => ({ code: townshipCode(n), name }));

/** A child with the number of its village and of its household; siblings share the household of the first. */
interface PlacedDemoChild {
  readonly child: DemoChild;
  readonly village: number;
  readonly household: number;
}

/** All children in the order of their codes. */
export const DEMO_CHILDREN: readonly PlacedDemoChild[] = placed();

/** Who is at home with the children of a household, as the directors say it. */
export function demoElder(household: number): string {
  return household % 2 === 0 ? '奶奶' : '爷爷';
}

function placed(): readonly PlacedDemoChild[] {
  const all = DEMO_VILLAGES.flatMap((children, village) => children.map((child) => ({ child, village })));
  let household = 0;
  return all.map(({ child, village }, n) => {
    if (!child.sibling) household = n;
    return { child, village, household };
  });
}

/** The demo county as the three files a county desk would hand in on `day`. */
export function demoFiles(day: LocalDate): RosterFiles {
  return {
    areas: fileOf('demo-areas.csv', AREA_COLUMNS, areaCells()),
    staff: fileOf('demo-staff.csv', STAFF_COLUMNS, staffCells()),
    children: fileOf('demo-children.csv', CHILD_COLUMNS, childCells(day)),
  };
}

type Cells<Key extends string> = Partial<Record<Key, string>>;

function fileOf<Key extends string>(
  label: string,
  columns: ColumnSet<Key>,
  rows: readonly Cells<Key>[],
): RosterFile {
  const keys = Object.keys(columns) as Key[];
  const lines = [
    keys.map((key) => columns[key].header),
    ...rows.map((row) => keys.map((key) => row[key] ?? '')),
  ];
  return rosterFileOf(label, Buffer.from(lines.map((cells) => `${cells.join(',')}\r\n`).join('')));
}

function areaCells(): Cells<keyof typeof AREA_COLUMNS>[] {
  return [
    { code: CITY, name: '榕安市', level: '市' },
    { code: DEMO_COUNTY, name: '清溪县', level: '县', parentCode: CITY },
    ...TOWNSHIPS.map((name, n) => ({ code: townshipCode(n), name, level: '乡镇', parentCode: DEMO_COUNTY })),
    ...VILLAGE_NAMES.map((name, n) => ({
      code: demoVillageCode(n),
      name,
      level: '村居',
      parentCode: townshipCode(Math.floor(n / 4)),
    })),
  ];
}

function staffCells(): Cells<keyof typeof STAFF_COLUMNS>[] {
  const townships = TOWNSHIPS.map((_, n) => n);
  const people = [
    ...VILLAGE_NAMES.map((_, n) => [
      '儿童主任',
      demoVillageCode(n),
      `dir.${pad(n + 1, 5)}`,
      `D${pad(n + 1, 5)}`,
    ]),
    ...townships.map((n) => ['儿童督导员', townshipCode(n), `sup.${pad(n + 1, 3)}`, `S${pad(n * 2 + 1, 5)}`]),
    ...townships.map((n) => [
      '副督导员',
      townshipCode(n),
      `deputy.${pad(n + 1, 3)}`,
      `S${pad(n * 2 + 2, 5)}`,
    ]),
    ['县级民政', DEMO_COUNTY, 'county.desk', 'C0001'],
    ['县级分管领导', DEMO_COUNTY, 'county.leader', 'C0002'],
    ['市级民政', CITY, 'city01.desk', 'B0001'],
  ];
  return people.map(([role = '', areaCodes = '', wecomAccount = '', staffNumber = ''], n) => ({
    staffNumber,
    role,
    areaCodes,
    wecomAccount,
    name: WORKER_NAMES[n] ?? `${WORKER_NAMES[n - WORKER_NAMES.length]?.slice(0, 1) ?? '林'}明辉`,
    phone: demoPhone(n),
  }));
}

function childCells(day: LocalDate): Cells<keyof typeof CHILD_COLUMNS>[] {
  return DEMO_CHILDREN.map(({ child, village, household }, n) => ({
    ...personCells(child, n, day),
    ...familyCells(household, village, day),
  }));
}

function personCells(child: DemoChild, n: number, day: LocalDate): Cells<keyof typeof CHILD_COLUMNS> {
  const { ageYears, sex } = child;
  const bornOn = addDays(day, -Math.round(ageYears * 365.25) - 40 - ((n * 37) % 200));
  const poor = n % 9 === 4;
  return {
    code: demoChildCode(n),
    name: child.name,
    nickname: child.nickname,
    sex,
    bornOn,
    identityNumber: identityNumber(bornOn, n * 2 + (sex === '男' ? 1 : 0)),
    household: '农业',
    categories: poor ? '困境儿童' : '农村留守儿童',
    difficulties: poor ? '家庭贫困' : '',
    tier: child.tier,
    health: n % 14 === 8 ? '患病' : '健康',
    schooling: ageYears < 3 ? '未入园' : ageYears < 6 ? '幼儿园' : '在读',
    school: ageYears < 3 ? '' : ageYears < 6 ? '清溪幼儿园' : ageYears < 12 ? '清溪小学' : '清溪中学',
    boarder: child.boarder ? '是' : '否',
  };
}

/** One household a number: address, the parent away, the grandparent at home. */
function familyCells(household: number, village: number, day: LocalDate): Cells<keyof typeof CHILD_COLUMNS> {
  const surname = DEMO_CHILDREN[household]?.child.name.slice(0, 1) ?? '';
  const father = household % 3 !== 1;
  const parent = ADULT_GIVEN[household % ADULT_GIVEN.length] ?? '';
  const elder = ELDERS[(household * 5) % ELDERS.length] ?? '';
  return {
    villageCode: demoVillageCode(village),
    address: `${VILLAGE_NAMES[village]?.slice(0, 2) ?? ''}${String(household + 1)}号`,
    guardianName: father ? `${surname}${parent}` : `${elder.slice(0, 1)}${parent}`,
    guardianRelation: father ? '父亲' : '母亲',
    guardianPhone: demoPhone(100 + household),
    guardianWorkplace: PLACES[household % PLACES.length] ?? '',
    guardianAwaySince: addDays(day, -200 - household),
    carerName: elder,
    carerRelation: demoElder(household) === '奶奶' ? '祖母' : '祖父',
    carerPhone: demoPhone(200 + household),
    careFrom: addDays(day, -180),
    careUntil: addDays(day, household % 7 === 2 ? 90 : 300),
  };
}

/** Begins with 999, which is no place in China. */
function identityNumber(bornOn: LocalDate, order: number): string {
  const first17 = `999001${bornOn.replaceAll('-', '')}${pad(order, 3)}`;
  return `${first17}${checkDigitOf(first17) ?? ''}`;
}

/** Begins with 100, which is no carrier. */
export function demoPhone(n: number): string {
  return `100${pad(10_000_000 + n * 7, 8)}`;
}

function townshipCode(n: number): string {
  return `${DEMO_COUNTY}${pad(n + 1, 3)}`;
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}
