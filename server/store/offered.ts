import type { ChatAccountRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** So many messages may have come by themselves since somebody spoke; one of them without choices takes none away. */
const LOOKED_AT = 5;

interface Frozen {
  readonly options?: readonly { readonly id: string; readonly label: string }[];
}

/**
 * The buttons of the newest message with any that came to a phone of a family by itself after its holder last spoke; null
 * where there is none. Read from what went out, so that nothing has to be written for it.
 */
export async function offeredSince(
  store: Store,
  { id, personId, lastWordAt }: Pick<ChatAccountRow, 'id' | 'personId' | 'lastWordAt'>,
): Promise<NonNullable<Frozen['options']> | null> {
  const rows = await store.client.outbox.findMany({
    where: {
      sessionKey: personId ?? `account:${id}`, // what is looked up by
      accountId: id,
      state: 'accepted',
      refs: { contains: '"family":' },
      acceptedAt: { gt: lastWordAt ?? '' },
    },
    orderBy: { createdAt: 'desc' },
    take: LOOKED_AT,
    select: { id: true, body: true },
  });
  for (const { id: rowId, body } of rows) {
    const { options = [] }: Frozen =
      body === null ? {} : (JSON.parse(store.openText('Outbox', 'body', rowId, body)) as Frozen);
    if (options.length > 0) return options;
  }
  return null;
}
