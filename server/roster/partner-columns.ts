import type { PartnerKind } from '../domain/partners/partner.ts';
import type { Column } from './columns.ts';

const column = (
  header: string,
  kind: Column['kind'],
  maxLength: number,
  need: Column['need'] = 'filled',
): Column => ({ header, kind, need, maxLength });

/** The columns of the table of offices that are called (联系单位). */
export const PARTNER_COLUMNS = {
  areaCode: column('区划代码', 'code', 40),
  kind: column('类别', 'choice', 20),
  name: column('名称', 'text', 60),
  phone: column('电话', 'phone', 60),
  address: column('地址', 'text', 100, 'optional'),
  verifiedOn: column('核实日期', 'date', 60),
  source: column('来源', 'text', 100),
  untilOn: column('停用日期', 'date', 60, 'optional'),
};
export type PartnerColumn = keyof typeof PARTNER_COLUMNS;

/** The words of the column 类别. */
export const PARTNER_KIND_WORDS: ReadonlyMap<string, PartnerKind> = new Map([
  ['派出所', 'police'],
  ['公安', 'police'],
  ['医院', 'hospital'],
  ['卫生院', 'hospital'],
  ['学校', 'school'],
  ['民政', 'civil-affairs'],
  ['教育', 'education'],
  ['检察院', 'procuratorate'],
  ['妇联', 'women-federation'],
  ['热线', 'hotline'],
  ['村居', 'village'],
  ['村委会', 'village'],
]);
