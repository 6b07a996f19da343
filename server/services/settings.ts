import type { ChangeSettings } from '../domain/commands.ts';
import type { SpeakShort } from '../domain/family/tip-commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { update } from './batch.ts';

/** The habits of one account. Nothing of this ever holds back an urgent row. */
export function changeSettings({ change }: ChangeSettings, acting: Acting): Decision {
  return decided([update('ChatAccount', acting.accountId, change)]);
}

/** Short sentences on somebody else's phones: a director chose it for them, and that is on record. */
export function speakShort({ accountIds }: SpeakShort, acting: Acting): Decision {
  return decided(
    accountIds.flatMap((id) => [
      update('ChatAccount', id, { steps: 'small' }),
      audit(acting, 'speak-short', `account:${id}`, {}),
    ]),
  );
}
