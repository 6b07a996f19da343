import { partsWithin } from '../split.ts';

/** WeCom cuts a text silently after so many bytes (document 90236). */
export const TEXT_BYTES = 2_048;
/** Room for `（12/12）` and the mark that tells two messages apart. */
const SPARE_BYTES = 48;

/** A text in parts that WeCom shows whole. */
export function partsOf(text: string, limit = TEXT_BYTES - SPARE_BYTES): readonly string[] {
  return partsWithin(text, limit, (part) => Buffer.byteLength(part));
}
