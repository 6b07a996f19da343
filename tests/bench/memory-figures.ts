import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { rounded, type Figure } from './figures.ts';
import { heard, run, start } from './programs.ts';
import { villagesOf } from './province.ts';

const PLAN_DAY = '2026-11-20' as LocalDate;
const EVE = '2026-11-19T15:50:00.000Z';
const MIDNIGHT = '2026-11-19T16:05:00.000Z';
const MORNING = '2026-11-20T01:00:00.000Z';
const LIMIT_MB = 512;
const PEOPLE = 50;
const ROUNDS = 1;

/** The memory of a service that plans the day of a province, sends its digests and answers people. */
export async function memoryFigures(counties: number, children: number): Promise<Figure[]> {
  const size = { counties, children, records: 12 };
  const province = await makeProvince(size, PLAN_DAY);
  try {
    const service = start('service.ts', [province.file, EVE]);
    const { url } = await heard<{ url: string }>(service);
    service.send(MIDNIGHT);
    await heard(service);
    service.send(MORNING);
    const { seconds } = await heard<{ seconds: number }>(service);
    const villages = String(villagesOf(size));
    const talk = [`${url}/simulator/messages`, 'day', String(PEOPLE), villages, String(ROUNDS)] as const;
    await run('load.ts', ...talk);
    service.send('stop');
    const stopped = await heard<{ planned: number; sent: number; rssPeakMb: number }>(service);
    const digests = stopped.sent - PEOPLE * (ROUNDS + 1) * 6;
    return [
      {
        name: `memory, ${rounded(children)} children, ${rounded(villagesOf(size))} villages`,
        value: `${rounded(stopped.rssPeakMb)} MB at its highest`,
        baseline: `planned ${rounded(stopped.planned)} stages, sent ${rounded(digests)} digests`,
        limit: `below ${String(LIMIT_MB)} MB`,
        ok: stopped.rssPeakMb < LIMIT_MB && stopped.planned > 0 && digests > 0,
      },
      {
        name: '  digests put into words, sealed and sent',
        value: `${rounded(seconds)} s`,
        baseline: `${rounded(digests / seconds)} a second`,
      },
    ];
  } finally {
    province.remove();
  }
}
