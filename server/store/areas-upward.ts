import type { Store } from './store.ts';

/** Village, township, county, city and province. */
const LEVELS = 5;

/** An area and every area above it, the nearest first. A table in which an area is its own parent holds nobody up. */
export async function areasUpward(
  { client }: Store,
  areaCode: string,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const areas: { readonly code: string; readonly name: string }[] = [];
  let code: string | null = areaCode;
  while (code !== null && areas.length < LEVELS && areas.every((area) => area.code !== code)) {
    const area: { name: string; parentCode: string | null } | null = await client.area.findUnique({
      where: { code },
      select: { name: true, parentCode: true },
    });
    areas.push({ code, name: area?.name ?? '' });
    code = area?.parentCode ?? null;
  }
  return areas;
}
