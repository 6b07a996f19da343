import { put } from '../services/batch.ts';
import type { AreaRow as AreaRecord } from '../store/generated/tables.ts';
import type { AreaRow } from './check-area.ts';
import { LEVEL_ORDER } from './check-area.ts';
import { mapInSlices } from './slices.ts';
import { importAudit, writeInBatches, type Writing } from './write-batches.ts';

const AREAS_A_BREATH = 2_000;

/**
 * Keeps the areas of a file and, where one has moved, what lies below it: every area knows its township, county and
 * city, itself included.
 */
export async function writeAreas(writing: Writing, rows: readonly AreaRow[]): Promise<void> {
  const stored = await writing.store.areas();
  const changed = await changedAreas(stored, rows);
  await writeInBatches(writing, changed, async (part) => ({
    guards: [],
    writes: [...part.map((area) => put('Area', area)), importAudit(writing, 'areas', part.length)],
  }));
}

/** The areas that are not yet stored just so, parents first. */
async function changedAreas(
  stored: readonly AreaRecord[],
  rows: readonly AreaRow[],
): Promise<readonly AreaRecord[]> {
  const before = new Map(stored.map((area) => [area.code, area]));
  const wanted = new Map<string, AreaRow>(
    stored.map(({ code, name, kind, parentCode }) => [code, { code, name, level: kind, parentCode }]),
  );
  for (const row of rows) wanted.set(row.code, row);
  const placed = new Map<string, AreaRecord>();
  for (const level of LEVEL_ORDER) {
    const ofLevel = [...wanted.values()].filter((row) => row.level === level);
    await mapInSlices(ofLevel, AREAS_A_BREATH, (row) =>
      placed.set(row.code, areaRecord(row, placed.get(row.parentCode ?? ''))),
    );
  }
  const changed = await mapInSlices([...placed.values()], AREAS_A_BREATH, (area) =>
    sameArea(area, before.get(area.code)) ? [] : [area],
  );
  return changed.flat();
}

function areaRecord({ code, name, level, parentCode }: AreaRow, parent: AreaRecord | undefined): AreaRecord {
  const at = (own: AreaRow['level'], above: string | null | undefined) =>
    level === own ? code : (above ?? null);
  return {
    code,
    name,
    kind: level,
    parentCode,
    townshipCode: at('township', parent?.townshipCode),
    countyCode: at('county', parent?.countyCode),
    cityCode: at('city', parent?.cityCode),
  };
}

function sameArea(area: AreaRecord, before: AreaRecord | undefined): boolean {
  return before !== undefined && JSON.stringify(area) === JSON.stringify({ ...area, ...before });
}
