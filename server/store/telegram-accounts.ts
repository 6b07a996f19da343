import { ACCOUNT_DEFAULTS } from '../domain/account-settings.ts';
import { insertOnce } from '../services/batch.ts';
import type { ChatAccountRow } from './generated/tables.ts';
import { accountByExternalId } from './people.ts';
import type { Store } from './store.ts';

/** The account of a private chat; of one that is new, an account without a person. */
export async function telegramAccount(
  store: Store,
  chat: string,
  language: 'zh-CN' | 'en',
  newId: () => string,
): Promise<ChatAccountRow> {
  const known = await accountByExternalId(store, 'telegram', chat);
  if (known) return known;
  const nobody = { personKind: null, personId: null, linkedAt: null };
  const row = {
    ...ACCOUNT_DEFAULTS,
    ...nobody,
    id: newId(),
    channel: 'telegram',
    externalId: chat,
    language,
  } as const;
  await store.commit({ guards: [], writes: [insertOnce('ChatAccount', row)] });
  return (await accountByExternalId(store, 'telegram', chat)) ?? row;
}
