import type { ChildProcess } from 'node:child_process';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { median, ratioFigure, rounded, type Figure } from './figures.ts';
import { asked, heard, start, stopped } from './programs.ts';

/** Ten days before the end of a month: a reminder falls due for every child nobody has seen in it. */
const PLAN_DAY = '2026-11-20' as LocalDate;
const MIDNIGHT = '2026-11-19T16:05:00.000Z';
const BLOCK_LIMIT_MS = 100;
/** The first rounds warm all programs up, as in a service that runs for weeks, and are not counted. */
const WARM_UP_ROUNDS = 2;
/**
 * So often all programs are started anew: by where its memory comes to lie, one and the same service is a quarter faster or
 * slower as long as it lives (1.4 s and 1.8 s a plan, measured with the same code, one process after the other).
 */
const LAUNCHES = 4;

interface Planned {
  readonly ms: number;
  readonly longestBlockMs: number;
}

interface Raw {
  readonly ms: number;
  readonly commits: number;
}

interface Left {
  readonly stages: number;
  readonly digests: number;
}

interface Round {
  readonly few: Planned;
  readonly many: Planned;
  readonly raw: Raw;
}

/**
 * The daily plan against a bare better-sqlite3 program that reads and inserts the same rows in as many commits, and with
 * ten times the records. The three take turns. Rows are planned, not yet put into words: a digest's text is made and
 * sealed when it goes out.
 */
export async function planFigures(counties: number, children: number, rounds: number): Promise<Figure[]> {
  const few = await makeProvince({ counties, children, records: 12 }, PLAN_DAY);
  const many = await makeProvince({ counties, children, records: 120 }, PLAN_DAY);
  try {
    const launches: Launch[] = [];
    for (let n = 0; n < LAUNCHES; n += 1) launches.push(await launched(few.file, many.file, rounds));
    const [{ left } = NOTHING_LEFT] = launches;
    return figuresOf(
      launches.flatMap(({ measured }) => measured),
      left,
      children,
    );
  } finally {
    few.remove();
    many.remove();
  }
}

/** What the programs of one launch measured, and what they left in the databases. */
interface Launch {
  readonly measured: readonly Round[];
  readonly left: readonly [Left, Left];
}

const NOTHING_LEFT: Pick<Launch, 'left'> = {
  left: [
    { stages: 0, digests: 0 },
    { stages: 0, digests: 0 },
  ],
};

async function launched(few: string, many: string, rounds: number): Promise<Launch> {
  const services = {
    few: await started('plan-service.ts', few, MIDNIGHT),
    many: await started('plan-service.ts', many, MIDNIGHT),
  };
  await asked(services.few, 'plan'); // the bare program begins with the rows this leaves
  const programs = { ...services, raw: await started('plan-raw.ts', few) };
  for (let n = 0; n < WARM_UP_ROUNDS; n += 1) await oneRound(programs, n);
  const measured: Round[] = [];
  for (let n = 0; n < rounds; n += 1) measured.push(await oneRound(programs, n));
  await stopped(programs.raw);
  return { measured, left: [await stopped<Left>(programs.few), await stopped<Left>(programs.many)] };
}

async function started(program: string, ...args: readonly string[]): Promise<ChildProcess> {
  const child = start(program, args);
  await heard(child);
  return child;
}

/** Each plans the day once, in an order that changes: the service with few records always stands beside both others. */
async function oneRound(
  { few, many, raw }: Readonly<Record<'few' | 'many' | 'raw', ChildProcess>>,
  n: number,
): Promise<Round> {
  const inOrder = n % 2 === 0 ? [raw, few, many] : [many, few, raw];
  const found = new Map<ChildProcess, unknown>();
  for (const program of inOrder) found.set(program, await asked(program, 'plan'));
  return { few: found.get(few) as Planned, many: found.get(many) as Planned, raw: found.get(raw) as Raw };
}

function figuresOf(rounds: readonly Round[], [few, many]: readonly [Left, Left], children: number): Figure[] {
  const what = `${rounded(children)} children`;
  const ms = (middle: number) => `${rounded(middle)} ms`;
  const commits = String(rounds[0]?.raw.commits ?? 0);
  // A block of our own comes back in every round; what the machine did to one round does not.
  const longest = Math.max(
    median(rounds.map((r) => r.few.longestBlockMs)),
    median(rounds.map((r) => r.many.longestBlockMs)),
  );
  return [
    ratioFigure(
      `daily plan, ${what}, 12 records each`,
      rounds.map((r) => ({ measured: r.few.ms, baseline: r.raw.ms })),
      { measured: ms, baseline: (m) => `raw better-sqlite3, same rows, ${commits} commits: ${ms(m)}` },
      { atMost: 2 },
    ),
    {
      name: '  stages that fell due',
      value: rounded(few.stages),
      baseline: `digests: ${rounded(few.digests)}`,
      limit: 'more than half the children',
      ok: few.stages > children / 2 && many.stages === few.stages && few.digests > 0,
    },
    ratioFigure(
      `daily plan, ${what}, 120 records each`,
      rounds.map((r) => ({ measured: r.many.ms, baseline: r.few.ms })),
      { measured: ms, baseline: (m) => `12 records each: ${ms(m)}` },
      { atMost: 1.2 },
    ),
    {
      name: '  longest hold-up of the event loop',
      value: `${rounded(longest)} ms`,
      limit: `at most ${String(BLOCK_LIMIT_MS)} ms`,
      ok: longest <= BLOCK_LIMIT_MS,
    },
  ];
}
