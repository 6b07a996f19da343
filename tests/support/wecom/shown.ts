import { fieldsOf, listOf, wordsOf, type Fields } from './fields.ts';

/** A message as it stands on a member's phone now. */
export interface Shown {
  readonly msgid: string;
  readonly at: Date;
  readonly kind: string;
  /** The words a reader sees, one thing a line; empty for a picture. */
  readonly text: string;
  readonly card: ShownCard | null;
  readonly recalled: boolean;
  /** The content as it was sent, for kinds that have no words. */
  readonly content: Fields;
}

export interface ShownCard {
  readonly type: string;
  readonly taskId: string;
  readonly buttons: readonly ShownButton[];
  /** What is asked: of a vote, of drop-down lists, or above the buttons. */
  readonly questions: readonly ShownQuestion[];
  readonly submit: ShownButton | null;
  /** The three dots in the corner. */
  readonly menu: readonly ShownButton[];
  /** Where a tap on the card itself leads. */
  readonly leadsTo: string | null;
  /** The words on the one grey button that is left after an update; nothing can be pressed any more. */
  readonly greyed: string | null;
  readonly updates: number;
}

export interface ShownButton {
  readonly text: string;
  readonly key: string | null;
  readonly url: string | null;
}

export interface ShownQuestion {
  readonly key: string;
  readonly title: string;
  readonly many: boolean;
  readonly disabled: boolean;
  readonly options: readonly { readonly id: string; readonly text: string }[];
}

export function shownCard(card: Fields, taskId: string, updates: number): ShownCard {
  const greyed = wordsOf(card.replace_text);
  const submit = fieldsOf(card.submit_button);
  return {
    type: wordsOf(card.card_type),
    taskId,
    buttons: listOf(card.button_list).map(buttonOf),
    questions: questionsOf(card),
    submit: submit.key === undefined ? null : buttonOf(submit),
    menu: listOf(fieldsOf(card.action_menu).action_list).map(buttonOf),
    leadsTo: wordsOf(fieldsOf(card.card_action).url) || null,
    greyed: greyed === '' ? null : greyed,
    updates,
  };
}

function buttonOf(value: unknown): ShownButton {
  const { text, key, url, type } = fieldsOf(value);
  return {
    text: wordsOf(text),
    key: type === 1 ? null : wordsOf(key),
    url: type === 1 ? wordsOf(url) : null,
  };
}

function questionsOf(card: Fields): readonly ShownQuestion[] {
  const asked = [card.checkbox, card.button_selection, ...listOf(card.select_list)];
  return asked
    .filter((value) => value !== undefined)
    .map(fieldsOf)
    .map((question) => ({
      key: wordsOf(question.question_key),
      title: wordsOf(question.title),
      many: question.mode === 1,
      disabled: question.disable === true,
      options: listOf(question.option_list)
        .map(fieldsOf)
        .map((option) => ({ id: wordsOf(option.id), text: wordsOf(option.text) })),
    }));
}

/** The words of a card, from top to bottom, without what can be pressed. */
export function wordsOfCard(card: Fields): string {
  const [source, title, quote] = [card.source, card.main_title, card.quote_area].map(fieldsOf);
  const [emphasis, picture] = [card.emphasis_content, card.image_text_area].map(fieldsOf);
  const pairs = listOf(card.horizontal_content_list).map(fieldsOf);
  const stacked = listOf(card.vertical_content_list).map(fieldsOf);
  return [
    source?.desc,
    title?.title,
    title?.desc,
    picture?.title,
    picture?.desc,
    emphasis?.title,
    emphasis?.desc,
    quote?.title,
    quote?.quote_text,
    card.sub_title_text,
    ...pairs.map((pair) => `${wordsOf(pair.keyname)}：${wordsOf(pair.value)}`),
    ...stacked.flatMap((part) => [part.title, part.desc]),
  ]
    .map(wordsOf)
    .filter((line) => line !== '')
    .join('\n');
}

/** A whole message as a person would read it aloud, buttons in brackets. */
export function readAloud(shown: Shown): string {
  if (shown.recalled) return '〔已撤回〕';
  const { card } = shown;
  if (card === null) return shown.text === '' ? `〔${shown.kind}〕` : shown.text;
  const options = card.questions.flatMap((question) => [
    question.title,
    ...question.options.map((option) => `${question.many ? '☐' : '○'} ${option.text}`),
  ]);
  const pressable = card.submit === null ? card.buttons : [card.submit];
  const buttons = card.greyed === null ? pressable.map((button) => `[${button.text}]`) : [`(${card.greyed})`];
  return [shown.text, ...options, ...buttons, ...card.menu.map((button) => `⋯ ${button.text}`)]
    .filter((line) => line !== '')
    .join('\n');
}
