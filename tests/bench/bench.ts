import { join } from 'node:path';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { heard, run, start } from './programs.ts';
import { villagesOf, type ProvinceSize } from './province.ts';

/** `npm run bench [-- --short]`: the figures of the README, each against a baseline measured in the same run. */
const isShort = process.argv.includes('--short');
/** A working day ten days before the end of a month and a quarter: every child still waiting has a stage that day. */
const TODAY = '2026-12-21' as LocalDate;
const MIDNIGHT = '2026-12-20T16:05:00.000Z';
const MORNING = '2026-12-21T01:00:00.000Z';

interface Timed {
  readonly ms: number;
  readonly cpuMs: number;
  readonly longestBlockMs: number;
}
interface Planned extends Timed {
  readonly stages: number;
  readonly digests: number;
  readonly sending: Timed | null;
  readonly sent: number;
}
interface Load {
  readonly turns: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly wrong: number;
}

let failures = 0;
let passes = 0;

/** One line of the table; a limit that is missed fails the run. */
function line(what: string, figure: string, limit: string, holds: boolean): void {
  if (holds) passes += 1;
  else failures += 1;
  process.stdout.write(`${holds ? 'ok    ' : 'NOT OK'}  ${what.padEnd(52)} ${figure}   (limit ${limit})\n`);
}

function note(what: string, figure: string): void {
  process.stdout.write(`        ${what.padEnd(52)} ${figure}\n`);
}

async function planOf(size: ProvinceSize): Promise<{ readonly plan: Planned; readonly raw: Timed }> {
  const database = await makeProvince(size, TODAY);
  try {
    const plan = await run<Planned>('plan-service.ts', database.file, MIDNIGHT, MORNING);
    const raw = await run<Timed>('plan-raw.ts', database.file);
    return { plan, raw };
  } finally {
    database.remove();
  }
}

/** The daily plan against the same reads and writes without thinking, and against ten times the history. */
async function planning(): Promise<void> {
  const size = isShort ? { counties: 8, children: 10_000 } : { counties: 84, children: 100_000 };
  const few = await planOf({ ...size, records: 12 });
  const many = await planOf({ ...size, records: 120 });
  const { plan, raw } = few;
  note(
    'daily plan',
    `${String(size.children)} children, ${String(plan.stages)} stages, ${String(plan.digests)} digests: ${plan.ms.toFixed(0)} ms`,
  );
  note('the same rows by raw better-sqlite3', `${raw.ms.toFixed(0)} ms`);
  line('daily plan against raw', `${(plan.ms / raw.ms).toFixed(2)}×`, '2×', plan.ms / raw.ms <= 2);
  line(
    'daily plan, 120 records a child against 12',
    `${(many.plan.ms / plan.ms).toFixed(2)}×`,
    '1.2×',
    many.plan.ms / plan.ms <= 1.2,
  );
  line(
    'longest the event loop waited while planning',
    `${plan.longestBlockMs.toFixed(0)} ms`,
    '100 ms',
    plan.longestBlockMs <= 100,
  );
  if (plan.sending)
    note(
      'putting into words and sending the digests',
      `${String(plan.sent)} in ${plan.sending.ms.toFixed(0)} ms`,
    );
}

/** Durable turns of many people at once against a bare route that stores one row. */
async function turns(): Promise<void> {
  const people = isShort ? 200 : 500;
  const size = { counties: 3, children: 3 * 208 * 5, records: 12 };
  const database = await makeProvince(size, TODAY);
  try {
    const service = start('service.ts', [database.file]);
    const { url } = await heard<{ url: string }>(service);
    const load = ['day', people, villagesOf(size), isShort ? 2 : 5].map(String);
    const ours = await run<Load>('load.ts', `${url}/simulator/messages`, ...load);
    service.send('stop');
    const end = await heard<{ readonly rssPeakMb: number }>(service);
    const bare = start('bare-route.ts', [join(database.file, '..', 'bare.db')]);
    const { url: bareUrl } = await heard<{ url: string }>(bare);
    const baseline = await run<Load>('load.ts', bareUrl, 'bare', ...load.slice(1));
    bare.kill();
    const [rate, bareRate] = [ours.turns / ours.seconds, baseline.turns / baseline.seconds];
    note(
      'durable chat turns',
      `${String(people)} people at once: ${rate.toFixed(0)}/s, p50 ${ours.p50Ms.toFixed(0)} ms, p99 ${ours.p99Ms.toFixed(0)} ms`,
    );
    note(
      'bare Fastify route with one Prisma create',
      `${bareRate.toFixed(0)}/s, p50 ${baseline.p50Ms.toFixed(0)} ms, p99 ${baseline.p99Ms.toFixed(0)} ms`,
    );
    line(
      'durable turns against the bare route',
      `${(rate / bareRate).toFixed(2)}×`,
      'at least 0.5×',
      rate / bareRate >= 0.5,
    );
    line('turns that were answered wrongly', String(ours.wrong), '0', ours.wrong === 0);
    note('memory of the service under that load', `${end.rssPeakMb.toFixed(0)} MB at its peak`);
  } finally {
    database.remove();
  }
}

/** Memory of the service with a province, the day planned. */
async function memory(): Promise<void> {
  const size = isShort
    ? { counties: 8, children: 7_000, records: 12 }
    : { counties: 84, children: 70_000, records: 12 };
  const database = await makeProvince(size, TODAY);
  try {
    const service = start('service.ts', [database.file]);
    await heard(service);
    service.send('beat');
    await heard(service);
    service.send('stop');
    const { rssPeakMb } = await heard<{ readonly rssPeakMb: number }>(service);
    line(
      `memory with ${String(size.children)} children, a day planned and sent`,
      `${rssPeakMb.toFixed(0)} MB`,
      '512 MB',
      rssPeakMb <= 512,
    );
  } finally {
    database.remove();
  }
}

await planning();
await turns();
await memory();
process.stdout.write(`\n${String(passes)} passed, ${String(failures)} failed\n`);
process.exit(failures === 0 ? 0 : 1);
