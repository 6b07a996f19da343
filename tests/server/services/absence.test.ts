import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../../server/domain/local-date.ts';
import { endAbsence, recordAbsence, withdrawAbsence } from '../../../server/services/absence.ts';
import type { Acting, Decision } from '../../../server/services/acting.ts';
import type { ChildHistory } from '../../../server/services/loaded.ts';
import { inMemory } from '../../support/child-rows.ts';
import { day } from '../domain/cadence/family.ts';

const CHILD = 'c1';
let made = 0;
const acting: Acting = {
  at: new Date('2027-12-20T01:00:00.000Z'),
  today: day('2027-12-20'),
  personId: 'w1',
  accountId: 'a1',
  newId: () => `id-${String((made += 1))}`,
  digest: () => '',
};

const away =
  (absenceId: string, until: string | null, replaces: string | null, asks = false) =>
  (h: ChildHistory) =>
    recordAbsence(
      {
        type: 'record-absence',
        absenceId,
        childId: CHILD,
        from: day('2027-12-01'),
        until: until as LocalDate | null,
        companion: '妈妈',
        asks,
        replaces,
      },
      acting,
      h,
      [],
    );
const back =
  (returnId: string, on: string, replaces: string | null = null) =>
  (h: ChildHistory) =>
    endAbsence({ type: 'end-absence', returnId, childId: CHILD, on: day(on), replaces }, acting, h);
const takenBack =
  (undo: boolean, ...targetIds: string[]) =>
  (h: ChildHistory) =>
    withdrawAbsence({ type: 'withdraw-absence', childId: CHILD, targetIds, reason: null, undo }, acting, h);

/** What a child's absences come to, after each of these was decided on what stood before it. */
async function after(...told: readonly ((history: ChildHistory) => Decision)[]) {
  const rows = inMemory('high', false);
  for (const one of told) await rows.commit(one(await rows.history()));
  const { facts } = await rows.history();
  return {
    away: facts.absences.map(({ id, until }) => [id, until]),
    asked: (facts.pending?.asked ?? []).map(({ id, until }) => [id, until]),
  };
}

describe('what is told of an absence', () => {
  it('is taken back within minutes, and what it had replaced holds again', async () => {
    expect(
      await after(
        away('first', '2027-12-30', null),
        away('second', '2028-01-20', 'first'),
        takenBack(true, 'second'),
      ),
    ).toEqual({ away: [['first', '2027-12-30']], asked: [] });
  });

  it('is withdrawn as a mistake with everything it had replaced', async () => {
    expect(
      await after(
        away('first', '2027-12-30', null),
        away('second', '2028-01-20', 'first'),
        takenBack(false, 'second'),
      ),
    ).toEqual({ away: [], asked: [] });
  });

  it('is asked for once: what was asked before about the same absence is overtaken', async () => {
    expect(
      await after(
        away('first', '2027-12-10', null),
        away('more', '2027-12-30', 'first', true),
        away('still-more', '2028-01-20', 'more', true),
      ),
    ).toEqual({ away: [['first', '2027-12-10']], asked: [['still-more', '2028-01-20']] });
  });

  it('that never was takes what was asked about it along', async () => {
    expect(
      await after(
        away('first', '2027-12-10', null),
        away('more', '2027-12-30', 'first', true),
        takenBack(false, 'first'),
      ),
    ).toEqual({ away: [], asked: [] });
  });

  it('a return before the announced day ends it, and another day of return takes the place of the first', async () => {
    expect(
      await after(
        away('first', '2027-12-30', null),
        back('r1', '2027-12-10'),
        back('r2', '2027-12-12', 'r1'),
      ),
    ).toEqual({ away: [['first', '2027-12-12']], asked: [] });
  });

  it.each([
    ['a second correction of what is already corrected', away('late', '2028-02-01', 'first')],
    ['a withdrawal of what is already corrected', takenBack(false, 'first')],
    ['another day for a return nobody told', back('r1', '2027-12-05', 'nobody')],
  ])('%s is refused whole, so that it is decided anew on what stands', async (_what, second) => {
    const rows = inMemory('high', false);
    for (const one of [away('first', '2027-12-30', null), away('second', '2028-01-20', 'first')])
      await rows.commit(one(await rows.history()));
    const before = await rows.kept();
    await expect(rows.commit(second(await rows.history()))).rejects.toThrow('refused');
    expect(await rows.kept()).toEqual(before);
  });
});
