import { byteLength, fieldsOf, has, listOf, wordsOf, type Fields } from './fields.ts';
import { need } from './refusal.ts';

const CARD_TYPES = [
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
] as const;
export type CardType = (typeof CARD_TYPES)[number];

const MOST_TASK_ID_BYTES = 128;
const MOST_ID_BYTES = 128;
const MOST_KEY_BYTES = 1_024;
const MOST = {
  horizontal: 6,
  vertical: 4,
  jumps: 3,
  buttons: 6,
  menu: 3,
  selects: 3,
  options: 10,
  votes: 20,
};

/** Whether a card asks something of its reader, so that a response_code comes with it. */
export function isAsking(card: Fields): boolean {
  return !['text_notice', 'news_notice'].includes(wordsOf(card.card_type)) || has(card.action_menu);
}

/**
 * Refuses what the documents say the platform refuses: lengths of lists, keys and ids, and required fields. Lengths of
 * words for readers are advice there, and so they are here. `update`: the card replaces one and has no task_id.
 */
export function checkCard(card: Fields, { update = false } = {}): void {
  const type = CARD_TYPES.find((known) => known === card.card_type);
  need(type !== undefined, 42031);
  if (!update && (isAsking(card) || has(card.task_id))) checkTaskId(wordsOf(card.task_id));
  checkTitle(card, type);
  checkParts(card, type);
  if (type === 'news_notice') checkPicture(card);
  if (type === 'button_interaction') checkButtons(card);
  if (type === 'vote_interaction') checkVote(card);
  if (type === 'multiple_interaction') checkSelects(card);
}

function checkTaskId(taskId: string): void {
  need(/^[0-9A-Za-z_\-@]+$/.test(taskId) && byteLength(taskId) <= MOST_TASK_ID_BYTES, 42014);
}

function checkTitle(card: Fields, type: CardType): void {
  const title = wordsOf(fieldsOf(card.main_title).title);
  const subTitle = type === 'text_notice' ? wordsOf(card.sub_title_text) : '';
  need(title !== '' || subTitle !== '', 42033);
}

function checkParts(card: Fields, type: CardType): void {
  const action = fieldsOf(card.card_action);
  const mustLead = type === 'text_notice' || type === 'news_notice';
  need(!mustLead || action.type === 1 || action.type === 2, 42045);
  checkTarget(action);
  const lines = listOf(card.horizontal_content_list).map(fieldsOf);
  need(lines.length <= MOST.horizontal, 42035);
  for (const line of lines) {
    need(wordsOf(line.keyname) !== '', 42027);
    if (line.type === 1) need(wordsOf(line.url) !== '', 42028);
    if (line.type === 2) need(wordsOf(line.media_id) !== '', 40007);
    if (line.type === 3) need(wordsOf(line.userid) !== '', 42050);
  }
  const jumps = listOf(card.jump_list).map(fieldsOf);
  need(jumps.length <= MOST.jumps, 42042);
  for (const jump of jumps) {
    need(wordsOf(jump.title) !== '', 42033);
    checkTarget(jump);
  }
  if (has(card.action_menu)) checkMenu(fieldsOf(card.action_menu));
}

/** type 1 leads to a page, type 2 to a mini program. */
function checkTarget(target: Fields): void {
  if (target.type === 1) need(wordsOf(target.url) !== '', 42028);
  if (target.type === 2) need(wordsOf(target.appid) !== '', 42030);
}

function checkMenu(menu: Fields): void {
  const actions = listOf(menu.action_list).map(fieldsOf);
  need(actions.length >= 1 && actions.length <= MOST.menu, 40058);
  need(
    actions.every((action) => isKey(action.key) && wordsOf(action.text) !== ''),
    40058,
  );
  need(new Set(actions.map((action) => action.key)).size === actions.length, 42051);
}

function checkPicture(card: Fields): void {
  const picture = wordsOf(fieldsOf(card.card_image).url);
  need(picture !== '' || wordsOf(fieldsOf(card.image_text_area).image_url) !== '', 42044);
  const lines = listOf(card.vertical_content_list).map(fieldsOf);
  need(lines.length <= MOST.vertical, 42036);
  for (const line of lines) need(wordsOf(line.title) !== '', 42033);
}

function checkButtons(card: Fields): void {
  const buttons = listOf(card.button_list).map(fieldsOf);
  need(buttons.length >= 1 && buttons.length <= MOST.buttons, 42038);
  for (const button of buttons) {
    need(wordsOf(button.text) !== '', 42038);
    if (button.type === 1) need(wordsOf(button.url) !== '', 42028);
    else need(isKey(button.key), 42039);
  }
  const keys = buttons.filter((button) => button.type !== 1).map((button) => button.key);
  need(new Set(keys).size === keys.length, 42039);
  if (has(card.button_selection)) checkQuestion(fieldsOf(card.button_selection), MOST.options);
}

function checkVote(card: Fields): void {
  const checkbox = fieldsOf(card.checkbox);
  checkQuestion(checkbox, MOST.votes);
  need(!has(checkbox.mode) || checkbox.mode === 0 || checkbox.mode === 1, 40058);
  checkSubmit(fieldsOf(card.submit_button));
}

function checkSelects(card: Fields): void {
  const selects = listOf(card.select_list).map(fieldsOf);
  need(selects.length >= 1 && selects.length <= MOST.selects, 42047);
  for (const select of selects) checkQuestion(select, MOST.options);
  need(new Set(selects.map((select) => select.question_key)).size === selects.length, 42043);
  checkSubmit(fieldsOf(card.submit_button));
}

function checkQuestion(question: Fields, mostOptions: number): void {
  need(isKey(question.question_key), 42043);
  const options = listOf(question.option_list).map(fieldsOf);
  need(options.length >= 1 && options.length <= mostOptions, 42037);
  for (const option of options) {
    const id = wordsOf(option.id);
    need(id !== '' && byteLength(id) <= MOST_ID_BYTES, 42040);
    need(wordsOf(option.text) !== '', 42041);
  }
  need(new Set(options.map((option) => option.id)).size === options.length, 42040);
}

function checkSubmit(submit: Fields): void {
  need(wordsOf(submit.text) !== '', 42049);
  need(isKey(submit.key), 42046);
}

function isKey(value: unknown): boolean {
  const key = wordsOf(value);
  return key !== '' && byteLength(key) <= MOST_KEY_BYTES;
}
