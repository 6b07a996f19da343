import { areasByCode } from '../store/people.ts';
import type { World } from './world.ts';

/** The areas whose roles a ladder climbs that begins in this one: its township, its county, itself. */
export async function ladderAreas({ store }: World, areaCode: string): Promise<readonly string[]> {
  const area = (await areasByCode(store, [areaCode])).get(areaCode);
  const codes = [area?.townshipCode ?? null, area?.countyCode ?? null, areaCode];
  return [...new Set(codes.flatMap((code) => (code === null ? [] : [code])))];
}
