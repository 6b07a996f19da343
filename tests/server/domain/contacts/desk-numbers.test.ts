import { describe, expect, it } from 'vitest';
import { areasOfDepartments } from '../../../../server/domain/contacts/department-areas.ts';
import { deskNumbers } from '../../../../server/domain/contacts/desk-numbers.ts';

const area = (code: string, name: string, kind: string, parentCode: string | null) => ({
  code,
  name,
  kind,
  parentCode,
});
const AREAS = [
  area('city', '榕安市', 'city', null),
  area('qing', '清溪县', 'county', 'city'),
  area('bei', '北岭县', 'county', 'city'),
  area('q1', '城关镇', 'township', 'qing'),
  area('b1', '城关镇', 'township', 'bei'),
  area('q11', '大河村', 'village', 'q1'),
  area('b11', '大河村', 'village', 'b1'),
];
const department = (id: number, name: string, parentId: number) => ({ id, name, parentId });
const DEPARTMENTS = [
  department(1, '民政系统', 0),
  department(2, '清溪县', 1),
  department(3, '北岭县', 1),
  department(4, '儿童福利', 2),
  department(5, '城关镇', 4),
  department(6, '大河村', 5),
  department(7, '城 关 镇', 3),
  department(8, '大河村', 1),
];

describe('which area a department stands for', () => {
  it('follows the names down the tree, past departments that are no area', () => {
    expect(Object.fromEntries(areasOfDepartments(DEPARTMENTS, AREAS))).toEqual({
      2: 'qing',
      3: 'bei',
      5: 'q1',
      6: 'q11',
      7: 'b1',
    });
  });

  it('guesses nothing where a name fits twice, and ends where departments stand in a circle', () => {
    expect(areasOfDepartments([department(8, '大河村', 1)], AREAS).size).toBe(0);
    const circle = [department(1, '清溪县', 2), department(2, '城关镇', 1)];
    expect(areasOfDepartments(circle, AREAS).get(1)).toBe('qing');
  });
});

describe('where WeCom and the roster differ', () => {
  const person = (account: string, areaCode: string) => ({ id: account, account, areaCode });
  const compare = (
    members: readonly (readonly [string, ...number[]])[],
    people: readonly ReturnType<typeof person>[],
  ) =>
    Object.fromEntries(
      deskNumbers({
        members: members.map(([userid, ...departments]) => ({ userid, departments })),
        departments: DEPARTMENTS,
        areas: AREAS,
        people,
        useridOf: (account) => (account === 'old' ? 'new' : account),
      }),
    );

  it('counts for each county who is unknown, out of sight and in another place', () => {
    const found = compare(
      [
        ['fits', 6],
        ['above', 2],
        ['new', 6],
        ['other', 7],
        ['guest', 4],
        ['nowhere', 1],
      ],
      [
        person('fits', 'q11'),
        person('above', 'q11'),
        person('old', 'q11'),
        person('other', 'q11'),
        person('hidden', 'b1'),
      ],
    );
    expect(found).toEqual({
      qing: { strangers: 1, unseen: 0, elsewhere: 1 },
      bei: { strangers: 0, unseen: 1, elsewhere: 0 },
    });
  });

  it('a department that stands for no area contradicts nobody', () => {
    expect(compare([['a', 1, 4, 8]], [person('a', 'b11')]).bei).toMatchObject({ elsewhere: 0, unseen: 0 });
  });
});
