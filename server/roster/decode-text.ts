import iconv from 'iconv-lite';
import { bytesOf, type RosterFile } from './roster-file.ts';

export type TextEncoding = 'utf-8' | 'gb18030';

const BOM = [0xef, 0xbb, 0xbf];
const LINE_FEED = 0x0a;

/**
 * UTF-8 when every byte of the file says so, GB18030 (what Chinese Excel saves) otherwise.
 * One broken byte must not turn a whole UTF-8 file into nonsense: with a byte order mark, or a first line that is
 * Chinese in proper UTF-8, the file stays UTF-8 and only the broken cells are refused.
 */
export async function detectEncoding(file: RosterFile): Promise<TextEncoding> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const firstLine = new FirstLine();
  let valid = true;
  for await (const piece of bytesOf(file)) {
    firstLine.add(piece);
    valid = valid && decodes(strict, piece, true);
    if (!valid && firstLine.complete) break;
  }
  if (valid && decodes(strict, new Uint8Array(), false)) return 'utf-8';
  return firstLine.isChineseUtf8() ? 'utf-8' : 'gb18030';
}

function decodes(decoder: InstanceType<typeof TextDecoder>, piece: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(piece, { stream });
    return true;
  } catch {
    return false;
  }
}

class FirstLine {
  complete = false;
  private bytes = Buffer.alloc(0);

  add(piece: Uint8Array): void {
    if (this.complete) return;
    const end = piece.indexOf(LINE_FEED);
    this.bytes = Buffer.concat([this.bytes, end < 0 ? piece : piece.subarray(0, end)]);
    this.complete = end >= 0 || this.bytes.length > 65_536;
  }

  isChineseUtf8(): boolean {
    if (BOM.every((byte, index) => this.bytes[index] === byte)) return true;
    if (!this.bytes.some((byte) => byte > 0x7f)) return false;
    return decodes(new TextDecoder('utf-8', { fatal: true }), this.bytes, false);
  }
}

/** The text of the file, piece by piece, without byte order mark; what cannot be decoded becomes U+FFFD. */
export async function* decodeText(file: RosterFile, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = encoding === 'utf-8' ? utf8Decoder() : iconv.getDecoder('gb18030');
  for await (const piece of bytesOf(file)) {
    const text = decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}

function utf8Decoder(): { write: (piece: Buffer) => string; end: () => string | undefined } {
  const decoder = new TextDecoder('utf-8');
  return { write: (piece) => decoder.decode(piece, { stream: true }), end: () => decoder.decode() };
}
