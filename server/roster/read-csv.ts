import { parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { decodeText, detectEncoding } from './decode-text.ts';
import { RosterFileError, type RosterFile } from './roster-file.ts';

const MAX_CSV_BYTES = 500 * 1024 * 1024;
const MAX_RECORD_BYTES = 100_000;

/**
 * The records of a CSV file one after the other, blank lines included (a spreadsheet counts them too).
 * Throws RosterFileError where the quotes of the file do not close, because then nobody can tell row from row.
 */
export async function* readCsvRecords(file: RosterFile): AsyncGenerator<readonly string[]> {
  if (file.sizeBytes > MAX_CSV_BYTES) throw new RosterFileError('file-too-large', file.label, '500 MB');
  const text = decodeText(file, await detectEncoding(file));
  const parser = parse({
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_RECORD_BYTES,
  });
  // pipeline hands a fault of the source to the parser, where the loop below meets it
  pipeline(Readable.from(text), parser, () => undefined);
  let row = 0;
  try {
    for await (const record of parser) {
      row += 1;
      yield record as string[];
    }
  } catch (error) {
    throw fileErrorOf(error, file.label, row + 1);
  }
}

function fileErrorOf(error: unknown, label: string, row: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new RosterFileError('quote-not-closed', label, String(row));
  if (code === 'CSV_MAX_RECORD_SIZE') return new RosterFileError('record-too-long', label, String(row));
  if (typeof code === 'string' && code.startsWith('CSV_'))
    return new RosterFileError('file-unreadable', label, String(row));
  return error;
}
