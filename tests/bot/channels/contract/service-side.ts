import type { MessageFile } from '../../../../bot/channels/channel.ts';
import { insert } from '../../../../server/services/batch.ts';
import type { InboxBody } from '../../../../server/services/loaded.ts';
import type { InboxRow } from '../../../../server/store/generated/tables.ts';
import type { Store } from '../../../../server/store/store.ts';
import { sampleRow } from '../../../support/store-rows.ts';

/** The option that the newest stored message carries. */
export async function lastOptionOf(store: Store): Promise<string | null> {
  const row = await store.client.inbox.findFirst({ orderBy: { seq: 'desc' } });
  if (row === null) return null;
  const body = JSON.parse(store.open('Inbox', row as InboxRow).body ?? '{}') as InboxBody;
  return body.kind === 'option' ? body.text : null;
}

/** Keeps a file as its owner's. */
export function keepFileOf(store: Store, channel: string, externalId: string) {
  return async ({ id, mime }: MessageFile, bytes: Buffer): Promise<void> => {
    const { id: ownerAccountId } = await store.client.chatAccount.findFirstOrThrow({
      where: { channel, externalId },
    });
    const about = { id, mime, ownerAccountId, sizeBytes: bytes.length, body: bytes.toString('base64') };
    const row = sampleRow('StoredFile', 1, { ...about, createdAt: '2026-11-25T02:00:00.000Z' });
    await store.commit({ guards: [], writes: [insert('StoredFile', row)] });
  };
}
