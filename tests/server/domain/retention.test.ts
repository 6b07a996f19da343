import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RETENTION_POLICY,
  erasable,
  erasedBefore,
  type KeptBody,
} from '../../../server/domain/retention.ts';
import { day } from './cadence/family.ts';

const BEFORE = erasedBefore(day('2026-12-31'), DEFAULT_RETENTION_POLICY);

const row = (key: number, at: string, state: KeptBody['state'], isErased = false): KeptBody => ({
  key: String(key),
  at,
  state,
  isErased,
});

const OLD = '2026-11-30T15:59:59.999Z';
const YOUNG = '2026-12-01T00:00:00.000Z';

describe('words that have done their work', () => {
  it('are old after 30 whole days in Shanghai', () => {
    expect(BEFORE).toBe('2026-11-30T16:00:00.000Z');
  });

  it.each([
    ['done and old: erased, never looked at again', [row(1, OLD, 'done')], ['1'], '1', false],
    ['done and young: stays', [row(1, YOUNG, 'done')], [], null, true],
    [
      'waits for its turn, however old: stays and is looked at again',
      [row(1, OLD, 'waits')],
      [],
      null,
      false,
    ],
    ['failed: kept for a person to look at', [row(1, OLD, 'kept')], [], '1', false],
    ['erased already: nothing to do', [row(1, OLD, 'done', true)], [], '1', false],
    [
      'behind one that waits: erased, and looked at again tomorrow',
      [row(1, OLD, 'done'), row(2, OLD, 'waits'), row(3, OLD, 'done')],
      ['1', '3'],
      '1',
      false,
    ],
    ['nothing there', [], [], null, true],
  ] as const)('%s', (_what, rows, erase, settledThrough, isLast) => {
    expect(erasable(rows, BEFORE)).toEqual({ erase, settledThrough, isLast });
  });

  it('nothing that waits, failed or is young is ever erased', () => {
    const anyRow = fc.record({
      key: fc.nat(9999).map(String),
      at: fc.constantFrom(OLD, YOUNG),
      state: fc.constantFrom('done' as const, 'waits' as const, 'kept' as const),
      isErased: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { selector: (r) => r.key }), (rows) => {
        const { erase } = erasable(rows, BEFORE);
        const erased = rows.filter((r) => erase.includes(r.key));
        expect(erased.every((r) => r.state === 'done' && r.at < BEFORE)).toBe(true);
      }),
    );
  });
});
