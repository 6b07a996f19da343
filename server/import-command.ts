import cliProgress from 'cli-progress';
import { existsSync } from 'node:fs';
import { shanghaiDate, type LocalDate } from './domain/local-date.ts';
import { realClock, BusinessClock } from './platform/clock.ts';
import { uuidIds } from './platform/ids.ts';
import {
  checkRoster,
  NOTHING_STORED,
  takenRows,
  type CheckedRoster,
  type ImportWatch,
  type RosterFiles,
} from './roster/check-roster.ts';
import { importArguments, type ImportArguments } from './roster/import-arguments.ts';
import { barProgress, lineProgress, type Progress } from './roster/import-progress.ts';
import type { RosterProblem } from './roster/problems.ts';
import { faultSentence, openReport, problemLine, renderSummary, type Report } from './roster/report.ts';
import { RosterFileError, rosterFileAt } from './roster/roster-file.ts';
import { ImportConflict } from './roster/write-batches.ts';
import { writeRoster } from './roster/write-roster.ts';
import { SettingsError, settingsOfThisProcess, type Settings } from './config.ts';
import { sqliteFileOf } from './store/database.ts';
import { eraseEverything } from './store/erase.ts';
import { existingSealing, KeyFileError, loadSealing } from './store/keys.ts';
import { MigrationError } from './store/migrations.ts';
import { rosterStoreOf } from './store/roster.ts';
import { readSetting } from './store/settings.ts';
import { openStore, type Store } from './store/store.ts';

const SHOWN_PROBLEMS = 20;
const LANE_TIMERS = { sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

const SENTENCES = {
  demo:
    '数据库里是演示数据，不和真实名册混在一起。确定换成真实名册，请加上 --replace-demo。\n' +
    'The database holds the demo county, which is not mixed with a real roster. To replace it, add --replace-demo.',
  demoLater:
    '数据库里是演示数据，正式导入时要加 --replace-demo。\n' +
    'The database holds the demo county; the real import will need --replace-demo.',
  dryRun: '只是检查，什么都没有写入。\nOnly checked, nothing was written.',
  done: '导入完成。\nThe import is done.',
  nothing: '没有一行可以收下。\nNot a single row could be taken.',
  conflict:
    '服务正在改同一些记录，导入停在中间。过一会儿原样再运行一次，已写入的不会重复。\n' +
    'The service keeps changing the same records, so the import stopped half-way. Run it again later; nothing is doubled.',
} as const;

/** A reason to stop that was already put into sentences. */
class Refusal extends Error {}

/** `npm run import`: 0 when the files were processed, 1 when nothing could be, 2 for wrong usage. */
async function main(): Promise<number> {
  const args = importArguments(process.argv.slice(2));
  if ('sentence' in args) {
    console.error(args.sentence);
    return 2;
  }
  const progress = progressOfThisTerminal();
  try {
    return await run(args, progress);
  } catch (error) {
    progress.stop();
    console.error(sentenceOf(error));
    return 1;
  }
}

async function run(args: ImportArguments, progress: Progress): Promise<number> {
  const files: RosterFiles = {
    areas: await rosterFileAt(args.areas),
    staff: await rosterFileAt(args.staff),
    children: await rosterFileAt(args.children),
  };
  const store = await storeFor(args, settingsOfThisProcess());
  try {
    return await importInto(store, files, args, progress);
  } finally {
    await store?.close();
  }
}

/** A look at files needs no database; where there is none yet, none is made for it. */
async function storeFor({ dryRun }: ImportArguments, settings: Settings): Promise<Store | null> {
  const { provider, databaseUrl } = settings.database;
  const sealing = dryRun ? existingSealing(settings) : loadSealing(settings);
  const absent = provider === 'sqlite' && !existsSync(sqliteFileOf(databaseUrl));
  if (sealing === null || (dryRun && absent)) return null;
  return openStore(databaseUrl, sealing, LANE_TIMERS, () => uuidIds.next());
}

async function importInto(
  store: Store | null,
  files: RosterFiles,
  args: ImportArguments,
  progress: Progress,
): Promise<number> {
  const { at, today } = await businessNow(store);
  const isDemo = store !== null && (await readSetting(store, 'demo')) === 'yes';
  if (isDemo && !args.replaceDemo && !args.dryRun) throw new Refusal(SENTENCES.demo);
  const path = args.report ?? `import-report-${stampOf(today, at)}.csv`;
  const report = await reportAt(path);
  const shown: RosterProblem[] = [];
  const watch = watchOf(report, shown, progress);
  try {
    const stored = store === null || isDemo ? NOTHING_STORED : rosterStoreOf(store);
    const checked = await checkRoster(files, stored, today, watch);
    if (store === null || args.dryRun || takenRows(checked) === 0)
      return tell(checked, shown, path, args.dryRun, isDemo);
    if (isDemo) await eraseEverything(store);
    const writing = { store: rosterStoreOf(store), at, today, newId: () => uuidIds.next() };
    await writeRoster(files, checked, writing, watch);
    progress.stop();
    return tell(checked, shown, path, false, false);
  } finally {
    await report.close();
  }
}

/** The business clock of this database: real time, plus what the simulator has moved it forward. */
async function businessNow(store: Store | null): Promise<{ at: Date; today: LocalDate }> {
  const offsetMs = store === null ? 0 : Number((await readSetting(store, 'clock-offset-ms')) ?? '0');
  const at = new BusinessClock(realClock, offsetMs).now();
  return { at, today: shanghaiDate(at) };
}

/** Such as 2026-11-24-080000, by the clock of the counties. */
function stampOf(today: LocalDate, at: Date): string {
  const time = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 19).replaceAll(':', '');
  return `${today}-${time}`;
}

