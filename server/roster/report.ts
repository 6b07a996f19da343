import { open } from 'node:fs/promises';
import { severityOf, type RosterProblem, type RowCounts } from './problems.ts';
import type { RosterFileError } from './roster-file.ts';
import { FAULTS_EN, PROBLEMS_EN } from './sentences-en.ts';
import { FAULTS_ZH, PROBLEMS_ZH, type Sentence } from './sentences-zh.ts';

export type ReportLanguage = 'zh-CN' | 'en';

const HEADERS: Readonly<Record<ReportLanguage, readonly string[]>> = {
  'zh-CN': ['文件', '行号', '编号', '列', '级别', '问题', '怎么改'],
  en: ['file', 'row', 'code', 'column', 'severity', 'problem', 'what to do'],
};
const SEVERITIES = {
  'zh-CN': { refused: '拒绝', flagged: '提示' },
  en: { refused: 'refused', flagged: 'note' },
} as const;

/** What a finding says, and what to do about it. */
export function sentenceOf(problem: RosterProblem, language: ReportLanguage): Sentence {
  const [what, advice] = (language === 'zh-CN' ? PROBLEMS_ZH : PROBLEMS_EN)[problem.code];
  return [what.replace('{detail}', () => problem.detail), advice];
}

/** Why a whole file cannot be processed, in one line for the console. */
export function faultSentence(error: RosterFileError, language: ReportLanguage): string {
  const [what, advice] = (language === 'zh-CN' ? FAULTS_ZH : FAULTS_EN)[error.fault];
  const filled = what.replace('{file}', () => error.file).replace('{detail}', () => error.detail);
  return language === 'zh-CN' ? `${filled}。${advice}。` : `${filled}. ${advice}.`;
}

/** One finding as a line of the report. */
export function reportLine(problem: RosterProblem, language: ReportLanguage): string {
  const severity = SEVERITIES[language][severityOf(problem.code)];
  const [what, advice] = sentenceOf(problem, language);
  const row = problem.row === null ? '' : String(problem.row);
  return csvLine([problem.file, row, problem.id, problem.column, severity, what, advice]);
}

/** One finding for the console, in both languages. */
export function problemLine(problem: RosterProblem): string {
  const { file, row, id, column } = problem;
  const severity = severityOf(problem.code);
  const place = [file, row === null ? '' : String(row), id, column].filter((part) => part !== '').join(' · ');
  const [zh, zhAdvice] = sentenceOf(problem, 'zh-CN');
  const [en] = sentenceOf(problem, 'en');
  return `${SEVERITIES['zh-CN'][severity]} ${place}：${zh}，${zhAdvice} / ${SEVERITIES.en[severity]}: ${en}`;
}

// A cell that begins like a formula would be run by the spreadsheet that opens the report.
function csvLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r＝＋－＠]/u.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => (/[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

/** A province without directors has a finding for each of its villages. */
const LINES_A_WRITE = 1_000;

export interface Report {
  add(problems: readonly RosterProblem[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Begins the report of problems at `path`: CSV with a byte order mark, so that Excel reads it right. Findings are
 * written as they come, so that a long report needs no memory. Only the owner may read the file.
 */
export async function openReport(path: string, language: ReportLanguage): Promise<Report> {
  const file = await open(path, 'w', 0o600);
  await file.write(`\ufeff${csvLine(HEADERS[language])}`);
  return {
    async add(problems) {
      for (let at = 0; at < problems.length; at += LINES_A_WRITE) {
        const lines = problems.slice(at, at + LINES_A_WRITE).map((problem) => reportLine(problem, language));
        await file.write(lines.join(''));
      }
    },
    close: () => file.close(),
  };
}

export interface FileSummary {
  readonly file: string;
  readonly counts: RowCounts;
}

/** What became of each file's rows, one line a file, for the console. */
export function renderSummary(files: readonly FileSummary[], language: ReportLanguage): string {
  return files.map((summary) => summaryLine(summary, language)).join('\n');
}

function summaryLine({ file, counts }: FileSummary, language: ReportLanguage): string {
  const taken = counts.accepted + counts.flagged;
  if (language === 'zh-CN')
    return `${file}：收下 ${taken} 行，其中 ${counts.flagged} 行有提示；拒绝 ${counts.refused} 行`;
  return `${file}: ${taken} rows taken, ${counts.flagged} of them with a note; ${counts.refused} refused`;
}
