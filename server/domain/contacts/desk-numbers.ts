import { areasOfDepartments, upwards, type PlacedArea } from './department-areas.ts';
import type { Department, SeenMember } from './member.ts';
import type { RosterPerson } from './people-diff.ts';

/** Where WeCom and the roster of a county differ, as numbers: nobody is named, and nobody is invented. */
export interface DeskNumbers {
  /** Members of the company whom no import knows. */
  readonly strangers: number;
  /** People of the roster whose account WeCom does not show to the app. */
  readonly unseen: number;
  /** People whose department stands for another area than the roster's. */
  readonly elsewhere: number;
}

export interface Compared {
  readonly members: readonly SeenMember[];
  readonly departments: readonly Department[];
  readonly areas: readonly (PlacedArea & { readonly kind: string })[];
  readonly people: readonly (RosterPerson & { readonly areaCode: string })[];
  /** The userid of today for an account of the roster. */
  readonly useridOf: (account: string) => string;
}

/** The numbers of each county. What no department places belongs to the only county there is, or else to none. */
export function deskNumbers(compared: Compared): ReadonlyMap<string, DeskNumbers> {
  const { members, departments, areas, people, useridOf } = compared;
  const areaOf = new Map(areas.map((area) => [area.code, area]));
  const counties = areas.filter(({ kind }) => kind === 'county').map(({ code }) => code);
  const only = counties.length === 1 ? (counties[0] ?? null) : null;
  const standsFor = areasOfDepartments(departments, areas);
  const departmentOf = new Map(departments.map((department) => [department.id, department]));
  const numbers = new Map(counties.map((code) => [code, { strangers: 0, unseen: 0, elsewhere: 0 }]));
  const countyOf = (code: string | null): string | null =>
    code === null ? only : (upwards(code, areaOf).find((one) => counties.includes(one)) ?? only);
  const count = (code: string | null, what: keyof DeskNumbers): void => {
    const own = numbers.get(countyOf(code) ?? '');
    if (own) own[what] += 1;
  };
  /** The area of a department or of the nearest one above it. */
  const placeOf = (id: number): string | null => {
    const asked = new Set<number>();
    for (let next: number | undefined = id; next !== undefined && !asked.has(next);) {
      const own = standsFor.get(next);
      if (own !== undefined) return own;
      asked.add(next);
      next = departmentOf.get(next)?.parentId;
    }
    return null;
  };
  const seen = new Map(members.map((member) => [member.userid, member]));
  for (const { account, areaCode } of people) {
    const member = seen.get(useridOf(account));
    if (member === undefined) count(areaCode, 'unseen');
    else if (isElsewhere(member, areaCode, standsFor, areaOf)) count(areaCode, 'elsewhere');
    seen.delete(useridOf(account));
  }
  for (const { departments: own } of seen.values()) {
    const places = own.flatMap((id) => placeOf(id) ?? []);
    count(places[0] ?? null, 'strangers');
  }
  return numbers;
}

/** A department above or below the roster's area is no contradiction; one that stands for nothing says nothing. */
function isElsewhere(
  { departments }: SeenMember,
  areaCode: string,
  standsFor: ReadonlyMap<number, string>,
  areaOf: ReadonlyMap<string, PlacedArea>,
): boolean {
  const places = departments.flatMap((id) => standsFor.get(id) ?? []);
  const own = upwards(areaCode, areaOf);
  return (
    places.length > 0 &&
    !places.some((place) => own.includes(place) || upwards(place, areaOf).includes(areaCode))
  );
}
