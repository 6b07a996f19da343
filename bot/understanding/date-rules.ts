import type { LocalDate } from '../../server/domain/local-date.ts';
import {
  addDays,
  fromDayNumber,
  localDate,
  partsOf,
  toDayNumber,
  weekdayOf,
} from '../../server/domain/local-date.ts';
import { NUMBER, readNumber } from './numerals.ts';

/** What a date word means: one day, or a reason to ask. */
export type Reading = LocalDate | 'vague' | 'future';

interface DateRule {
  readonly pattern: RegExp;
  /** null: not a date word after all. */
  readonly read: (match: RegExpExecArray | RegExpMatchArray, today: LocalDate) => Reading | null;
}

const WEEK = '(?:周|星期|礼拜)';
const DAY = '[一二三四五六日天1-7]';
const NOT_IN_NUMBER = '(?<![0-9一二两三四五六七八九十廿几数./-])';
const PART_OF_DAY = '(?:[早晚]上|上午|中午|下午|晚|早|夜里?|午)?';
const CHINESE_TENS = '(?:[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)';

/** Days people keep by the lunar calendar: 八月十五 said without 号 is mid-autumn as often as 15 August. */
const LUNAR_FEAST = /^(?:一|八|七|三|二)月十五$|^九月十?九$/;

function vague(): Reading {
  return 'vague';
}

function future(): Reading {
  return 'future';
}

function daysAgo(days: number): (match: RegExpMatchArray, today: LocalDate) => Reading {
  return (_match, today) => addDays(today, -days);
}

function numberAt(match: RegExpMatchArray, group: number): number {
  return readNumber(match[group] ?? '') ?? 0;
}

function fullDate(year: number, month: number, day: number): Reading {
  return localDate(year, month, day) ?? 'vague';
}

/** The latest such day that is not after today; a day that came round only longer ago than a year is asked about. */
function latestMonthDay(month: number, day: number, today: LocalDate): Reading {
  const { year } = partsOf(today);
  const found = [year, year - 1]
    .map((y) => localDate(y, month, day))
    .find((on) => on !== null && on <= today);
  return found ?? 'vague';
}

function latestDayOfMonth(day: number, today: LocalDate): Reading {
  if (day < 1 || day > 31) return 'vague';
  for (let back = 0; back <= 2; back += 1) {
    const on = dayInMonth(back, day, today);
    if (on !== null && on <= today) return on;
  }
  return 'vague';
}

function dayInMonth(monthsBack: number, day: number, today: LocalDate): LocalDate | null {
  const { year, month } = partsOf(today);
  const index = year * 12 + (month - 1) - monthsBack;
  return localDate(Math.floor(index / 12), (index % 12) + 1, day);
}

function relativeMonthDay(match: RegExpMatchArray, today: LocalDate): Reading {
  const word = match[1] ?? '';
  if (word.startsWith('下')) return 'future';
  const back = word.startsWith('上上') ? 2 : word.startsWith('上') ? 1 : 0;
  return dayInMonth(back, numberAt(match, 2), today) ?? 'vague';
}

function relativeYearDay(match: RegExpMatchArray, today: LocalDate): Reading {
  const back = { 今: 0, 去: 1, 上: 1, 前: 2 }[match[1] ?? ''] ?? 0;
  return fullDate(partsOf(today).year - back, numberAt(match, 2), numberAt(match, 3));
}

function yearMonthDay(match: RegExpMatchArray, today: LocalDate): Reading {
  const year = Number(match[1]);
  const full = year < 100 ? Math.floor(partsOf(today).year / 100) * 100 + year : year;
  return fullDate(full, numberAt(match, 2), numberAt(match, 3));
}

function chineseYear(match: RegExpMatchArray): Reading {
  const digits = Array.from(match[1] ?? '', (sign) =>
    '〇一二三四五六七八九'.indexOf(sign === '零' ? '〇' : sign),
  );
  return fullDate(Number(digits.join('')), numberAt(match, 2), numberAt(match, 3));
}

function monthDay(match: RegExpMatchArray, today: LocalDate): Reading {
  if (LUNAR_FEAST.test(match[0])) return 'vague';
  return latestMonthDay(numberAt(match, 1), numberAt(match, 2), today);
}

function fourDigits(match: RegExpMatchArray, today: LocalDate): Reading {
  const on = latestMonthDay(Number(match[1]), Number(match[2]), today);
  return match[1]?.startsWith('0') ? on : 'vague'; // 1103 may be a room
}

