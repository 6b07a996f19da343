import { z } from 'zod';
import type { Answer } from './reaction.ts';

/** A button at the foot of the chat: pressed, it tells us its key (an event `click`). */
export interface MenuClick {
  readonly name: string;
  readonly key: string;
}

/** A button that opens a list of others. */
export interface MenuList {
  readonly name: string;
  readonly buttons: readonly MenuClick[];
}

/** The menu that everybody sees who opens the app; WeCom has one for all members. */
export type AppMenu = readonly (MenuClick | MenuList)[];

/** What WeCom takes (document 90231). Bytes, and a Chinese sign has three. */
const MOST = { top: 3, sub: 5, topBytes: 16, subBytes: 40, keyBytes: 128 } as const;
/** There is no menu yet (document 90313). */
const NO_MENU = 46_003;

interface MenuApi {
  get(path: string, query: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
}

export type MenuSet =
  | { readonly kind: 'same' | 'made' }
  /** One of our own words is too long for a button: WeCom is not asked. */
  | { readonly kind: 'too-long'; readonly name: string }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** Gives the app this menu where it has another one, or none. */
export async function setMenu(api: MenuApi, agentId: number, menu: AppMenu): Promise<MenuSet> {
  const long = tooLong(menu);
  if (long !== null) return { kind: 'too-long', name: long };
  const there = await api.get('/cgi-bin/menu/get', { agentid: String(agentId) });
  if (there.reaction !== 'done' && there.code !== NO_MENU) return { kind: 'refused', answer: there };
  if (JSON.stringify(menuIn(there.body)) === JSON.stringify(menu)) return { kind: 'same' };
  const made = await api.post(`/cgi-bin/menu/create?agentid=${String(agentId)}`, bodyOf(menu));
  return made.reaction === 'done' ? { kind: 'made' } : { kind: 'refused', answer: made };
}

/** The first button that WeCom would not take; null where it takes all of them. */
export function tooLong(menu: AppMenu): string | null {
  const top = menu.find((button, n) => n >= MOST.top || !fits(button.name, MOST.topBytes));
  const subs = menu.flatMap((button) => ('buttons' in button ? button.buttons : []));
  const list = menu.find((button) => 'buttons' in button && button.buttons.length > MOST.sub);
  const sub = subs.find(({ name }) => !fits(name, MOST.subBytes));
  const keyed = [...menu, ...subs].find((button) => 'key' in button && !fits(button.key, MOST.keyBytes));
  return (top ?? list ?? sub ?? keyed)?.name ?? null;
}

function fits(words: string, bytes: number): boolean {
  return words !== '' && Buffer.byteLength(words) <= bytes;
}

function bodyOf(menu: AppMenu): object {
  const click = (button: MenuClick): object => ({ type: 'click', ...button });
  return {
    button: menu.map((button) =>
      'key' in button ? click(button) : { name: button.name, sub_button: button.buttons.map(click) },
    ),
  };
}

const clicked = z
  .looseObject({ type: z.literal('click'), name: z.string(), key: z.string() })
  .transform(({ name, key }): MenuClick => ({ name, key }));
const opened = z
  .looseObject({ name: z.string(), sub_button: z.array(clicked).min(1) })
  .transform(({ name, sub_button: buttons }): MenuList => ({ name, buttons }));
const menuBody = z.looseObject({ button: z.array(z.union([opened, clicked])) });

/** The menu as WeCom tells it; null where it is none of ours, such as one with a link in it. */
function menuIn(body: unknown): AppMenu | null {
  return menuBody.safeParse(body).data?.button ?? null;
}
