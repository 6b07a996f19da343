import { describe, expect, it } from 'vitest';
import type { KnownMember, SeenMember } from '../../../../server/domain/contacts/member.ts';
import { membersDiff } from '../../../../server/domain/contacts/members-diff.ts';
import { safetyStop } from '../../../../server/domain/contacts/safety-stop.ts';

const NOON = new Date('2026-11-29T04:00:00.000Z');
const LAST_WEEK = new Date('2026-11-22T04:00:00.000Z');

const seen = (userid: string, ...departments: number[]): SeenMember => ({ userid, departments });
const known = (
  userid: string,
  state: KnownMember['state'] = 'here',
  over: Partial<KnownMember> = {},
): KnownMember => ({ userid, departments: [3], state, since: LAST_WEEK, knownAs: null, ...over });

const kinds = (
  before: readonly KnownMember[],
  now: readonly SeenMember[],
  renames: Parameters<typeof membersDiff>[2] = [],
) =>
  membersDiff(before, now, renames).map((change) =>
    change.kind === 'renamed'
      ? `${change.from.join('>')}>${change.member.userid}, roster ${change.knownAs}`
      : `${change.kind} ${change.member.userid}`,
  );

describe('what changed in the address book', () => {
  it('who joined, moved, left and came back, and nothing where nothing did', () => {
    const before = [known('stays'), known('moves'), known('leaves'), known('returns', 'gone')];
    const now = [seen('stays', 3), seen('moves', 3, 4), seen('returns', 3), seen('new', 4)];
    expect(kinds(before, now)).toEqual(['moved moves', 'back returns', 'joined new', 'left leaves']);
    expect(kinds([known('stays')], [seen('stays', 3)])).toEqual([]);
    expect(kinds([known('was', 'gone')], [])).toEqual([]);
  });

  it('a new userid is the same person, in whatever order its events came and however often', () => {
    const two = [
      { from: 'b', to: 'c' },
      { from: 'a', to: 'b' },
    ];
    expect(kinds([known('a')], [seen('b', 3)], [{ from: 'a', to: 'b' }])).toEqual(['a>b, roster a']);
    expect(kinds([known('a')], [seen('c', 3)], two)).toEqual(['a>b>c, roster a']);
    expect(kinds([known('a')], [seen('c', 3)], [...two, ...two].reverse())).toEqual(['a>b>c, roster a']);
    expect(kinds([known('a', 'renamed'), known('b', 'here', { knownAs: 'a' })], [seen('c', 3)], two)).toEqual(
      ['b>c, roster a'],
    );
  });

  it('a rename that is told again, late, or to a userid nobody has changes nobody else', () => {
    const told = [{ from: 'a', to: 'b' }];
    expect(kinds([known('a', 'renamed'), known('b')], [seen('b', 3)], told)).toEqual([]);
    expect(kinds([known('a', 'gone'), known('b')], [seen('b', 3)], told)).toEqual(['a>b, roster a']);
    expect(kinds([known('a')], [], told)).toEqual(['left a']);
    expect(kinds([known('a')], [seen('a', 3), seen('b', 3)], told)).toEqual(['joined b']);
    expect(kinds([known('a')], [seen('a', 3)], [{ from: 'a', to: 'a' }])).toEqual([]);
    expect(kinds([], [seen('b', 3)], told)).toEqual(['a>b, roster a']); // before anybody ever looked
    const circle = [...told, { from: 'b', to: 'a' }];
    expect(kinds([known('a')], [], circle)).toEqual(['left a']);
  });

  it('a userid that was given up and is given to somebody new brings no old name with it', () => {
    const before = [known('a', 'renamed'), known('b', 'here', { knownAs: 'a' })];
    expect(membersDiff(before, [seen('a', 5), seen('b', 3)], [])).toEqual([
      { kind: 'joined', member: seen('a', 5), knownAs: null },
    ]);
  });
});

describe('the safety stop', () => {
  const people = (count: number): KnownMember[] =>
    Array.from({ length: count }, (_, n) => known(`dir.${String(n)}`));
  const stop = (before: readonly KnownMember[], leaving: number) => {
    const here = before.filter(({ state }) => state === 'here');
    const now = here.slice(leaving).map(({ userid }) => seen(userid, 3));
    return safetyStop(before, membersDiff(before, now, []), 10, NOON);
  };

  it('lets a tenth go, and two in a small company, and holds whatever is more', () => {
    expect(stop(people(100), 10)).toBeNull();
    expect(stop(people(100), 11)).toEqual({ leaving: 11, known: 100 });
    expect(stop(people(5), 2)).toBeNull();
    expect(stop(people(5), 3)).toEqual({ leaving: 3, known: 5 });
  });

  it('holds when nobody at all would be left, and says nothing where nobody leaves', () => {
    expect(stop(people(2), 2)).toEqual({ leaving: 2, known: 2 });
    expect(stop(people(2), 0)).toBeNull();
    expect(safetyStop([], membersDiff([], [seen('new', 1)], []), 10, NOON)).toBeNull();
  });

  it('adds up those who leave one by one within a day', () => {
    const anHourAgo = new Date(NOON.getTime() - 3_600_000);
    const before = people(100).map((one, n) =>
      n < 10 ? { ...one, state: 'gone' as const, since: anHourAgo } : one,
    );
    expect(stop(before, 1)).toEqual({ leaving: 11, known: 100 });
    expect(
      stop(
        before.map((one) => ({ ...one, since: LAST_WEEK })),
        1,
      ),
    ).toBeNull();
  });
});
