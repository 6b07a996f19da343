import { z } from 'zod';

/** Who speaks, in a chat of their own with the bot. Telegram gives the chat and the person the same number. */
interface From {
  readonly chat: string;
  /** What Telegram is set to on this phone. */
  readonly language: 'zh-CN' | 'en';
}

/** A press on a button: how its message looks now, as far as Telegram still shows it to us. */
export interface Pressed {
  readonly queryId: string;
  readonly data: string;
  readonly message: {
    readonly id: number;
    readonly text: string;
    readonly label: string | null;
  } | null;
}

type Words = From & { readonly kind: 'text'; readonly text: string; readonly sentAt: Date };

/** What an update tells, for whoever keeps it. */
export type Arrival =
  | Words
  | (From & { readonly kind: 'pressed'; readonly pressed: Pressed })
  | (From & {
      readonly kind: 'file';
      readonly file: 'photo' | 'voice';
      readonly fileId: string;
      readonly sizeBytes: number;
      readonly seconds: number | null;
      /** What stands below the picture. */
      readonly caption: Words | null;
    })
  | (From & {
      readonly kind: 'place';
      readonly latitude: number;
      readonly longitude: number;
      readonly accuracy?: number | undefined;
    })
  /** Somebody opens the bot; what stood behind the link they came by, where there was one. */
  | (From & { readonly kind: 'started'; readonly payload: string | null })
  /** They let the bot write, or they do not any more. */
  | (From & { readonly kind: 'reach'; readonly isReached: boolean })
  /** A message of a kind people may send and we cannot keep: they are told so. */
  | (From & { readonly kind: 'unreadable'; readonly caption: Words | null })
  /** A sentence that was sent before reads otherwise now. */
  | (From & { readonly kind: 'edited'; readonly words: Words })
  /** In a group: nobody is served there. */
  | { readonly kind: 'group'; readonly chat: string; readonly language: 'zh-CN' | 'en' }
  /** Known, and none of our business. */
  | { readonly kind: 'ignored'; readonly name: string };

export interface Update {
  readonly id: number;
  readonly arrival: Arrival;
}

/** 4,096 signs (core.telegram.org/bots/api#message), each of up to two UTF-16 units. */
const WORDS_LIMIT = 2 * 4_096;
const QUERY_LIMIT = 256;

const user = z.object({ is_bot: z.boolean().default(false), language_code: z.string().max(35).nullish() });
const chat = z.object({ id: z.int(), type: z.string().max(32).default('private') });
const fileId = z.string().min(1).max(512);
const size = z.number().nonnegative().default(0);
const message = z.looseObject({
  message_id: z.int(),
  date: z.number().nonnegative().default(0),
  chat,
  from: user.nullish(),
  text: z.string().max(WORDS_LIMIT).nullish(),
  caption: z.string().max(WORDS_LIMIT).nullish(),
  photo: z
    .array(z.object({ file_id: fileId, file_size: size }))
    .max(32)
    .nullish(),
  voice: z.object({ file_id: fileId, file_size: size, duration: z.number().nonnegative() }).nullish(),
  location: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      horizontal_accuracy: z.number().nonnegative().optional(),
    })
    .nullish(),
});
/** The least of a message: who sent it, and where. */
const envelope = z.object({ chat, from: user.nullish() });
const button = z.object({ text: z.string().max(256), callback_data: z.string().max(64).optional() });
const query = z.object({
  id: z.string().min(1).max(QUERY_LIMIT),
  from: user.extend({ id: z.int() }),
  data: z.string().min(1).max(64).nullish(),
  message: z
    .looseObject({
      message_id: z.int(),
      /** 0: too old to be shown. */
      date: z.number().default(0),
      chat: chat.optional(),
      text: z.string().max(WORDS_LIMIT).optional(),
      reply_markup: z.object({ inline_keyboard: z.array(z.array(button)) }).optional(),
    })
    .nullish(),
});
const member = z.object({ chat, from: user, new_chat_member: z.object({ status: z.string().max(32) }) });

const update = z.object({
  update_id: z.int().nonnegative(),
  message: z.unknown().optional(),
  edited_message: z.unknown().optional(),
  callback_query: z.unknown().optional(),
  my_chat_member: z.unknown().optional(),
});

/** What we ask Telegram to tell us: everything that is read here. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** What commonly comes with a group and is no word to us. */
const SERVICE = ['new_chat_members', 'left_chat_member', 'migrate_from_chat_id', 'pinned_message'] as const;

/** An update as something that happened (core.telegram.org/bots/api#update). Null where it has no number. */
export function updateOf(body: unknown): Update | null {
  const read = update.safeParse(body);
  if (!read.success) return null;
  return { id: read.data.update_id, arrival: arrivalOf(read.data) };
}

function arrivalOf({
  message: said,
  edited_message: edited,
  callback_query: press,
  my_chat_member: reach,
}: z.infer<typeof update>): Arrival {
  if (said !== undefined) {
    const arrival = read(message, said, 'message', ofMessage);
    // What cannot be read in full is still something that somebody sent and waits for.
    return arrival.kind === 'ignored' && arrival.name === 'message'
      ? read(envelope, said, 'message', ofEnvelope)
      : arrival;
  }
  if (edited !== undefined) return read(message, edited, 'edited_message', ofEdited);
  if (press !== undefined) return read(query, press, 'callback_query', ofQuery);
  if (reach !== undefined) return read(member, reach, 'my_chat_member', ofMember);
  return { kind: 'ignored', name: 'other' };
}

