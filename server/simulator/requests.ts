import { z } from 'zod';
import type { RefusalCode } from '../http/sentences.ts';

const TEXT_LIMIT_CHARS = 4_000;
const OPTION_LIMIT_BYTES = 64;
const SEARCH_LIMIT_CHARS = 50;
/** The databases count messages in 32 bits; nothing comes after the last of them. */
const SEQ_LIMIT = 2_147_483_647;

/** Names the refusal a value leads to; typed, so that a misspelt code does not compile. */
const or = (code: RefusalCode) => ({ error: code });

const charsOf = (text: string) => Array.from(text).length;

/** Text that both databases can keep: no NUL, no half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

const account = z
  .string(or('bad-account'))
  .min(1, or('bad-account'))
  .refine((value) => charsOf(value) <= 100 && !/[\p{Cc}\p{Cs}]/u.test(value), or('bad-account'));

const text = z
  .string(or('bad-text'))
  .transform(storable)
  .refine((value) => value.trim() !== '', or('empty-text'))
  .refine((value) => charsOf(value) <= TEXT_LIMIT_CHARS, or('long-text'));

const option = z
  .string(or('bad-option'))
  .refine((value) => Buffer.byteLength(value) <= OPTION_LIMIT_BYTES, or('bad-option'))
  .regex(/^\P{C}+$/u, or('bad-option'));

/** When a phone without a signal had the message written: an instant that carries its zone. */
const sentAt = z.iso.datetime({ offset: true, ...or('bad-sent-at') }).transform((value) => new Date(value));

/** `POST /simulator/messages`: a text or an option, never both; whatever else the body carries is ignored. */
export const messageBody = z
  .object(
    { account, text: text.optional(), option: option.optional(), sentAt: sentAt.optional() },
    or('bad-request'),
  )
  .transform((body, context) => {
    if (body.option === undefined && body.text !== undefined)
      return { account: body.account, text: body.text, ...(body.sentAt && { sentAt: body.sentAt }) };
    if (body.option !== undefined && body.text === undefined)
      return { account: body.account, option: body.option };
    context.addIssue({ code: 'custom', message: or('text-or-option').error });
    return z.NEVER;
  });

const role = z
  .enum(['', 'director', 'supervisor', 'county', 'guardian', 'carer'], or('bad-role'))
  .transform((value) => (value === '' ? null : value));

const search = z
  .string(or('long-search'))
  .transform((value) => storable(value).trim())
  .refine((value) => charsOf(value) <= SEARCH_LIMIT_CHARS, or('long-search'));

/** `GET /simulator/people?role=&q=`; an empty value is no wish. */
export const peopleQuery = z.object({
  role: role.default(null),
  q: search.transform((value) => (value === '' ? null : value)).default(null),
});

/** `?account=`. */
export const accountQuery = z.object({ account });

/** `GET /simulator/messages?account=&after=`. */
export const messagesQuery = z.object({
  account,
  after: z
    .string(or('bad-after'))
    .regex(/^(\d{1,15})?$/, or('bad-after'))
    .transform((value) => Math.min(Number(value), SEQ_LIMIT))
    .default(0),
});

/** `POST /simulator/clock`: an instant that carries its zone; seconds may be left out. */
export const clockBody = z.object(
  {
    now: z
      .string(or('bad-clock'))
      .transform((value) => value.replace(/T(\d\d:\d\d)(?=Z|[+-])/, 'T$1:00'))
      .pipe(z.iso.datetime({ offset: true, ...or('bad-clock') }))
      .transform((value) => new Date(value)),
  },
  or('bad-clock'),
);

/** `Idempotency-Key`, or null where the caller sent none. */
export const idempotencyKey = z
  .string(or('bad-idempotency-key'))
  .regex(/^[\x20-\x7e]{1,100}$/, or('bad-idempotency-key'))
  .nullable();
