import type { RecordContact } from '../../server/domain/commands.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { askFollowUps } from './follow-up.ts';
import { inTurn, offerPromise } from './promise.ts';

/**
 * What is asked once these records are stored, as one conversation so that few lie on each other: first what was open
 * before, then the promises told in the words.
 */
export function afterRecord(records: readonly RecordContact[], view: View): Frame[] {
  const promised = inTurn(records.flatMap((record) => offerPromise(record, view))).slice(0, 1);
  const [asked] = askFollowUps(records, view);
  const [offer] = promised;
  if (asked === undefined) return promised;
  return offer === undefined ? [asked] : [{ ...asked, slots: { ...asked.slots, promise: offer.slots } }];
}