async function reportAt(path: string): Promise<Report> {
  return openReport(path, 'zh-CN').catch(() => {
    throw new Refusal(
      `问题清单写不到 ${path}，请用 --report 换一个地方。\nThe report cannot be written to ${path}; choose another place with --report.`,
    );
  });
}

function watchOf(report: Report, shown: RosterProblem[], progress: Progress): ImportWatch {
  return {
    problems: (found) => {
      shown.push(...found.slice(0, SHOWN_PROBLEMS - shown.length));
      return report.add(found);
    },
    checked: (n) => progress.checked(n),
    written: (n, of) => progress.written(n, of),
  };
}

function tell(
  checked: CheckedRoster,
  shown: readonly RosterProblem[],
  path: string,
  dryRun: boolean,
  isDemo: boolean,
): number {
  const nothing = takenRows(checked) === 0;
  console.log(renderSummary(checked.summaries, 'zh-CN'));
  console.log(renderSummary(checked.summaries, 'en'));
  for (const problem of shown) console.log(problemLine(problem));
  console.log(`全部问题见 / all problems: ${path}`);
  if (dryRun && isDemo) console.log(SENTENCES.demoLater);
  console.log(nothing ? SENTENCES.nothing : dryRun ? SENTENCES.dryRun : SENTENCES.done);
  return nothing ? 1 : 0;
}

function progressOfThisTerminal(): Progress {
  if (!process.stderr.isTTY) return lineProgress((line) => console.error(line));
  return barProgress(
    (format) =>
      new cliProgress.SingleBar({ format, stream: process.stderr, hideCursor: true, etaBuffer: 50 }),
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof RosterFileError)
    return `${faultSentence(error, 'zh-CN')}\n${faultSentence(error, 'en')}`;
  if (error instanceof ImportConflict) return SENTENCES.conflict;
  const told = [Refusal, SettingsError, KeyFileError, MigrationError].some((kind) => error instanceof kind);
  if (told && error instanceof Error) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `导入没有完成，请看看数据库能不能连上 / the import could not be finished, please check the database (${code})`;
}

process.exitCode = await main();
