import { say, type SaidFile } from '../say.ts';
import type { FileKind } from './file-kind.ts';

/** A file by what is known of it: the bytes stay where they are. */
export interface FileRef {
  readonly id: string;
  readonly kind: FileKind;
  readonly mime: string;
  /** How long a voice message is, in whole seconds; null where nobody knows. */
  readonly seconds: number | null;
}

/** What somebody sent besides words. A place is "latitude,longitude" in degrees (WGS 84), with the accuracy in metres. */
export type Sent =
  | { readonly kind: 'voice' | 'photo'; readonly file: FileRef }
  | { readonly kind: 'location'; readonly place: string };

/** A file as a message names it: what it is and how long, never whose. */
export function saidFile({ id, kind, mime, seconds }: FileRef): SaidFile {
  const name = seconds === null ? say(`file.${kind}`) : say(`file.${kind}-seconds`, { seconds });
  return { id, mime, name };
}
