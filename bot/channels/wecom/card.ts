import { createHash } from 'node:crypto';
import type { ChannelMessage } from '../channel.ts';
import { partsOf } from './split.ts';

/** What `message/send` is given, but for who and from which app (document 90236). */
export type Payload =
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | { readonly msgtype: 'template_card'; readonly template_card: ButtonCard };

interface ButtonCard {
  readonly card_type: 'button_interaction';
  readonly main_title: { readonly title: string };
  readonly sub_title_text?: string;
  readonly task_id: string;
  readonly button_list: readonly { readonly text: string; readonly style: number; readonly key: string }[];
}

/** What a card shows whole (document 90236, in letters; the platform only advises, phones cut). */
const CARD = { buttons: 6, label: 10, title: 36, subtitle: 160, keyBytes: 1_024 } as const;
const BLUE = 1;
const RED = 2;
const GREY = 4;

/**
 * A message as WeCom shows it: words alone as text; with buttons that fit on a card, a card, its longer words before it;
 * otherwise text with numbered choices, which people answer with the number.
 */
export function payloadsOf(message: ChannelMessage): readonly Payload[] {
  const { options, text } = message;
  if (options.length === 0) return texts(message, text);
  if (!fitsCard(message)) return texts(message, `${text}\n${numbered(message)}`);
  const whole = oneCard(text);
  if (whole !== null) return [card(message, whole)];
  const { before, question } = questionOf(text);
  return [...texts(message, before), card(message, { title: question })];
}

function fitsCard({ options }: ChannelMessage): boolean {
  return (
    options.length <= CARD.buttons &&
    options.every(({ id, label }) => letters(label) <= CARD.label && Buffer.byteLength(id) <= CARD.keyBytes)
  );
}

/** The first line as title, without which WeCom refuses a card (42033), the rest below it; null where that would be cut. */
function oneCard(text: string): { readonly title: string; readonly below?: string } | null {
  const [title = '', ...rest] = text.trim().split('\n');
  const below = rest.join('\n').trim();
  if (title === '' || letters(title) > CARD.title || letters(below) > CARD.subtitle) return null;
  return below === '' ? { title } : { title, below };
}

/** The last line of a long message usually asks; where it is long itself, the card repeats what the message is about. */
function questionOf(text: string): { readonly before: string; readonly question: string } {
  const lines = text.trim().split('\n');
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  if (lines.length > 1 && letters(last) <= CARD.title && /[？?：:]$/u.test(last))
    return { before: lines.slice(0, -1).join('\n').trim(), question: last };
  return { before: text.trim(), question: first !== '' && letters(first) <= CARD.title ? first : '👆' };
}

function card(message: ChannelMessage, words: { title: string; below?: string }): Payload {
  const { outboxId, options, lane } = message;
  return {
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      main_title: { title: words.title },
      ...(words.below === undefined ? {} : { sub_title_text: words.below }),
      task_id: outboxId,
      button_list: options.map(({ id, label }, n) => ({
        text: label,
        style: n === 0 ? (lane === 'urgent' ? RED : BLUE) : GREY,
        key: id,
      })),
    },
  };
}

function numbered({ options }: ChannelMessage): string {
  return options.map(({ label }, n) => `${String(n + 1)}. ${label}`).join('\n');
}

function texts({ outboxId }: ChannelMessage, text: string): readonly Payload[] {
  return partsOf(text).map((part) => ({ msgtype: 'text', text: { content: part + markOf(outboxId) } }));
}

/** Signs that no phone shows. */
const UNSEEN = ['\u200B', '\u200C', '\u200D', '\u2060'] as const;
const MARK_LETTERS = 8;

/**
 * WeCom drops a message whose bytes it has seen within hours. That is wanted where one row is tried again, and wrong
 * where somebody asks twice and gets the same answer twice: eight unseen letters tell rows apart.
 */
function markOf(outboxId: string): string {
  const digest = createHash('sha256').update(outboxId).digest();
  return Array.from({ length: MARK_LETTERS }, (_, n) => UNSEEN[(digest[n] ?? 0) % UNSEEN.length]).join('');
}

/** The width of a text in Chinese letters; a Latin one is half as wide. */
function letters(text: string): number {
  let width = 0;
  for (const letter of text) width += letter < '\u0300' ? 0.5 : 1;
  return width;
}
