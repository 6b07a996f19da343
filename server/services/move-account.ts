import { audit, decided, type Acting, type Decision } from './acting.ts';
import { update } from './batch.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';

/**
 * The same person under a new userid: the account goes on under it. Where somebody wrote to us under the new userid
 * before we knew whose it is, that account takes over what the person chose and what waits to be sent.
 * @param waiting ids of outbox rows still queued for the old account
 */
export function moveAccount(
  acting: Acting,
  account: ChatAccountRow,
  userid: string,
  otherId: string | null,
  waiting: readonly string[],
): Decision {
  const note = audit(acting, 'new-userid', `account:${account.id}`, {});
  if (otherId === null) return decided([update('ChatAccount', account.id, { externalId: userid }), note]);
  const { personKind, personId, language, digestMinutes, quietFromMinutes, quietUntilMinutes, steps } =
    account;
  const chosen = { language, digestMinutes, quietFromMinutes, quietUntilMinutes, steps };
  return decided([
    update('ChatAccount', otherId, {
      ...chosen,
      personKind,
      personId,
      linkedAt: account.linkedAt,
      questionAskedAt: account.questionAskedAt,
      goneAt: null,
    }),
    update('ChatAccount', account.id, { personKind: null, personId: null, linkedAt: null }),
    ...waiting.map((id) => update('Outbox', id, { accountId: otherId })),
    note,
  ]);
}
