import type { LocalDate } from '../domain/local-date.ts';
import type { Entered } from './enter-policy.ts';
import type { PolicyChange } from './policy-changes.ts';
import type { PolicyProblem } from './policy-problems.ts';

export type PolicyLanguage = 'zh-CN' | 'en';
type Both = Readonly<Record<PolicyLanguage, string>>;

const both = (zh: string, en: string): Both => ({ 'zh-CN': zh, en });

const TIER_NAMES: Readonly<Record<string, Both>> = {
  high: both('高风险', 'high risk'),
  medium: both('中风险', 'medium risk'),
  low: both('低风险', 'low risk'),
};

/** What a number is, and what may stand there. */
const NUMBER_NAMES: Readonly<Record<string, readonly [name: Both, allowed: Both]>> = {
  contactEveryMonths: [both('几个月联系一次', 'months between contacts'), both('1 或 3', '1 or 3')],
  visitEveryMonths: [
    both('几个月走访一次', 'months between visits'),
    both('1 或 3，风险高的不能比风险低的少', '1 or 3, a higher tier never less often than a lower one'),
  ],
  maxGapDays: [both('两次走访最多隔几天', 'days between two visits at most'), daysOrNone()],
  visitIntervalDays: [both('走访后几天内再走访', 'days from one visit to the next'), daysOrNone()],
  firstVisitDays: [both('新登记的孩子几天内走访', 'days to the first visit'), days()],
  riseToHighDays: [both('升为高风险后几天内走访', 'days to a visit after a rise to high'), days()],
  riseToMediumDays: [both('升为中风险后几天内走访', 'days to a visit after a rise to medium'), days()],
  talkDays: [both('走访没见到孩子，几天内谈一次', 'days to a talk with a child not met'), days()],
  returnVisitDays: [both('孩子回来后几天内走访', 'days to a visit after a return'), days()],
  stagesBeforeDays: [
    both('到期前几天提醒', 'reminders so many days before the due day'),
    both('几个从大到小的数，最后一个是 0', 'falling numbers that end with 0'),
  ],
  overdueAfterDays: [
    both('逾期后第几天提醒', 'reminders so many days after it'),
    both('几个从小到大的数', 'rising numbers'),
  ],
  overdueEveryDays: [both('之后每隔几天再提醒', 'days between all later reminders'), days()],
};

function days(): Both {
  return both('1 到 366', '1 to 366');
}

function daysOrNone(): Both {
  return both('1 到 366，不限就写 null', '1 to 366, or null for no limit');
}

/** What became of a file, as lines. */
export function enteredLines(entered: Entered, language: PolicyLanguage): readonly string[] {
  const zh = language === 'zh-CN';
  if (entered.kind === 'refused') {
    const head = zh ? '没有收下，要改的地方：' : 'Not taken. What has to be changed:';
    return [head, ...entered.problems.map((problem) => `  ${problemSentence(problem, language)}`)];
  }
  const { policy, areaName } = entered;
  const name = `${policy.id}@${String(policy.version)}`;
  const where =
    policy.areaCode === null ? (zh ? '方案本身' : 'the plan itself') : `${areaName} ${policy.areaCode}`;
  if (entered.kind === 'known')
    return [
      zh
        ? `这一版已经在了：${where}，从 ${policy.validFrom} 起，编号 ${name}。什么都没有改。`
        : `This version is already there: ${where}, from ${policy.validFrom}, named ${name}. Nothing was changed.`,
    ];
  const { changes, passedOver } = entered;
  const isLook = entered.kind === 'looked-at';
  return [
    zh
      ? `${where}，从 ${policy.validFrom} 起，编号 ${name}，依据：${policy.source}`
      : `${where}, from ${policy.validFrom}, named ${name}, source: ${policy.source}`,
    ...(changes.length === 0 ? [zh ? '  那天没有一个数字变' : '  no number changes on that day'] : []),
    ...changes.map((change) => `  ${changeSentence(change, language)}`),
    ...passedOver.map(({ code, name: county }) =>
      zh
        ? `  ${county} ${code} 自己的规定比新的宽，那天起不再用`
        : `  ${county} ${code}: its own version is looser than the new one and gives way to it from that day`,
    ),
    ...monthNote(policy.validFrom, changes, zh),
    isLook
      ? zh
        ? '只是检查，什么都没有写入。'
        : 'Only checked, nothing was written.'
      : zh
        ? '已写入。服务不用重启。'
        : 'Written. The service takes it up without a restart.',
  ];
}

function monthNote(from: LocalDate, changes: readonly PolicyChange[], zh: boolean): readonly string[] {
  if (from.endsWith('-01') || !changes.some(({ field }) => field.endsWith('EveryMonths'))) return [];
  return [
    zh
      ? '  按月算的次数，从下一个月的 1 号起才按新的算'
      : '  numbers of a month or quarter count from the 1st of the next month on',
  ];
}

