import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

/** A table as it lies on the disk. It is opened more than once: to find its encoding, and to read it. */
export interface RosterFile {
  /** The file's name as the report shows it, without folders. */
  readonly label: string;
  readonly sizeBytes: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

export type RosterFileFault =
  | 'file-missing'
  | 'file-unreadable'
  | 'file-empty'
  | 'file-too-large'
  | 'old-xls'
  | 'xlsx-damaged'
  | 'columns-missing'
  | 'column-twice'
  | 'quote-not-closed'
  | 'record-too-long'
  | 'too-many-rows';

/**
 * The whole file cannot be processed. `detail` holds headers, a row number or a limit, never a cell.
 * It is thrown, not returned, because nothing after it can be read.
 */
export class RosterFileError extends Error {
  readonly fault: RosterFileFault;
  readonly file: string;
  readonly detail: string;

  constructor(fault: RosterFileFault, file: string, detail = '') {
    super(`${fault}: ${file}`);
    this.name = 'RosterFileError';
    this.fault = fault;
    this.file = file;
    this.detail = detail;
  }
}

/** A piece is parsed without a pause: some 200 rows. */
const PIECE_BYTES = 16_384;

/** A file on the disk. Throws RosterFileError where there is none. */
export async function rosterFileAt(path: string): Promise<RosterFile> {
  const label = basename(path);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new RosterFileError('file-missing', label);
  return { label, sizeBytes: found.size, open: () => createReadStream(path, { highWaterMark: PIECE_BYTES }) };
}

/** A table already in memory, handed out in pieces of `chunkBytes`. */
export function rosterFileOf(label: string, bytes: Uint8Array, chunkBytes = 65_536): RosterFile {
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  return { label, sizeBytes: bytes.length, open };
}

/** The bytes of a file piece by piece; any fault of the disk becomes a RosterFileError. */
export async function* bytesOf(file: RosterFile): AsyncGenerator<Uint8Array> {
  try {
    yield* file.open();
  } catch {
    throw new RosterFileError('file-unreadable', file.label);
  }
}

export type FileForm = 'csv' | 'xlsx' | 'old-xls';

/** Tells the form by the first bytes, because the ending of a file's name is often wrong. */
export async function formOf(file: RosterFile): Promise<FileForm> {
  const head = await firstBytes(file, 4);
  if (head.equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) return 'xlsx';
  if (head.equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return 'old-xls';
  return 'csv';
}

async function firstBytes(file: RosterFile, count: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytesOf(file)) {
    pieces.push(piece);
    size += piece.length;
    if (size >= count) break;
  }
  return Buffer.concat(pieces).subarray(0, count);
}
