import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../../../server/domain/local-date.ts';
import { nextTip, type GivenTip } from '../../../../server/domain/family/next-tip.ts';
import { tipChildOf, type TipChild } from '../../../../server/domain/family/tip-child.ts';
import { TIP_POLICY } from '../../../../server/domain/family/tip-policy.ts';
import { AGE_BANDS, TIPS, type Tip } from '../../../../server/domain/family/tips.ts';

const day = (text: string): LocalDate => text as LocalDate;
const nine: TipChild = { ageYears: 9, reader: 'other', disability: false, newSchool: false };

const aChild = fc.record({
  ageYears: fc.integer({ min: 0, max: 19 }),
  reader: fc.constantFrom('grandparent' as const, 'away' as const, 'other' as const),
  disability: fc.boolean(),
  newSchool: fc.boolean(),
});
const aGift = fc.record({
  tipId: fc.constantFrom(...TIPS.map(({ id }) => id)),
  answer: fc.constantFrom('useful' as const, 'useless' as const, null),
});
const choose = (children: readonly TipChild[], given: readonly GivenTip[], seed: string): Tip | null =>
  nextTip(TIPS, children, given, seed, TIP_POLICY);

/** Everything somebody is sent who goes on and on, week after week. */
function untilNothingIsLeft(children: readonly TipChild[], person: string): readonly Tip[] {
  const read: Tip[] = [];
  for (let week = 0; ; week += 1) {
    const given = read.map(({ id }): GivenTip => ({ tipId: id, answer: null }));
    const tip = choose(children, given, `${person}:${String(week)}`);
    if (tip === null) return read;
    read.push(tip);
  }
}

/** How often each situation comes first, over many people. */
function sharesOf(children: readonly TipChild[], given: readonly GivenTip[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let n = 0; n < 2_000; n += 1) {
    const tip = choose(children, given, `person-${String(n)}`);
    if (tip !== null) counts.set(tip.situation, (counts.get(tip.situation) ?? 0) + 1);
  }
  return counts;
}

