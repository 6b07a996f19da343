import type { LocalDate } from '../local-date.ts';

/** So many children a day at most: with the ways between hamlets a day is full then (our default). */
export const CHILDREN_PER_DAY = 6;
/** Above so many who wait, a way is proposed without being asked (our default). */
export const ROUTE_ABOVE = 10;
/** The way reaches so many working days ahead (our default). */
export const DAYS_AHEAD = 10;
/** So many wishes are remembered; older ones give way. */
const WISHES_LIMIT = 40;

/** A child who waits, at its hamlet (or village, where the address names no hamlet). */
export interface Waiting {
  readonly childId: string;
  readonly place: string;
}

/** What a director said about the plan; a later wish goes before an earlier one. */
export type Wish =
  | { readonly kind: 'place'; readonly place: string; readonly on: LocalDate }
  | { readonly kind: 'child'; readonly childId: string; readonly on: LocalDate }
  | { readonly kind: 'day-off'; readonly on: LocalDate };

/** One place of a day and who is visited there. */
interface Stop {
  readonly place: string;
  readonly childIds: readonly string[];
}

export interface Route {
  readonly days: readonly { readonly on: LocalDate; readonly stops: readonly Stop[] }[];
  /** Who does not fit into the days ahead. */
  readonly later: readonly string[];
}

/**
 * A way through the days ahead. Every child exactly once; what the director wished as wished; the others most urgent
 * first, whole hamlets together, each hamlet on the first day that has room for all of it.
 * @param waiting the most urgent first.
 * @param days the working days ahead, in order.
 */
export function planWeek(
  waiting: readonly Waiting[],
  days: readonly LocalDate[],
  wishes: readonly Wish[],
  perDay: number = CHILDREN_PER_DAY,
): Route {
  const { pinned, off } = wished(waiting, wishes);
  const open = [...new Set([...days.filter((on) => !off.has(on)), ...pinned.values()])].sort();
  const room = new Map(open.map((on) => [on, perDay - [...pinned.values()].filter((p) => p === on).length]));
  const placed = new Map(pinned);
  for (const group of groupsOf(
    waiting.filter((w) => !pinned.has(w.childId)),
    perDay,
  )) {
    const on = open.find((day) => days.includes(day) && (room.get(day) ?? 0) >= group.length);
    if (on === undefined) continue;
    room.set(on, (room.get(on) ?? 0) - group.length);
    for (const { childId } of group) placed.set(childId, on);
  }
  return {
    days: open.flatMap((on) => {
      const stops = stopsOf(waiting.filter((w) => placed.get(w.childId) === on));
      return stops.length === 0 ? [] : [{ on, stops }];
    }),
    later: waiting.filter((w) => !placed.has(w.childId)).map((w) => w.childId),
  };
}

/** The wishes with a new one; what is past or forgotten goes. */
export function withWish(wishes: readonly Wish[], wish: Wish, today: LocalDate): readonly Wish[] {
  return [...wishes.filter((w) => w.on >= today), wish].slice(-WISHES_LIMIT);
}

/** On which day a child was wished, and which days are free, wish by wish. */
function wished(
  waiting: readonly Waiting[],
  wishes: readonly Wish[],
): { readonly pinned: ReadonlyMap<string, LocalDate>; readonly off: ReadonlySet<LocalDate> } {
  const pinned = new Map<string, LocalDate>();
  const off = new Set<LocalDate>();
  for (const wish of wishes) {
    if (wish.kind === 'day-off') {
      off.add(wish.on);
      for (const [childId, on] of pinned) if (on === wish.on) pinned.delete(childId);
      continue;
    }
    off.delete(wish.on);
    for (const { childId, place } of waiting)
      if (wish.kind === 'child' ? wish.childId === childId : wish.place === place)
        pinned.set(childId, wish.on);
  }
  return { pinned, off };
}

/** Whole places, in the order of their most urgent child; a place that no day can hold is visited in parts. */
function groupsOf(waiting: readonly Waiting[], perDay: number): readonly (readonly Waiting[])[] {
  return placesOf(waiting).flatMap((place) => {
    const there = waiting.filter((w) => w.place === place);
    const parts = Math.ceil(there.length / perDay);
    return Array.from({ length: parts }, (_, n) => there.slice(n * perDay, (n + 1) * perDay));
  });
}

function stopsOf(waiting: readonly Waiting[]): readonly Stop[] {
  return placesOf(waiting).map((place) => ({
    place,
    childIds: waiting.filter((w) => w.place === place).map((w) => w.childId),
  }));
}

function placesOf(waiting: readonly Waiting[]): readonly string[] {
  return [...new Set(waiting.map((w) => w.place))];
}
