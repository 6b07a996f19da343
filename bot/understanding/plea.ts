import { normalise } from './normalise.ts';

const PLEA =
  /^(?:我|求|你们?|您|请|快|谁来)*帮帮(?:我们?|忙|孩子)|快来(?:个)?人|^(?:快)?来人[啊呀哪]|有没有人(?:来|帮|管管)|^(?:我|想|要|得)*(?:找|需要)(?:个)?(?:人|你们)?帮(?:忙|帮|助)|^(?:我|想|要|得)*求助|\bhelp (?:me|us)\b|\bneed help\b|^(?:please )?help please$/iu;

/** 帮帮我, 快来人, “I need help”: the same as 求助 in other words. Words that say more of danger are signals. */
export function pleadsForHelp(text: string): boolean {
  const words = normalise(text).replace(/[\s,。.!?~;:]+$/u, '');
  return words.length <= 40 && PLEA.test(words);
}
