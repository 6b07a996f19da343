import { fromDayNumber, localDate, type LocalDate } from '../domain/local-date.ts';

// Control characters except tab and line ends, and marks that are not seen but change a comparison or the
// direction of writing.
const UNSEEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const ALREADY_CLEAN = /^[!-~\u4e00-\u9fff]*$/u;
const DASHES = /[\u2010-\u2015\u2212]/gu;
const PLACEHOLDERS = new Set([
  '-',
  '--',
  '---',
  '—',
  '——',
  '/',
  '\\',
  '无',
  '空',
  '暂无',
  '(空)',
  '(无)',
  'null',
]);
/** Excel counts its days from here (its 1900 is wrongly a leap year, so this is one day early). */
const EXCEL_DAY_ZERO = -25_569;
const SERIAL_RANGE = { from: 20_000, until: 80_000 };

/** Full-width letters and digits made plain, unseen characters removed, every run of white space one space. */
export function cleanText(raw: string): string {
  if (ALREADY_CLEAN.test(raw)) return raw; // nearly every cell of 70,000 children
  const plain = raw.replace(UNSEEN, '').normalize('NFKC').replace(UNSEEN, '');
  return plain.replace(/\s+/gu, ' ').trim().normalize('NFC');
}

/** As cleanText; the signs that people type for "nothing" (-, /, 无) become the empty text. */
export function cleanCell(raw: string): string {
  const text = cleanText(raw);
  return PLACEHOLDERS.has(text.toLowerCase()) ? '' : text;
}

/** A code, number or account: as cleanCell, without the apostrophe or tab spreadsheets put before numbers, without spaces. */
export function cleanCode(raw: string): string {
  const joined = cleanText(raw).replace(/\s/gu, '');
  return cleanCell(joined.replace(/^['`‘’]+/u, ''));
}

/** A person's name: one kind of middle dot, no spaces between Chinese characters ("张\u3000三" is 张三). */
export function cleanName(raw: string): string {
  const dotted = cleanCell(raw).replace(/\s*[·•・･‧∙⋅.]\s*(?=\p{Script=Han})/gu, '·');
  return dotted.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
}

/**
 * A calendar day as people and spreadsheets write it: 2015-03-05, 2015/3/5, 2015.3.5, 2015年3月5日, 20150305,
 * with or without a time behind it, or Excel's day number. Null for anything else, and for days that do not exist.
 */
export function parseRosterDate(raw: string): LocalDate | null {
  const text = cleanCode(raw.replace(/[ T]\d{1,2}:\d{2}.*$/su, '')).replace(DASHES, '-');
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/u.exec(text);
  if (match) return localDate(Number(match[1]), Number(match[2]), Number(match[3]));
  return /^\d{5}(\.\d+)?$/u.test(text) ? dayOfSerial(Math.floor(Number(text))) : null;
}

function dayOfSerial(serial: number): LocalDate | null {
  const known = serial >= SERIAL_RANGE.from && serial <= SERIAL_RANGE.until;
  return known ? fromDayNumber(serial + EXCEL_DAY_ZERO) : null;
}

/** A Chinese telephone number in digits: a mobile number of 11 digits, or a landline with its area code. */
export function parsePhone(raw: string): string | null {
  const digits = cleanCode(raw)
    .replace(DASHES, '-')
    .replace(/[-()]/gu, '')
    .replace(/^(\+|00)?86(?=1\d{10}$|0\d{9,11}$)/u, '');
  return /^1\d{10}$/u.test(digits) || /^0\d{9,11}$/u.test(digits) ? digits : null;
}

/** The good numbers of a cell that may hold several, in their order, and whether every part was good. */
export function parsePhones(raw: string): { readonly phones: readonly string[]; readonly allGood: boolean } {
  const parts = cleanCell(raw)
    .split(/[/、,;|]/u)
    .filter((part) => part.trim() !== '');
  const phones = parts.map(parsePhone).filter((phone) => phone !== null);
  return { phones, allGood: phones.length === parts.length };
}

/** The parts of a cell that lists several things: 家庭贫困、自身残疾. */
export function splitList(text: string): readonly string[] {
  return text
    .split(/[、,;/|+]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A long number that a spreadsheet has shortened to 9.99E+17: its last digits are lost for good. */
export function isRoundedNumber(text: string): boolean {
  return /^\d(\.\d+)?e\+?\d{2}$/iu.test(text);
}
