import type { GiveFeedback } from '../domain/commands.ts';
import { say } from '../domain/say.ts';
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
  const reply = say('feedback.to-desk', { text, at, area: area.name });
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