function ofEnvelope({ chat: { id, type }, from }: z.infer<typeof envelope>): Arrival {
  if (type !== 'private' || from?.is_bot === true) return { kind: 'ignored', name: 'message' };
  return { kind: 'unreadable', chat: String(id), language: languageOf(from), caption: null };
}

/** Only words: a place that moves is edited every few seconds. */
function ofEdited(edited: z.infer<typeof message>): Arrival {
  const text = edited.text ?? edited.caption ?? '';
  const isOurs = edited.chat.type === 'private' && edited.from?.is_bot !== true;
  if (text === '' || !isOurs) return { kind: 'ignored', name: 'edited_message' };
  const from = { chat: String(edited.chat.id), language: languageOf(edited.from) };
  return { kind: 'edited', ...from, words: wordsOf(from, text, edited.date) };
}

function ofMessage(said: z.infer<typeof message>): Arrival {
  if (said.from?.is_bot === true) return { kind: 'ignored', name: 'bot' };
  const from = { chat: String(said.chat.id), language: languageOf(said.from) };
  if (said.chat.type !== 'private') {
    // A group that moves to another number, and who comes and goes in it, is not spoken to.
    const isWord = said.migrate_to_chat_id === undefined && SERVICE.every((name) => !(name in said));
    return isWord ? { kind: 'group', ...from } : { kind: 'ignored', name: 'group' };
  }
  if (typeof said.text === 'string') return ofWords(from, said.text, said.date);
  const caption = said.caption ? wordsOf(from, said.caption, said.date) : null;
  const photo = said.photo?.at(-1); // the largest stands last
  if (photo !== undefined) {
    const { file_id, file_size: sizeBytes } = photo;
    return { kind: 'file', ...from, file: 'photo', fileId: file_id, sizeBytes, seconds: null, caption };
  }
  if (said.voice) {
    const { file_id, file_size: sizeBytes, duration: seconds } = said.voice;
    return { kind: 'file', ...from, file: 'voice', fileId: file_id, sizeBytes, seconds, caption };
  }
  if (said.location) {
    const { latitude, longitude, horizontal_accuracy: accuracy } = said.location;
    return { kind: 'place', ...from, latitude, longitude, accuracy };
  }
  return SERVICE.some((name) => name in said)
    ? { kind: 'ignored', name: 'service' }
    : { kind: 'unreadable', ...from, caption };
}

function ofWords(from: From, text: string, date: number): Arrival {
  const [, command, rest = ''] = /^\/(\w{1,32})(?:@\w{1,32})?(?:\s+(.*))?$/su.exec(text) ?? [];
  if (command === 'start')
    return { kind: 'started', ...from, payload: rest.trim() === '' ? null : rest.trim() };
  const word = command === undefined ? undefined : COMMANDS[command.toLowerCase()];
  return wordsOf(from, word === undefined ? text : `${word} ${rest}`.trim(), date);
}

function wordsOf(from: From, text: string, date: number): Words {
  return { kind: 'text', ...from, text, sentAt: new Date(date * 1000) };
}

/** Telegram's commands are of Latin letters; each is one of the words that people type. */
export const COMMANDS: Readonly<Record<string, string>> = {
  visit: '走访',
  contact: '联系',
  todo: '待办',
  urgent: '紧急',
  menu: '菜单',
  help: '帮助',
};

function ofQuery({ id: queryId, from, data, message: shown }: z.infer<typeof query>): Arrival {
  if (from.is_bot || typeof data !== 'string') return { kind: 'ignored', name: 'callback_query' };
  const where = { chat: String(shown?.chat?.id ?? from.id), language: languageOf(from) };
  if (shown?.chat !== undefined && shown.chat.type !== 'private') return { kind: 'ignored', name: 'group' };
  const buttons = shown?.reply_markup?.inline_keyboard.flat() ?? [];
  const label = buttons.find((one) => one.callback_data === data)?.text ?? null;
  const isSeen = typeof shown?.text === 'string' && shown.date !== 0;
  const seen = isSeen ? { id: shown.message_id, text: shown.text ?? '', label } : null;
  return { kind: 'pressed', ...where, pressed: { queryId, data, message: seen } };
}

/** Whoever blocks the bot is not reached any more (core.telegram.org/bots/api#chatmember: `kicked`). */
function ofMember({ chat: where, from, new_chat_member: { status } }: z.infer<typeof member>): Arrival {
  if (where.type !== 'private') return { kind: 'ignored', name: 'group' };
  return {
    kind: 'reach',
    chat: String(where.id),
    language: languageOf(from),
    isReached: status !== 'kicked' && status !== 'left',
  };
}

/** Whoever has set nothing is spoken to in Chinese. */
function languageOf(
  from: { readonly language_code?: string | null | undefined } | null | undefined,
): From['language'] {
  const code = from?.language_code ?? 'zh';
  return code.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

function read<T>(schema: z.ZodType<T>, body: unknown, name: string, make: (value: T) => Arrival): Arrival {
  const parsed = schema.safeParse(body);
  return parsed.success ? make(parsed.data) : { kind: 'ignored', name };
}
