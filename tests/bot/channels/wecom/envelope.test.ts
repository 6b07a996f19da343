import { encrypt, getSignature } from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openEcho,
  openEnvelope,
  RefusedCallback,
  type CallbackKeys,
  type Refusal,
} from '../../../../bot/channels/wecom/envelope.ts';
import vectors from '../../../fixtures/wecom/crypto-vectors.json' with { type: 'json' };

const KEYS: CallbackKeys = {
  corpId: 'wx5823bf96d3bd56c7',
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};
const NOW = new Date('2026-11-25T02:00:00.000Z');
const SECONDS = String(NOW.getTime() / 1000);

/** A callback as WeCom makes it; `changed` is what an attacker or a bad line does to it. */
function callback(message: string, changed: Partial<Record<'key' | 'corpId' | 'timestamp', string>> = {}) {
  const timestamp = changed.timestamp ?? SECONDS;
  const encrypted = encrypt(changed.key ?? KEYS.encodingAesKey, message, changed.corpId ?? KEYS.corpId);
  const query = {
    msg_signature: getSignature(KEYS.token, timestamp, 'n0nce', encrypted),
    timestamp,
    nonce: 'n0nce',
  };
  return { query, encrypted, body: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>` };
}

function refusalOf(open: () => string): Refusal | 'opened' {
  try {
    open();
    return 'opened';
  } catch (error) {
    if (error instanceof RefusedCallback) return error.refusal;
    throw error;
  }
}

describe('the public vectors', () => {
  it.each(vectors.crypto.filter((v) => 'msg_signature' in v))('$name opens', (vector) => {
    const { token, encodingAESKey: encodingAesKey, timestamp, nonce, encrypt: encrypted } = vector;
    const keys = { corpId: vector.decrypted_receiveid, token, encodingAesKey };
    const query = { msg_signature: vector.msg_signature, timestamp: String(timestamp), nonce: String(nonce) };
    const at = new Date(Number(timestamp) * 1000);
    expect(openEcho(keys, { ...query, echostr: encrypted }, at)).toBe(vector.plaintext);
    const body = `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    expect(openEnvelope(keys, query, body, at)).toBe(vector.plaintext);
  });

  it('all fourteen are there, and those without a signature are encryptions', () => {
    expect(vectors.crypto).toHaveLength(14);
    for (const v of vectors.crypto.filter((one) => !('msg_signature' in one)))
      expect(encrypt(v.encodingAESKey, v.plaintext, v.receiveid, Buffer.from(v.random16_hex, 'hex'))).toBe(
        v.encrypt,
      );
  });
});

describe('a callback that is not from our company', () => {
  const own = callback('<xml/>');
  const changedBody = fc
    .tuple(fc.nat(own.encrypted.length - 3), fc.constantFrom('A', 'B', 'w', 'z', '0', '9', '+', '/'))
    .filter(([at, put]) => own.encrypted[at] !== put)
    .map(([at, put]) => own.encrypted.slice(0, at) + put + own.encrypted.slice(at + 1));

  it.each<[string, Refusal, () => string]>([
    [
      'with another signature',
      'signature',
      () => openEnvelope(KEYS, { ...own.query, msg_signature: 'a'.repeat(40) }, own.body, NOW),
    ],
    [
      'with a signature for another time',
      'signature',
      () => openEnvelope(KEYS, { ...own.query, timestamp: String(Number(SECONDS) + 1) }, own.body, NOW),
    ],
    [
      'from eleven minutes ago',
      'stale',
      () => openEnvelope(KEYS, own.query, own.body, new Date(NOW.getTime() + 660_000)),
    ],
    [
      'from eleven minutes ahead',
      'stale',
      () => openEnvelope(KEYS, own.query, own.body, new Date(NOW.getTime() - 660_000)),
    ],
    [
      'for another company',
      'receiver',
      () => {
        const other = callback('<xml/>', { corpId: 'wx0000000000000000' });
        return openEnvelope(KEYS, other.query, other.body, NOW);
      },
    ],
    [
      'locked with another key',
      'cipher',
      () => {
        const other = callback('<xml/>', { key: 'A'.repeat(43) });
        return openEnvelope(KEYS, other.query, other.body, NOW);
      },
    ],
    [
      'with two signatures',
      'form',
      () => openEnvelope(KEYS, { ...own.query, msg_signature: ['a', 'b'] }, own.body, NOW),
    ],
    ['without a nonce', 'form', () => openEnvelope(KEYS, { ...own.query, nonce: undefined }, own.body, NOW)],
    ['with a DOCTYPE', 'form', () => openEnvelope(KEYS, own.query, `<!DOCTYPE xml>${own.body}`, NOW)],
    ['without words', 'form', () => openEnvelope(KEYS, own.query, '', NOW)],
    ['with half an XML', 'form', () => openEnvelope(KEYS, own.query, own.body.slice(0, 40), NOW)],
  ])('%s is refused: %s', (_what, refusal, open) => {
    expect(refusalOf(open)).toBe(refusal);
  });

  it('however its body was changed, its signature does not fit any more', () => {
    fc.assert(
      fc.property(changedBody, (changed) => {
        const query = { ...own.query, echostr: changed };
        expect(refusalOf(() => openEcho(KEYS, query, NOW))).toBe('signature');
      }),
      { numRuns: 1_000 },
    );
  });

  it('signed by somebody who knows the token but not the key, what does not open is refused and nothing breaks', () => {
    fc.assert(
      fc.property(changedBody, (changed) => {
        const msg_signature = getSignature(KEYS.token, SECONDS, 'n0nce', changed);
        const query = { ...own.query, msg_signature, echostr: changed };
        expect(['cipher', 'receiver', 'opened']).toContain(refusalOf(() => openEcho(KEYS, query, NOW)));
      }),
      { numRuns: 1_000 },
    );
  });
});
