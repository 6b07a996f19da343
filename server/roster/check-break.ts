import { wrongBreak } from '../domain/education/break-check.ts';
import { yearOfBreak, type SchoolBreak } from '../domain/education/school-break.ts';
import { STAGES, type Stage } from '../domain/education/stage.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { BREAK_KIND_WORDS, STAGE_WORDS, type BreakColumn } from './break-columns.ts';
import { readDate } from './check-date.ts';
import { cleanCell } from './normalise.ts';
import type { Row } from './row.ts';

/** One break of one stage, not stored yet. */
export type ReadBreak = Omit<SchoolBreak, 'id'>;

/** The level of each area by its code. */
export type AreaKinds = ReadonlyMap<string, string>;

/** Codes of the state have six digits, those of many rosters twelve. */
const LONG_CODE = 12;

/** Reads one row: a break of one stage or several; empty where the row is refused. */
export function readBreak(row: Row<BreakColumn>, areas: AreaKinds, today: LocalDate): readonly ReadBreak[] {
  const areaCode = readArea(row, areas);
  const stages = readStages(row);
  const kind = BREAK_KIND_WORDS.get(row.text('kind'));
  if (!kind && row.text('kind') !== '') row.note('kind', 'break-kind-unknown');
  const [startsOn, endsOn] = [readDate(row, 'startsOn'), readDate(row, 'endsOn')];
  const verifiedOn = readDate(row, 'verifiedOn');
  if (verifiedOn !== null && verifiedOn > today) row.note('verifiedOn', 'date-in-future');
  if (kind && startsOn !== null && endsOn !== null && wrongBreak(kind, startsOn, endsOn) !== null)
    row.note('endsOn', 'break-days-wrong');
  if (row.refused() || !kind || startsOn === null || endsOn === null) return [];
  if (verifiedOn === null) row.note('verifiedOn', 'break-unverified');
  const source = row.text('source');
  const year = yearOfBreak(endsOn);
  return stages.map((stage) => ({ areaCode, stage, kind, year, startsOn, endsOn, source, verifiedOn }));
}

function readArea(row: Row<BreakColumn>, areas: AreaKinds): string {
  const written = row.text('areaCode');
  const code = areas.has(written) ? written : written.padEnd(LONG_CODE, '0');
  const kind = areas.get(code);
  if (written !== '' && kind === undefined) row.note('areaCode', 'break-area-unknown');
  else if (kind !== undefined && kind !== 'city' && kind !== 'county')
    row.note('areaCode', 'break-area-level');
  return code;
}

function readStages(row: Row<BreakColumn>): readonly Stage[] {
  const parts = cleanCell(row.raw('stages'))
    .split(/[/、,，;；+＋和\s]+/u)
    .filter((part) => part !== '');
  const read = parts.map((part) => STAGE_WORDS.get(part));
  if (read.includes(undefined)) row.note('stages', 'break-stage-unknown');
  const named = read.flatMap((stages) => stages ?? []);
  return STAGES.filter((stage) => named.includes(stage));
}