/** Weeks start on Monday: 上周日 is the Sunday before this week's Monday. */
function weekday(match: RegExpMatchArray, today: LocalDate): Reading {
  const word = match[1] ?? '';
  const sign = match[2] ?? '';
  const day = { 日: 7, 天: 7 }[sign] ?? readNumber(sign) ?? 7;
  if (word.startsWith('下')) return 'future';
  const monday = toDayNumber(today) - weekdayOf(today) + 1;
  const thisWeek = monday + day - 1;
  if (word.startsWith('上')) return fromDayNumber(thisWeek - (word.startsWith('上上') ? 14 : 7));
  if (word !== '') return fromDayNumber(thisWeek);
  return fromDayNumber(thisWeek > toDayNumber(today) ? thisWeek - 7 : thisWeek);
}

function agoBy(unitDays: number, most: number): (match: RegExpMatchArray, today: LocalDate) => Reading {
  return (match, today) => {
    const count = numberAt(match, 1);
    return count >= 1 && count <= most ? addDays(today, -count * unitDays) : 'vague';
  };
}

function rule(pattern: string, read: DateRule['read']): DateRule {
  return { pattern: new RegExp(pattern, 'g'), read };
}

const N = `(${NUMBER})`;
const SHORT_START = '(?<=^|[ ,。;!?:(]|补录|补记|补|我|于|在|日期|时间)';
const SHORT_END =
  '(?=$|[ ,。;!?:)]|号|日|去|到|走访|家访|入户|上门|联系|电话|视频|下午|上午|中午|晚上|早上|我|周|星期)';

