import { dirname, join } from 'node:path';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { onePair, rateOf, waiting, WARM_UP_DAYS, type DayPair } from './days.ts';
import { ratioFigure, rounded, type Figure } from './figures.ts';
import { heard, start, stopped } from './programs.ts';

const SIZE = { counties: 3, children: 300, records: 1 };
const PLANNED_THROUGH = '2026-11-21' as LocalDate;
const MORNING = '2026-11-20T02:00:00.000Z';

/** WeCom's callback, verified, opened, stored and answered, against one bare route that does one Prisma create, in turns. */
export async function callbackFigures(people: number, days: number): Promise<Figure[]> {
  const province = await makeProvince(SIZE, PLANNED_THROUGH);
  try {
    const active = start('service.ts', [province.file, MORNING]);
    await heard(active);
    const service = start('callback-service.ts', [province.file, MORNING]);
    const { url } = await heard<{ url: string }>(service);
    const route = start('bare-route.ts', [join(dirname(province.file), 'bare.db')]);
    const { url: routeUrl } = await heard<{ url: string }>(route);
    const callbacks = start('callback-load.ts', [url, 'wecom', String(people), MORNING]);
    await heard(callbacks);
    const calls = start('callback-load.ts', [routeUrl, 'bare', String(people), MORNING]);
    await heard(calls);
    const pairs: DayPair[] = [];
    for (let n = 0; n < WARM_UP_DAYS + days; n += 1) pairs.push(await onePair(callbacks, calls, n));
    for (const program of [callbacks, calls, route]) await stopped(program);
    const { stored, turns } = await stopped<{ stored: number; turns: number }>(service);
    await stopped(active);
    return figuresOf(people, pairs, { stored, turns });
  } finally {
    province.remove();
  }
}

function figuresOf(
  people: number,
  all: readonly DayPair[],
  { stored, turns }: { readonly stored: number; readonly turns: number },
): Figure[] {
  const pairs = all.slice(WARM_UP_DAYS);
  const refused = all.reduce((n, day) => n + day.turns.wrong, 0);
  const missing = all.reduce((n, day) => n + day.turns.waits.length, 0) - stored;
  return [
    ratioFigure(
      `WeCom callbacks stored, ${String(people)} people at once`,
      pairs.map(({ turns: measured, bare }) => ({ measured: rateOf(measured), baseline: rateOf(bare) })),
      {
        measured: (rate) => `${rounded(rate)} a second`,
        baseline: (rate) => `bare Fastify route, one Prisma create: ${rounded(rate)}/s`,
      },
      { atLeast: 0.5 },
    ),
    {
      name: '  refused, missing, had a turn meanwhile',
      value: [refused, missing, turns].map(String).join(', '),
      limit: 'none',
      ok: refused === 0 && missing === 0 && turns === 0,
    },
    ...[0.5, 0.99].map((share) => waiting(pairs, share, 'callbacks')),
  ];
}
