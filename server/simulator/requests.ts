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

/** The bytes of a file in base64; what type they are is read from the bytes, so a type that is named is ignored. */
const bytes = z
  .string(or('bad-file'))
  .refine((value) => value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value), or('bad-file'))
  .transform((value) => Buffer.from(value, 'base64'));

const voice = z
  .object(
    { base64: bytes, seconds: z.number(or('bad-file')).positive(or('bad-file')).optional() },
    or('bad-file'),
  )
  .transform(({ base64, seconds }) => ({
    bytes: base64,
    seconds: seconds === undefined ? null : Math.ceil(seconds),
  }));

const photo = z.object({ base64: bytes }, or('bad-file')).transform(({ base64 }) => ({ bytes: base64 }));

const location = z.object(
  {
    latitude: z.number(or('bad-location')).min(-90, or('bad-location')).max(90, or('bad-location')),
    longitude: z.number(or('bad-location')).min(-180, or('bad-location')).max(180, or('bad-location')),
    accuracy: z
      .number(or('bad-location'))
      .min(0, or('bad-location'))
      .max(100_000, or('bad-location'))
      .optional(),
  },
  or('bad-location'),
);

const said = {
  text: text.optional(),
  option: option.optional(),
  voice: voice.optional(),
  photo: photo.optional(),
  location: location.optional(),
};

/** What somebody says in one message. */
export type Said =
  | { readonly text: string; readonly sentAt?: Date }
  | { readonly option: string }
  | { readonly voice: { readonly bytes: Buffer; readonly seconds: number | null } }
  | { readonly photo: { readonly bytes: Buffer } }
  | { readonly location: z.output<typeof location> };

/** `POST /simulator/messages`: a text, an option, a file or a place, one of them; whatever else is ignored. */
export const messageBody = z
  .object({ account, ...said, sentAt: sentAt.optional() }, or('bad-request'))
  .transform((body, context): { readonly account: string } & Said => {
    const { account, sentAt, ...one } = body;
    const given = Object.values(one).filter((value) => value !== undefined);
    const late = one.text === undefined || sentAt === undefined ? {} : { sentAt };
    if (given.length === 1) return { account, ...one, ...late } as { readonly account: string } & Said;
    context.addIssue({ code: 'custom', message: or('text-or-option').error });
    return z.NEVER;
  });

/** The id in `GET /simulator/files/:id?account=`. */
export const fileId = z.string(or('unknown-file')).regex(/^[A-Za-z0-9_-]{1,64}$/, or('unknown-file'));

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
