import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import { BusinessClock, realClock } from '../platform/clock.ts';
import { uuidIds } from '../platform/ids.ts';
import { sleep } from '../platform/waiting.ts';
import { SettingsError, settingsOfThisProcess } from '../config.ts';
import { sqliteFileOf } from '../store/database.ts';
import { KeyFileError, loadSealing } from '../store/keys.ts';
import { MigrationError } from '../store/migrations.ts';
import { codeOf } from '../store/publish-file.ts';
import { readSetting } from '../store/settings.ts';
import { openStore, type Store } from '../store/store.ts';

/** A reason to stop that was already put into sentences. */
export class Refusal extends Error {}

/** Into which store something is entered, and when. */
export interface Entering {
  readonly store: Store;
  readonly at: Date;
  readonly today: LocalDate;
  readonly dryRun: boolean;
  newId(): string;
}

/** A command that enters a file into a database that is there already. */
export interface EnterCommand<File> {
  readonly usage: string;
  /** `--file FILE`, or the name alone. */
  readonly takes: 'option' | 'name';
  read(path: string): Promise<File>;
  /** Gives what the process ends with. */
  enter(file: File, entering: Entering): Promise<number>;
  /** What is wrong with a file, in both languages; null for anything else. */
  faultOf?(error: unknown): string | null;
}

/** Where it was called: its arguments, and where its sentences go. */
export interface Terminal {
  readonly args: readonly string[];
  readonly console: Pick<Console, 'log' | 'error'>;
}

/** Runs it: what `enter` gives, 1 when nothing could be done, 2 for wrong usage. */
export async function enterFile<File>(command: EnterCommand<File>, terminal: Terminal): Promise<number> {
  const args = argumentsOf(terminal.args, command.takes);
  if (args === null) {
    terminal.console.error(`用法 / usage:\n  ${command.usage}`);
    return 2;
  }
  try {
    const file = await command.read(args.file);
    const store = await storeOfThisProcess();
    try {
      const offsetMs = Number((await readSetting(store, 'clock-offset-ms')) ?? '0');
      const at = new BusinessClock(realClock, offsetMs).now();
      const entering = { store, at, today: shanghaiDate(at), dryRun: args.dryRun };
      return await command.enter(file, { ...entering, newId: () => uuidIds.next() });
    } finally {
      await store.close();
    }
  } catch (error) {
    terminal.console.error(command.faultOf?.(error) ?? sentenceOf(error));
    return 1;
  }
}

async function storeOfThisProcess(): Promise<Store> {
  const settings = settingsOfThisProcess();
  const { provider, databaseUrl } = settings.database;
  if (provider === 'sqlite' && !existsSync(sqliteFileOf(databaseUrl)))
    throw new Refusal('还没有数据库，请先导入名册。\nThere is no database yet; import a roster first.');
  return openStore(databaseUrl, loadSealing(settings), { sleep }, () => uuidIds.next());
}

function argumentsOf(
  args: readonly string[],
  takes: 'option' | 'name',
): { readonly file: string; readonly dryRun: boolean } | null {
  try {
    const options = { file: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = takes === 'option' ? [values.file, ...positionals] : positionals;
    const isOther = takes === 'name' && values.file !== undefined;
    if (file === undefined || file === '' || more.length > 0 || isOther) return null;
    return { file, dryRun: values['dry-run'] === true };
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
