import { BYTES_LIMIT, VOICE_LIMIT_SECONDS, mimeOf, type FileKind } from '../domain/files/file-kind.ts';
import { voiceSeconds } from '../domain/files/voice-length.ts';
import type { StoredFileRow } from '../store/generated/tables.ts';

/** A file as it arrives or is made, before anybody has looked at it. */
export interface NewFile {
  readonly id: string;
  readonly kind: FileKind;
  readonly bytes: Buffer;
  /** How long a voice message is, in seconds, where the channel says so. */
  readonly seconds: number | null;
  readonly ownerAccountId: string;
  readonly at: Date;
}

/** Why a file is not taken. */
export type FileRefusal = 'empty-file' | 'large-file' | 'long-voice' | 'wrong-file';

/**
 * The row of a file that may be kept, or why it may not. The type is read from the bytes; what the sender says of it
 * counts for nothing.
 */
export function storedFile(
  { id, kind, bytes, seconds, ownerAccountId, at }: NewFile,
  digest: (text: string) => string,
): { readonly row: StoredFileRow } | { readonly refused: FileRefusal } {
  if (bytes.length === 0) return { refused: 'empty-file' };
  if (bytes.length > BYTES_LIMIT[kind]) return { refused: 'large-file' };
  const mime = mimeOf(kind, bytes);
  if (mime === null) return { refused: 'wrong-file' };
  const counted = kind === 'voice' ? voiceSeconds(mime, bytes) : null;
  const durationSeconds = counted ?? seconds;
  if (durationSeconds !== null && durationSeconds > VOICE_LIMIT_SECONDS) return { refused: 'long-voice' };
  const body = bytes.toString('base64');
  return {
    row: {
      id,
      kind,
      mime,
      sizeBytes: bytes.length,
      durationSeconds,
      ownerAccountId,
      createdAt: at.toISOString(),
      body,
      digest: digest(body),
    },
  };
}