function changeSentence({ field, before, after, children }: PolicyChange, language: PolicyLanguage): string {
  const values = `${valueOf(before, language)} → ${valueOf(after, language)}`;
  return language === 'zh-CN'
    ? `${nameOf(field, language)}：${values}，${String(children)} 个孩子`
    : `${nameOf(field, language)}: ${values}, ${String(children)} children`;
}

/** Such as 高风险·走访后几天内再走访（tiers.high.visitIntervalDays）. */
function nameOf(field: string, language: PolicyLanguage): string {
  const parts = field.split('.');
  const tier = TIER_NAMES[parts[1] ?? '']?.[language];
  const name = NUMBER_NAMES[parts.at(-1) ?? '']?.[0][language];
  const words = [tier, name].filter((part) => part !== undefined).join(language === 'zh-CN' ? '·' : ', ');
  if (words === '') return field;
  return language === 'zh-CN' ? `${words}（${field}）` : `${words} (${field})`;
}

function valueOf(value: string, language: PolicyLanguage): string {
  if (value !== 'null') return value;
  return language === 'zh-CN' ? '不限' : 'no limit';
}

function problemSentence(problem: PolicyProblem, language: PolicyLanguage): string {
  const zh = language === 'zh-CN';
  switch (problem.code) {
    case 'not-yaml':
      return zh
        ? '读不懂这个文件。照 docs/county-policy.yaml 的样子写'
        : 'this file cannot be read; write it like docs/county-policy.yaml';
    case 'area-missing':
      return zh
        ? 'area：写县或市的区划代码；方案本身写 plan'
        : 'area: the code of a county or city, or plan for the plan itself';
    case 'from-not-a-day':
      return zh ? 'from：从哪天起，写成 2026-12-01 这样' : 'from: the first day, such as 2026-12-01';
    case 'source-missing':
      return zh
        ? 'source：依据哪份文件，最多 300 字'
        : 'source: the document it rests on, at most 300 characters';
    case 'key-unknown':
      return zh ? `${problem.field}：没有这一项` : `${problem.field}: there is no such setting`;
    case 'number-wrong':
      return wrongNumber(problem.field, language);
    case 'area-unknown':
      return zh ? `area：区划表里没有 ${problem.area}` : `area: no area has the code ${problem.area}`;
    case 'area-kind':
      return zh
        ? `area：${problem.area} 不是县，也不是市`
        : `area: ${problem.area} is neither a county nor a city`;
    case 'begins-in-the-past':
    case 'day-planned':
      return tooEarly(problem, zh);
    case 'looser':
      return looser(problem, language);
  }
}

function wrongNumber(field: string, language: PolicyLanguage): string {
  const allowed = NUMBER_NAMES[field.split('.').at(-1) ?? '']?.[1][language];
  if (allowed === undefined && field === 'tiers')
    return language === 'zh-CN'
      ? `${field}：下面写 low、medium、high`
      : `${field}: holds low, medium and high`;
  const name = nameOf(field, language);
  if (allowed === undefined) return language === 'zh-CN' ? `${name}：写错了` : `${name}: is wrong`;
  return language === 'zh-CN' ? `${name}：只能是 ${allowed}` : `${name}: may be ${allowed}`;
}

function tooEarly(
  { code, from, earliest }: Extract<PolicyProblem, { readonly earliest: LocalDate }>,
  zh: boolean,
): string {
  const why =
    code === 'day-planned'
      ? zh
        ? '这一天的提醒已经排好了'
        : 'that day is planned already'
      : zh
        ? '这一天已经过去，过去的按当时的规定算'
        : 'that day is past, and the past is judged by the policy of its time';
  return zh
    ? `from：${from}，${why}；最早 ${earliest}`
    : `from: ${from}, ${why}; ${earliest} at the earliest`;
}

function looser(
  { number, above, on }: Extract<PolicyProblem, { readonly code: 'looser' }>,
  language: PolicyLanguage,
): string {
  const zh = language === 'zh-CN';
  const { field, plan, county } = number;
  const offered = valueOf(county, language);
  const name = nameOf(field, language);
  const limit = listLimit(field, plan, zh) ?? (zh ? `最多 ${plan}` : `at most ${plan}`);
  return zh
    ? `${name}：文件里是 ${offered}，${limit}（${above}，${on}），只能更严`
    : `${name}: the file says ${offered}, ${limit} (${above}, ${on}); only stricter is possible`;
}

/** `1,3,7 +7`: these days, and after them no gap above the last number. */
function listLimit(field: string, plan: string, zh: boolean): string | null {
  if (!field.endsWith('Days') || !(field.startsWith('stages') || field.startsWith('overdueAfter')))
    return null;
  const [list = '', gap] = plan.split(' +');
  if (gap !== undefined)
    return zh ? `${list} 之后两次之间最多隔 ${gap} 天` : `after ${list} at most ${gap} days between two`;
  return zh ? `至少要有 ${list}` : `it must hold ${list}`;
}