/** In the order they are tried; what one rule has taken no later rule sees. */
export const DATE_RULES: readonly DateRule[] = [
  rule('(?:农历|阴历|旧历|老历)[^,。;!? ]{0,8}', vague),
  rule(
    `${N}月初${N}|正月(?:初?${N})?|腊月(?:${N})?|冬月|大年初?${N}|年三十|初[一二三四五六七八九十](?![中高级])`,
    vague,
  ),
  // 19号和20号 are two days; 10月12号和19号 would lose the month of the second.
  rule(
    `${NOT_IN_NUMBER}(?:(?:${NUMBER}月)?${NUMBER}(?:[号日]?(?:到|至|-|~|或)|[、和])(?:${NUMBER}月)?|${NUMBER}月${NUMBER}[号日][、和])${NUMBER}[号日](?!电)`,
    vague,
  ),
  rule(
    `(?:上上个?|上个?|这个?|本|下个?)?${WEEK}${DAY}(?:(?:到|至|-|~)${WEEK}?|、|或)${DAY}(?![0-9点号月日])`,
    vague,
  ),
  rule(`(?:上|这|本)?${WEEK}六[、和]?日`, vague),
  rule('(?<![0-9])(20[0-9]{2}|[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})(?![0-9.])[号日]?', yearMonthDay),
  rule('(?<![0-9./-])(20[0-9]{2})([-./])([0-9]{1,2})\\2([0-9]{1,2})(?![0-9])', (m) =>
    fullDate(Number(m[1]), Number(m[3]), Number(m[4])),
  ),
  rule('(?<![0-9./-])([0-9]{2})([./-])([0-9]{1,2})\\2([0-9]{1,2})(?![0-9])', (m, today) =>
    Math.abs((partsOf(today).year % 100) - Number(m[1])) <= 1
      ? fullDate(2000 + Number(m[1]), Number(m[3]), Number(m[4]))
      : 'vague',
  ),
  rule('(?<![0-9])(20[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])', (m) =>
    fullDate(Number(m[1]), Number(m[2]), Number(m[3])),
  ),
  rule(`(二[〇零][一二三四五六七八九〇零]{2})年${N}月${N}[号日]?`, chineseYear),
  rule(`([今去上前])年${N}月(?:份的?)?${N}[号日]?`, relativeYearDay),
  rule(`明年(?:${NUMBER}月)?(?:${NUMBER}[号日])?`, future),
  rule(`(?:[0-9]{2,4}|二[〇零][一二三四五六七八九〇零]{2}|[今去上前])年${N}月份?`, vague),
  rule(`(上上个?月|上个?月|这个?月|本月|当月|下个?月)的?${N}[号日]`, relativeMonthDay),
  rule(`${NOT_IN_NUMBER}${N}月${N}[号日]`, monthDay),
  rule(`${NOT_IN_NUMBER}${N}月(${CHINESE_TENS})(?![个几多天月号日年一二三四五六七八九十])`, monthDay),
  rule(`${NOT_IN_NUMBER}([0-9]{1,2})月([0-9]{1,2})(?![0-9./:]|个|月|次|天|人)`, monthDay),
  rule(
    `(下下个?|下个?|上上个?|上个?|这个?|本)?的?${WEEK}([一二三四五六日1-7]|天(?![气天冷热亮黑]))(?![0-9次]|[、和]?[一二三四五六][、和])`,
    weekday,
  ),
  rule('大大前天', vague),
  rule(`大前(?:天|儿个?|日)${PART_OF_DAY}`, daysAgo(3)),
  rule(`前(?:天|儿个?)${PART_OF_DAY}|前[晚夜](?![上辈])|前日`, daysAgo(2)),
  rule(`昨(?:天|儿个?|日|个(?!月)|昏|暝)?${PART_OF_DAY}`, daysAgo(1)),
  rule(
    `今(?:天|儿个?|仔?日)${PART_OF_DAY}|今[早晨晚夜]上?|今[上下中]午|刚才|刚刚|方才|(?<=^|[,。;! ])刚(?=从|去|到|走访|家访|入户|联系|打完|打了|看完|看了|跟|和|给)`,
    daysAgo(0),
  ),
  rule('大?后天|明(?:天|儿个?|日|早|晚)(?!白)|待会儿?|等会儿?|过几天|过两天|过段时间|改天', future),
  rule(`下下?个?(?:${WEEK}|月)(?:末|底|初)?`, future),
  rule(
    `(?:前|后)?[一二两三四五六七八九十]?[一二两三四五六七八九]?[三四五六七八九](?<=[一二两三四五六七八九]{2})[天日]前`,
    vague,
  ),
  rule(`${NOT_IN_NUMBER}${N}天(?:以|之)?前(?![面后往])`, agoBy(1, 31)),
  rule(`${NOT_IN_NUMBER}${N}个?${WEEK}(?:以|之)?前(?![面后往])`, agoBy(7, 4)),
  rule(
    `(?:好几|几|数|十几|半|${NUMBER}+)个?多?(?:天|日|${WEEK}|月|年|小时)(?:多|半)?(?:以|之)?前(?![面后往])`,
    vague,
  ),
  rule(`${NOT_IN_NUMBER}${N}号(?![码])`, (m, today) => latestDayOfMonth(numberAt(m, 1), today)),
  rule(`${NOT_IN_NUMBER}([0-9]{1,2})日(?![常记子])`, (m, today) => latestDayOfMonth(numberAt(m, 1), today)),
  rule(`${NOT_IN_NUMBER}(${CHINESE_TENS})日(?![常记子])`, (m, today) =>
    numberAt(m, 1) > 10 ? latestDayOfMonth(numberAt(m, 1), today) : 'vague',
  ),
  rule(`${SHORT_START}(0?[1-9]|1[0-2])[./-](0?[1-9]|[12][0-9]|3[01])[号日]?${SHORT_END}`, (m, today) =>
    latestMonthDay(Number(m[1]), Number(m[2]), today),
  ),
  rule(`${SHORT_START}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])${SHORT_END}`, fourDigits),
  rule(`${SHORT_START}[0-9]{1,2}[./-][0-9]{1,2}${SHORT_END}`, vague),
  rule(
    '前几[天日]|前两天|前一两天|前些(?:天|日子|时候)|前一?阵子?|前一?段时间|[这近]几[天日]|[这近]两天|这些天|这阵子|近[日来期]|日前|最近|不久前|前不久|那几?天|有一?天(?![^,。]*没)|某天',
    vague,
  ),
  rule(
    `(?:上上?个?|这个?|本)?周末|双休日?|(?:上上?个?|这个?|本|前)(?:${WEEK}|月(?!亮))(?:[初底中末])?|(?<![0-9])月[初底末](?!考)|上旬|中旬|下旬`,
    vague,
  ),
  rule('前一天|第二天|次日|隔天|当天|头天|头一天|上次|上回', vague),
  rule(`${NOT_IN_NUMBER}${N}月份?(?:底|初|中)?(?!亮)`, vague),
];

const BACKGROUND_WORDS =
  '去年|前年|年[初底前](?!龄)|过年|春节|元宵|清明|端午|中秋|重阳|冬至|国庆|五一|六一|元旦|劳动节|儿童节|教师节|十一(?=假|长假|放假|期间)|暑假|寒假|上学期|上半年|下半年';

/** Seasons and feasts: they ask only where nothing tells that they belong to another story. */
export const BACKGROUND = new RegExp(BACKGROUND_WORDS, 'g');
