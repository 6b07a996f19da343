import { readSheet } from 'read-excel-file/node';
import { bytesOf, RosterFileError, type RosterFile } from './roster-file.ts';

const MAX_XLSX_BYTES = 50 * 1024 * 1024;
/** Excel keeps 15 digits of a number; a longer one has already lost its end. */
const EXACT_BELOW = 1e15;

/**
 * The records of the first sheet of an XLSX file. The file is read whole (a ZIP cannot be read from the front),
 * hence the limit of 50 MB. Days become `YYYY-MM-DD`; numbers too long for Excel come out in the form `9.99e+17`,
 * which the checks refuse as rounded.
 */
export async function* readXlsxRecords(file: RosterFile): AsyncGenerator<readonly string[]> {
  if (file.sizeBytes > MAX_XLSX_BYTES) throw new RosterFileError('file-too-large', file.label, '50 MB');
  const pieces: Uint8Array[] = [];
  for await (const piece of bytesOf(file)) pieces.push(piece);
  for (const cells of await sheetOf(Buffer.concat(pieces), file.label)) yield cells.map(textOfCell);
}

async function sheetOf(bytes: Buffer, label: string): Promise<readonly (readonly unknown[])[]> {
  try {
    return await readSheet(bytes, { trim: false });
  } catch {
    // the library's own words may quote a cell
    throw new RosterFileError('xlsx-damaged', label);
  }
}

function textOfCell(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  if (typeof cell === 'number') return Math.abs(cell) < EXACT_BELOW ? String(cell) : cell.toExponential();
  // the library puts a calendar day at midnight UTC
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return '';
}
