import { currentLanguage } from './words.js';

/**
 * China has kept one offset since 1991, so a Shanghai wall time is the instant plus eight hours, read as UTC.
 * The reader's own time zone never enters.
 */
const SHANGHAI_MS = 8 * 3_600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MORNING_HOUR = 8;

const WEEKDAYS = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const wall = (atMs) => new Date(atMs + SHANGHAI_MS);
const two = (number) => String(number).padStart(2, '0');

/** The Shanghai calendar day of an instant, as YYYY-MM-DD. */
export const dayKey = (atMs) => wall(atMs).toISOString().slice(0, 10);

export function timeOfDay(atMs, { seconds = false } = {}) {
  const at = wall(atMs);
  const short = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return seconds ? `${short}:${two(at.getUTCSeconds())}` : short;
}

/** 11月2日 周一, or Mon 2 Nov; with the year when asked for. */
export function dayName(atMs, { year = false } = {}) {
  const at = wall(atMs);
  const weekday = WEEKDAYS[currentLanguage()][at.getUTCDay()];
  if (currentLanguage() === 'en') {
    return `${weekday} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}${year ? ` ${at.getUTCFullYear()}` : ''}`;
  }
  return `${year ? `${at.getUTCFullYear()}年` : ''}${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${weekday}`;
}

export const dayAndTime = (atMs) => `${dayName(atMs)} ${timeOfDay(atMs)}`;

/** The value a datetime-local input wants, in Shanghai time. */
export const toInput = (atMs) => wall(atMs).toISOString().slice(0, 16);

/** The instant meant by a datetime-local input, in milliseconds, or NaN for an empty or impossible one. */
export const fromInput = (value) => Date.parse(`${value}+08:00`);

const atWall = (year, month, day, hour) => Date.UTC(year, month, day, hour) - SHANGHAI_MS;

/** Where each button of the clock leads, from this instant. */
export const JUMPS = {
  hour: (nowMs) => nowMs + HOUR_MS,
  morning: (nowMs) => {
    const at = wall(nowMs + DAY_MS);
    return atWall(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), MORNING_HOUR);
  },
  day: (nowMs) => nowMs + DAY_MS,
  month: (nowMs) => {
    const at = wall(nowMs);
    return atWall(at.getUTCFullYear(), at.getUTCMonth() + 1, 1, MORNING_HOUR);
  },
};
