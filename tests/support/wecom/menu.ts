import { byteLength, fieldsOf, listOf, wordsOf, type Fields } from './fields.ts';
import { need } from './refusal.ts';
import type { Call, Routes } from './route.ts';

const MENU_TYPES = [
  ...['click', 'view', 'scancode_push', 'scancode_waitmsg', 'pic_sysphoto', 'pic_photo_or_album'],
  ...['pic_weixin', 'location_select', 'view_miniprogram'],
];
const MOST_MENU = { top: 3, sub: 5, topName: 16, subName: 40, key: 128, url: 1_024 };

/** The menu of the app, with its limits. */
export class Menu {
  /** What members see at the foot of the chat: name and key of every button that tells the bot. */
  keys: ReadonlyMap<string, string> | null = null;
  #menu: Fields | null = null;

  readonly routes: Routes = {
    'menu/create': { method: 'POST', handle: (call) => this.#create(call) },
    'menu/get': { method: 'GET', handle: (call) => this.#get(call) },
    'menu/delete': { method: 'GET', handle: (call) => this.#delete(call) },
  };

  #create(call: Call): Fields {
    checkAgent(call);
    const buttons = listOf(call.body.button).map(fieldsOf);
    need(buttons.length >= 1 && buttons.length <= MOST_MENU.top, 40016);
    for (const button of buttons) checkButton(button);
    this.#menu = call.body;
    const all = buttons.flatMap((button) => [button, ...listOf(button.sub_button).map(fieldsOf)]);
    this.keys = new Map(
      all.filter(({ type }) => type === 'click').map((b) => [wordsOf(b.key), wordsOf(b.name)]),
    );
    return {};
  }

  #get(call: Call): Fields {
    checkAgent(call);
    need(this.#menu !== null, 46003);
    return this.#menu;
  }

  #delete(call: Call): Fields {
    checkAgent(call);
    this.#menu = null;
    this.keys = null;
    return {};
  }
}

function checkAgent({ app, query }: Call): void {
  need(query.get('agentid') === String(app.agentId), 301002);
}

function checkButton(button: Fields): void {
  const subs = listOf(button.sub_button).map(fieldsOf);
  need(isName(button.name, MOST_MENU.topName), 40018);
  if (subs.length === 0) checkAction(button, { type: 40017, key: 40019, url: 40020 });
  need(subs.length <= MOST_MENU.sub, 40023);
  for (const sub of subs) {
    need(sub.sub_button === undefined || listOf(sub.sub_button).length === 0, 40022);
    need(isName(sub.name, MOST_MENU.subName), 40025);
    checkAction(sub, { type: 40024, key: 40026, url: 40027 });
  }
}

function checkAction(button: Fields, codes: { type: number; key: number; url: number }): void {
  need(MENU_TYPES.includes(wordsOf(button.type)), codes.type);
  if (button.type === 'view') need(isName(button.url, MOST_MENU.url), codes.url);
  else if (button.type !== 'view_miniprogram') need(isName(button.key, MOST_MENU.key), codes.key);
}

function isName(value: unknown, mostBytes: number): boolean {
  const words = wordsOf(value);
  return words !== '' && byteLength(words) <= mostBytes;
}
