import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { shanghaiDate } from './domain/local-date.ts';
import { BusinessClock, realClock } from './platform/clock.ts';
import { uuidIds } from './platform/ids.ts';
import { sleep } from './platform/waiting.ts';
import { enteredBreaksLines } from './roster/break-sentences.ts';
import { enterBreaks } from './roster/enter-breaks.ts';
import type { EnteredPartners } from './roster/enter-partners.ts';
import { faultSentence, problemLine } from './roster/report.ts';
import { RosterFileError, rosterFileAt } from './roster/roster-file.ts';
import { SettingsError, settingsOfThisProcess } from './config.ts';
import { sqliteFileOf } from './store/database.ts';
import { KeyFileError, loadSealing } from './store/keys.ts';
import { MigrationError } from './store/migrations.ts';
import { breakStoreOf } from './store/school-breaks.ts';
import { codeOf } from './store/publish-file.ts';
import { readSetting } from './store/settings.ts';
import { openStore, type Store } from './store/store.ts';

const USAGE = 'npm run school-calendar -- school-calendar.csv [--dry-run]';
const LANGUAGES = ['zh-CN', 'en'] as const;

/** A reason to stop that was already put into sentences. */
class Refusal extends Error {}

/** `npm run school-calendar`: 0 when the file was processed, 1 when nothing could be, 2 for wrong usage. */
async function main(): Promise<number> {
  const args = argumentsOf(process.argv.slice(2));
  if (args === null) {
    console.error(`用法 / usage:\n  ${USAGE}`);
    return 2;
  }
  try {
    return await run(args.file, args.dryRun);
  } catch (error) {
    console.error(sentenceOf(error));
    return 1;
  }
}

async function run(path: string, dryRun: boolean): Promise<number> {
  const file = await rosterFileAt(path);
  const store = await storeOfThisProcess();
  try {
    const offsetMs = Number((await readSetting(store, 'clock-offset-ms')) ?? '0');
    const at = new BusinessClock(realClock, offsetMs).now();
    const entering = { store: breakStoreOf(store), at, today: shanghaiDate(at), dryRun };
    return tell(await enterBreaks(file, { ...entering, newId: () => uuidIds.next() }), file.label, dryRun);
  } finally {
    await store.close();
  }
}

function tell(entered: EnteredPartners, label: string, dryRun: boolean): number {
  for (const problem of entered.problems) console.error(problemLine(problem));
  for (const language of LANGUAGES)
    for (const line of enteredBreaksLines(entered, label, dryRun, language)) console.log(line);
  const { accepted, flagged } = entered.counts;
  return accepted + flagged > 0 && (dryRun || entered.written) ? 0 : 1;
}

async function storeOfThisProcess(): Promise<Store> {
  const settings = settingsOfThisProcess();
  const { provider, databaseUrl } = settings.database;
  if (provider === 'sqlite' && !existsSync(sqliteFileOf(databaseUrl)))
    throw new Refusal('还没有数据库，请先导入名册。\nThere is no database yet; import a roster first.');
  return openStore(databaseUrl, loadSealing(settings), { sleep }, () => uuidIds.next());
}

function argumentsOf(args: readonly string[]): { readonly file: string; readonly dryRun: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'dry-run': { type: 'boolean' } },
      allowPositionals: true,
    });
    const [file] = positionals;
    if (file === undefined || file === '' || positionals.length > 1) return null;
    return { file, dryRun: values['dry-run'] === true };
  } catch {
    return null;
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof RosterFileError)
    return LANGUAGES.map((language) => faultSentence(error, language)).join('\n');
  const told = [Refusal, SettingsError, KeyFileError, MigrationError].some((kind) => error instanceof kind);
  if (told && error instanceof Error) return error.message;
  const code = codeOf(error) ?? 'unknown';
  return `没有写入，请看看数据库能不能连上 / nothing was written, please check the database (${code})`;
}

process.exitCode = await main();
