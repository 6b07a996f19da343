import type { Chats, Shown } from './chats.ts';
import { only, text, type Fields } from './fields.ts';
import { bad } from './refusal.ts';

/** What the methods work on. */
export interface Desk {
  readonly chats: Chats;
  /** Presses that nobody has answered yet. */
  readonly presses: Set<string>;
  readonly files: Map<string, { readonly bytes: Buffer; readonly path: string; readonly sizeBytes: number }>;
  /** Updates that are asked for. */
  take(offset: number): readonly object[];
  setWebhook(url: string | null, secret: string | null): void;
}

type Method = (desk: Desk, fields: Fields) => Promise<unknown>;

function seen({ id, text: words }: Shown, chat: string): object {
  return { message_id: id, chat: { id: Number(chat), type: 'private' }, date: 0, text: words };
}

/** The methods that a bot like ours calls; every other one is unknown. */
export const METHODS: Readonly<Record<string, Method>> = {
  sendMessage: async ({ chats }, fields) => {
    only(fields, 'chat_id', 'text', 'reply_markup', 'link_preview_options');
    const chat = chats.get(fields.chat_id);
    return seen(chats.show(chat, text(fields, 'text'), fields.reply_markup), chat.id);
  },
  sendDocument: async ({ chats }, fields) => {
    only(fields, 'chat_id', 'document');
    const chat = chats.get(fields.chat_id);
    const { document } = fields;
    if (typeof document !== 'object' || document === null) throw bad('there is no document in the request');
    const file = document as { readonly name: string; readonly bytes: Buffer };
    if (file.bytes.length === 0) throw bad('file must be non-empty');
    return seen(chats.show(chat, '', undefined, file), chat.id);
  },
  editMessageText: async ({ chats }, fields) => {
    only(fields, 'chat_id', 'message_id', 'text', 'reply_markup', 'link_preview_options');
    const chat = chats.get(fields.chat_id);
    return seen(chats.edit(chat, fields.message_id, text(fields, 'text'), fields.reply_markup), chat.id);
  },
  editMessageReplyMarkup: async ({ chats }, fields) => {
    only(fields, 'chat_id', 'message_id', 'reply_markup');
    const chat = chats.get(fields.chat_id);
    return seen(chats.edit(chat, fields.message_id, null, fields.reply_markup), chat.id);
  },
  answerCallbackQuery: async ({ presses }, fields) => {
    only(fields, 'callback_query_id');
    if (!presses.delete(text(fields, 'callback_query_id')))
      throw bad('query is too old and response timeout expired or query ID is invalid');
    return true;
  },
  leaveChat: async ({ chats }, fields) => {
    only(fields, 'chat_id');
    chats.get(fields.chat_id).left = true;
    return true;
  },
  getFile: async ({ files }, fields) => {
    only(fields, 'file_id');
    const file = files.get(text(fields, 'file_id'));
    if (file === undefined) throw bad('wrong file_id or the file is temporarily unavailable');
    if (file.sizeBytes > 20 * 1024 * 1024) throw bad('file is too big');
    return { file_id: fields.file_id, file_size: file.sizeBytes, file_path: file.path };
  },
  getUpdates: async (desk, fields) => {
    only(fields, 'offset', 'timeout', 'allowed_updates');
    return desk.take(Number(fields.offset ?? 0));
  },
  setWebhook: async (desk, fields) => {
    only(fields, 'url', 'secret_token', 'max_connections', 'allowed_updates');
    desk.setWebhook(text(fields, 'url'), text(fields, 'secret_token'));
    return true;
  },
  deleteWebhook: async (desk, fields) => {
    only(fields, 'drop_pending_updates');
    desk.setWebhook(null, null);
    return true;
  },
  setMyCommands: async (_desk, fields) => {
    only(fields, 'commands', 'language_code');
    const commands = fields.commands as readonly { readonly command: string; readonly description: string }[];
    for (const { command, description } of commands)
      if (!/^[a-z0-9_]{1,32}$/u.test(command) || description.length < 1) throw bad('BOT_COMMAND_INVALID');
    return true;
  },
};
