import fc from 'fast-check';
import { FUJIAN_PLAN_POLICY } from '../../server/domain/cadence/policy.ts';
import { standingOf } from '../../server/domain/cadence/standing.ts';
import type { CaseChild } from '../../server/domain/caseload.ts';
import type { Family } from '../../server/domain/family/family.ts';
import { addDays, shanghaiDate, type LocalDate } from '../../server/domain/local-date.ts';
import { reportAnswers } from '../../server/domain/report/answers.ts';
import type { Reply, Say, SayValue } from '../../server/domain/say.ts';
import type { DialogEvent } from '../../bot/dialog/event.ts';
import type { Context } from '../../bot/dialog/flow.ts';
import { EMPTY_SESSION, type Session } from '../../bot/dialog/session.ts';
import { step, type Outcome } from '../../bot/dialog/step.ts';
import type { ReportView, Role, View } from '../../bot/dialog/view.ts';
import { repertoire } from '../../bot/flows/repertoire.ts';
import { understand } from '../../bot/understanding/understand.ts';
import { CHILDREN, childId } from '../support/small-county.ts';
import { child as familyChild } from '../server/domain/cadence/family.ts';

export const START = new Date('2026-11-23T01:00:00.000Z');
export const TODAY = shanghaiDate(START);

/** Everything a turn needs, without a service: the pure engine on the children of the small county. */
export function viewOf(role: Role = 'director', reports: readonly ReportView[] = []): View {
  const isStaff = !['guardian', 'carer', 'stranger'].includes(role);
  const hasChildren = ['director', 'supervisor', 'deputy'].includes(role);
  return {
    personId: role === 'stranger' ? null : 'p1',
    role,
    name: isStaff ? '郑玉兰' : '',
    areaName: '东岭村',
    today: TODAY,
    settings: {
      digestMinutes: 480,
      quietFromMinutes: 1260,
      quietUntilMinutes: 420,
      language: 'zh-CN',
      steps: null,
    },
    leave: null,
    caseload: hasChildren ? CHILDREN.slice(0, 9).map(caseChild) : [], // the nine of 东岭村
    followUps: [],
    records: [],
    policies: [FUJIAN_PLAN_POLICY],
    countyTable: role === 'county-desk' ? [{ name: '南山镇', children: 12, overdue: 3 }] : null,
    reports,
    calls: [],
    onDuty: [{ workerId: 'w4', role: 'supervisor', name: '周明远', phone: '10000000004' }],
    ...(hasChildren ? LOOKED_AT : {}),
  };
}

const NAMES = CHILDREN.slice(0, 9).map((c) => c.name);

/** What a turn may look at besides: everything, so that whatever is said finds it. */
const LOOKED_AT: Pick<View, 'families' | 'week' | 'form'> = {
  families: new Map(NAMES.map((name, n) => [childId(name), familyOf(n)])),
  week: {
    hamlets: new Map(NAMES.map((name, n) => [childId(name), n < 4 ? '上坪组' : '石门自然村'])),
    days: [0, 1, 2, 3, 4].map((n) => addDays(TODAY, n)),
    wishes: [],
  },
  form: { tripOn: TODAY, childIds: NAMES.slice(0, 3).map(childId) },
};

/** Every second father must not be contacted. */
function familyOf(n: number): Family {
  const mark = { markId: 'm1', reason: 'protection', fromOn: TODAY, source: null } as const;
  const father = { kind: 'guardian', id: `g${String(n)}`, relation: '父亲', name: '李建国' } as const;
  return {
    address: '上坪组3号',
    hamlet: '上坪组',
    siblingIds: [],
    adults: [
      { ...father, phone: null, workplace: null, awaySince: null, noContact: n % 2 === 0 ? mark : null },
    ],
    health: null,
    schooling: '在读',
    school: null,
    grade: null,
    boarder: true,
  };
}

/** An open report somebody was told of. */
export const OPEN_REPORT: ReportView = {
  id: 'r1',
  number: 'R-2026-000001',
  openedAt: START.toISOString(),
  drill: false,
  state: 'open',
  acknowledgedBy: null,
  reporter: '郑玉兰',
  reporterPhone: '10000000001',
  reporterRole: 'director',
  acknowledgedPhone: null,
  reporterKind: 'worker',
  rosterAreas: [],
  areaCode: null,
  childId: childId('李小明'),
  child: {
    name: '李小明',
    sex: 'male',
    bornOn: '2017-03-02' as LocalDate,
    village: '东岭村',
    address: '上坪组3号',
    school: '东岭小学',
  },
  words: [{ at: START.toISOString(), text: '看见的' }],
  sent: [],
  answers: reportAnswers([]),
  steps: [],
  missing: ['kind', 'place', 'danger-now', 'police'],
  endedAs: null,
  ending: '',
};

