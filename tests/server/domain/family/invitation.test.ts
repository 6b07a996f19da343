import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeFrom, codeIn } from '../../../../server/domain/family/invitation.ts';

const ids = fc.uuid({ version: 7 });

it('a code has eight characters that nobody takes for another', () => {
  fc.assert(fc.property(ids, (id) => /^[0-9A-HJKMNP-TV-Z]{8}$/u.test(codeFrom(id))));
});

it('a code comes from the random end of an id: two ids of one millisecond have two codes', () => {
  expect(codeFrom('0193659e-7a00-7000-8000-0000000003e8')).toBe('000000Z8');
  expect(codeFrom('0193659e-7a00-7000-8000-ffffffffffff')).toBe('ZZZZZZZZ');
});

it('a code is read whatever way it was typed', () => {
  fc.assert(
    fc.property(ids, fc.constantFrom('', ' ', '-', '－', '　'), fc.boolean(), (id, gap, small) => {
      const code = codeFrom(id);
      const typed = [code.slice(0, 4), code.slice(4)].join(gap);
      return codeIn(small ? typed.toLowerCase() : typed) === code;
    }),
  );
});

it.each([
  ['7k3m q9ta', '7K3MQ9TA'],
  ['７Ｋ３ＭＱ９ＴＡ', '7K3MQ9TA'],
  ['“7K3MQ9TA”。', '7K3MQ9TA'],
  ['OIL3MQ9T', '0113MQ9T'],
])('%s is the code %s', (typed, code) => {
  expect(codeIn(typed)).toBe(code);
});

it.each(['', '7K3MQ9T', '7K3MQ9TAB', 'UUUUUUUU', '奶奶', '13800000000'])('%s is no code', (typed) => {
  expect(codeIn(typed)).toBeNull();
});
