import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  followUpStage,
  isOwnedBy,
  mayRead,
  ownersOf,
  type FollowUp,
} from '../../../server/domain/follow-up.ts';
import { addDays, type LocalDate } from '../../../server/domain/local-date.ts';

const DUE = '2026-12-01' as LocalDate;
const FOLLOW_UP: FollowUp = {
  id: 'f',
  childId: 'c',
  kind: 'concern',
  concernId: 'x',
  contactId: null,
  text: null,
  dueOn: DUE,
  openedOn: '2026-11-24' as LocalDate,
  openedBy: 'anna',
  ownerId: 'bert',
  ownerRole: 'director',
  rev: 1,
};
const ids = fc.subarray(['anna', 'bert', 'carl', 'dora']);

describe('a follow-up', () => {
  it.each([
    [-1, null],
    [0, 'd0'],
    [1, 'overdue1'],
    [2, null],
    [3, 'overdue3'],
    [7, 'overdue7'],
    [13, null],
    [14, 'overdueW1'],
    [21, 'overdueW2'],
  ])('%i days after its day, planned daily, tells %s', (days, stage) => {
    const today = addDays(DUE, days);
    expect(followUpStage(DUE, addDays(today, -1), today)).toBe(stage);
  });

  it('is told after an outage of any length that its day fell into', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(400), (before, later) => {
        const today = addDays(DUE, later);
        expect(followUpStage(DUE, addDays(DUE, -1 - before), today)).not.toBeNull();
        expect(followUpStage(DUE, null, today)).not.toBeNull();
      }),
    );
  });

  it('always has somebody who sees to it and may read it: its owner, the directors of the child, or the supervisor', () => {
    const role = fc.constantFrom('director', 'supervisor', 'county-desk', null);
    fc.assert(
      fc.property(ids, role, fc.constantFrom('promise', 'concern'), (directors, ownerRole, kind) => {
        const followUp = { ...FOLLOW_UP, ownerRole, kind } as FollowUp;
        const people = ['anna', 'bert', 'carl', 'dora'].map((personId) => ({ personId, supervises: false }));
        const owners = people.filter((p) => isOwnedBy(followUp, p, directors));
        expect(owners.map((p) => p.personId)).toEqual(ownersOf(followUp, directors));
        const supervisor = { personId: 'zoe', supervises: true };
        expect(mayRead(followUp, supervisor)).toBe(true);
        expect(isOwnedBy(followUp, supervisor, directors)).toBe(owners.length === 0);
      }),
    );
  });

  it('of a concern is read by who wrote it down, who answers for it and the supervisor, and by nobody else', () => {
    const reads = (personId: string | null, supervises = false) =>
      mayRead(FOLLOW_UP, { personId, supervises });
    expect([reads('anna'), reads('bert'), reads('zoe', true)]).toEqual([true, true, true]);
    expect([reads('carl'), reads(null)]).toEqual([false, false]);
    expect(mayRead({ ...FOLLOW_UP, kind: 'promise' }, { personId: 'carl', supervises: false })).toBe(true);
  });
});
