/** The languages a person can choose; Chinese is written first, English is complete. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Turns one value into the words of one language. A value it cannot read stays as it is. */
export type Format = (value: unknown, language: Language) => string;

const WEEKDAYS: Readonly<Record<Language, string>> = {
  'zh-CN': '日一二三四五六',
  en: 'SunMonTueWedThuFriSat',
};
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const SHANGHAI_OFFSET_MS = 8 * 3_600_000; // one zone without summer time since 1992

/**
 * What a sentence may write after a comma, as in `{{on, day}}`:
 * `day` 11月23日(周一) · `longday` with the year · `date` without the weekday · `time` day and clock of an instant in
 * Asia/Shanghai · `month` of a number · `list` joined by 、 · `clauses` joined by ； · `run` whole sentences one after the other
 */
export const FORMATS: Readonly<Record<string, Format>> = {
  day: (value, language) => onDay(value, (day) => dayAndWeekday(day, language)),
  longday: (value, language) =>
    onDay(value, (day) =>
      language === 'en'
        ? `${dayAndWeekday(day, language)} ${String(day.getUTCFullYear())}`
        : `${String(day.getUTCFullYear())}年${dayAndWeekday(day, language)}`,
    ),
  date: (value, language) => onDay(value, (day) => dayOfMonth(day, language)),
  time: timeOf,
  month: (value, language) =>
    language === 'en' ? (MONTHS[Number(value) - 1] ?? String(value)) : `${String(value)}月`,
  list: (value, language) => joined(value, language === 'en' ? ', ' : '、'),
  clauses: (value, language) => joined(value, language === 'en' ? '; ' : '；'),
  run: (value, language) => joined(value, language === 'en' ? ' ' : ''),
};

function onDay(value: unknown, write: (day: Date) => string): string {
  const text = String(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? text : write(day);
}

function timeOf(value: unknown, language: Language): string {
  const instant = new Date(String(value));
  if (Number.isNaN(instant.getTime())) return String(value);
  const there = new Date(instant.getTime() + SHANGHAI_OFFSET_MS);
  return `${dayOfMonth(there, language)} ${there.toISOString().slice(11, 16)}`;
}

function dayAndWeekday(day: Date, language: Language): string {
  const weekday = day.getUTCDay();
  if (language === 'en')
    return `${WEEKDAYS.en.slice(weekday * 3, weekday * 3 + 3)} ${dayOfMonth(day, language)}`;
  return `${dayOfMonth(day, language)}(周${WEEKDAYS[language].charAt(weekday)})`;
}

function dayOfMonth(day: Date, language: Language): string {
  const [month, date] = [day.getUTCMonth(), String(day.getUTCDate())];
  if (language === 'en') return `${date} ${(MONTHS[month] ?? '').slice(0, 3)}`;
  return `${String(month + 1)}月${date}日`;
}

function joined(value: unknown, between: string): string {
  return Array.isArray(value) ? value.map(String).join(between) : String(value);
}
