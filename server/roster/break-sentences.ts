import type { EnteredPartners } from './enter-partners.ts';
import { endOfEntering } from './partner-sentences.ts';
import { renderSummary, type ReportLanguage } from './report.ts';

/** What became of a school calendar, as lines for the console. A row of several stages is several breaks. */
export function enteredBreaksLines(
  { counts, added, changed, same, written }: EnteredPartners,
  label: string,
  dryRun: boolean,
  language: ReportLanguage,
): readonly string[] {
  const zh = language === 'zh-CN';
  const numbers = zh
    ? `新假期 ${String(added)} 条，有改动 ${String(changed)} 条，没变 ${String(same)} 条`
    : `${String(added)} new, ${String(changed)} changed, ${String(same)} as before`;
  return [
    renderSummary([{ file: label, counts }], language),
    numbers,
    endOfEntering({ dryRun, written, zh }),
  ];
}
