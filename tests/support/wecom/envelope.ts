import type { Chance } from './chance.ts';
import { secondsOf, type TenantClock } from './clock.ts';
import { encryptBlocks, packed, paddingFor, RANDOM_BYTES, sign } from './crypto.ts';
import { xmlOf, type XmlElement } from './xml.ts';

/** What the platform may never have sent: an honest server refuses each of these, and says nothing about why. */
export const HOSTILE_FAULTS = [
  'bad-signature',
  'no-signature',
  'bad-receiveid',
  'bad-padding',
  'padding-out-of-range',
  'bad-length',
  'wrong-key',
  'misaligned',
  'not-base64',
  'not-utf8',
  'stale',
  'duplicate-query',
  'megabyte',
  'doctype',
  'doctype-inside',
  'no-encrypt',
] as const;
export type HostileFault = (typeof HOSTILE_FAULTS)[number];

/** One HTTP request to the callback address. */
export interface CallbackRequest {
  readonly method: 'GET' | 'POST';
  readonly query: string;
  readonly body: string | null;
}

export interface Seal {
  readonly token: string;
  readonly aesKey: string;
  readonly corpId: string;
}

/** What differs between two sendings of the same words. */
export interface Stamp {
  readonly timestamp: string;
  readonly nonce: string;
  readonly random: Buffer;
}

const OTHER_KEY = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFG';
const MEGABYTE = 1024 * 1024;
const STALE_SECONDS = 3_600;
const DOCTYPE = '<!DOCTYPE xml [<!ENTITY e "e"><!ENTITY f "&e;&e;&e;&e;">]>';
const NOT_UTF8 = Buffer.from([0xff, 0xfe, 0xc3, 0x28]);

export function newStamp(chance: Chance, clock: TenantClock): Stamp {
  return {
    timestamp: String(secondsOf(clock)),
    nonce: chance.digits(10),
    random: Buffer.from(chance.word(12).slice(0, RANDOM_BYTES), 'utf8'),
  };
}

export function verifyRequest(seal: Seal, stamp: Stamp, echo: string, fault?: HostileFault): CallbackRequest {
  const dated = datedStamp(stamp, fault);
  const encrypted = sealed(seal, dated, echo, fault);
  const query = queryOf(seal, dated, encrypted, fault);
  return { method: 'GET', query: `${query}&echostr=${encodeURIComponent(encrypted)}`, body: null };
}

export function messageRequest(
  seal: Seal,
  stamp: Stamp,
  xml: string,
  agentId: number | null,
  fault?: HostileFault,
): CallbackRequest {
  const dated = datedStamp(stamp, fault);
  const plain = fault === 'doctype-inside' ? DOCTYPE + xml : xml;
  const encrypted = sealed(seal, dated, plain, fault);
  const fields: XmlElement[] = [['ToUserName', seal.corpId]];
  if (fault !== 'no-encrypt') fields.push(['Encrypt', encrypted]);
  if (agentId !== null) fields.push(['AgentID', String(agentId)]);
  const query = queryOf(seal, dated, encrypted, fault);
  const body = xmlOf(fields);
  if (fault === 'megabyte') return { method: 'POST', query, body: body + ' '.repeat(MEGABYTE) };
  return { method: 'POST', query, body: fault === 'doctype' ? DOCTYPE + body : body };
}

function datedStamp(stamp: Stamp, fault?: HostileFault): Stamp {
  return fault === 'stale' ? { ...stamp, timestamp: String(Number(stamp.timestamp) - STALE_SECONDS) } : stamp;
}

function sealed({ aesKey, corpId }: Seal, { random }: Stamp, words: string, fault?: HostileFault): string {
  const message = Buffer.from(words, 'utf8');
  const bytes = fault === 'not-utf8' ? Buffer.concat([message, NOT_UTF8]) : message;
  const plain = packed(bytes, fault === 'bad-receiveid' ? `${corpId}x` : corpId, random);
  if (fault === 'bad-length') plain.writeUInt32BE(plain.length + 1_000, RANDOM_BYTES);
  const padding = paddingFor(plain.length);
  if (fault === 'padding-out-of-range') padding[padding.length - 1] = 33;
  const blocks = Buffer.concat([plain, fault === 'bad-padding' ? brokenPadding(plain.length) : padding]);
  const encrypted = encryptBlocks(fault === 'wrong-key' ? OTHER_KEY : aesKey, blocks);
  if (fault === 'misaligned') return Buffer.from(encrypted, 'base64').subarray(0, -5).toString('base64');
  return fault === 'not-base64' ? `${encrypted.slice(0, -6)}%$!?<>` : encrypted;
}

/** The last byte says how many; one before it does not agree. A block of its own where only one byte would be left. */
function brokenPadding(byteLength: number): Buffer {
  const usual = paddingFor(byteLength);
  const padding = usual.length === 1 ? Buffer.alloc(33, 32) : usual;
  padding[padding.length - 2] = 0;
  return padding;
}

function queryOf(seal: Seal, { timestamp, nonce }: Stamp, encrypted: string, fault?: HostileFault): string {
  const right = sign(seal.token, timestamp, nonce, encrypted);
  const wrong = (right.startsWith('0') ? '1' : '0') + right.slice(1);
  const signature = fault === 'bad-signature' ? wrong : right;
  const parts = [`timestamp=${timestamp}`, `nonce=${nonce}`];
  if (fault !== 'no-signature') parts.unshift(`msg_signature=${signature}`);
  if (fault === 'duplicate-query') parts.push(`nonce=${nonce}`);
  return parts.join('&');
}
