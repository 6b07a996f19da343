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
/** Only these say for certain that the day is still to come; on a 周三 or today, what else is told may be a visit made. */
const TO_COME = /明[天儿早晚日]|后天|下个?(?:周|星期|礼拜|月)|准备|打算|[要想]去/u;
/** 今天到X家,人在; 周一去X家见到她: words of a visit that was made. */
const TOLD = /[,，。;；!、 ]|了|过|见|碰|遇|聊|谈|说|没|不|在|[他她]/u;
const ARRIVED = /^(?:我|先|就|再)*到/u;
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
  const isTold =
    !TO_COME.test(words) && place !== undefined && (TOLD.test(place) || isThere(rest, day.on, today));
  return place === undefined || isTold ? null : { kind: 'go', what: place, on: day.on };
}

/** 今天到萧雅家: there already, more likely than on the way. */
function isThere(rest: string, on: LocalDate, today: LocalDate): boolean {
  return on === today && ARRIVED.test(rest);
}
