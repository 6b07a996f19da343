import type { RecordContact } from '../../server/domain/commands.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { askFollowUps } from './follow-up.ts';
import { inTurn, offerPromise } from './promise.ts';

/**
 * What is asked once these records are stored, as one conversation so that few lie on each other: first what was open
 * before, then the promises told in the words. One sentence
 * about several children is the note of each of them (`shared`): the promise in it is one.
 */
export function afterRecord(
  records: readonly RecordContact[],
  view: View,
  words: 'shared' | 'own' = 'shared',
): Frame[] {
  const told = records.flatMap((record) => offerPromise(record, view));
  const promised = inTurn(words === 'own' ? told : each(told)).slice(0, 1);
  const [asked] = askFollowUps(records, view);
  const [offer] = promised;
  if (asked === undefined) return promised;
  return offer === undefined ? [asked] : [{ ...asked, slots: { ...asked.slots, promise: offer.slots } }];
}

function each(promises: readonly Frame[]): readonly Frame[] {
  const texts = promises.map(({ slots }) => slots.text);
  return promises.filter(({ slots }, place) => texts.indexOf(slots.text) === place);
}
