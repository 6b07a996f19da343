import type { AnswerTip, ChooseTips, GiveTip } from '../domain/family/tip-commands.ts';
import { decided, type Acting, type Decision } from './acting.ts';
import { put, update, type Write } from './batch.ts';
import { consent } from './binding.ts';

/** A tip and a person: what they were sent once is never sent to them again. */
export function tipKey(personId: string, tipId: string): string {
  return `${personId}:${tipId}`;
}

/** That these people were sent a tip. One that never reached them may be sent again. */
export function tipGiven(
  persons: readonly { readonly id: string }[],
  { tipId, at, outboxId }: { readonly tipId: string; readonly at: string; readonly outboxId: string | null },
): readonly Write[] {
  return persons.map(({ id }) =>
    put('TipGiven', { key: tipKey(id, tipId), personId: id, tipId, at, outboxId, answer: null }),
  );
}

export function giveTip({ tipId, persons }: GiveTip, { at }: Acting): Decision {
  return decided(tipGiven(persons, { tipId, at: at.toISOString(), outboxId: null }));
}

export function answerTip({ tipId, answer, persons }: AnswerTip): Decision {
  return decided(persons.map(({ id }) => update('TipGiven', tipKey(id, tipId), { answer })));
}

/** Kept for ever beside what was said before; the newest counts. */
export function chooseTips({ wanted, persons }: ChooseTips, acting: Acting): Decision {
  return decided(persons.map((person) => consent(acting, person, 'tips', wanted)));
}
