import { describe, expect, it } from 'vitest';
import type { ChildFacts, RiskTier } from '../../../server/domain/cadence/child-facts.ts';
import { FUJIAN_PLAN_POLICY } from '../../../server/domain/cadence/policy.ts';
import { standingOf } from '../../../server/domain/cadence/standing.ts';
import type { RecordContact } from '../../../server/domain/commands.ts';
import type { Mode } from '../../../bot/dialog/event.ts';
import type { CaseChild, View } from '../../../bot/dialog/view.ts';
import { effectsOf } from '../../../bot/flows/duty-effects.ts';
import { loadWording } from '../../../server/platform/wording.ts';
import { calls, child, day, encounter, visits } from '../../server/domain/cadence/family.ts';
import { viewOf } from '../stage.ts';

const wording = loadWording();

interface Told {
  readonly title: string;
  readonly tier: RiskTier;
  readonly before?: Partial<ChildFacts>;
  readonly today: string;
  readonly record: readonly [on: string, mode: Mode, childSeen: boolean | null];
  readonly nobodyMet?: true;
  readonly says: readonly string[];
}

/** What counts (our defaults beside 福建省三年行动方案): the answer after saving says what a record did, or why it did not. */
const TOLD: readonly Told[] = [
  {
    title: 'a visit to a low-risk child is the month’s contact and the quarter’s visit',
    tier: 'low',
    today: '2026-12-02',
    before: { dutiesFrom: day('2026-12-01') },
    record: ['2026-12-02', 'home', true],
    says: ['第4季度的走访完成了。', '12月的联系完成了。', '下一次：1月的联系，最晚1月31日(周日)。'],
  },
  {
    title: 'a call is a contact and never the visit',
    tier: 'low',
    today: '2026-12-01',
    before: { dutiesFrom: day('2026-10-01'), encounters: calls('2026-10-10', '2026-11-30') },
    record: ['2026-12-01', 'phone', null],
    says: ['12月的联系完成了。', '电话、视频算联系，不算走访。', '还差：第4季度的走访，最晚12月31日(周四)。'],
  },
  {
    title: 'a video of a medium-risk child does not answer the month’s visit',
    tier: 'medium',
    today: '2026-11-20',
    before: { dutiesFrom: day('2026-11-01') },
    record: ['2026-11-20', 'video', true],
    says: ['电话、视频算联系，不算走访。', '还差：11月的走访，最晚11月30日(周一)。'],
  },
  {
    title: 'a low-risk child met on the road is the month’s contact and not the quarter’s visit',
    tier: 'low',
    today: '2026-12-02',
    before: { dutiesFrom: day('2026-12-01') },
    record: ['2026-12-02', 'elsewhere', true],
    says: ['12月的联系完成了。', '在别处见面算联系，不算走访。', '还差：第4季度的走访，最晚12月31日(周四)。'],
  },
  {
    title: 'a high-risk child met on the road is not visited',
    tier: 'high',
    today: '2026-11-20',
    before: { dutiesFrom: day('2026-11-01') },
    record: ['2026-11-20', 'elsewhere', true],
    says: ['在别处见面算联系，不算走访。', '还差：11月的走访，最晚11月30日(周一)。'],
  },
  {
    title: 'a high-risk child who was not seen is not visited',
    tier: 'high',
    today: '2026-11-10',
    before: { dutiesFrom: day('2026-11-01') },
    record: ['2026-11-10', 'home', false],
    says: ['没见到孩子，不算完成走访，请再找时间见一面。', '还差：11月的走访，最晚11月30日(周一)。'],
  },
  {
    title: 'a low-risk child who was not seen is visited, with a talk within 7 days',
    tier: 'low',
    today: '2026-11-10',
    before: { dutiesFrom: day('2026-10-01'), encounters: calls('2026-10-10') },
    record: ['2026-11-10', 'home', false],
    says: [
      '11月的联系完成了。',
      '第4季度的走访完成了。',
      '这次没见到孩子。最晚11月17日(周二)，和孩子聊一聊。',
    ],
  },
  {
    title: 'a video with the child is the talk that was owed',
    tier: 'low',
    today: '2026-11-12',
    before: {
      dutiesFrom: day('2026-10-01'),
      encounters: [...calls('2026-10-10'), encounter('2026-11-10', 'home', false)],
    },
    record: ['2026-11-12', 'video', true],
    says: ['和孩子的聊天完成了。', '下一次：12月的联系，最晚12月31日(周四)。'],
  },
  {
    title: 'nobody was there: an attempt, and the visit stays due',
    tier: 'medium',
    today: '2026-11-20',
    before: { dutiesFrom: day('2026-11-01') },
    record: ['2026-11-20', 'home', false],
    nobodyMet: true,
    says: ['孩子和家里人都没见到，不算走访，改天再去一次。', '还差：11月的走访，最晚11月30日(周一)。'],
  },
  {
    title: 'a boarder seen at school is visited, the home is still owed once a quarter',
    tier: 'medium',
    today: '2026-12-10',
    before: {
      dutiesFrom: day('2026-10-01'),
      boarder: true,
      encounters: [encounter('2026-10-12', 'school'), encounter('2026-11-12', 'school')],
    },
    record: ['2026-12-10', 'school', true],
    says: [
      '12月的走访完成了。',
      '到校算走访，家里还要去一次。',
      '还差：第4季度的入户走访，最晚12月31日(周四)。',
    ],
  },
  {
    title: 'a boarder visited at home: both are done',
    tier: 'medium',
    today: '2026-12-12',
    before: { dutiesFrom: day('2026-12-01'), boarder: true },
    record: ['2026-12-12', 'home', true],
    says: ['第4季度的入户走访完成了。', '12月的走访完成了。', '下一次：1月的走访，最晚1月31日(周日)。'],
  },
  {
    title: 'a visit filed late answers its own month and withdraws the overdue',
    tier: 'medium',
    today: '2026-12-05',
    before: { dutiesFrom: day('2026-11-01') },
    record: ['2026-11-29', 'home', true],
    says: ['11月的走访算完成了，逾期提醒撤销了。', '还差：12月的走访，最晚12月31日(周四)。'],
  },
  {
    title: 'a visit after the month ended ends the overdue and answers this month',
    tier: 'medium',
    today: '2026-12-05',
    before: { dutiesFrom: day('2026-11-01') },
    record: ['2026-12-05', 'home', true],
    says: ['12月的走访完成了。', '11月的走访不再逾期。', '下一次：1月的走访，最晚1月31日(周日)。'],
  },
  {
    title: 'a visit of a month already answered leaves this month open, and says so',
    tier: 'medium',
    today: '2026-12-05',
    before: { dutiesFrom: day('2026-11-01'), encounters: visits('2026-11-10') },
    record: ['2026-11-20', 'home', true],
    says: ['11月20日那次只算那时候的。', '还差：12月的走访，最晚12月31日(周四)。'],
  },
  {
    title: 'a second visit of the month changes nothing, the next one is named',
    tier: 'medium',
    today: '2026-11-20',
    before: { dutiesFrom: day('2026-11-01'), encounters: visits('2026-11-10') },
    record: ['2026-11-20', 'home', true],
    says: ['下一次：12月的走访，最晚12月31日(周四)。'],
  },
  {
    title: 'a rise to high asks for its own visit within 7 days',
    tier: 'medium',
    today: '2027-01-03',
    before: {
      dutiesFrom: day('2026-12-01'),
      tierChanges: [
        { on: day('2026-12-01'), tier: 'medium' },
        { on: day('2026-12-28'), tier: 'high' },
      ],
      encounters: visits('2026-12-10'),
    },
    record: ['2027-01-03', 'home', true],
    says: ['等级调整后的走访完成了。', '1月的走访完成了。', '下一次：2月的走访，最晚2月28日(周日)。'],
  },
];

describe('the answer after saving says what a record did to the duties', () => {
  it.each(TOLD)('$title', ({ tier, before, today, record, nobodyMet, says }) => {
    const [on, mode, childSeen] = record;
    const facts = child(tier, before);
    const seenBy: CaseChild = {
      id: 'c1',
      name: '小树',
      nickname: null,
      ageYears: 9,
      bornOn: day('2017-05-05'),
      village: '东岭村',
      householdId: null,
      tier,
      directors: [],
      directorIds: [],
      facts,
      standing: standingOf(facts, [FUJIAN_PLAN_POLICY], day(today)),
    };
    const view: View = { ...viewOf(), today: day(today), caseload: [seenBy] };
    const command: RecordContact = {
      type: 'record-contact',
      contactId: 'new',
      childId: 'c1',
      mode,
      takenOn: day(on),
      childSeen,
      met: [],
      ...(nobodyMet ? { nobodyMet } : {}),
      note: null,
      outcome: 'none',
      concernId: null,
    };
    expect(effectsOf(seenBy, command, view).map((s) => wording.render('zh-CN', s))).toEqual(says);
  });
});
