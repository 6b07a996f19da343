import type { LocalDate } from '../../server/domain/local-date.ts';
import type { Mode } from './modes.ts';
import type { NamedChild } from './name-index.ts';
import { MAX_SENTENCE_LENGTH } from './normalise.ts';
import { understand } from './understand.ts';

const MODE_WORDS: Readonly<Record<Mode, string>> = {
  home: '入户',
  school: '到校',
  phone: '电话',
  video: '视频',
  elsewhere: '路上见面',
};

/** One answer line: what would be filled in, and whether the bot would ask instead of guessing. */
export function answerLine(line: string, today: LocalDate, caseload: readonly NamedChild[]): string {
  const cut = line.length > MAX_SENTENCE_LENGTH;
  const said = understand(cut ? line.slice(0, MAX_SENTENCE_LENGTH) : line, { today, caseload });
  const names = new Map(caseload.map(({ id, name }) => [id, name]));
  const certain = said.mentions.flatMap(({ certain: sure, candidates }) =>
    sure ? candidates.map((one) => one.childId) : [],
  );
  const children = [...new Set(certain)].map((id) => names.get(id) ?? id);
  const unsure = said.mentions.some((mention) => !mention.certain) || said.unresolved.length > 0;
  const ask = cut || unsure || said.date.ask || said.nothingDone;
  const { met, signals } = said;
  const mode = said.mode === null ? null : MODE_WORDS[said.mode];
  return JSON.stringify({ text: said.text, date: said.date.on, ask, mode, met, children, signals });
}
