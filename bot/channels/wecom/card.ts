import { createHash } from 'node:crypto';
import { BETWEEN_CHOSEN } from '../../../server/domain/say.ts';
import type { ChannelMessage } from '../channel.ts';
import { partsOf } from './split.ts';

/** What `message/send` is given, but for who and from which app (document 90236). */
export type Payload =
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | { readonly msgtype: 'template_card'; readonly template_card: Card };

type Card = ButtonCard | VoteCard | ListsCard;

interface ButtonCard {
  readonly card_type: 'button_interaction';
  readonly main_title: { readonly title: string };
  readonly sub_title_text?: string;
  readonly task_id: string;
  readonly button_list: readonly { readonly text: string; readonly style: number; readonly key: string }[];
}

/** One of several to be ticked and sent off; a card that replaces it cannot be ticked any more. */
interface VoteCard {
  readonly card_type: 'vote_interaction';
  readonly main_title: { readonly title: string; readonly desc?: string };
  readonly task_id?: string;
  readonly checkbox: {
    readonly question_key: string;
    readonly mode: 0;
    readonly disable?: true;
    readonly option_list: readonly {
      readonly id: string;
      readonly text: string;
      readonly is_checked: boolean;
    }[];
  };
  readonly submit_button: { readonly text: string; readonly key: string };
  readonly replace_text?: string;
}

/** Several lists, of each one entry, sent off together. */
interface ListsCard {
  readonly card_type: 'multiple_interaction';
  readonly main_title: { readonly title: string; readonly desc?: string };
  readonly task_id?: string;
  readonly select_list: readonly {
    readonly question_key: string;
    readonly title: string;
    readonly selected_id: string;
    readonly disable?: true;
    readonly option_list: readonly { readonly id: string; readonly text: string }[];
  }[];
  readonly submit_button: { readonly text: string; readonly key: string };
  readonly replace_text?: string;
}

const AGAIN = '@';

/**
 * WeCom takes the name of a card once (42014). A row that is sent again after a crash says so in its words, so that it is
 * another card and needs another name; the same one at every further try.
 */
export function namedAgain(card: Card, nth: number): Card {
  return { ...card, task_id: `${card.task_id ?? ''}${AGAIN}${String(nth)}` };
}

/** The id of the row whose card has this name. */
export function rowOfCard(taskId: string): string {
  return taskId.split(AGAIN)[0] ?? '';
}

/** A command button (走访 in a list) may be pressed again and keeps its look; the answer to a question is given once. */
export const COMMAND = 'c:';

/** What a card shows whole (document 90236, in letters; the platform only advises, phones cut). */
const CARD = { buttons: 6, label: 10, title: 36, subtitle: 160, keyBytes: 1_024 } as const;
/** The same for a card on which one of several is ticked. */
const VOTE = { options: 20, label: 17, title: 36, below: 44, idBytes: 128 } as const;
/** And for lists side by side. */
const LISTS = { most: 3, options: 10 } as const;
/** The key of the button that sends a tick off. */
export const CHOICE = 'choice';
const BLUE = 1;
const RED = 2;
const GREY = 4;

/**
 * A message as WeCom shows it: words alone as text; with buttons that fit on a card, a card; a question with more or longer
 * answers as a card on which one is ticked; longer words before either. Otherwise text with numbered choices, which
 * people answer with the number: a list's commands are pressed one after the other, and a ticked card is sent off once.
 */
export function payloadsOf(message: ChannelMessage): readonly Payload[] {
  const { options, text } = message;
  if (options.length === 0) return texts(message, text);
  const lists = listsOf(message);
  if (lists !== null)
    return [...texts(message, lists.before), { msgtype: 'template_card', template_card: lists.card }];
  if (fitsCard(message)) {
    const whole = oneCard(text, CARD);
    if (whole !== null) return [card(message, whole)];
    const { before, question } = questionOf(text);
    return [...texts(message, before), card(message, { title: question })];
  }
  const vote = voteOf(message);
  if (vote === null) return texts(message, `${text}\n${numbered(message)}`);
  return [...texts(message, vote.before), { msgtype: 'template_card', template_card: vote.card }];
}

/** The card on which something was ticked, with that, for good; null where the message was no such card. */
export function tickedCard(message: ChannelMessage, optionId: string): object | null {
  const lists = listsOf(message);
  if (lists !== null) return sentOff(lists.card, optionId);
  const vote = message.options.length === 0 || fitsCard(message) ? null : voteOf(message);
  const chosen = message.options.find(({ id }) => id === optionId);
  if (vote === null || chosen === undefined) return null;
  const { task_id: _, ...card } = vote.card; // the card that replaces one has no name of its own (document 94888)
  const ticked = card.checkbox.option_list.map((option) => ({
    ...option,
    is_checked: option.id === optionId,
  }));
  return {
    ...card,
    checkbox: { ...card.checkbox, option_list: ticked, disable: true },
    replace_text: chosen.label,
  };
}

