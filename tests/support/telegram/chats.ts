import { bad, Refusal } from './refusal.ts';

/** A button as a phone shows it. */
export interface Button {
  readonly text: string;
  readonly data: string;
}

/** A message of the bot as it stands on a phone now. */
export interface Shown {
  readonly id: number;
  text: string;
  buttons: readonly Button[];
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
}

/** One chat, of one person or of a group. */
export interface Chat {
  readonly id: string;
  readonly type: 'private' | 'supergroup';
  readonly language: string;
  blocked: boolean;
  left: boolean;
  readonly shown: Shown[];
}

const TEXT_UNITS = 4_096;
const DATA_BYTES = 64;
const MOST_BUTTONS = 100;

/** Everybody who has opened the bot, and what stands on their phones. */
export class Chats {
  readonly #chats = new Map<string, Chat>();
  #nextId = 1;

  open(id: string, type: Chat['type'], language: string): Chat {
    const known = this.#chats.get(id);
    if (known !== undefined) return known;
    const chat: Chat = { id, type, language, blocked: false, left: false, shown: [] };
    this.#chats.set(id, chat);
    return chat;
  }

  get(id: unknown): Chat {
    const chat = this.#chats.get(String(id));
    if (chat === undefined) throw bad('chat not found');
    if (chat.blocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    if (chat.left) throw new Refusal(403, 'Forbidden: bot is not a member of the supergroup chat');
    return chat;
  }

  peek(id: string): readonly Shown[] {
    return this.#chats.get(id)?.shown ?? [];
  }

  nextId(): number {
    return this.#nextId++;
  }

  show(chat: Chat, words: string, markup: unknown, file: Shown['file'] = null): Shown {
    const shown: Shown = { id: this.nextId(), text: checked(words, file), buttons: buttonsOf(markup), file };
    chat.shown.push(shown);
    return shown;
  }

  /** Words and buttons in the place of what stood there; the same again is refused. */
  edit(chat: Chat, messageId: unknown, words: string | null, markup: unknown): Shown {
    const shown = chat.shown.find(({ id }) => id === Number(messageId));
    if (shown === undefined) throw bad('message to edit not found');
    const text = words === null ? shown.text : checked(words, null);
    const buttons = buttonsOf(markup);
    if (text === shown.text && JSON.stringify(buttons) === JSON.stringify(shown.buttons))
      throw bad(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    shown.text = text;
    shown.buttons = buttons;
    return shown;
  }
}

function checked(words: string, file: Shown['file']): string {
  if (file === null && words.trim() === '') throw bad('message text is empty');
  if (words.length > TEXT_UNITS) throw bad('message is too long');
  if (/\p{Surrogate}/u.test(words)) throw bad('strings must be encoded in UTF-8');
  return words;
}

function buttonsOf(markup: unknown): readonly Button[] {
  if (markup === undefined) return [];
  const read = (typeof markup === 'string' ? JSON.parse(markup) : markup) as {
    readonly inline_keyboard?: readonly (readonly {
      readonly text?: string;
      readonly callback_data?: string;
    }[])[];
  };
  const buttons = (read.inline_keyboard ?? []).flat();
  if (buttons.length > MOST_BUTTONS) throw bad('reply markup is too long');
  return buttons.map(({ text = '', callback_data: data = '' }) => {
    if (text.trim() === '') throw bad('text of a button is empty');
    if (data === '' || Buffer.byteLength(data) > DATA_BYTES) throw bad('BUTTON_DATA_INVALID');
    return { text, data };
  });
}
