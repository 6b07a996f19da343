import { describe, expect, it } from 'vitest';
import {
  countsOf,
  findingsOf,
  FINDING_KINDS,
  type CountyStanding,
} from '../../../../server/domain/escalation/reachability.ts';

/** A county with two townships, in which everybody is reached: one director and one village in each. */
const WELL: CountyStanding = {
  countyCode: 'C',
  townships: ['N', 'S'],
  villages: [
    { code: 'N1', townshipCode: 'N', withoutDirector: 0 },
    { code: 'S1', townshipCode: 'S', withoutDirector: 0 },
  ],
  directors: [
    { workerId: 'dir.n', townshipCode: 'N' },
    { workerId: 'dir.s', townshipCode: 'S' },
  ],
  holders: [
    { workerId: 'sup.n', role: 'supervisor', areaCode: 'N' },
    { workerId: 'dep.n', role: 'deputy', areaCode: 'N' },
    { workerId: 'sup.s', role: 'supervisor', areaCode: 'S' },
    { workerId: 'dep.s', role: 'deputy', areaCode: 'S' },
    { workerId: 'desk', role: 'county-desk', areaCode: 'C' },
    { workerId: 'leader', role: 'county-leader', areaCode: 'C' },
  ],
  placeOf: new Map([
    ['dir.n', { areaCode: 'N1', townshipCode: 'N' }],
    ['dir.s', { areaCode: 'S1', townshipCode: 'S' }],
    ['sup.n', { areaCode: 'N', townshipCode: 'N' }],
    ['desk', { areaCode: 'C', townshipCode: null }],
  ]),
  linked: new Set(['dir.n', 'dir.s', 'sup.n', 'dep.n', 'sup.s', 'dep.s', 'desk', 'leader']),
  failing: new Set(),
};

const holding = (...gone: string[]) => WELL.holders.filter((h) => !gone.includes(h.workerId));
const linked = (...not: string[]) => new Set([...WELL.linked].filter((id) => !not.includes(id)));

/** `kind area role count who`. */
const found = (change: Partial<CountyStanding>): string[] =>
  findingsOf({ ...WELL, ...change }).map(({ kind, areaCode, role, count, workerIds }) =>
    [kind, areaCode, role ?? '-', count, ...workerIds].join(' '),
  );

describe('who is not reached by an alert', () => {
  it.each<[string, Partial<CountyStanding>, string[]]>([
    ['nobody, where everybody is', {}, []],
    [
      'the children of a village without a director, as a number',
      { villages: [{ code: 'N1', townshipCode: 'N', withoutDirector: 3 }] },
      ['no-director N1 - 3'],
    ],
    [
      'directors without a supervisor, and the rung that is empty',
      { holders: holding('sup.s') },
      ['rung-empty S supervisor 1', 'no-supervisor S - 1 dir.s'],
    ],
    [
      'a deputy that nobody is: the first rung is not missed',
      { holders: holding('dep.n') },
      ['rung-empty N deputy 1'],
    ],
    [
      'a supervisor without an account: the directors have one, and hear of it',
      { linked: linked('sup.n') },
      ['rung-unreached N supervisor 1 sup.n'],
    ],
    [
      'nobody, where one of two on the rung is reached',
      {
        linked: linked('sup.n'),
        holders: [...WELL.holders, { workerId: 'dep.s', role: 'supervisor', areaCode: 'N' }],
      },
      [],
    ],
    [
      'the rung of two who are both not reached, once',
      {
        linked: linked('sup.n', 'other'),
        holders: [...WELL.holders, { workerId: 'other', role: 'supervisor', areaCode: 'N' }],
      },
      ['rung-unreached N supervisor 1 sup.n other'],
    ],
    [
      'a person whose last messages all failed, and the rung that hangs on that person',
      { failing: new Set(['sup.n', 'dir.s']) },
      ['rung-unreached N supervisor 1 sup.n', 'failing N - 1 sup.n', 'failing S1 - 1 dir.s'],
    ],
    ['nobody, of people who do not work here any more', { failing: new Set(['long gone']) }, []],
    [
      'the county’s rungs, once and not for each township',
      { linked: linked('desk'), holders: holding('leader') },
      ['nobody C - 1', 'rung-unreached C county-desk 1 desk', 'rung-empty C county-leader 1'],
    ],
    [
      'a whole township: nobody on any rung, up to the county’s leader',
      { linked: linked('desk', 'leader', 'sup.s', 'dep.s') },
      [
        'nobody C - 1',
        'nobody S - 1',
        'rung-unreached C county-desk 1 desk',
        'rung-unreached C county-leader 1 leader',
        'rung-unreached S deputy 1 dep.s',
        'rung-unreached S supervisor 1 sup.s',
      ],
    ],
    [
      'no township as a whole while the county reads its reports',
      { linked: linked('sup.s', 'dep.s') },
      ['rung-unreached S deputy 1 dep.s', 'rung-unreached S supervisor 1 sup.s'],
    ],
    [
      'nobody above directors, where there are none',
      { directors: [], holders: holding('sup.s') },
      ['rung-empty S supervisor 1'],
    ],
  ])('%s', (_, change, expected) => {
    expect(found(change)).toEqual(expected);
  });

  it('is counted by kind, the kinds that are not there as nothing', () => {
    const findings = findingsOf({
      ...WELL,
      villages: [
        { code: 'N1', townshipCode: 'N', withoutDirector: 3 },
        { code: 'S1', townshipCode: 'S', withoutDirector: 4 },
      ],
    });
    const none = Object.fromEntries(FINDING_KINDS.map((kind) => [kind, 0]));
    expect(countsOf(findings)).toEqual({ ...none, 'no-director': 7 });
  });
});
