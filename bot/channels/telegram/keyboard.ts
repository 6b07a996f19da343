import type { ChannelMessage } from '../channel.ts';
import { partsWithin } from '../split.ts';

/** So many UTF-16 units of text fit into one message (core.telegram.org/bots/api#sendmessage). */
export const TEXT_UNITS = 4_096;
/** Room for `（12/12）`. */
const SPARE_UNITS = 16;
/** So many bytes come back with a button (core.telegram.org/bots/api#inlinekeyboardbutton). */
const DATA_BYTES = 64;
/** So many buttons stand under one message (core.telegram.org/bots/api: more are refused). */
const MOST_BUTTONS = 100;
/** So wide a row reads well on a narrow phone (our default). */
const ROW_WIDTH = 16;
const ROW_BUTTONS = 3;

export interface Keyboard {
  readonly inline_keyboard: readonly (readonly { readonly text: string; readonly callback_data: string }[])[];
}

/** What `sendMessage` is given, but for whom. */
export interface TextPayload {
  readonly text: string;
  readonly link_preview_options: { readonly is_disabled: true };
  readonly reply_markup?: Keyboard;
}

/**
 * A message as Telegram shows it: the words in as many parts as they need, the buttons under the last. Nothing in the
 * words is taken for a mark of format, since none is asked for; no page behind an address is fetched by Telegram.
 * `onlyPlaces`: not even the ids of options are told to Telegram.
 */
export function textsOf(
  { outboxId, text, options }: ChannelMessage,
  onlyPlaces = false,
): readonly TextPayload[] {
  const parts = partsWithin(text, TEXT_UNITS - SPARE_UNITS, ({ length }) => length);
  const buttons = options.slice(0, MOST_BUTTONS).map(({ id, label }, place) => ({
    text: label,
    callback_data: dataOf(onlyPlaces ? null : id, outboxId, place),
  }));
  return parts.map((part, n) => ({
    text: part,
    link_preview_options: { is_disabled: true },
    ...(n === parts.length - 1 &&
      buttons.length > 0 && { reply_markup: { inline_keyboard: rowsOf(buttons) } }),
  }));
}

/** Where the option of a button stands: in a row of the outbox, at a place. */
export interface Place {
  readonly outboxId: string;
  readonly place: number;
}

const OPTION = 'o';
const PLACE = 'p';

/**
 * What comes back with a press: the option itself, or, where it is too long, its place in the row that was sent. The row
 * stands in the outbox with its options, so that a button is understood after a restart, and without a table of its own.
 */
function dataOf(optionId: string | null, outboxId: string, place: number): string {
  const data = `${OPTION}${optionId ?? ''}`;
  const isShort = optionId !== null && Buffer.byteLength(data) <= DATA_BYTES;
  return isShort ? data : `${PLACE}${String(place)}:${outboxId}`;
}

/** What was pressed; null where it is nothing that we have given out. */
export function pressedOf(data: string): { readonly option: string } | Place | null {
  if (data.startsWith(OPTION) && data.length > 1) return { option: data.slice(1) };
  const [, place, outboxId] = /^p(\d{1,3}):([\w-]{1,60})$/u.exec(data) ?? [];
  return place === undefined || outboxId === undefined ? null : { outboxId, place: Number(place) };
}

type Button = Keyboard['inline_keyboard'][number][number];

/** Short answers stand side by side, long ones below each other. */
function rowsOf(buttons: readonly Button[]): readonly (readonly Button[])[] {
  const rows: Button[][] = [];
  let width = 0;
  for (const button of buttons) {
    const own = widthOf(button.text);
    const row = rows.at(-1);
    if (row === undefined || row.length === ROW_BUTTONS || width + own > ROW_WIDTH) {
      rows.push([button]);
      width = own;
    } else {
      row.push(button);
      width += own;
    }
  }
  return rows;
}

/** A Chinese letter is as wide as two others. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x7f ? 1 : 0.5), 1);
}
