import { NOBODY, metOutsidersOnly } from '../../server/domain/attempt.ts';
import { isCall } from '../../server/domain/cadence/child-facts.ts';
import type { FiledRecord } from '../../server/domain/filed-record.ts';
import { readMet } from '../understanding/met.ts';
import { normalise } from '../understanding/normalise.ts';

/**
 * Whom a record says was met. Of an attempt that is nobody of the household, and whoever from outside was spoken with
 * stands in its words: 跟班主任聊了 reads 老师, and not that there was nobody.
 */
export function metKept({
  met,
  nobodyMet,
  mode,
  note,
}: Pick<FiledRecord, 'met' | 'nobodyMet' | 'mode' | 'note'>): readonly string[] {
  if (!nobodyMet) return met;
  const told = note === null || isCall(mode) ? [] : readMet(normalise(note), mode, false);
  const outside = told.filter((who) => metOutsidersOnly([who]));
  return outside.length === 0 ? [NOBODY] : outside;
}
