import { once } from 'node:events';
import { join, dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { ratioFigure, rounded, type Figure } from './figures.ts';
import { heard, run, start } from './programs.ts';
import { villagesOf } from './province.ts';

const SIZE = { counties: 3, children: 3_500, records: 12 };
/** The province is planned up to the day before the first of these; the talk is on the day before that, all told. */
const PLANNED_THROUGH = '2026-11-21' as LocalDate;
const MORNING = '2026-11-20T02:00:00.000Z';
/** Of a day's six messages two are stored records. */
const RECORDS_A_DAY = 2;
const RAW_INSERTS = 2_000;

interface Load {
  readonly turns: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly wrong: number;
  readonly sample: readonly string[];
}

/** Durable turns through the simulator's HTTP interface against one bare route that does one Prisma create. */
export async function turnFigures(people: number, rounds: number): Promise<Figure[]> {
  const province = await makeProvince(SIZE, PLANNED_THROUGH);
  try {
    const turns = await talk(province.file, people, rounds);
    const bare = await create(join(dirname(province.file), 'bare.db'), people, rounds);
    const raw = rawInsertsASecond(join(dirname(province.file), 'raw.db'));
    return figuresOf(people, turns, bare, raw);
  } finally {
    province.remove();
  }
}

/** The talk, and how many records it left behind. */
async function talk(file: string, people: number, rounds: number) {
  const service = start('service.ts', [file, MORNING]);
  const { url } = await heard<{ url: string }>(service);
  const load = await loadOn(`${url}/simulator/messages`, 'day', people, rounds);
  service.send('stop');
  const { contacts } = await heard<{ contacts: number }>(service);
  const expected = SIZE.children * SIZE.records + people * (rounds + 1) * RECORDS_A_DAY;
  return { load, missing: expected - contacts };
}

async function create(file: string, people: number, rounds: number): Promise<Load> {
  const bare = start('bare-route.ts', [file]);
  const { url } = await heard<{ url: string }>(bare);
  const load = await loadOn(url, 'bare', people, rounds);
  bare.kill();
  await once(bare, 'exit');
  return load;
}

function loadOn(url: string, script: string, people: number, rounds: number): Promise<Load> {
  return run<Load>('load.ts', url, script, String(people), String(villagesOf(SIZE)), String(rounds));
}

function rawInsertsASecond(file: string): number {
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE "Said" ("seq" INTEGER PRIMARY KEY, "account" TEXT, "text" TEXT)');
  const insert = database.prepare('INSERT INTO "Said" ("account", "text") VALUES (?, ?)');
  const begun = performance.now();
  for (let n = 0; n < RAW_INSERTS; n += 1) insert.run('dir.00001', '今天去看了小明，奶奶在，作业没写完');
  const ms = performance.now() - begun;
  database.close();
  return (RAW_INSERTS / ms) * 1000;
}

function figuresOf(
  people: number,
  { load, missing }: Awaited<ReturnType<typeof talk>>,
  bare: Load,
  raw: number,
): Figure[] {
  const [turnRate, bareRate] = [load.turns / load.seconds, bare.turns / bare.seconds];
  return [
    ratioFigure(
      `chat turns, ${String(people)} people at once`,
      { text: `${rounded(turnRate)} turns/s`, amount: turnRate },
      { text: `bare Fastify route, one Prisma create: ${rounded(bareRate)}/s`, amount: bareRate },
      { atLeast: 0.5 },
    ),
    {
      name: '  wrong answers, records missing',
      value: `${String(load.wrong)}, ${String(missing)}`,
      limit: 'none',
      ok: load.wrong === 0 && missing === 0,
      ...(load.sample[0] === undefined ? {} : { baseline: load.sample[0] }),
    },
    {
      name: '  waiting, half of the turns',
      value: `${rounded(load.p50Ms)} ms`,
      baseline: `bare route: ${rounded(bare.p50Ms)} ms`,
    },
    {
      name: '  waiting, 99 of 100 turns',
      value: `${rounded(load.p99Ms)} ms`,
      baseline: `bare route: ${rounded(bare.p99Ms)} ms`,
    },
    { name: '  raw better-sqlite3 insert, no HTTP', value: `${rounded(raw)}/s` },
  ];
}
