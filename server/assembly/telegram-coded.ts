import type { Coded } from '../../bot/channels/telegram/discreet.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { say } from '../domain/say.ts';
import type { Wording } from '../platform/wording.ts';
import { codedChildren } from '../store/coded-children.ts';
import { codedColleagues } from '../store/coded-workers.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import type { Store } from '../store/store.ts';
import { isPlainCode } from './telegram-codes.ts';
import { languageOf } from './world.ts';

/** What stands in the place of the names of those a reader works for and with, where no names may go. */
export async function codedFor(
  store: Store,
  wording: Wording,
  account: ChatAccountRow | null,
  today: LocalDate,
): Promise<readonly Coded[]> {
  if (account === null) return [];
  const [children, { colleagues, areas }] = await Promise.all([
    codedChildren(store, account, today),
    codedColleagues(store, account),
  ]);
  const language = languageOf(account);
  const here = wording.render(language, say('telegram.own-area'));
  const workers = colleagues
    .filter(({ code }) => isPlainCode(code))
    .map(({ name, code, role, isOneself }) => {
      const roleWord = say(`role.${role}`);
      const what = isOneself ? roleWord : say('telegram.worker', { role: roleWord, code });
      return { name, code: wording.render(language, what), isChild: false };
    });
  const places = [
    ...areas.townships.map(({ name, code }) => ({ name, code, isChild: false })),
    ...(areas.own === null ? [] : [{ name: areas.own.name, code: here, isChild: false }]),
  ];
  const taken = new Set(colleagues.map(({ name }) => name));
  // Lists name a child with the village behind it, which is a place.
  const own = children
    .filter(({ name, code }) => isPlainCode(code) && !taken.has(name) && !wording.isFixed(name))
    .flatMap(({ name, code, village }) =>
      [`${name}（${village}）`, `${name} (${village})`, name].map((one) => {
        return { name: one, code, isChild: true };
      }),
    );
  const known = new Set(children.map(({ name }) => name));
  // 妹妹 may be what a child is called, and is a word of ours.
  return [...own, ...workers.filter(({ name }) => !known.has(name) && !wording.isFixed(name)), ...places];
}
