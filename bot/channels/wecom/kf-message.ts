import type { ChannelMessage } from '../channel.ts';
import { partsOf } from './split.ts';

/** What `kf/send_msg` is given, but for who and from which account (document 94677). */
export type KfPayload =
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | {
      readonly msgtype: 'msgmenu';
      readonly msgmenu: {
        readonly head_content: string;
        readonly list: readonly {
          readonly type: 'click';
          readonly click: { readonly id: string; readonly content: string };
        }[];
      };
    };

/** What a menu holds (document 94677, in bytes). */
const MENU = { head: 1_024, items: 10, id: 64, content: 128 } as const;

/**
 * A message as 微信客服 shows it: words with choices as one menu where they fit, otherwise as text with numbered choices,
 * which people answer with the number. As few messages as can be: only five may follow a guardian's words.
 */
export function kfPayloadsOf({ text, options }: ChannelMessage): readonly KfPayload[] {
  if (options.length === 0) return texts(text);
  if (!fitsMenu(text, options)) return texts(`${text}\n${numbered(options)}`);
  const list = options.map(({ id, label }) => ({ type: 'click', click: { id, content: label } }) as const);
  return [{ msgtype: 'msgmenu', msgmenu: { head_content: text, list } }];
}

const ID_LETTERS = 22;

/**
 * Our own id of a part of a message: the row's, in at most 32 letters. WeCom sends what has the same id once, so that
 * every try is the same message; and what it says of an id leads back to the row.
 */
export function ownId(outboxId: string, part: number): string {
  const bytes = Buffer.from(outboxId.replaceAll('-', ''), 'hex');
  return `${bytes.toString('base64url')}-${String(part)}`;
}

/** The outbox row that has such an id; null where we never gave it. */
export function outboxIdOf(id: string): string | null {
  const [, letters = ''] = /^([\w-]{22})-\d{1,2}$/.exec(id) ?? [];
  const hex = Buffer.from(letters, 'base64url').toString('hex');
  const [, ...groups] = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex) ?? [];
  return letters.length === ID_LETTERS && groups.length > 0 ? groups.join('-') : null;
}

function fitsMenu(text: string, options: ChannelMessage['options']): boolean {
  return (
    Buffer.byteLength(text) <= MENU.head &&
    options.length <= MENU.items &&
    options.every(
      ({ id, label }) => Buffer.byteLength(id) <= MENU.id && Buffer.byteLength(label) <= MENU.content,
    )
  );
}

function texts(text: string): readonly KfPayload[] {
  return partsOf(text).map((content) => ({ msgtype: 'text', text: { content } }));
}

function numbered(options: ChannelMessage['options']): string {
  return options.map(({ label }, n) => `${String(n + 1)}. ${label}`).join('\n');
}
