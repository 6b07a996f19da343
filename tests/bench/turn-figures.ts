import type { ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { onePair, rateOf, waiting, WARM_UP_DAYS, type DayPair } from './days.ts';
import { ratioFigure, rounded, type Figure } from './figures.ts';
import { heard, start, stopped } from './programs.ts';
import { villagesOf } from './province.ts';

const SIZE = { counties: 3, children: 3_500, records: 12 };
/** The province is planned up to the day before the first of these; the talk is on the day before that, all told. */
const PLANNED_THROUGH = '2026-11-21' as LocalDate;
const MORNING = '2026-11-20T02:00:00.000Z';
/** Of a day's six messages two are stored records. */
const RECORDS_A_DAY = 2;
const RAW_INSERTS = 2_000;

/** Durable turns through the simulator's HTTP interface against one bare route that does one Prisma create, in turns. */
export async function turnFigures(people: number, days: number): Promise<Figure[]> {
  const province = await makeProvince(SIZE, PLANNED_THROUGH);
  try {
    const service = start('service.ts', [province.file, MORNING]);
    const { url } = await heard<{ url: string }>(service);
    const route = start('bare-route.ts', [join(dirname(province.file), 'bare.db')]);
    const { url: routeUrl } = await heard<{ url: string }>(route);
    const talk = await peopleAt(`${url}/simulator/messages`, 'day', people);
    const calls = await peopleAt(routeUrl, 'bare', people);
    const pairs: DayPair[] = [];
    for (let n = 0; n < WARM_UP_DAYS + days; n += 1) pairs.push(await onePair(talk, calls, n));
    for (const program of [talk, calls, route]) await stopped(program);
    const { contacts } = await stopped<{ contacts: number }>(service);
    const missing = SIZE.children * SIZE.records + people * pairs.length * RECORDS_A_DAY - contacts;
    const raw = rawInsertsASecond(join(dirname(province.file), 'raw.db'));
    return figuresOf(people, pairs, missing, raw);
  } finally {
    province.remove();
  }
}

async function peopleAt(url: string, script: string, people: number): Promise<ChildProcess> {
  const load = start('load.ts', [url, script, String(people), String(villagesOf(SIZE))]);
  await heard(load);
  return load;
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

function figuresOf(people: number, all: readonly DayPair[], missing: number, raw: number): Figure[] {
  const pairs = all.slice(WARM_UP_DAYS);
  const wrong = all.flatMap(({ turns }) => turns.sample);
  return [
    ratioFigure(
      `chat turns, ${String(people)} people at once`,
      pairs.map(({ turns, bare }) => ({ measured: rateOf(turns), baseline: rateOf(bare) })),
      {
        measured: (rate) => `${rounded(rate)} turns/s`,
        baseline: (rate) => `bare Fastify route, one Prisma create: ${rounded(rate)}/s`,
      },
      { atLeast: 0.5 },
    ),
    {
      name: '  wrong answers, records missing',
      value: `${String(all.reduce((n, { turns }) => n + turns.wrong, 0))}, ${String(missing)}`,
      limit: 'none',
      ok: wrong.length === 0 && missing === 0,
      ...(wrong[0] === undefined ? {} : { baseline: wrong[0] }),
    },
    ...[0.5, 0.99].map((share) => waiting(pairs, share, 'turns')),
    { name: '  raw better-sqlite3 insert, no HTTP', value: `${rounded(raw)}/s` },
  ];
}
