import { z } from 'zod';
import { elementsOf } from './xml.ts';

/** The wake-up of 微信客服: something happened at an account. It says nothing of what. */
export interface KfWakeUp {
  readonly openKfId: string;
  /** Allows reading freely for ten minutes. */
  readonly token: string;
}

/** What a guardian sent. */
export type KfSaid =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'option'; readonly option: string }
  | { readonly kind: 'file'; readonly file: 'photo' | 'voice'; readonly mediaId: string }
  | { readonly kind: 'place'; readonly latitude: number; readonly longitude: number }
  /** Of a kind people may send and we cannot keep: they are told so. */
  | { readonly kind: 'unreadable' };

/** What happened at an account, for whoever keeps it. `from` is the external_userid. */
export type KfHappening =
  | {
      readonly kind: 'said';
      readonly from: string;
      readonly msgid: string;
      readonly at: Date;
      readonly said: KfSaid;
    }
  | {
      readonly kind: 'entered';
      readonly from: string;
      readonly msgid: string;
      readonly at: Date;
      /** The scene_param of the link or code they came by. */
      readonly invitation: string | null;
      /** Lets one message go at once; there is one where nothing was said for two days. */
      readonly welcomeCode: string | null;
    }
  /** A person of the service has taken the chat, or ended it. */
  | { readonly kind: 'taken' | 'ended'; readonly from: string }
  /** A message of ours that was taken and has not arrived; `ownId` is the id we gave it. */
  | {
      readonly kind: 'undelivered';
      readonly from: string;
      readonly ownId: string;
      readonly failType: number;
    }
  /** Known, and none of our business; the name goes into the count. */
  | { readonly kind: 'ignored'; readonly name: string };

/** One page of what happened, and where the next one begins. */
export interface KfPage {
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly happenings: readonly KfHappening[];
}

const WORDS_LIMIT = 4_096;
/** session_status_change (document 94670): 1 from the pool, 2 from a colleague, 4 once more; 3 ends. */
const TAKEN = [1, 2, 4];
const ENDED = 3;

const id = z.string().min(1).max(128);
const wakeUp = z.object({
  Event: z.string().toLowerCase().pipe(z.literal('kf_msg_or_event')),
  OpenKfId: z.string().min(1).max(64),
  Token: z.string().min(1).max(256),
});

/** The wake-up in a decrypted callback (document 94670); null for every other callback. */
export function wakeUpOf(plain: string): KfWakeUp | null {
  const read = wakeUp.safeParse(elementsOf(plain));
  return read.success ? { openKfId: read.data.OpenKfId, token: read.data.Token } : null;
}

const page = z.object({
  next_cursor: z.string().max(64),
  has_more: z.number(),
  msg_list: z.array(z.unknown()).optional(),
});

/** The answer of `kf/sync_msg` (document 94670); null where it is not of the described form. */
export function pageOf(body: unknown): KfPage | null {
  const read = page.safeParse(body);
  if (!read.success) return null;
  const { next_cursor: cursor, has_more: more, msg_list: list = [] } = read.data;
  return { cursor, hasMore: more === 1, happenings: list.map(happeningOf) };
}

const FROM_GUARDIAN = 3;
const FROM_SERVICE = 5;

const common = z.object({
  msgid: id,
  send_time: z
    .number()
    .int()
    .min(0)
    .max(1e11)
    .transform((seconds) => new Date(seconds * 1000)),
  origin: z.number(),
  msgtype: z.string().max(64),
  external_userid: id.optional(),
  event: z.unknown().optional(),
});

/** One that is not of the described form is left alone: it must not stand in the way of those behind it. */
function happeningOf(message: unknown): KfHappening {
  const read = common.safeParse(message);
  if (!read.success) return UNKNOWN;
  const { msgid, send_time: at, origin, msgtype, external_userid: from, event } = read.data;
  if (msgtype === 'event') return eventOf(event, msgid, at);
  if (from === undefined) return UNKNOWN;
  if (origin === FROM_SERVICE) return { kind: 'taken', from };
  if (origin !== FROM_GUARDIAN) return { kind: 'ignored', name: msgtype };
  const said = saidOf(msgtype, message);
  return said === null ? UNKNOWN : { kind: 'said', from, msgid, at, said };
}

const UNKNOWN: KfHappening = { kind: 'ignored', name: 'of no known form' };

const media = z.object({ media_id: z.string().min(1).max(512) });
const content = {
  text: z.object({ text: z.object({ content: z.string().max(WORDS_LIMIT), menu_id: id.optional() }) }),
  image: z.object({ image: media }),
  voice: z.object({ voice: media }),
  location: z.object({
    location: z.object({
      latitude: z.coerce.number().min(-90).max(90),
      longitude: z.coerce.number().min(-180).max(180),
    }),
  }),
};

function saidOf(msgtype: string, message: unknown): KfSaid | null {
  switch (msgtype) {
    case 'text':
      return made(content.text, message, ({ text: { content: text, menu_id: option } }) =>
        option === undefined ? { kind: 'text', text } : { kind: 'option', option },
      );
    case 'image':
      return made(content.image, message, ({ image }) => ({
        kind: 'file',
        file: 'photo',
        mediaId: image.media_id,
      }));
    case 'voice':
      return made(content.voice, message, ({ voice }) => ({
        kind: 'file',
        file: 'voice',
        mediaId: voice.media_id,
      }));
    case 'location':
      return made(content.location, message, ({ location }) => ({ kind: 'place', ...location }));
    default:
      return { kind: 'unreadable' };
  }
}

const named = z.object({ event_type: z.string().max(64) });
const events = {
  enter_session: z.object({
    external_userid: id,
    scene_param: z.string().max(512).optional(),
    welcome_code: z.string().max(512).optional(),
  }),
  session_status_change: z.object({ external_userid: id, change_type: z.number() }),
  msg_send_fail: z.object({ external_userid: id, fail_msgid: id, fail_type: z.number() }),
};

function eventOf(event: unknown, msgid: string, at: Date): KfHappening {
  const name = named.safeParse(event);
  if (!name.success) return UNKNOWN;
  const ignored: KfHappening = { kind: 'ignored', name: name.data.event_type };
  switch (name.data.event_type) {
    case 'enter_session':
      return (
        made(events.enter_session, event, ({ external_userid: from, scene_param, welcome_code }) => ({
          kind: 'entered',
          ...{ from, msgid, at },
          invitation: filled(scene_param),
          welcomeCode: filled(welcome_code),
        })) ?? UNKNOWN
      );
    case 'session_status_change':
      return (
        made(events.session_status_change, event, ({ external_userid: from, change_type: change }) => {
          if (change === ENDED) return { kind: 'ended', from };
          return TAKEN.includes(change) ? { kind: 'taken', from } : ignored;
        }) ?? UNKNOWN
      );
    case 'msg_send_fail':
      return (
        made(events.msg_send_fail, event, ({ external_userid: from, fail_msgid: ownId, fail_type }) => ({
          kind: 'undelivered',
          ...{ from, ownId, failType: fail_type },
        })) ?? UNKNOWN
      );
    default:
      return ignored;
  }
}

function filled(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function made<T, H>(schema: z.ZodType<T>, value: unknown, make: (value: T) => H): H | null {
  const read = schema.safeParse(value);
  return read.success ? make(read.data) : null;
}
