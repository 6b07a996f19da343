import type { EnteredPartners } from './enter-partners.ts';
import { renderSummary, type ReportLanguage } from './report.ts';

/** What became of a table of offices, as lines for the console. */
export function enteredPartnersLines(
  { counts, added, changed, same, written }: EnteredPartners,
  label: string,
  dryRun: boolean,
  language: ReportLanguage,
): readonly string[] {
  const zh = language === 'zh-CN';
  const summary = renderSummary([{ file: label, counts }], language);
  const numbers = zh
    ? `新单位 ${String(added)} 个，有改动 ${String(changed)} 个，没变 ${String(same)} 个`
    : `${String(added)} new, ${String(changed)} changed, ${String(same)} as before`;
  return [summary, numbers, endOfEntering({ dryRun, written, zh })];
}

/** The last line: looked at, written, or overtaken. */
export function endOfEntering({ dryRun, written, zh }: Record<'dryRun' | 'written' | 'zh', boolean>): string {
  if (dryRun) return zh ? '只是检查，什么都没有写入。' : 'Only checked, nothing was written.';
  if (written) return zh ? '已写入。服务不用重启。' : 'Written. The service takes it up without a restart.';
  return zh
    ? '有人同时在写，没有写入。请再运行一次。'
    : 'Somebody wrote at the same time, so nothing was written. Run it again.';
}
