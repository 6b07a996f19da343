import type { LocalDate } from '../local-date.ts';
import type { Partner, PartnerKind } from './partner.ts';

/** The offices around a place. */
export interface Directory {
  /** The place and what lies above it, the lowest first: village, township, county, city, province. */
  readonly areas: readonly string[];
  readonly partners: readonly Partner[];
  readonly today: LocalDate;
}

/** The offices of one kind that are nearest: those of the lowest area that has any. Empty where none is known. */
export function nearest({ areas, partners, today }: Directory, kind: PartnerKind): readonly Partner[] {
  const open = partners.filter((p) => p.kind === kind && (p.untilOn === null || p.untilOn >= today));
  for (const area of areas) {
    const here = open.filter(({ areaCode }) => areaCode === area);
    if (here.length > 0) return here.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }
  return [];
}
