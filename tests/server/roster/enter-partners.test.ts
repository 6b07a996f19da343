import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shanghaiInstant } from '../../../server/domain/local-date.ts';
import { enterPartners } from '../../../server/roster/enter-partners.ts';
import { problemLine } from '../../../server/roster/report.ts';
import { rosterFileOf } from '../../../server/roster/roster-file.ts';
import { insert } from '../../../server/services/batch.ts';
import type { AreaRow } from '../../../server/store/generated/tables.ts';
import { directoryAround, partnerStoreOf } from '../../../server/store/partners.ts';
import { nearest } from '../../../server/domain/partners/directory.ts';
import { emptyStore, newId, type TestStore } from './import-world.ts';
import { day } from './sample-roster.ts';

const SAMPLE = readFileSync(new URL('../../../docs/partners.csv', import.meta.url));
const HEADER = '区划代码,类别,名称,电话,地址,核实日期,来源,停用日期';
const TODAY = day('2026-12-01');
const [VILLAGE, TOWNSHIP, COUNTY] = ['350999001001', '350999001', '350999'];

describe('the table of offices', () => {
  let opened: TestStore;
  beforeEach(async () => {
    opened = await emptyStore();
    const area = (code: string, kind: AreaRow['kind'], parentCode: string | null) =>
      insert('Area', {
        code,
        name: `地${code}`,
        kind,
        parentCode,
        townshipCode: kind === 'county' ? null : TOWNSHIP,
        countyCode: COUNTY,
        cityCode: null,
      });
    const writes = [
      area(COUNTY, 'county', null),
      area(TOWNSHIP, 'township', COUNTY),
      area(VILLAGE, 'village', TOWNSHIP),
    ];
    await opened.store.commit({ guards: [], writes });
  });
  afterEach(() => opened.close());

  const enter = (table: Uint8Array | string, dryRun = false) => {
    const bytes = typeof table === 'string' ? Buffer.from(`${HEADER}\n${table}`) : table;
    const entering = { store: partnerStoreOf(opened.store), at: shanghaiInstant(TODAY, 0), today: TODAY };
    return enterPartners(rosterFileOf('partners.csv', bytes), { ...entering, dryRun, newId });
  };
  const places = (problems: Awaited<ReturnType<typeof enter>>['problems']) =>
    problems.map(({ row, column, code }) => [row, column, code]);

  it('of the documentation is taken whole, in UTF-8 and as Chinese Excel saves it', async () => {
    const looked = await enter(SAMPLE, true);
    expect(looked).toMatchObject({ problems: [], added: 5, written: false });
    expect(await opened.store.client.partner.count()).toBe(0);
    const saved = await enter(iconv.encode(SAMPLE.toString(), 'gb18030'));
    expect(saved).toMatchObject({ problems: [], added: 5, written: true });
    const directory = await directoryAround(opened.store, VILLAGE, TODAY);
    expect(directory.areas).toEqual([VILLAGE, TOWNSHIP, COUNTY]);
    expect(nearest(directory, 'police')).toMatchObject([{ name: '上湾镇派出所', phone: '10000000003' }]);
  });

  it('entered again adds nothing, and a changed number takes the place of the old one', async () => {
    await enter(`${TOWNSHIP},派出所,上湾镇派出所,10000000003,,2026-11-18,电话核实,\n`);
    const again = await enter(`${TOWNSHIP},公安,上湾镇派出所,100-0000-0003,,2026/11/18,电话核实,\n`);
    expect(again).toMatchObject({ added: 0, changed: 0, same: 1 });
    const moved = await enter(
      `${TOWNSHIP},派出所,上湾镇派出所,0591-1234567,,2026-11-30,电话核实,2027-01-31\n`,
    );
    expect(moved).toMatchObject({ added: 0, changed: 1, same: 0 });
    const stored = await partnerStoreOf(opened.store).partners();
    expect(stored).toMatchObject([
      { phone: '05911234567', verifiedOn: '2026-11-30', untilOn: '2027-01-31', kind: 'police' },
    ]);
  });

  it('keeps numbers unreadable in the database, for a village office may be somebody at home', async () => {
    await enter(`${VILLAGE},村居,东岭村委会,10000000005,,2026-11-18,电话核实,\n`);
    const [row] = await opened.store.client.partner.findMany();
    expect(row?.phone).not.toContain('10000000005');
  });

  it('names every problem by row and column, and takes the other rows', async () => {
    const entered = await enter(
      [
        `999999,派出所,甲派出所,10000000003,,2026-11-18,电话核实,`,
        `${TOWNSHIP},警察,乙派出所,10000000003,,2026-11-18,电话核实,`,
        `${TOWNSHIP},派出所,丙派出所,1234,,2026-11-18,电话核实,`,
        `${TOWNSHIP},派出所,=HYPERLINK("x"),10000000003,,2026-11-18,电话核实,`,
        `${TOWNSHIP},派出所,丁派出所,=1+1,,2026-11-18,电话核实,`,
        `${TOWNSHIP},派出所,戊派出所,10000000003,,2026-12-02,电话核实,`,
        `${TOWNSHIP},派出所,己派出所,10000000003,,上个月,电话核实,`,
        `${TOWNSHIP},派出所,庚派出所,10000000003,,2026-11-18,,`,
        `${TOWNSHIP},派出所,辛派出所,10000000003,,2026-11-18,电话核实,`,
        `${TOWNSHIP},派出所,辛派出所,10000000004,,2026-11-18,电话核实,`,
        `${TOWNSHIP},医院,壬卫生院,10000000003/10000000004,,2024-11-18,电话核实,`,
        `${COUNTY},热线,县热线,96110,,2026-11-18,电话核实,`,
      ].join('\n'),
    );
    expect(places(entered.problems)).toEqual([
      [2, '区划代码', 'partner-area-unknown'],
      [3, '类别', 'partner-kind-unknown'],
      [4, '电话', 'partner-phone-malformed'],
      [5, '名称', 'cell-formula'],
      [6, '电话', 'partner-phone-malformed'],
      [7, '核实日期', 'date-in-future'],
      [8, '核实日期', 'date-unreadable'],
      [9, '来源', 'blank'],
      [11, '名称', 'partner-twice'],
      [12, '电话', 'phone-several'],
      [12, '核实日期', 'verified-long-ago'],
    ]);
    expect(entered).toMatchObject({ added: 3, counts: { accepted: 2, flagged: 1, refused: 9 } });
    const [, , third] = entered.problems;
    expect(third && problemLine(third)).toContain('partners.csv · 4 · 350999001 · 电话：电话号码不对');
  });
});
