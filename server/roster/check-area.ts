import { AREA_LEVELS, type AreaLevel } from './choices.ts';
import type { AreaColumn } from './columns.ts';
import { cleanName } from './normalise.ts';
import type { Findings, Row } from './row.ts';

export interface AreaRow {
  /** 6 digits down to the county, 9 for a township, 12 for a village (GB/T 2260 and the statistical codes under it). */
  readonly code: string;
  readonly name: string;
  readonly level: AreaLevel;
  /** Null at the top of what was handed in. */
  readonly parentCode: string | null;
}

export type AreaLevels = ReadonlyMap<string, AreaLevel>;

const PARENT_LEVELS: Readonly<Record<AreaLevel, readonly AreaLevel[]>> = {
  province: [],
  city: ['province'],
  county: ['city', 'province'],
  township: ['county', 'city'], // a few cities have no counties
  village: ['township'],
};

/** Orders areas from the province down, so that a parent always comes before its children. */
export const LEVEL_ORDER: readonly AreaLevel[] = ['province', 'city', 'county', 'township', 'village'];

/** Reads one area without looking at the others; null where the row is refused. */
export function readArea(row: Row<AreaColumn>): AreaRow | null {
  if (row.refused()) return null;
  const code = row.text('code');
  const level = AREA_LEVELS.get(row.text('level'));
  if (!/^[1-9]\d{5}(\d{3}){0,2}$/u.test(code)) row.note('code', 'area-code-malformed');
  else if (level && !codeFits(code, level)) row.note('level', 'level-differs');
  if (!level) row.note('level', 'level-unknown');
  const parentCode = row.text('parentCode') || null;
  if (level && !parentCode) noteBlankParent(row, level);
  if (row.refused() || !level) return null;
  return { code, name: cleanName(row.raw('name')), level, parentCode };
}

function codeFits(code: string, level: AreaLevel): boolean {
  if (level === 'village') return code.length === 12;
  if (level === 'township') return code.length === 9;
  if (code.length !== 6) return false;
  if (level === 'province') return code.endsWith('0000');
  return level === 'city' ? code.endsWith('00') && !code.endsWith('0000') : !code.endsWith('00');
}

// A county that runs this alone may leave its city and province out; a village without a township cannot work.
function noteBlankParent(row: Row<AreaColumn>, level: AreaLevel): void {
  if (level === 'village' || level === 'township') row.note('parentCode', 'parent-blank');
  else if (level !== 'province') row.note('parentCode', 'top-blank');
}

/**
 * Checks an area against its parent. A parent must stand on a higher level, so a cycle cannot pass: somewhere on it
 * a parent would have to be lower than its child.
 */
export function checkParent(row: Findings<AreaColumn>, area: AreaRow, levels: AreaLevels): void {
  if (area.parentCode === null) return;
  const parentLevel = levels.get(area.parentCode);
  if (!parentLevel) row.note('parentCode', 'parent-unknown');
  else if (!PARENT_LEVELS[area.level].includes(parentLevel)) row.note('parentCode', 'parent-level');
  else if (!area.code.startsWith(significant(area.parentCode, parentLevel)))
    row.note('parentCode', 'parent-prefix');
}

function significant(code: string, level: AreaLevel): string {
  if (level === 'province') return code.slice(0, 2);
  return level === 'city' ? code.slice(0, 4) : code;
}
