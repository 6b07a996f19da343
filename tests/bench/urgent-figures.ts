import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { Caller } from './caller.ts';
import { rounded, type Figure } from './figures.ts';
import { asked, heard, start, stopped } from './programs.ts';
import { directorAccount, villagesOf } from './province.ts';

const SIZE = { counties: 3, children: 300, records: 1 };
const PLANNED_THROUGH = '2026-11-21' as LocalDate;
const MORNING = '2026-11-20T02:00:00.000Z';
const LIST = 10_000;
/** Our service target for a page, and the only figure that is held to a clock. */
const LIMIT_MS = 1_000;

/** What the service says at its end: when each report's pages were handed over, and when their next one was due. */
interface Told {
  readonly waiting: number;
  readonly handedMs: Readonly<Record<string, readonly number[]>>;
  readonly dueMs: Readonly<Record<string, number>>;
}

/** How soon a page goes while a list for thousands is being sent: one that a turn makes, and one of the ladder. */
export async function urgentFigures(reports: number): Promise<Figure[]> {
  const province = await makeProvince(SIZE, PLANNED_THROUGH);
  try {
    const service = start('urgent-service.ts', [province.file, MORNING, String(LIST)]);
    const { url } = await heard<{ url: string }>(service);
    await asked(service, 'list');
    const saidMs = await cries(`${url}/simulator/messages`, reports);
    await asked(service, 'climb');
    const told = await stopped<Told>(service);
    const turns = saidMs.map(([number, ms]) => (told.handedMs[number]?.[0] ?? Infinity) - ms);
    const ladder = Object.entries(told.dueMs).map(
      ([number, ms]) => (told.handedMs[number]?.find((handed) => handed >= ms) ?? Infinity) - ms,
    );
    return [figureOf('of a turn', turns, reports, told), figureOf('of the ladder', ladder, reports, told)];
  } finally {
    province.remove();
  }
}

/** One director after the other calls for help; when each said it, by the number of the report. */
async function cries(url: string, reports: number): Promise<readonly (readonly [string, number])[]> {
  const caller = new Caller(url, 1);
  const said: (readonly [string, number])[] = [];
  for (let n = 0; n < reports; n += 1) {
    const account = directorAccount(n % villagesOf(SIZE));
    const ms = performance.timeOrigin + performance.now();
    const { body } = await caller.post(JSON.stringify({ account, text: '紧急' }), 'application/json');
    said.push([/R-\d{4}-\d{6}/u.exec(body)?.[0] ?? body, ms]);
  }
  caller.close();
  return said;
}

function figureOf(which: string, waits: readonly number[], reports: number, { waiting }: Told): Figure {
  const sorted = [...waits].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity;
  return {
    name: `urgent page ${which}, behind a list of ${rounded(LIST)}`,
    value: `${rounded(at(0.99))} ms (99 of 100), ${rounded(at(0.5))} ms (50 of 100)`,
    baseline: `${rounded(waiting)} of the list still waiting at the end`,
    limit: `within ${rounded(LIMIT_MS)} ms`,
    ok: waits.length === reports && at(0.99) <= LIMIT_MS && waiting > 0,
  };
}
