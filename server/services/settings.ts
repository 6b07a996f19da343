import type { ChangeSettings } from '../domain/commands.ts';
import { decided, type Acting, type Decision } from './acting.ts';
import { update } from './batch.ts';

/** The habits of one account. Nothing of this ever holds back an urgent row. */
export function changeSettings({ change }: ChangeSettings, acting: Acting): Decision {
  return decided([update('ChatAccount', acting.accountId, change)]);
}
