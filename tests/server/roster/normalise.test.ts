import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanCell,
  cleanCode,
  cleanName,
  cleanText,
  parsePhone,
  parseRosterDate,
} from '../../../server/roster/normalise.ts';

describe('a day can be written in many ways', () => {
  test.each([
    '2015-03-05',
    '2015/3/5',
    '2015.3.5',
    '2015年3月5日',
    '２０１５年３月５日',
    '２０１５－０３－０５',
    '2015 年 3 月 5 日',
    '20150305',
    '2015-03-05 00:00:00',
    '2015/3/5 8:30',
    "'2015-03-05",
    '42068',
  ])('%s is 5 March 2015', (text) => {
    expect(parseRosterDate(text)).toBe('2015-03-05');
  });

  test.each([
    '2015-02-29',
    '2026-13-45',
    '3/5/2015',
    '15-3-5',
    '2015年3月',
    '三月五日',
    '5',
    '99999',
    '',
    '20151305',
  ])('%s is no day', (text) => {
    expect(parseRosterDate(text)).toBeNull();
  });
});

describe('a phone number can be written in many ways', () => {
  test.each([
    '10012345678',
    '100-1234-5678',
    '100 1234 5678',
    '+86 10012345678',
    '００８６10012345678',
    '＋86-100-1234-5678',
    '１００１２３４５６７８',
    "'10012345678",
    '8610012345678',
  ])('%s is the same mobile number', (text) => {
    expect(parsePhone(text)).toBe('10012345678');
  });

  test.each([
    ['0599-1234567', '05991234567'],
    ['(0599)1234567', '05991234567'],
    ['+86 0599 1234567', '05991234567'],
    ['010-12345678', '01012345678'],
  ])('%s is a landline with its area code', (text, digits) => {
    expect(parsePhone(text)).toBe(digits);
  });

  test.each(['12345', '1234567', '20012345678', '100123456789', '=10012345678', '电话', ''])(
    '%s is none',
    (text) => {
      expect(parsePhone(text)).toBeNull();
    },
  );
});

describe('text is cleaned once and for all', () => {
  test.each([
    [' ２班小明　', '2班小明'],
    ['张　三', '张三'],
    ['阿依 · 古丽', '阿依·古丽'],
    ['阿依•古丽', '阿依·古丽'],
    ['张\u0000三\u200b', '张三'],
    ['无', ''],
    ['－', ''],
  ])('the name %j becomes %j', (raw, name) => {
    expect(cleanName(raw)).toBe(name);
  });

  test.each([cleanText, cleanCell, cleanCode, cleanName])(
    'cleaning a second time changes nothing (%o)',
    (clean) => {
      const pieces = fc.constantFrom(
        '一',
        ' ',
        '　',
        '\t',
        '\n',
        "'",
        '.',
        '•',
        '-',
        'é',
        'e\u0301',
        '\u200b',
        'Ａ',
        '１',
        '㈠',
      );
      const text = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((parts) => parts.join('')),
      );
      fc.assert(
        fc.property(text, (raw) => {
          expect(clean(clean(raw))).toBe(clean(raw));
        }),
        { numRuns: 500 },
      );
    },
  );
});
