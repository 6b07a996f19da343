import { parseArgs } from 'node:util';
import { SettingsError, settingsOfThisProcess } from './config.ts';
import { KeyFileError, existingSealing } from './store/keys.ts';
import { codeOf } from './store/publish-file.ts';
import { checkBackup, type RestoreReport, type TableFinding } from './store/restore-check.ts';

const USAGE = 'npm run restore-check -- FILE';

/** `npm run restore-check`: 0 when the backup can be restored with the keys of this environment, 1 otherwise. */
function main(): number {
  try {
    const [file, ...more] = parseArgs({ allowPositionals: true }).positionals;
    if (file === undefined || more.length > 0) return refuse(USAGE);
    return show(checkBackup(file, existingSealing(settingsOfThisProcess())));
  } catch (error) {
    return refuse(sentenceOf(error));
  }
}

function show({ tables, notes, problems }: RestoreReport): number {
  if (tables.length > 0) console.log(row('表 table', '行数 rows', '个人信息 personal data'));
  for (const finding of tables) console.log(row(finding.table, String(finding.rows), openedText(finding)));
  for (const note of notes) console.log(`注意 / note: ${note}`);
  if (problems.length === 0) console.log('可以恢复 / can be restored');
  else console.error(['不能恢复 / cannot be restored', ...problems].join('\n  '));
  return problems.length === 0 ? 0 : 1;
}

function row(table: string, rows: string, opened: string): string {
  return `${table.padEnd(22)} ${rows.padStart(10)}  ${opened}`;
}

function openedText({ opened }: TableFinding): string {
  if (opened === null) return '–';
  return opened ? '打得开 opens' : '打不开 does not open';
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

function sentenceOf(error: unknown): string {
  if (error instanceof SettingsError || error instanceof KeyFileError) return error.message;
  const code = codeOf(error) ?? 'unknown';
  return code.startsWith('ERR_PARSE_ARGS') ? USAGE : `没有查成 / the check could not be made (${code})`;
}

process.exitCode = main();
