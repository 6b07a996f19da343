/** What somebody sends, or gets: a voice message, a photo, or a document made for them. */
export type FileKind = 'voice' | 'photo' | 'document';

const MEGABYTE = 1024 * 1024;

/**
 * The largest file of each kind, in bytes. Voice and photo are the limits of WeCom's media interface (2 MB, 10 MB), so
 * that what one channel takes every channel takes; the document's is our default.
 */
export const BYTES_LIMIT: Readonly<Record<FileKind, number>> = {
  voice: 2 * MEGABYTE,
  photo: 10 * MEGABYTE,
  document: 10 * MEGABYTE,
};

/** The longest voice message, in seconds: what WeCom and WeChat record in one go. */
export const VOICE_LIMIT_SECONDS = 60;

/** How a format is recognised: these bytes (latin1) at this place. */
interface Signature {
  readonly mime: string;
  readonly at: number;
  readonly bytes: RegExp;
}

const RIFF = /^RIFF[^]{4}/;
const SIGNATURES: Readonly<Record<FileKind, readonly Signature[]>> = {
  voice: [
    { mime: 'audio/amr', at: 0, bytes: /^#!AMR(-WB)?\n/ },
    { mime: 'audio/ogg', at: 0, bytes: /^OggS\0/ },
    // An ID3 tag, or a frame that begins with eleven set bits and a layer that exists.
    { mime: 'audio/mpeg', at: 0, bytes: /^(ID3[\x02-\x04]|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff])/ },
    // The brands of sound in MPEG-4; pictures (heic, avif) have the same frame and other brands.
    { mime: 'audio/mp4', at: 4, bytes: /^ftyp(M4A |M4B |mp4[12]|iso[m2-9]|dash|3gp)/ },
    // Matroska whose first element says "webm": what browsers record.
    { mime: 'audio/webm', at: 0, bytes: /^\x1a\x45\xdf\xa3[^]{0,48}?webm/ },
    { mime: 'audio/wav', at: 0, bytes: new RegExp(`${RIFF.source}WAVE`) },
  ],
  photo: [
    { mime: 'image/jpeg', at: 0, bytes: /^\xff\xd8\xff/ },
    { mime: 'image/png', at: 0, bytes: /^\x89PNG\r\n\x1a\n/ },
    { mime: 'image/webp', at: 0, bytes: new RegExp(`${RIFF.source}WEBPVP8`) },
  ],
  document: [{ mime: 'application/pdf', at: 0, bytes: /^%PDF-\d/ }],
};

const LONGEST_SIGNATURE = 64;

/** The type these bytes themselves show, of this kind; null where they are something else, whatever the sender says. */
export function mimeOf(kind: FileKind, bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, LONGEST_SIGNATURE));
  return SIGNATURES[kind].find((s) => s.bytes.test(head.slice(s.at)))?.mime ?? null;
}
