import { ADULT } from './person-words.ts';

const HOME = '(?:他们?|她们?|我们?|咱)家';
const PATTERNS: readonly RegExp[] = [
  // 他妈说以后别来了, 爸爸说不要再去他们家; not 爸爸叫他别来了.
  new RegExp(
    `(?:${ADULT}|他|她|家里)[^,。;]{0,8}(?:说|讲|喊|骂|放话|警告)(?!(?:他|她|孩子|\\uE000)[^,。]{0,4}(?:别|不))[^。;]{0,12}?(?<!能)(?:别|不要|不用|不许|不准|不让|莫|甭|不欢迎)(?:我们?)?(?:再)?(?:来(?!回|往|得及|不及|电|月|年)(?:了|我|他|她|这|$|[,。;!])|(?:去|进|到|来|登|踏进)${HOME}|上门|登门)`,
    'u',
  ),
  // 乐乐家叫我以后别来了.
  new RegExp(
    `(?:${ADULT}|他|她|[一-龥]{1,4}家)(?:人|里)?[^,。;]{0,3}(?:叫|让|喊)我们?[^,。;]{0,6}(?:别|不要|不用|甭|莫)(?:再)?(?:来(?!回|往|电)|上门|登门|去(?:了|$|[,。;]))`,
    'u',
  ),
  /把我们?(?:推|赶|撵|轰|骂|打)(?:了)?(?:出|走|回)|放狗[^,。]{0,4}我|(?:拿|举|抄)[^,。]{0,4}(?:刀|棍|锄头|扫把|扫帚)[^,。]{0,4}(?:赶|追|指|吓|打)(?:着|了)?我/u,
];

/** 不用来了，她带孩子去看牙: nobody is at home, and the family spares the director the way. */
const SPARES_THE_WAY =
  /不用(?:再|跑|过)?来(?:了)?(?=[,，\s]*(?:今天|明天|这几天|下午|上午)?(?:她|他|我们?|咱们?)?[^,。;]{0,4}(?:(?:带|领|接|送)[^,。;]{0,4}(?:孩子|小孩|娃|他|她|\uE000)|不在家|出门|走亲戚|看病|看牙|住院))/gu;

/** The family does not want the director to come again, or drove the director out. */
export function tellsRefusal(words: string): boolean {
  const said = words.replace(SPARES_THE_WAY, '');
  return PATTERNS.some((pattern) => pattern.test(said));
}
