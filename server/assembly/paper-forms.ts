import type { Needs } from '../../bot/needs.ts';
import type { Say } from '../domain/say.ts';
import { languageOf, type World } from './world.ts';

/** Puts forms into words and on paper, one after the other, in the thread of the press. */
export async function formsOf(
  { wording, clock, press }: World,
  sheets: Needs['sheets'],
): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const { fileId, sheet, language } of sheets) {
    const words = (said: Say): string => wording.render(languageOf({ language }), said);
    const { title, blocks, foot } = sheet;
    const worded = {
      title: words(title),
      blocks: blocks.map(({ heading, look, lines }) => ({
        heading: words(heading),
        look: words(look),
        lines: lines.map(words),
      })),
      foot: foot.map(words),
    };
    files.set(fileId, await press.set(worded, clock.now()));
  }
  return files;
}
