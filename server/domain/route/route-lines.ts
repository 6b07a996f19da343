import type { CaseChild } from '../caseload.ts';
import type { LocalDate } from '../local-date.ts';
import { plain, say, type Say } from '../say.ts';
import { planWeek, type Route, type Waiting, type Wish } from './plan-week.ts';

/** What a way is made of besides the children: where they live, the days ahead, what was wished. */
export interface Week {
  /** By child; the village stands for a child whose address names no hamlet. */
  readonly hamlets: ReadonlyMap<string, string>;
  readonly days: readonly LocalDate[];
  readonly wishes: readonly Wish[];
}

/** The way through the days ahead for everybody who waits. */
export function routeOf(children: readonly CaseChild[], week: Week): Route {
  return planWeek(waitingAt(children, week), week.days, week.wishes);
}

/** Who waits, and where: the most urgent first, as the caseload is. */
export function waitingAt(children: readonly CaseChild[], { hamlets }: Week): readonly Waiting[] {
  const isOneVillage = new Set(children.map((child) => child.village)).size === 1;
  const placeOf = ({ id, village }: CaseChild): string => {
    const hamlet = hamlets.get(id);
    if (hamlet === undefined) return village;
    return isOneVillage ? hamlet : `${village}${hamlet}`;
  };
  return children
    .filter(({ standing }) => standing.open.length + standing.overdue.length > 0)
    .map((child) => ({ childId: child.id, place: placeOf(child) }));
}

/** One line a day: the places in their order, and who lives there. */
export function routeLines({ days, later }: Route, children: readonly CaseChild[]): readonly Say[] {
  const nameOf = new Map(children.map((child) => [child.id, child.name]));
  const names = (ids: readonly string[]): Say[] => ids.map((id) => plain(nameOf.get(id) ?? ''));
  return [
    ...days.map(({ on, stops }) =>
      say('route.day', {
        on,
        stops: stops.map(({ place, childIds }) => say('route.stop', { place, names: names(childIds) })),
      }),
    ),
    ...(later.length === 0 ? [] : [say('route.later', { count: later.length })]),
  ];
}
