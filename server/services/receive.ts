import type { Sent } from '../domain/files/file-ref.ts';
import { insertOnce, type Write } from './batch.ts';
import type { InboxBody } from './loaded.ts';
import { storedFile, type FileRefusal, type NewFile } from './stored-file.ts';

/** What a message becomes: the body of its inbox row, and the file that is stored in the same commit. */
export interface Received {
  readonly body: InboxBody;
  readonly writes: readonly Write[];
}

/** A voice message or a photo. The same message again has the same id, and is stored once. */
export function receiveFile(
  file: NewFile & { readonly kind: 'voice' | 'photo' },
  digest: (text: string) => string,
): Received | { readonly refused: FileRefusal } {
  const kept = storedFile(file, digest);
  if ('refused' in kept) return kept;
  const { id, mime, durationSeconds: seconds } = kept.row;
  const sent: Sent = { kind: file.kind, file: { id, kind: file.kind, mime, seconds } };
  return { body: { kind: file.kind, text: '', sent }, writes: [insertOnce('StoredFile', kept.row)] };
}

/** Where somebody is: five digits after the point are about a metre. */
export function receivePlace(place: {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracy?: number | undefined;
}): Received {
  const degrees = [place.latitude, place.longitude].map((d) => String(Math.round(d * 1e5) / 1e5));
  const metres = place.accuracy === undefined ? [] : [String(Math.round(place.accuracy))];
  const sent: Sent = { kind: 'location', place: [...degrees, ...metres].join() };
  return { body: { kind: 'location', text: '', sent }, writes: [] };
}
