import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksPersonal, readIdentityNumber } from '../../../server/roster/identity-number.ts';
import { identityNumber } from './sample-roster.ts';

describe('an identity number', () => {
  test('tells the day of birth and the sex of the child', () => {
    expect(readIdentityNumber('999001201603080025')).toMatchObject({ bornOn: '2016-03-08', sex: 'female' });
    expect(readIdentityNumber(identityNumber('2018-11-30', 11))).toMatchObject({
      bornOn: '2018-11-30',
      sex: 'male',
    });
  });

  test('is the same with a small x at its end', () => {
    const withX = Array.from({ length: 30 }, (_, order) => identityNumber('2016-03-08', order)).find((n) =>
      n.endsWith('X'),
    );
    expect(withX).toBeDefined();
    expect(readIdentityNumber(String(withX).toLowerCase())).toMatchObject({ number: withX });
  });

  test.each([
    '99900120160308002',
    '9990012016030800288',
    '99900120161308002X',
    '99900120160308OO2X',
    '',
    '9990******0028',
  ])('%s is malformed', (text) => {
    expect(readIdentityNumber(text)).toBe('identity-malformed');
  });

  test('with one wrong digit is always noticed', () => {
    const order = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(
        order,
        fc.integer({ min: 14, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (n, place, shift) => {
          const good = identityNumber('2016-03-08', n);
          const wrong = `${good.slice(0, place)}${String((Number(good[place]) + shift) % 10)}${good.slice(place + 1)}`;
          expect(readIdentityNumber(wrong)).toBe('identity-check-digit');
        },
      ),
    );
  });

  test('and a phone number are never shown as a code', () => {
    expect(looksPersonal(identityNumber('2016-03-08', 2))).toBe(true);
    expect(looksPersonal('10012345678')).toBe(true);
    expect(looksPersonal('H0000001')).toBe(false);
  });
});
