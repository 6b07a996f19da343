/** Digits and letters that are not taken for each other when they are read aloud or copied by hand. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** So many signs: 40 bits, guessed by nobody who has five tries an hour (our default). */
const LENGTH = 8;

/** A code is over after so long (our default). */
export const LINK_CODE_MS = 10 * 60_000;
/** After so many wrong codes an account waits for so long (our default). */
export const WRONG_CODES = 5;
export const LOCKED_MS = 60 * 60_000;

/** A code made of the end of a new id (UUIDv7, whose last forty bits are chance). */
export function linkCodeOf(id: string): string {
  let bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`);
  let code = '';
  while (code.length < LENGTH) {
    code = `${SIGNS[Number(bits % 32n)] ?? ''}${code}`;
    bits /= 32n;
  }
  return code;
}

/** The code in what somebody typed; null where it is none. Small letters, spaces and what looks alike are forgiven. */
export function linkCodeIn(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/gu, '')
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1');
  return new RegExp(`^[${SIGNS}]{${String(LENGTH)}}$`, 'u').test(code) ? code : null;
}
