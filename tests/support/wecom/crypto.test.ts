import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, keyOf, paddingFor, sign } from './crypto.ts';
import { cdata, xmlOf } from './xml.ts';

interface Vector {
  readonly name: string;
  readonly source: string;
  readonly token: string;
  readonly encodingAESKey: string;
  readonly receiveid: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly msg_signature?: string;
  readonly bad_msg_signature?: string;
  readonly bad_nonce?: string;
  readonly encrypt: string;
  readonly plaintext: string;
  readonly random16_hex: string;
}

const file = new URL('../../fixtures/wecom/crypto-vectors.json', import.meta.url);
const vectors: {
  readonly crypto: readonly Vector[];
  readonly pkcs7_block32: readonly { readonly len: number; readonly pad: number }[];
  readonly invalid_encoding_aes_keys: {
    readonly cases: readonly { readonly key: string; readonly why: string }[];
  };
} = JSON.parse(readFileSync(file, 'utf8'));

describe("the fake's encryption is the public one", () => {
  it('there are fourteen vectors', () => expect(vectors.crypto).toHaveLength(14));

  it.each(vectors.crypto)('$name: opens to the published words and closes to the published bytes', (v) => {
    const opened = decrypt(v.encodingAESKey, v.encrypt);
    expect(opened.message).toBe(v.plaintext);
    expect(opened.receiveId).toBe(v.receiveid);
    expect(opened.random.toString('hex')).toBe(v.random16_hex);
    expect(encrypt(v.encodingAESKey, v.plaintext, v.receiveid, opened.random)).toBe(v.encrypt);
  });

  const signed = vectors.crypto.filter((v) => v.msg_signature !== undefined);
  it.each(signed)('$name: is signed as published', (v) => {
    const signature = sign(v.token, v.timestamp ?? '', v.nonce ?? '', v.encrypt);
    expect(signature).toBe(v.msg_signature);
    expect(signature).not.toBe(v.bad_msg_signature);
    if (v.bad_nonce !== undefined)
      expect(sign(v.token, v.timestamp ?? '', v.bad_nonce, v.encrypt)).not.toBe(signature);
  });

  it('only the two vectors of WxJava carry no signature', () => expect(signed).toHaveLength(12));

  it.each(vectors.pkcs7_block32)('$len bytes are filled with $pad', ({ len, pad }) => {
    expect([...paddingFor(len)]).toEqual(Array.from({ length: pad }, () => pad));
  });

  it.each(vectors.invalid_encoding_aes_keys.cases)('a key is refused: $why', ({ key }) => {
    expect(() => keyOf(key)).toThrow();
  });
});

describe("the fake's XML", () => {
  it('words stand in CDATA, numbers bare, lists nested', () => {
    const xml = xmlOf([
      ['Content', '你好 <b>&'],
      ['MsgId', 4561255354251345929n],
      ['SelectedItems', [['SelectedItem', [['QuestionKey', 'q']]]]],
    ]);
    expect(xml).toBe(
      '<xml><Content><![CDATA[你好 <b>&]]></Content><MsgId>4561255354251345929</MsgId>' +
        '<SelectedItems><SelectedItem><QuestionKey><![CDATA[q]]></QuestionKey></SelectedItem></SelectedItems></xml>',
    );
  });

  it('words that end CDATA do not end it', () => {
    const sections = [...cdata('a]]>b').matchAll(/<!\[CDATA\[(.*?)\]\]>/g)].map((found) => found[1]);
    expect(sections).toEqual(['a]]', '>b']);
  });
});
