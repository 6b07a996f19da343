import type { GiveFeedback } from '../domain/commands.ts';
import { commandOption, say } from '../domain/say.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { decided, type Acting, type Decision } from './acting.ts';
import { insert } from './batch.ts';

/** 投诉建议: kept, and told to the county desk. */
export function giveFeedback(
  command: GiveFeedback,
  acting: Acting,
  area: { readonly countyCode: string | null; readonly name: string },
  desks: readonly ChatAccountRow[],
): Decision {
  const at = acting.at.toISOString();
  const { feedbackId, text } = command;
  // The words may name a child, and this is read on a locked screen by whoever stands by.
  const options = [commandOption('read-feedback', null, say('feedback.read'))];
  const reply = { ...say('feedback.to-desk', { at, area: area.name }), options };
  return decided(
    [
      insert('Feedback', {
        id: feedbackId,
        at,
        accountId: acting.accountId,
        authorId: acting.personId,
        countyCode: area.countyCode,
        text,
      }),
    ],
    desks.map((account) => ({
      account,
      lane: 'reminder',
      key: `feedback:${feedbackId}:${account.id}`,
      reply,
      refs: { feedbackId },
    })),
  );
}
