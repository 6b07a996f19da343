import type { SettingsChange } from '../../server/domain/account-settings.ts';
import { NUMBER, readNumber } from './numerals.ts';

const DAY_MINUTES = 24 * 60;
const PART = '(早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里)?';
const TIME = `${PART}(${NUMBER})(?:点|时|[:：])(半|一刻|三刻|${NUMBER}分?|[0-5]0)?钟?`;
const ENGLISH_TIME = String.raw`(\d{1,2})(?::([0-5]\d))?\s*(am|pm)?`;

const AFTERNOON = new Set(['下午', '傍晚', '晚上', '夜里']);

/** "早上八点半" → 510 minutes after midnight; null where these words are no time of day. */
export function timeOfDay(text: string): number | null {
  const words = text.normalize('NFKC').trim().toLowerCase();
  const chinese = new RegExp(`^${TIME}$`, 'u').exec(words);
  if (chinese) return chineseMinutes(chinese.slice(1));
  const english = new RegExp(`^(?:at )?${ENGLISH_TIME}$`, 'u').exec(words);
  return english ? englishMinutes(english.slice(1)) : null;
}

/**
 * A wish about the bot's own habits, said in free words: "早上8点提醒我", "晚上九点以后别发". Null for everything else:
 * the whole sentence has to be the wish, so that no note of a visit is ever taken for one.
 */
export function settingsIn(text: string): SettingsChange | null {
  const words = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s,。.!?~]+$/u, '');
  return quietIn(words) ?? digestIn(words) ?? stepsIn(words);
}

function digestIn(words: string): SettingsChange | null {
  const said =
    new RegExp(
      `^(?:请|以后|改成|改到|每天|那就|都)*${TIME}(?:再|的时候)?(?:提醒我?|发(?:清单|提醒)?(?:给我)?|叫我|给我发(?:清单|提醒)?)(?:吧|就行|好了|一下)?$`,
      'u',
    ).exec(words) ??
    new RegExp(
      `^(?:请|以后|把|每天|我)*(?:的)?(?:清单|提醒我?)(?:的)?(?:时间)?(?:改成|改到|改为|换成|换到|调到|在)(?:每天)?${TIME}(?:发|提醒)?(?:吧)?$`,
      'u',
    ).exec(words);
  const minutes = said
    ? chineseMinutes(said.slice(1))
    : minutesIn(new RegExp(`^remind me (?:daily )?at ${ENGLISH_TIME}$`, 'u').exec(words));
  return minutes === null ? null : { digestMinutes: minutes };
}

const NOT_SENT =
  '(?:都)?(?:就)?(?:别|不要|不用|请勿|勿)(?:再)?(?:给我)?(?:发|提醒|打扰|吵|找)(?:消息|提醒|了|我)*';

function quietIn(words: string): SettingsChange | null {
  const after = new RegExp(
    `^(?:请|以后|每天)*${TIME}(?:以后|之后|过后|后)(?:就|都)?${NOT_SENT}(?:吧)?$`,
    'u',
  ).exec(words);
  const before = new RegExp(
    `^(?:请|以后|每天)*${TIME}(?:以前|之前|前)(?:就|都)?${NOT_SENT}(?:吧)?$`,
    'u',
  ).exec(words);
  const from = after
    ? chineseMinutes(after.slice(1), 'evening')
    : minutesIn(new RegExp(`^(?:send )?nothing after ${ENGLISH_TIME}$`, 'u').exec(words));
  const until = before
    ? chineseMinutes(before.slice(1))
    : minutesIn(new RegExp(`^(?:send )?nothing before ${ENGLISH_TIME}$`, 'u').exec(words));
  if (from !== null) return { quietFromMinutes: from };
  return until === null ? null : { quietUntilMinutes: until };
}

function stepsIn(words: string): SettingsChange | null {
  if (/^(一次问完|大步|大步子|大步走|large steps?)$/u.test(words)) return { steps: 'large' };
  return /^(一样一样问?|小步|小步子|小步走|一步一步来?|small steps?)$/u.test(words)
    ? { steps: 'small' }
    : null;
}

/** "九点以后" without a part of the day means the evening. */
function chineseMinutes(
  [part, hour, minute]: readonly (string | undefined)[],
  bare: 'morning' | 'evening' = 'morning',
): number | null {
  const hours = readNumber(hour ?? '');
  const minutes = minutesPast(minute);
  if (hours === null || minutes === null || hours > 24 || minutes > 59) return null;
  const isLater = AFTERNOON.has(part ?? '') || (part === undefined && bare === 'evening');
  const isAfternoon = isLater || (part === '中午' && hours < 3);
  const isMidnight = hours === 12 && (part === '晚上' || part === '夜里');
  const hour24 = (isAfternoon && hours < 12) || isMidnight ? hours + 12 : hours;
  return inDay((hour24 * 60 + minutes) % DAY_MINUTES);
}

function minutesPast(text: string | undefined): number | null {
  if (text === undefined) return 0;
  const named: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 };
  return named[text] ?? readNumber(text.replace(/分$/u, ''));
}

function minutesIn(match: RegExpExecArray | null): number | null {
  return match ? englishMinutes(match.slice(1)) : null;
}

function englishMinutes([hour, minute, half]: readonly (string | undefined)[]): number | null {
  const hours = Number(hour);
  if (half !== undefined && (hours < 1 || hours > 12)) return null;
  const turned = half === 'pm' && hours < 12 ? hours + 12 : half === 'am' && hours === 12 ? 0 : hours;
  return inDay(turned * 60 + Number(minute ?? '0'));
}

function inDay(minutes: number): number | null {
  return minutes >= 0 && minutes < DAY_MINUTES ? minutes : null;
}
