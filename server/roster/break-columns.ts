import type { BreakKind } from '../domain/education/school-break.ts';
import { STAGES, type Stage } from '../domain/education/stage.ts';
import type { Column } from './columns.ts';

const column = (
  header: string,
  kind: Column['kind'],
  maxLength: number,
  need: Column['need'] = 'filled',
): Column => ({ header, kind, need, maxLength });

/** The columns of the school calendar (校历). */
export const BREAK_COLUMNS = {
  areaCode: column('区划代码', 'code', 40),
  stages: column('学段', 'choice', 60),
  kind: column('假期', 'choice', 20),
  startsOn: column('开始日期', 'date', 60),
  endsOn: column('结束日期', 'date', 60),
  source: column('来源', 'text', 100),
  verifiedOn: column('核实日期', 'date', 60, 'optional'),
};
export type BreakColumn = keyof typeof BREAK_COLUMNS;

/** The words of the column 假期. */
export const BREAK_KIND_WORDS: ReadonlyMap<string, BreakKind> = new Map([
  ['寒假', 'winter'],
  ['暑假', 'summer'],
]);

/** The words of the column 学段; several stand in one cell with a mark between them. */
export const STAGE_WORDS: ReadonlyMap<string, readonly Stage[]> = new Map<string, readonly Stage[]>([
  ['幼儿园', ['kindergarten']],
  ['学前', ['kindergarten']],
  ['小学', ['primary']],
  ['初中', ['junior']],
  ['义务', ['primary', 'junior']],
  ['义务教育', ['primary', 'junior']],
  ['高中', ['senior']],
  ['普通高中', ['senior']],
  ['普高', ['senior']],
  ['中职', ['vocational']],
  ['职高', ['vocational']],
  ['中专', ['vocational']],
  ['全部', STAGES],
]);