/** How the lists look once they were sent off. */
function sentOff({ task_id: _, ...card }: ListsCard, optionId: string): object {
  const chosen = optionId.slice(card.submit_button.key.length).split(BETWEEN_CHOSEN);
  return {
    ...card,
    select_list: card.select_list.map((list, n) => ({
      ...list,
      selected_id: chosen[n] ?? list.selected_id,
      disable: true,
    })),
    replace_text: card.submit_button.text,
  };
}

/** Lists that fit on one card; a question that has none, or too long ones, is asked by its options. */
function listsOf(message: ChannelMessage): { readonly before: string; readonly card: ListsCard } | null {
  const { lists: asked, chosenLabel, outboxId, text } = message;
  if (asked === undefined || chosenLabel === undefined) return null;
  const fits =
    asked.lists.length > 1 &&
    asked.lists.length <= LISTS.most &&
    asked.lists.every(({ options }) => options.length <= LISTS.options);
  if (!fits) return null;
  const { before, question } = questionOf(text);
  return {
    before,
    card: {
      card_type: 'multiple_interaction',
      main_title: { title: question },
      task_id: outboxId,
      select_list: asked.lists.map(({ id, title, chosen, options }) => ({
        question_key: id,
        title,
        selected_id: chosen,
        option_list: options.map((option) => ({ id: option.id, text: option.label })),
      })),
      submit_button: { text: chosenLabel, key: asked.id },
    },
  };
}

function voteOf(message: ChannelMessage): { readonly before: string; readonly card: VoteCard } | null {
  const { options, text, outboxId, chosenLabel } = message;
  if (chosenLabel === undefined || options.length > VOTE.options || !options.every(fitsVote)) return null;
  const whole = oneCard(text, { title: VOTE.title, subtitle: VOTE.below });
  const { before, question } = whole === null ? questionOf(text) : { before: '', question: whole.title };
  const below = whole?.below;
  return {
    before,
    card: {
      card_type: 'vote_interaction',
      main_title: { title: question, ...(below === undefined ? {} : { desc: below }) },
      task_id: outboxId,
      checkbox: {
        question_key: CHOICE,
        mode: 0,
        option_list: options.map(({ id, label }) => ({ id, text: label, is_checked: false })),
      },
      submit_button: { text: chosenLabel, key: CHOICE },
    },
  };
}

function fitsVote({ id, label }: ChannelMessage['options'][number]): boolean {
  return !id.startsWith(COMMAND) && letters(label) <= VOTE.label && Buffer.byteLength(id) <= VOTE.idBytes;
}

function fitsCard({ options }: ChannelMessage): boolean {
  return (
    options.length <= CARD.buttons &&
    options.every(({ id, label }) => letters(label) <= CARD.label && Buffer.byteLength(id) <= CARD.keyBytes)
  );
}

/** The first line as title, without which WeCom refuses a card (42033), the rest below it; null where that would be cut. */
function oneCard(
  text: string,
  most: { readonly title: number; readonly subtitle: number },
): { readonly title: string; readonly below?: string } | null {
  const [title = '', ...rest] = text.trim().split('\n');
  const below = rest.join('\n').trim();
  if (title === '' || letters(title) > most.title || letters(below) > most.subtitle) return null;
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
  if (text === '') return [];
  return partsOf(text).map((part) => ({ msgtype: 'text', text: { content: part + markOf(outboxId) } }));
}

/** Signs that no phone shows. */
const UNSEEN = ['\u200B', '\u200C', '\u200D', '\u2060'] as const;
const MARK_LETTERS = 8;

/**
 * WeCom drops a message whose bytes it has seen within hours. That is wanted where one row is tried again, and wrong
 * where somebody asks twice and gets the same answer twice: eight unseen letters tell rows apart.
 */
export function markOf(id: string): string {
  const digest = createHash('sha256').update(id).digest();
  return Array.from({ length: MARK_LETTERS }, (_, n) => UNSEEN[(digest[n] ?? 0) % UNSEEN.length]).join('');
}

/** The width of a text in Chinese letters; a Latin one is half as wide. */
function letters(text: string): number {
  let width = 0;
  for (const letter of text) width += letter < '\u0300' ? 0.5 : 1;
  return width;
}
