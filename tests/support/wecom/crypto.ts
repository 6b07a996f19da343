import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/**
 * The encryption of WeCom's callbacks, written after its description alone (AES-256-CBC, PKCS#7 of 32, receiveid). It shares
 * no line with what the bot uses, so that the two cannot agree on a mistake; the public vectors judge it.
 */
const BLOCK = 32;
export const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

export function keyOf(encodingAesKey: string): Buffer {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey))
    throw new Error('An EncodingAESKey has 43 letters and digits.');
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

/** The padding alone: 1 to 32 bytes, each saying how many there are. */
export function paddingFor(byteLength: number): Buffer {
  const count = BLOCK - (byteLength % BLOCK);
  return Buffer.alloc(count, count);
}

export function packed(message: Buffer, receiveId: string, random: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(message.length);
  return Buffer.concat([random, length, message, Buffer.from(receiveId, 'utf8')]);
}

/** Encrypts bytes that already have the length of whole blocks. */
export function encryptBlocks(encodingAesKey: string, blocks: Buffer): string {
  const key = keyOf(encodingAesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]).toString('base64');
}

export function encrypt(encodingAesKey: string, message: string, receiveId: string, random: Buffer): string {
  const plain = packed(Buffer.from(message, 'utf8'), receiveId, random);
  return encryptBlocks(encodingAesKey, Buffer.concat([plain, paddingFor(plain.length)]));
}

export interface Opened {
  readonly message: string;
  readonly receiveId: string;
  readonly random: Buffer;
}

export function decrypt(encodingAesKey: string, encrypted: string): Opened {
  const key = keyOf(encodingAesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const begin = RANDOM_BYTES + LENGTH_BYTES;
  const end = begin + plain.readUInt32BE(RANDOM_BYTES);
  return {
    message: plain.subarray(begin, end).toString('utf8'),
    receiveId: plain.subarray(end).toString('utf8'),
    random: plain.subarray(0, RANDOM_BYTES),
  };
}

export function sign(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''), 'utf8')
    .digest('hex');
}
