import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shanghaiInstant } from '../../../server/domain/local-date.ts';
import { enterBreaks } from '../../../server/roster/enter-breaks.ts';
import { problemLine } from '../../../server/roster/report.ts';
import { rosterFileOf } from '../../../server/roster/roster-file.ts';
import { insert } from '../../../server/services/batch.ts';
import type { AreaRow } from '../../../server/store/generated/tables.ts';
import { breakStoreOf, schoolCalendar } from '../../../server/store/school-breaks.ts';
import { emptyStore, newId, type TestStore } from './import-world.ts';
import { day } from './sample-roster.ts';

const SAMPLE = readFileSync(new URL('../../../docs/school-calendar.csv', import.meta.url));
const HEADER = '区划代码,学段,假期,开始日期,结束日期,来源,核实日期';
const TODAY = day('2026-12-01');
const CITIES = ['350200', '350400', '350700', '350900'];
const [COUNTY, TOWNSHIP] = ['350499000000', '350499001000'];

describe('the table of the school calendar', () => {
  let opened: TestStore;
  beforeEach(async () => {
    opened = await emptyStore();
    const area = (code: string, kind: AreaRow['kind'], parentCode: string | null) =>
      insert('Area', {
        code,
        name: `地${code}`,
        kind,
        parentCode,
        townshipCode: null,
        countyCode: kind === 'city' ? null : COUNTY,
        cityCode: null,
      });
    await opened.store.commit({
      guards: [],
      writes: [
        ...CITIES.map((code) => area(code, 'city', null)),
        area(COUNTY, 'county', '350400'),
        area(TOWNSHIP, 'township', COUNTY),
      ],
    });
  });
  afterEach(() => opened.close());

  const enter = (table: Uint8Array | string, dryRun = false) => {
    const bytes = typeof table === 'string' ? Buffer.from(`${HEADER}\n${table}`) : table;
    const entering = { store: breakStoreOf(opened.store), at: shanghaiInstant(TODAY, 0), today: TODAY };
    return enterBreaks(rosterFileOf('calendar.csv', bytes), { ...entering, dryRun, newId });
  };
  const rows = () => opened.store.client.schoolBreak.findMany({ orderBy: { id: 'asc' } });

  it('of the documentation is taken whole, nothing in it confirmed, in UTF-8 and as Chinese Excel saves it', async () => {
    const looked = await enter(SAMPLE, true);
    expect(looked).toMatchObject({ added: 23, written: false, counts: { refused: 0, flagged: 9 } });
    expect(await rows()).toEqual([]);
    const saved = await enter(iconv.encode(SAMPLE.toString(), 'gb18030'));
    expect(saved).toMatchObject({ added: 23, written: true });
    expect(new Set(saved.problems.map(({ code }) => code))).toEqual(new Set(['break-unverified']));
    const { areas, rows: around } = await schoolCalendar(opened.store, COUNTY, TODAY);
    expect(areas.map(({ code }) => code)).toEqual([COUNTY, '350400']);
    expect(around).toHaveLength(6);
    expect(around.every(({ verifiedOn }) => verifiedOn === null)).toBe(true);
  });

  it('entered again adds nothing; changed days take the place of the old row, which stays and names them', async () => {
    const line = (from: string, verified: string) =>
      `350499,小学、初中,寒假,${from},2027-02-26,县教育局通知,${verified}\n`;
    expect(await enter(line('2027-01-30', ''))).toMatchObject({ added: 2, changed: 0 });
    expect(await enter(line('2027/1/30', ''))).toMatchObject({ added: 0, changed: 0, same: 2 });
    expect(await enter(line('2027-01-30', '2026-12-01'))).toMatchObject({ added: 0, changed: 2 });
    // A file without the day of comparison does not take it away.
    expect(await enter(line('2027-01-30', ''))).toMatchObject({ changed: 0, same: 2 });
    expect(await enter(line('2027-01-29', ''))).toMatchObject({ changed: 2 });
    const stored = await rows();
    const current = stored.filter(({ supersededById }) => supersededById === null);
    expect(stored).toHaveLength(6);
    expect(current.map(({ startsOn, verifiedOn }) => [startsOn, verifiedOn])).toEqual([
      ['2027-01-29', null],
      ['2027-01-29', null],
    ]);
    expect(
      stored.every(
        ({ supersededById }) => supersededById === null || stored.some(({ id }) => id === supersededById),
      ),
    ).toBe(true);
  });

  it('keeps the words of the source unreadable in the database', async () => {
    await enter('350499,小学,寒假,2027-01-30,2027-02-26,县教育局陈老师说的,\n');
    const [row] = await rows();
    expect(row?.source).not.toContain('陈老师');
  });

  it('names every problem by row and column, and takes the other rows', async () => {
    const entered = await enter(
      [
        '999999,小学,寒假,2027-01-30,2027-02-26,通知,2026-12-01',
        `${TOWNSHIP},小学,寒假,2027-01-30,2027-02-26,通知,2026-12-01`,
        '350400,大学,寒假,2027-01-30,2027-02-26,通知,2026-12-01',
        '350400,小学,国庆,2027-01-30,2027-02-26,通知,2026-12-01',
        '350400,小学,寒假,2027-02-26,2027-01-30,通知,2026-12-01',
        '350400,小学,暑假,2027-01-30,2027-02-26,通知,2026-12-01',
        '350400,小学,寒假,2027-01-30,二月底,通知,2026-12-01',
        '350400,小学,寒假,2027-01-30,2027-02-26,,2026-12-01',
        '350400,小学,寒假,2027-01-30,2027-02-26,通知,2026-12-02',
        '350400,小学,寒假,2027-01-30,2027-02-26,通知,2026-12-01',
        '350400,义务教育,寒假,2027-01-30,2027-02-26,通知,2026-12-01',
        '350400,初中,寒假,2027-01-30,2027-02-26,通知,',
      ].join('\n'),
    );
    expect(entered.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, '区划代码', 'break-area-unknown'],
      [3, '区划代码', 'break-area-level'],
      [4, '学段', 'break-stage-unknown'],
      [5, '假期', 'break-kind-unknown'],
      [6, '结束日期', 'break-days-wrong'],
      [7, '结束日期', 'break-days-wrong'],
      [8, '结束日期', 'date-unreadable'],
      [9, '来源', 'blank'],
      [10, '核实日期', 'date-in-future'],
      [12, '学段', 'break-twice'],
      [13, '核实日期', 'break-unverified'],
    ]);
    expect(entered).toMatchObject({ added: 2, counts: { accepted: 1, flagged: 1, refused: 10 } });
    const [, second] = entered.problems;
    expect(second && problemLine(second)).toContain(
      `calendar.csv · 3 · ${TOWNSHIP} · 区划代码：校历按市或者县来填`,
    );
  });
});
