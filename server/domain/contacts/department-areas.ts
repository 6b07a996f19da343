import type { Department } from './member.ts';

/** An area of the roster, as far as its place in the tree goes. */
export interface PlacedArea {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
}

/**
 * Which area a department stands for: the one of its name below the area of the departments above it. A name that fits
 * several areas, or none, stands for nothing; its own departments may still be recognised below what is above.
 */
export function areasOfDepartments(
  departments: readonly Department[],
  areas: readonly PlacedArea[],
): ReadonlyMap<number, string> {
  const departmentOf = new Map(departments.map((department) => [department.id, department]));
  const areaOf = new Map(areas.map((area) => [area.code, area]));
  const named = new Map<string, PlacedArea[]>();
  for (const area of areas)
    named.set(plainName(area.name), [...(named.get(plainName(area.name)) ?? []), area]);
  const found = new Map<number, string | null>();
  const resolve = (id: number, asked: ReadonlySet<number>): string | null => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const department = departmentOf.get(id);
    if (department === undefined || asked.has(id)) return null;
    const above = aboveOf(department, new Set([...asked, id]));
    const fitting = (named.get(plainName(department.name)) ?? []).filter((area) =>
      above === null ? true : isBelow(area, above, areaOf),
    );
    const own = fitting.length === 1 ? (fitting[0]?.code ?? null) : null;
    found.set(id, own);
    return own;
  };
  /** The area of the nearest department above that stands for one. */
  const aboveOf = ({ parentId }: Department, asked: ReadonlySet<number>): string | null => {
    const parent = departmentOf.get(parentId);
    if (parent === undefined || asked.has(parentId)) return null;
    return resolve(parentId, asked) ?? aboveOf(parent, new Set([...asked, parentId]));
  };
  for (const { id } of departments) resolve(id, new Set());
  return new Map([...found].flatMap(([id, code]) => (code === null ? [] : [[id, code] as const])));
}

/** An area and all above it, the lowest first. */
export function upwards(code: string, areaOf: ReadonlyMap<string, PlacedArea>): readonly string[] {
  const codes: string[] = [];
  for (let next: string | null = code; next !== null && !codes.includes(next);) {
    codes.push(next);
    next = areaOf.get(next)?.parentCode ?? null;
  }
  return codes;
}

function isBelow(area: PlacedArea, above: string, areaOf: ReadonlyMap<string, PlacedArea>): boolean {
  return upwards(area.code, areaOf).slice(1).includes(above);
}

function plainName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/gu, '');
}
