import type { LocalDate } from '../../server/domain/local-date.ts';
import { comingDay } from './coming-day.ts';
import { normalise } from './normalise.ts';

/** What a short sentence wishes about the plan; `what` is a place or a name, not looked up yet. */
export type RouteWords =
  | { readonly kind: 'day-off'; readonly on: LocalDate }
  | { readonly kind: 'go'; readonly what: string; readonly on: LocalDate };

/** Longer sentences tell a story. */
const LENGTH_LIMIT = 30;
const DAY_OFF = /^(?:我|就|都)?(?:不去了?|去不了了?|不下村了?|没空|有事)(?:吧)?$/u;
const GO = /^(?:我|先|就|再|要|想)*[去到跑](?!了|过|看)(.{1,14}?)(?:那边|那里|家|吧)*$/u;
const MOVE = /^(?:把)?(.{1,14}?)(?:家)?(?:换到?|改到?|挪到?|移到?|放到?)(.+)$/u;

/** "明天去上坪", "周三不去了", "小明换到周五": a wish about the plan; null for every other sentence. */
export function routeWords(text: string, today: LocalDate): RouteWords | null {
  const words = normalise(text).replace(/[。,.!~ ]+$/u, '');
  if (words.length === 0 || words.length > LENGTH_LIMIT) return null;
  const move = MOVE.exec(words);
  const until = move?.[2] === undefined ? null : comingDay(move[2], today);
  if (move?.[1] !== undefined && until !== null && /^(?:去|吧|再去)*$/u.test(until.rest))
    return { kind: 'go', what: move[1], on: until.on };
  const day = comingDay(words, today);
  if (day === null) return null;
  const rest = day.rest.trim();
  if (DAY_OFF.test(rest)) return { kind: 'day-off', on: day.on };
  const place = GO.exec(rest)?.[1];
  return place === undefined ? null : { kind: 'go', what: place, on: day.on };
}
