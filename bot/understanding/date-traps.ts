import { NUMBER } from './numerals.ts';

/** Takes the place of characters that look like a date and are none. */
export const TRAP_MARK = '\uE001';

const WEEK = '(?:周|星期|礼拜)';
const WEEKDAY = `${WEEK}[一二三四五六日天1-7]`;
const LOOSE_DATE = `(?:(?:[0-9]{2,4}|[去今前明])年)?(?:[0-9]{4}[./-])?${NUMBER}[月./-](?:份|初?${NUMBER}[号日]?)?`;
const UNIT =
  '(?:年级|年(?![0-9一二三四五六七八九十])|周岁|岁|班|层|栋|幢|单元|室|元|块|毛|斤|公斤|千克|kg|米|厘米|公分|cm|度|℃|°C|分|点|时|小时|次|人|口|本|页|题|' +
  '道|瓶|盒|顿|套|件|张|辆|头|只|条|支|包|袋|里|公里|亩|%|折|倍|寸|毫升|ml)';
const ROUTINE =
  '(?=(?:都|要|在|都在|都要|白天|一直|平时|得|他|她|,)*(?:上学|上课|住校|在校|学校|寄宿|住宿|不在家|上班|外婆家|奶奶家|托管|读书|回家|回来|放学))';

const TRAPS: readonly RegExp[] = [
  // identity, phone and other long numbers
  /(?<![0-9])(?:[0-9]{9,}[xX]?|[0-9]{7}|0[0-9]{2,3}-[0-9]{7,8}|1[0-9]{2}[- ][0-9]{4}[- ][0-9]{4}|(?!20[0-9]{6})[0-9]{8})(?![0-9])/g,
  /(?:电话|手机|号码|身份证号?码?|编号|卡号)[号码]*[:是为 ]*[0-9][0-9 -]{4,}[0-9xX]/g,
  // birthdays
  new RegExp(`${LOOSE_DATE}[是为]?[^,。;!? ]{0,8}?(?:出生|生日|生人|生的|周岁)`, 'g'),
  new RegExp(`(?:生日|出生日期|出生年月|出生|生于)[^,。;!? 0-9]{0,4}?${LOOSE_DATE}`, 'g'),
  new RegExp(`(?:生日|出生)[^,。;!? 0-9]{0,3}?${NUMBER}[号日]`, 'g'),
  /[0-9]{2,4}年(?:出生|生|的)|(?:生日|出生日期|出生年月|出生|生于)[:是为在于 ]*[0-9][0-9./-]{3,9}/g,
  // measures, marks, house numbers
  new RegExp(`(?<![0-9./-])[0-9]+(?:[./:-][0-9]+)*(?:多|几)? ?${UNIT}`, 'g'),
  /(?:得了?|考了?|考试|成绩|分数|平均|身高|体重|体温|血压|视力|花了?|比分|单价|烧到|量了?)(?:是|为|:|有|到| )*[0-9]+(?:[./-][0-9]+)*/g,
  new RegExp(
    `第?${NUMBER}号(?=楼|房|院|门|线|车|店|铺|桌|床|宿舍|公寓|病|选手|球|电池|台风|文|公路|令|码|坑|矿|井|机|仓|教室|考场|地块|屋|室|厅|窗|柜|组|队|村|点位|路|家属|民居|住户|信箱)`,
    'g',
  ),
  new RegExp(`(?<=[路街巷弄岭栋幢坡湾坑坊墩厝埔寨排座第]|门牌|[A-Za-z])${NUMBER}号`, 'g'),
  /[一1]日三餐/g,
  // habits
  new RegExp(
    `(?:每逢|每个?|逢|隔|平时|一般)(?:到|是|逢|个)?(?:${WEEKDAY}|${WEEK}末?|月|天|日|年|晚)(?:[、和]?${WEEKDAY}|[、和]${WEEK}?[一二三四五六日天]|(?:的)?${NUMBER}[号日次]|[一两二三四五几]次)*`,
    'g',
  ),
  new RegExp(`${WEEKDAY}(?:到|至|-|~)${WEEK}?[一二三四五六日天1-7]${ROUTINE}`, 'g'),
  new RegExp(`${NUMBER}个?${WEEK}[一二两三四五六七八九十][次回趟]`, 'g'),
  // lengths of time
  new RegExp(
    `(?<![前这过近头后周期拜有第那某0-9./-])(?:好几|好多|几|半|十几|${NUMBER}+)(?:来|多)?(?:天|个?${WEEK}|个多?月|个?晚上|夜)(?:多|半)?(?!前|之前|以前)(?![一二三四五六日天])`,
    'g',
  ),
  // words that hold a date word
  /[之以从目眼生提]前天|[今以然之]后天|先天|至今天|日记|周记|月考|周岁|周围|周到|月经/g,
  // school years: 上初三, 初二学生
  /(?:上|读|念|升|在读?|是)初[一二三]|初[一二三](?=学生|年级|的|了|班|上|下|毕业|生)/g,
];

/** Blanks out everything that holds a date word or a date-like number and tells no day of an encounter. */
export function withoutDateTraps(text: string): string {
  return TRAPS.reduce((rest, trap) => rest.replace(trap, (hit) => TRAP_MARK.repeat(hit.length)), text);
}
