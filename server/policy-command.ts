import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { shanghaiDate } from './domain/local-date.ts';
import { BusinessClock, realClock } from './platform/clock.ts';
import { uuidIds } from './platform/ids.ts';
import { sleep } from './platform/waiting.ts';
import { enterPolicy } from './policy/enter-policy.ts';
import { POLICY_FILE_BYTES } from './policy/policy-file.ts';
import { enteredLines } from './policy/policy-sentences.ts';
import { SettingsError, settingsOfThisProcess } from './config.ts';
import { sqliteFileOf } from './store/database.ts';
import { KeyFileError, loadSealing } from './store/keys.ts';
import { MigrationError } from './store/migrations.ts';
import { policyStoreOf } from './store/policies.ts';
import { codeOf } from './store/publish-file.ts';
import { readSetting } from './store/settings.ts';
import { openStore, type Store } from './store/store.ts';

const USAGE = 'npm run policy -- --file FILE [--dry-run]';

/** A reason to stop that was already put into sentences. */
class Refusal extends Error {}

/** `npm run policy`: 0 when the version is there, 1 when it was refused, 2 for wrong usage. */
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

async function run(file: string, dryRun: boolean): Promise<number> {
  const text = await textOf(file);
  const store = await storeOfThisProcess();
  try {
    const offsetMs = Number((await readSetting(store, 'clock-offset-ms')) ?? '0');
    const at = new BusinessClock(realClock, offsetMs).now();
    const entering = { store: policyStoreOf(store), at, today: shanghaiDate(at), dryRun };
    const entered = await enterPolicy({ ...entering, newId: () => uuidIds.next() }, text);
    const lines = (['zh-CN', 'en'] as const).flatMap((language) => enteredLines(entered, language));
    const refused = entered.kind === 'refused';
    for (const line of lines) (refused ? console.error : console.log)(line);
    return refused ? 1 : 0;
  } finally {
    await store.close();
  }
}

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new Refusal(`找不到 ${file}\n${file} is not there.`);
  });
  if (size > POLICY_FILE_BYTES)
    throw new Refusal(`${file} 太大，不像是一份规定\n${file} is too large for a policy.`);
  return readFile(file, 'utf8');
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
    const options = { file: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.file === undefined || values.file === '') return null;
    return { file: values.file, dryRun: values['dry-run'] === true };
  } catch {
    return null;
  }
}

function sentenceOf(error: unknown): string {
  const told = [Refusal, SettingsError, KeyFileError, MigrationError].some((kind) => error instanceof kind);
  if (told && error instanceof Error) return error.message;
  const code = codeOf(error) ?? 'unknown';
  return `没有写入，请看看数据库能不能连上 / nothing was written, please check the database (${code})`;
}

process.exitCode = await main();
