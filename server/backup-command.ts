import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { SettingsError, settingsOfThisProcess, type Settings } from './config.ts';
import { BackupError, backupSqlite } from './store/backup.ts';
import { sqliteFileOf } from './store/database.ts';
import { keyFileOf } from './store/keys.ts';
import { codeOf } from './store/publish-file.ts';

const USAGE = 'npm run backup -- [--to FILE]';

const POSTGRES = [
  '数据在 PostgreSQL 里,请用它自己的工具备份:',
  'The data is in PostgreSQL. Please use its own tool:',
  '  pg_dump --format=custom --file=hutong.dump "$DATABASE_URL"',
].join('\n');

const SHOWN_APART = '钥匙不在备份里,要另外保管 / the keys are not inside and must be kept apart';

/** `npm run backup`: 0 when the backup is on the disk, 1 with a sentence otherwise. */
async function main(): Promise<number> {
  try {
    const { values } = parseArgs({ options: { to: { type: 'string' } } });
    const settings = settingsOfThisProcess();
    if (settings.database.provider === 'postgresql') return refuse(POSTGRES);
    const file = sqliteFileOf(settings.database.databaseUrl);
    const target = values.to ?? join(dirname(file), 'backups', `hutong-${stamp(new Date())}.db`);
    const { bytes } = await backupSqlite(file, target);
    console.log(`已备份 / saved: ${target} (${bytes} bytes)`);
    console.log(`${SHOWN_APART}: ${keysOf(settings)}`);
    return 0;
  } catch (error) {
    return refuse(sentenceOf(error));
  }
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

function keysOf(settings: Settings): string {
  return settings.keys ? 'DATA_KEY, INDEX_KEY' : (keyFileOf(settings) ?? '–');
}

function sentenceOf(error: unknown): string {
  if (error instanceof BackupError || error instanceof SettingsError) return error.message;
  const code = codeOf(error) ?? 'unknown';
  if (code.startsWith('ERR_PARSE_ARGS')) return USAGE;
  return `没有备份成 / the backup could not be made (${code})`;
}

/** Local time of the counties, such as 20261124-080000. */
function stamp(now: Date): string {
  const text = now.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
  return text.replaceAll(/[-:]/g, '').replace(' ', '-');
}

process.exitCode = await main();