describe('the next tip', () => {
  it('is none that this person was sent before, and always one for a child of theirs', () => {
    fc.assert(
      fc.property(
        fc.array(aChild, { maxLength: 4 }),
        fc.array(aGift, { maxLength: 60 }),
        fc.string(),
        (children, given, seed) => {
          const tip = choose(children, given, seed);
          if (tip === null) return;
          expect(given.map(({ tipId }) => tipId)).not.toContain(tip.id);
          const band = AGE_BANDS.find(({ id }) => id === tip.band);
          const own = children.filter(
            ({ ageYears }) => band !== undefined && ageYears >= band.from && ageYears <= band.until,
          );
          expect(own.length).toBeGreaterThan(0);
          if (tip.situation === 'away') expect(own.map(({ reader }) => reader)).toContain('away');
          if (tip.situation === 'grandparents')
            expect(own.map(({ reader }) => reader)).toContain('grandparent');
          if (tip.situation === 'disability') expect(own.some(({ disability }) => disability)).toBe(true);
        },
      ),
    );
  });

  it('is the same for the same person in the same week', () => {
    fc.assert(
      fc.property(
        fc.array(aChild, { maxLength: 3 }),
        fc.array(aGift),
        fc.string(),
        (children, given, seed) => {
          expect(choose(children, given, seed)).toEqual(choose(children, given, seed));
        },
      ),
    );
  });

  it('is somebody else’s as well, and not the same for all people of one week', () => {
    const first = Array.from(
      { length: 40 },
      (_, n) => choose([nine], [], `person-${String(n)}:2026-W48`)?.id,
    );
    expect(new Set(first).size).toBeGreaterThan(6);
  });

  it.each<[string, readonly TipChild[], readonly string[], number]>([
    [
      'a parent far away',
      [{ ...nine, reader: 'away' }],
      ['away', 'daily', 'feelings', 'school', 'screen'],
      15,
    ],
    [
      'a grandmother',
      [{ ...nine, reader: 'grandparent' }],
      ['daily', 'feelings', 'grandparents', 'school', 'screen'],
      15,
    ],
    ['an aunt at home', [nine], ['daily', 'feelings', 'school', 'screen'], 12],
    [
      'a grandmother of two, one of them disabled',
      [
        { ...nine, reader: 'grandparent' },
        { ...nine, ageYears: 4, reader: 'grandparent', disability: true },
      ],
      ['daily', 'disability', 'feelings', 'grandparents', 'school', 'screen'],
      33,
    ],
    ['somebody whose child is grown up', [{ ...nine, ageYears: 18 }], [], 0],
    ['somebody without a child', [], [], 0],
  ])('%s reads every tip of theirs once, and then there is none', (_who, children, situations, count) => {
    const read = untilNothingIsLeft(children, 'somebody');
    expect(new Set(read.map(({ id }) => id)).size).toBe(read.length);
    expect(read).toHaveLength(count);
    expect([...new Set(read.map(({ situation }) => situation))].sort()).toEqual(situations);
  });

  it('speaks more often of what was useful, less often of what was not, and never not at all', () => {
    const plain = sharesOf([nine], []);
    const liked = sharesOf([nine], [{ tipId: 'b09-screen-1', answer: 'useful' }]);
    const disliked = sharesOf(
      [nine],
      ['b09-screen-1', 'b06-screen-1', 'b06-screen-2'].map((tipId) => ({
        tipId,
        answer: 'useless' as const,
      })),
    );
    expect(liked.get('screen') ?? 0).toBeGreaterThan(plain.get('screen') ?? 0);
    expect(disliked.get('screen') ?? 0).toBeLessThan(plain.get('screen') ?? 0);
    expect(disliked.get('screen') ?? 0).toBeGreaterThan(0);
  });

  it('speaks more often of school where a school is new', () => {
    const usual = sharesOf([nine], []);
    const isNew = sharesOf([{ ...nine, newSchool: true }], []);
    expect(isNew.get('school') ?? 0).toBeGreaterThan(2 * (usual.get('school') ?? 0));
  });
});

describe('what a tip is chosen by', () => {
  const facts = {
    bornOn: day('2017-03-05'),
    difficulty: null,
    grade: null,
    relation: '父亲',
    awaySince: null,
  };

  it.each<[string, Partial<Parameters<typeof tipChildOf>[0]>, string, Partial<TipChild>]>([
    ['a father at home', {}, '2026-11-25', { ageYears: 9, reader: 'other', newSchool: false }],
    ['a father far away', { awaySince: day('2025-02-20') }, '2026-11-25', { reader: 'away' }],
    ['a father who goes next month', { awaySince: day('2026-12-20') }, '2026-11-25', { reader: 'other' }],
    ['a grandmother', { relation: '祖母' }, '2026-11-25', { reader: 'grandparent' }],
    ['a grandfather of the mother', { relation: '外祖父' }, '2026-11-25', { reader: 'grandparent' }],
    ['a disability', { difficulty: 'poverty、disability' }, '2026-11-25', { disability: true }],
    ['poverty alone', { difficulty: 'poverty' }, '2026-11-25', { disability: false }],
    ['September', {}, '2026-09-10', { newSchool: true }],
    ['a baby in September', { bornOn: day('2025-05-01') }, '2026-09-10', { newSchool: false }],
    ['the first grade in October', { grade: '一年级' }, '2026-10-10', { newSchool: true }],
    ['the second grade in October', { grade: '二年级' }, '2026-10-10', { newSchool: false }],
    ['the first of middle school', { grade: '初一' }, '2026-11-10', { newSchool: true }],
    ['the eleventh grade', { grade: '十一年级' }, '2026-10-10', { newSchool: false }],
    ['the first grade in spring', { grade: '一年级' }, '2027-03-10', { newSchool: false }],
  ])('%s', (_what, changed, today, expected) => {
    expect(tipChildOf({ ...facts, ...changed }, day(today))).toMatchObject(expected);
  });
});
