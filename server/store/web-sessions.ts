import type { WebSessionRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** A session by the keyed digest of what the cookie holds. */
export async function webSession({ client }: Store, tokenIndex: string): Promise<WebSessionRow | null> {
  return client.webSession.findUnique({ where: { tokenIndex } });
}
