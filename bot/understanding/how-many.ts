import { NAME_MARK } from './normalise.ts';
import { NUMBER, readNumber } from './numerals.ts';

/** 去了三家, 走访了四个娃: a number said of the worker's own round; 第三家 and 一家三口 are none. */
const SAID = new RegExp(
  `(?:去|到|走|跑|看|访|家访|入户|联系|打)(?:了|过|完)?[^。;!?]{0,40}?(?<!第|一)(${NUMBER})(?:家(?![人长里店庭])|户|个(?:娃|孩子|小孩|学生|囝))`,
  'u',
);

/** 小明小红六个: the number that ends a row of names. */
const AFTER_NAMES = new RegExp(`${NAME_MARK}(${NUMBER})个(?!月|星期|礼拜|小时|钟头|半)`, 'u');

/** How many homes or children these words say were visited or called; null where they give no number above one. */
export function howMany(text: string, names: readonly string[] = []): number | null {
  const masked = names.reduce((rest, name) => rest.replaceAll(name, NAME_MARK), text);
  const count = readNumber((SAID.exec(text) ?? AFTER_NAMES.exec(masked))?.[1] ?? '');
  return count === null || count < 2 ? null : count;
}
