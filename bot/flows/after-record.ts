import type { RecordContact } from '../../server/domain/commands.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { askFollowUps } from './follow-up.ts';
import { inTurn, offerPromise } from './promise.ts';
import { homesOf, toHomes, type Home } from './promise-whose.ts';

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
  const promised = inTurn(words === 'own' ? told : each(told, view)).slice(0, 1);
  const [asked] = askFollowUps(records, view);
  const [offer] = promised;
  if (asked === undefined) return promised;
  return offer === undefined ? [asked] : [{ ...asked, slots: { ...asked.slots, promise: offer.slots } }];
}

/** One question for each promise; whose it is is part of it where several homes are named beside it. */
function each(promises: readonly Frame[], view: View): readonly Frame[] {
  const texts = promises.map(({ slots }) => slots.text);
  return promises.flatMap((one, place) => {
    if (texts.indexOf(one.slots.text) !== place) return [];
    const alike = promises.filter(({ slots }) => slots.text === one.slots.text).flatMap(homesOf);
    return [toHomes(one, alike.filter(isFirstOfHome(view)))];
  });
}

/** Brothers and sisters live in one home, and what was promised there was promised once. */
function isFirstOfHome(view: View): (home: Home, place: number, all: readonly Home[]) => boolean {
  const houseOf = ({ childId }: Home): string => childOf(view, childId)?.householdId ?? childId;
  return (home, place, all) => all.findIndex((one) => houseOf(one) === houseOf(home)) === place;
}
