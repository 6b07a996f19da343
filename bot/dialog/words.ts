import type { CommandWord } from './flow.ts';
import type { View } from './view.ts';

const BACK = new Set(['返回', '上一步', 'back']);
const CANCEL = new Set(['取消', '算了', '不记了', 'cancel']);
const TRAILING = /[\s。.,,!!??~~、;;::]+$/u;

/** 不对不对，刚才那个撤回: what people say around a command that stands for what they have just done. */
const AROUND =
  /^(?:(?:不对|等等|等一下|等下|哎呀?|哦|啊|错了|搞错了|弄错了)[\s,，。!！]*)+|(?:把)?(?:刚才|刚刚|刚)(?:说|记|存|发)?(?:的)?(?:那|这)?(?:个|条|一条|次)?(?:记录)?(?:给)?[\s,，]*|(?:了|掉|一下|吧)$/gu;

/** A typed word as it is compared: without the space and punctuation around it, in lower case. */
export function bareWord(text: string): string {
  return text.normalize('NFKC').trim().replace(TRAILING, '').toLowerCase();
}

/** The option whose label these words are, when exactly one has it. */
export function labelledOption(
  text: string,
  offered: readonly string[],
  labels: readonly string[],
): string | undefined {
  const word = bareWord(text);
  const fitting = offered.filter(
    (_option, index) => labels[index] !== undefined && bareWord(labels[index]) === word,
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** 返回, 上一步. (A bare 0 is read as a number and means the same.) */
export function isBack(text: string): boolean {
  return BACK.has(bareWord(text));
}

/** 取消, 算了. */
export function isCancel(text: string): boolean {
  return CANCEL.has(bareWord(text));
}

const SPOKEN_NUMBERS = '一二三四五六七八';

/** A bare number of one or two digits, 一 to 八, or 回1 as the words above ask for it; null for everything else. */
export function numberIn(text: string): number | null {
  const bare = bareWord(text).replace(/^(?:我)?(?:回复?|选|按)\s*(?=\S{1,2}$)/u, '');
  if (/^\d{1,2}$/.test(bare)) return Number(bare);
  return /^[一二三四五六七八]$/u.test(bare) ? SPOKEN_NUMBERS.indexOf(bare) + 1 : null;
}

/** The command a text begins with: the word alone, or the word, a break, and more. */
export function commandIn(
  commands: readonly CommandWord[],
  text: string,
  view: View,
): { readonly command: CommandWord; readonly rest: string | null } | undefined {
  const bare = bareWord(text);
  const alone = bare.replace(AROUND, '');
  for (const command of commands) {
    if (!command.allowed(view)) continue;
    if (alone !== bare && command.words.includes(alone)) return { command, rest: null };
    const word = command.words.find((w) => begins(bare, w, command.takesRest ?? 'nothing'));
    if (word === undefined) continue;
    // The rest stays as it was written: it may be the first words of a note.
    const rest = text
      .trim()
      .slice(word.length)
      .replace(/^[\s,，。.:：、!！;；]+/u, '');
    return { command, rest: rest === '' ? null : rest };
  }
  return undefined;
}

function begins(bare: string, word: string, takesRest: NonNullable<CommandWord['takesRest']>): boolean {
  if (bare === word) return true;
  if (takesRest === 'nothing' || !bare.startsWith(word)) return false;
  return takesRest === 'anything' || /^[\s,,。::、r-]/u.test(bare.slice(word.length));
}

const URGENT = /紧急|救命|\bsos\b|\bemergency\b|\burgent\b/iu;
/** Words around 紧急 that speak of something else. Where in doubt a report opens: it can be closed with a reason. */
const NOT_URGENT =
  /紧急联系(人|电话|方式)|(不|没有|没什么|无|并非)(是)?(什么)?紧急|不算紧急|not urgent|no emergency/giu;

/** Whether these words call for help now; the rest of them are the first facts of the report. */
export function urgentIn(text: string): { readonly rest: string | null } | null {
  const folded = text.normalize('NFKC');
  if (!URGENT.test(folded.replace(NOT_URGENT, ''))) return null;
  const rest = folded.trim().replace(/^(紧急|救命|sos|emergency|urgent)[\s,,。::、!!]*/iu, '');
  return { rest: rest === '' ? null : rest };
}
