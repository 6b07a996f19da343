import type { SchoolBreak } from '../domain/education/school-break.ts';
import type { SchoolCalendar } from '../domain/education/school-calendar.ts';
import { STAGES, stagesOf, type Stage } from '../domain/education/stage.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { BreakStore } from '../roster/enter-breaks.ts';
import { areasUpward } from './areas-upward.ts';
import type { SchoolBreakRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';
import { tableEntryOf } from './table-entry.ts';

/** 校历 around an area: what counts there, and the stages the children of the county go to. */
export async function schoolCalendar(
  store: Store,
  areaCode: string,
  today: LocalDate,
): Promise<SchoolCalendar> {
  const areas = await areasUpward(store, areaCode);
  const [rows, stages] = await Promise.all([
    breaksOf(
      store,
      areas.map(({ code }) => code),
    ),
    stagesIn(store, areaCode, today),
  ]);
  return { areas, rows, stages };
}

/** The rows of these areas that no other has replaced, the newest first: of two desks at one time the later holds. */
export async function breaksOf(store: Store, areaCodes: readonly string[]): Promise<readonly SchoolBreak[]> {
  const rows = await rowsIn(store, 'SchoolBreak', 'areaCode', areaCodes);
  return rows
    .filter(({ supersededById }) => supersededById === null)
    .map((row) => store.open('SchoolBreak', row))
    .toSorted((a, b) => (a.at === b.at ? 0 : a.at > b.at ? -1 : 1))
    .map(breakOf);
}

function breakOf(row: SchoolBreakRow): SchoolBreak {
  const { id, areaCode, stage, kind, year, source } = row;
  const [startsOn, endsOn] = [row.startsOn as LocalDate, row.endsOn as LocalDate];
  return {
    id,
    areaCode,
    stage,
    kind,
    year,
    startsOn,
    endsOn,
    source,
    verifiedOn: row.verifiedOn as LocalDate | null,
  };
}

/** The store as the entering of a school calendar sees it. */
export function breakStoreOf(store: Store): BreakStore {
  return {
    areaKinds: async () => {
      const rows = await store.client.area.findMany({ select: { code: true, kind: true } });
      return new Map(rows.map(({ code, kind }) => [code, kind]));
    },
    breaks: async () => {
      const areas = await store.client.area.findMany({
        where: { kind: { in: ['city', 'county'] } },
        select: { code: true },
      });
      return breaksOf(
        store,
        areas.map(({ code }) => code),
      );
    },
    ...tableEntryOf(store),
  };
}

/** Above a county every stage counts: nobody looks a city's children through for one question. */
async function stagesIn({ client }: Store, areaCode: string, today: LocalDate): Promise<readonly Stage[]> {
  const villages = await client.area.findMany({
    where: { countyCode: areaCode, kind: 'village' },
    select: { code: true },
  });
  if (villages.length === 0) return STAGES;
  const children = await client.child.findMany({
    where: {
      villageCode: { in: villages.map(({ code }) => code) },
      OR: [{ endsOn: null }, { endsOn: { gte: today } }],
    },
    select: { schooling: true, grade: true, bornOn: true },
    distinct: ['schooling', 'grade', 'bornOn'],
  });
  return stagesOf(
    children.map((child) => ({ ...child, bornOn: child.bornOn as LocalDate })),
    today,
  );
}
