import { NUMBER, readNumber } from './numerals.ts';

/** 去了三家, 走访了四个娃: a number said of the worker's own round; 第三家 and 一家三口 are none. */
const SAID = new RegExp(
  `(?:去|到|走|跑|看|访|家访|入户|联系|打)(?:了|过|完)?[^。;!?]{0,40}?(?<!第|一)(${NUMBER})(?:家(?![人长里店庭])|户|个(?:娃|孩子|小孩|学生|囝))`,
  'u',
);

/** How many homes or children these words say were visited or called; null where they give no number above one. */
export function howMany(text: string): number | null {
  const count = readNumber(SAID.exec(text)?.[1] ?? '');
  return count === null || count < 2 ? null : count;
}