function caseChild({
  name,
  nickname,
  tier,
  villageCode,
  bornOn,
  household,
}: (typeof CHILDREN)[number]): CaseChild {
  const facts = familyChild(tier, { childId: childId(name) });
  return {
    id: childId(name),
    name,
    nickname,
    ageYears: 2026 - Number(bornOn.slice(0, 4)),
    bornOn: bornOn as LocalDate,
    village: villageCode,
    householdId: household,
    tier,
    directors: ['郑玉兰'],
    directorIds: ['p1'],
    facts,
    standing: standingOf(facts, [FUJIAN_PLAN_POLICY], TODAY),
  };
}

/** Words as the inbound path hands them to the engine. */
export function words(text: string, view: View): DialogEvent {
  const heard = understand(text, { today: view.today, caseload: view.caseload });
  return { kind: 'text', text, heard: { ...heard, text } };
}

/** Whoever talks with the engine: the session so far and a clock that only moves when told. */
export class Talk {
  readonly view: View;
  session: Session;
  #made = 0;
  #nowMs: number;

  constructor(view: View, session: Session = EMPTY_SESSION, now: Date = START) {
    this.view = view;
    this.session = session;
    this.#nowMs = now.getTime();
  }

  get context(): Context {
    return {
      now: new Date(this.#nowMs),
      newId: () => `00000000-0000-7000-8000-${String((this.#made += 1)).padStart(12, '0')}`,
      reportNumber: () => `R-2026-${String((this.#made += 1)).padStart(6, '0')}`,
    };
  }

  pass(ms: number): void {
    this.#nowMs += ms;
  }

  take(event: DialogEvent): Outcome {
    const outcome = step(repertoire, this.session, event, this.view, this.context);
    this.session = outcome.session;
    return outcome;
  }

  say(text: string): Outcome {
    return this.take(words(text, this.view));
  }

  press(option: string): Outcome {
    return this.take({ kind: 'option', option });
  }
}

/** What somebody does with a phone: words, a button of the last message or of an old one, a number, or nothing. */
export type Deed =
  | { readonly does: 'says'; readonly text: string }
  | { readonly does: 'presses'; readonly nth: number }
  | { readonly does: 'presses-old'; readonly nth: number }
  | { readonly does: 'presses-id'; readonly id: string }
  | { readonly does: 'waits'; readonly minutes: number };

const PHRASES = [
  ...[
    '走访',
    '联系',
    '待办',
    '菜单',
    '帮助',
    '取消',
    '返回',
    '撤回',
    '补录',
    '更正',
    '继续',
    '绑定',
    '投诉建议',
    '0',
  ],
  ...[
    '1',
    '2',
    '3',
    '4',
    '7',
    '8',
    '9',
    '12',
    '紧急',
    '求助',
    '收到',
    '查看',
    '预警',
    '逾期',
    '台账',
    '值班',
    '退订',
  ],
  ...[
    '今天去看了小明，奶奶在，作业没写完',
    '联系了小明 电话 一切都好',
    '昨天去看了思雨，见到孩子了',
    'English',
    '中文',
  ],
  ...[
    '今天去了小明小红家，奶奶在，都见到了',
    '前几天去看了乐乐',
    '去看了赵小虎',
    '孩子胳膊上有淤青',
    '小明没人管',
  ],
  ...[
    '见到了',
    '没见到',
    '奶奶',
    '有担心',
    '不确定',
    '方便',
    '等我走开',
    '说不准',
    '都不是',
    '说完了',
    '改',
    '好的',
  ],
  ...[
    '昨天',
    '明天',
    '12月5日',
    '上周五',
    '小明',
    '陈思羽',
    '紧急 小明不见了',
    '联系 不上他妈妈',
    '走访 小红',
    '补录 小红',
  ],
  ...['路线', '打印', '明天去上坪', '小明怎么样', '不得联系 小明爸爸', '1 见到 奶奶在 2 没见到', '①有担心'],
  ...['收到 R-2026-000001', '查看 1', '收到 99999', '{{name}} $t(menu.todo)', '🙂', '、', '嗯'],
];

/** Random things people do, most of them things that mean something somewhere. */
export const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PHRASES).map((text): Deed => ({ does: 'says', text })) },
  { weight: 6, arbitrary: fc.nat(8).map((nth): Deed => ({ does: 'presses', nth })) },
  { weight: 2, arbitrary: fc.nat(40).map((nth): Deed => ({ does: 'presses-old', nth })) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }).map((id): Deed => ({ does: 'presses-id', id })) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).map((text): Deed => ({ does: 'says', text })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1, 6, 21, 61, 4400).map((minutes): Deed => ({ does: 'waits', minutes })),
  },
);

/** Every say of a message, its options and its values, as deep as they go. */
export function saysOf(reply: Reply): readonly Say[] {
  return [reply, ...(reply.options ?? []).map((o) => o.label)].flatMap(withInner);
}

function withInner(say: Say): Say[] {
  return [say, ...Object.values(say.vars ?? {}).flatMap(innerSays)];
}

function innerSays(value: SayValue): Say[] {
  if (typeof value === 'string' || typeof value === 'number') return [];
  return 'key' in value ? withInner(value) : value.flatMap(withInner);
}
