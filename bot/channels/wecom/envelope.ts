import { timingSafeEqual } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { z } from 'zod';
import { elementsOf } from './xml.ts';

/** What the administrator set for the callback, and the company it belongs to. */
export interface CallbackKeys {
  readonly corpId: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

/** Why a callback is not taken. It is for the log; a stranger is told nothing. */
export type Refusal = 'form' | 'signature' | 'stale' | 'cipher' | 'receiver';

/** A callback that is not from our company, or was damaged on the way. Carries nothing of what was sent. */
export class RefusedCallback extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`a WeCom callback was refused: ${refusal}`);
    this.refusal = refusal;
  }
}

/** A callback may lie so long between sender and us, on the real clock (our default: retries may keep their time). */
const FRESH_MS = 10 * 60_000;

const signedQuery = z.object({
  msg_signature: z.string().regex(/^[0-9a-f]{40}$/),
  timestamp: z.string().regex(/^[0-9]{1,20}$/),
  nonce: z.string().regex(/^[\w-]{1,64}$/),
});
const cipherText = z
  .string()
  .max(400_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .refine((text) => text.length % 4 === 0);
const echoQuery = signedQuery.extend({ echostr: cipherText });

/**
 * The answer to WeCom's question whether this address is ours (developer.work.weixin.qq.com, document 90930).
 * @throws RefusedCallback
 */
export function openEcho(keys: CallbackKeys, query: unknown, now: Date): string {
  const read = echoQuery.safeParse(query);
  if (!read.success) throw new RefusedCallback('form');
  return openSigned(keys, read.data, read.data.echostr, now);
}

/**
 * The message inside a callback's body. Nothing is decrypted before the signature fits, and nothing is believed that is
 * not addressed to our company.
 * @throws RefusedCallback
 */
export function openEnvelope(keys: CallbackKeys, query: unknown, body: string, now: Date): string {
  const read = signedQuery.safeParse(query);
  const encrypted = cipherText.safeParse(elementsOf(body)?.Encrypt);
  if (!read.success || !encrypted.success) throw new RefusedCallback('form');
  return openSigned(keys, read.data, encrypted.data, now);
}

/** WeCom's question whether an address is ours, asked by ourselves: the query to go with it. */
export function askEcho(
  keys: CallbackKeys,
  echo: string,
  { now, nonce, random }: { readonly now: Date; readonly nonce: string; readonly random: Buffer },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const echostr = encrypt(keys.encodingAesKey, echo, keys.corpId, random);
  return { msg_signature: getSignature(keys.token, timestamp, nonce, echostr), timestamp, nonce, echostr };
}

/**
 * `@wecom/crypto` neither compares signatures nor looks at padding, length or receiver, and tells faults in five ways:
 * this is its only caller.
 */
function openSigned(
  keys: CallbackKeys,
  query: z.infer<typeof signedQuery>,
  encrypted: string,
  now: Date,
): string {
  const { msg_signature: given, timestamp, nonce } = query;
  const expected = getSignature(keys.token, timestamp, nonce, encrypted);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) throw new RefusedCallback('signature');
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > FRESH_MS) throw new RefusedCallback('stale');
  const { message, id } = decrypted(keys.encodingAesKey, encrypted);
  if (id !== keys.corpId) throw new RefusedCallback('receiver');
  return message;
}

/**
 * Locked up again, the message has to become the very same bytes: that leaves no room for a wrong key, a padding or a
 * length that were tampered with, or letters that are none.
 */
function decrypted(key: string, encrypted: string): { readonly message: string; readonly id: string } {
  try {
    const { message, id, random } = decrypt(key, encrypted);
    if (encrypt(key, message, id, random) === encrypted) return { message, id };
  } catch {
    // told below like everything else that does not open
  }
  throw new RefusedCallback('cipher');
}
