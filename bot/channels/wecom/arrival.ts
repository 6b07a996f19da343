import { z } from 'zod';
import { BETWEEN_CHOSEN } from '../../../server/domain/say.ts';
import { CHOICE } from './card.ts';
import { elementsOf } from './xml.ts';

/** What a callback tells, for whoever keeps it. `from` is a member's userid, lower-cased: WeCom does not tell case apart. */
export type Arrival =
  | { readonly kind: 'text'; readonly from: string; readonly text: string; readonly sentAt: Date }
  | {
      readonly kind: 'option';
      readonly from: string;
      readonly option: string;
      /** The card's name, which is the id of its outbox row. */
      readonly taskId: string;
      /** Lets the card be changed once. */
      readonly responseCode: string;
    }
  | {
      readonly kind: 'file';
      readonly from: string;
      readonly file: 'photo' | 'voice';
      readonly mediaId: string;
      readonly sentAt: Date;
    }
  | { readonly kind: 'place'; readonly from: string; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'entered'; readonly from: string }
  /** The company's address book changed; `newUserid` where the same person goes by another userid from now on. */
  | {
      readonly kind: 'contacts';
      readonly change: string;
      readonly userid: string | null;
      readonly newUserid: string | null;
    }
  /** A message of a kind people may send and we cannot keep: they are told so. */
  | { readonly kind: 'unreadable'; readonly from: string; readonly name: string }
  /** Known, and none of our business. */
  | { readonly kind: 'ignored'; readonly name: string };

const WORDS_LIMIT = 4_096;
const userid = z.string().trim().min(1).max(64).toLowerCase();
const seconds = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform((text) => new Date(Number(text) * 1000));
const degrees = (limit: number) => z.coerce.number().min(-limit).max(limit);
const common = { FromUserName: userid, CreateTime: seconds };

/** What WeCom calls a message or an event. It is counted and logged, so nothing else may stand in its place. */
const name = z
  .string()
  .regex(/^\w{1,64}$/)
  .toLowerCase();

const text = z.object({ ...common, Content: z.string().max(WORDS_LIMIT) });
const media = z.object({ ...common, MediaId: z.string().min(1).max(512) });
const place = z.object({ ...common, Location_X: degrees(90), Location_Y: degrees(180) });
const event = z.object({ ...common, Event: name });
const menu = z.object({ ...common, EventKey: z.string().max(128) });
/** Document 90970. Of departments and tags only the fact counts: the address book is read anew. */
const contacts = z.object({
  ChangeType: z.string().min(1).max(64).toLowerCase(),
  UserID: userid.nullish().default(null),
  NewUserID: userid.nullish().default(null),
});
const card = z.object({
  ...common,
  EventKey: z.string().min(1).max(1_024),
  TaskId: z.string().max(128),
  ResponseCode: z.string().min(1).max(512),
  SelectedItems: z.unknown().optional(),
});
/** What was ticked on a card: one thing of each list. */
const ticked = z.object({
  SelectedItem: z.array(z.object({ OptionIds: z.object({ OptionId: z.array(z.string().min(1).max(128)) }) })),
});

/** Events of a self-built app that change nothing for us; the name goes into the count. */
const WITHOUT_WORDS = new Set(['video', 'link', 'file']);

/**
 * A decrypted callback as something that happened (documents 90239 and 90240). Null where it is not of the described form.
 */
export function arrivalOf(plain: string): Arrival | null {
  const elements = elementsOf(plain);
  const type = name.safeParse(elements?.MsgType);
  if (elements === null || !type.success) return eventWithoutType(elements);
  switch (type.data) {
    case 'text':
      return made(text, elements, ({ FromUserName: from, Content, CreateTime: sentAt }) => ({
        kind: 'text',
        from,
        text: Content,
        sentAt,
      }));
    case 'image':
    case 'voice':
      return made(media, elements, ({ FromUserName: from, MediaId: mediaId, CreateTime: sentAt }) => ({
        kind: 'file',
        from,
        file: type.data === 'image' ? 'photo' : 'voice',
        mediaId,
        sentAt,
      }));
    case 'location':
      return made(place, elements, ({ FromUserName: from, Location_X: latitude, Location_Y: longitude }) => ({
        kind: 'place',
        from,
        latitude,
        longitude,
      }));
    case 'event':
      return made(event, elements, ({ Event, FromUserName, CreateTime }) =>
        eventOf(Event, FromUserName, CreateTime, elements),
      );
    default:
      return WITHOUT_WORDS.has(type.data)
        ? made(z.object(common), elements, ({ FromUserName: from }) => ({
            kind: 'unreadable',
            from,
            name: type.data,
          }))
        : { kind: 'ignored', name: type.data };
  }
}

function eventOf(name: string, from: string, sentAt: Date, elements: unknown): Arrival | null {
  if (from === 'sys') return name === 'change_contact' ? contactsOf(elements) : { kind: 'ignored', name };
  switch (name) {
    case 'click':
      return made(menu, elements, ({ EventKey }) => ({ kind: 'text', from, text: EventKey, sentAt }));
    case 'template_card_event':
      return made(
        card,
        elements,
        ({ EventKey, TaskId: taskId, ResponseCode: responseCode, SelectedItems }) => ({
          kind: 'option',
          from,
          option: tickedOf(EventKey, SelectedItems) ?? EventKey,
          taskId,
          responseCode,
        }),
      );
    case 'enter_agent':
    case 'subscribe':
      return { kind: 'entered', from };
    default:
      return { kind: 'ignored', name };
  }
}

/** The one that was ticked; of lists side by side, what was chosen in them, in their order, behind the key of the card. */
function tickedOf(key: string, items: unknown): string | null {
  const read = ticked.safeParse(items);
  if (!read.success) return null;
  const chosen = read.data.SelectedItem.flatMap(({ OptionIds }) => OptionIds.OptionId[0] ?? []);
  return key === CHOICE ? (chosen[0] ?? null) : `${key}${chosen.join(BETWEEN_CHOSEN)}`;
}

function contactsOf(elements: unknown): Arrival | null {
  return made(contacts, elements, ({ ChangeType: change, UserID, NewUserID: newUserid }) => ({
    kind: 'contacts',
    change,
    userid: UserID,
    newUserid,
  }));
}

/** A few events come without a sender or a type, such as the wake-up of 微信客服. */
function eventWithoutType(elements: Readonly<Record<string, unknown>> | null): Arrival | null {
  const read = z.object({ Event: name }).safeParse(elements);
  return read.success ? { kind: 'ignored', name: read.data.Event } : null;
}

function made<T>(
  schema: z.ZodType<T>,
  elements: unknown,
  make: (value: T) => Arrival | null,
): Arrival | null {
  const read = schema.safeParse(elements);
  if (read.success) return make(read.data);
  const named = z.object({ Event: name }).safeParse(elements);
  return named.success ? { kind: 'ignored', name: named.data.Event } : null;
}
