/**
 * Calendar days as text `YYYY-MM-DD`, always meant in Asia/Shanghai.
 * Arithmetic runs on year, month and day alone, so the machine's own time zone can never shift a duty.
 */
export type LocalDate = string & { readonly __localDate: unique symbol };

const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000; // one zone without summer time since 1992
/** Planning a province asks for the same few days a million times over, so each is computed once. */
const SPELLED = new Map<number, LocalDate>();
const NUMBERED = new Map<LocalDate, number>();
const KNOWN_LIMIT = 20_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

interface YearMonthDay {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
}

/** The days since 1970-01-01, a plain number to compute with. */
export function toDayNumber(date: LocalDate): number {
  const known = NUMBERED.get(date);
  if (known !== undefined) return known;
  const { year, month, day } = partsOf(date);
  const numbered = Date.UTC(year, month - 1, day) / DAY_MS;
  if (NUMBERED.size < KNOWN_LIMIT) NUMBERED.set(date, numbered);
  return numbered;
}

/** The calendar day that lies `dayNumber` days after 1970-01-01. */
export function fromDayNumber(dayNumber: number): LocalDate {
  const known = SPELLED.get(dayNumber);
  if (known !== undefined) return known;
  const spelled = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10) as LocalDate;
  if (SPELLED.size < KNOWN_LIMIT) SPELLED.set(dayNumber, spelled);
  return spelled;
}

/** Year, month (1–12) and day of a date. */
export function partsOf(date: LocalDate): YearMonthDay {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

/** Builds a date, or null where no such day exists (30 February, month 13). */
export function localDate(year: number, month: number, day: number): LocalDate | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return parseLocalDate(text);
}

/** Reads `YYYY-MM-DD`; null for anything that is not a real day. */
export function parseLocalDate(text: string): LocalDate | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? (text as LocalDate) : null;
}

/** The day that lies `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/** Whole days from `from` to `until`; negative when `until` is earlier. */
export function daysBetween(from: LocalDate, until: LocalDate): number {
  return toDayNumber(until) - toDayNumber(from);
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return ((toDayNumber(date) + 3) % 7) + 1;
}

/** The first day of the month that holds `date`. */
export function monthStart(date: LocalDate): LocalDate {
  return `${date.slice(0, 8)}01` as LocalDate;
}

/** The last day of the month that holds `date`. */
export function monthEnd(date: LocalDate): LocalDate {
  const { year, month } = partsOf(date);
  return fromDayNumber(Date.UTC(year, month, 0) / DAY_MS);
}

/** The first day of the calendar quarter that holds `date`. */
export function quarterStart(date: LocalDate): LocalDate {
  const { year, month } = partsOf(date);
  return fromDayNumber(Date.UTC(year, Math.floor((month - 1) / 3) * 3, 1) / DAY_MS);
}

/** The last day of the calendar quarter that holds `date`. */
export function quarterEnd(date: LocalDate): LocalDate {
  const { year, month } = partsOf(date);
  return fromDayNumber(Date.UTC(year, Math.floor((month - 1) / 3) * 3 + 3, 0) / DAY_MS);
}

/** The calendar day in Asia/Shanghai at an instant. */
export function shanghaiDate(at: Date): LocalDate {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as LocalDate;
}

/** The wall clock in Asia/Shanghai at an instant, in minutes since midnight. */
export function shanghaiMinutes(at: Date): number {
  const local = new Date(at.getTime() + SHANGHAI_OFFSET_MS);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

/** The instant at which the wall clock in Asia/Shanghai shows `date` and `minutes` since midnight. */
export function shanghaiInstant(date: LocalDate, minutes: number): Date {
  return new Date(toDayNumber(date) * DAY_MS + minutes * 60_000 - SHANGHAI_OFFSET_MS);
}

/** The earlier of two days. */
export function earlierOf(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

/** The later of two days. */
export function laterOf(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** Whole years on a day; somebody born on 29 February turns older on 1 March of a common year. */
export function ageOn(bornOn: LocalDate, day: LocalDate): number {
  const years = partsOf(day).year - partsOf(bornOn).year;
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}
