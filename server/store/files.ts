import type { StoredFileRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** What is known of a file without its bytes. */
export type FileFacts = Omit<StoredFileRow, 'body' | 'digest'>;

const FACTS = {
  id: true,
  kind: true,
  mime: true,
  sizeBytes: true,
  durationSeconds: true,
  ownerAccountId: true,
  createdAt: true,
} as const;

/** A file without its bytes; null where there is none. */
export async function fileFacts(store: Store, id: string): Promise<FileFacts | null> {
  return (await store.client.storedFile.findUnique({ where: { id }, select: FACTS })) as FileFacts | null;
}

/** The bytes of a file; null where there is none. */
export async function fileBytes(store: Store, id: string): Promise<Buffer | null> {
  const row = await store.client.storedFile.findUnique({ where: { id }, select: { body: true } });
  return row === null ? null : Buffer.from(store.openText('StoredFile', 'body', id, row.body), 'base64');
}
