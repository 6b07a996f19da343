import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { ratioFigure, rounded, type Figure } from './figures.ts';
import { run } from './programs.ts';

/** Ten days before the end of a month: a reminder falls due for every child nobody has seen in it. */
const PLAN_DAY = '2026-11-20' as LocalDate;
const MIDNIGHT = '2026-11-19T16:05:00.000Z';
const BLOCK_LIMIT_MS = 100;

interface Planned {
  readonly ms: number;
  readonly longestBlockMs: number;
  readonly stages: number;
  readonly digests: number;
}

interface Raw {
  readonly ms: number;
  readonly commits: number;
}

/**
 * The daily plan against a bare better-sqlite3 program that reads and inserts the same rows in as many commits, and with
 * ten times the records. Rows are planned, not yet put into words: a digest's text is made and sealed when it goes out.
 */
export async function planFigures(counties: number, children: number, rounds: number): Promise<Figure[]> {
  const few = await makeProvince({ counties, children, records: 12 }, PLAN_DAY);
  const many = await makeProvince({ counties, children, records: 120 }, PLAN_DAY);
  try {
    const measured = { few: [] as Planned[], many: [] as Planned[], raw: [] as Raw[] };
    for (let turn = 0; turn < 2; turn += 1) {
      measured.few.push(await run<Planned>('plan-service.ts', few.file, MIDNIGHT, String(rounds)));
      measured.raw.push(await run<Raw>('plan-raw.ts', few.file, String(rounds)));
      measured.many.push(await run<Planned>('plan-service.ts', many.file, MIDNIGHT, String(rounds)));
    }
    return figuresOf(fastest(measured.few), fastest(measured.many), fastest(measured.raw), children);
  } finally {
    few.remove();
    many.remove();
  }
}

function figuresOf(few: Planned, many: Planned, raw: Raw, children: number): Figure[] {
  const what = `${rounded(children)} children`;
  const longest = Math.max(few.longestBlockMs, many.longestBlockMs);
  return [
    ratioFigure(
      `daily plan, ${what}, 12 records each`,
      { text: `${rounded(few.ms)} ms`, amount: few.ms },
      {
        text: `raw better-sqlite3, same rows, ${String(raw.commits)} commits: ${rounded(raw.ms)} ms`,
        amount: raw.ms,
      },
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
      { text: `${rounded(many.ms)} ms`, amount: many.ms },
      { text: `12 records each: ${rounded(few.ms)} ms`, amount: few.ms },
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

/** The run that was least disturbed by whatever else the machine did. */
function fastest<T extends { readonly ms: number }>(runs: readonly T[]): T {
  const [first, ...rest] = runs;
  if (!first) throw new Error('nothing was measured');
  return rest.reduce((best, next) => (next.ms < best.ms ? next : best), first);
}
