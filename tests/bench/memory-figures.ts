import type { LocalDate } from '../../server/domain/local-date.ts';
import { makeProvince } from './bench-database.ts';
import { rounded, type Figure } from './figures.ts';
import { asked, heard, start, stopped } from './programs.ts';
import { villagesOf } from './province.ts';

const PLAN_DAY = '2026-11-20' as LocalDate;
const EVE = '2026-11-19T15:50:00.000Z';
const MIDNIGHT = '2026-11-19T16:05:00.000Z';
const MORNING = '2026-11-20T01:00:00.000Z';
const LIMIT_MB = 512;
const PEOPLE = 50;

/** The memory of a service that plans the day of a province, sends its digests and answers people. */
export async function memoryFigures(counties: number, children: number): Promise<Figure[]> {
  const size = { counties, children, records: 12 };
  const province = await makeProvince(size, PLAN_DAY);
  try {
    const service = start('service.ts', [province.file, EVE]);
    const { url } = await heard<{ url: string }>(service);
    await asked(service, MIDNIGHT);
    const { seconds } = await asked<{ seconds: number }>(service, MORNING);
    const messages = `${url}/simulator/messages`;
    const talk = start('load.ts', [messages, 'day', String(PEOPLE), String(villagesOf(size))]);
    await heard(talk);
    const { waits } = await asked<{ waits: readonly number[] }>(talk, 'day');
    await stopped(talk);
    const left = await stopped<{ planned: number; sent: number; rssPeakMb: number }>(service);
    const digests = left.sent - waits.length;
    return [
      {
        name: `memory, ${rounded(children)} children, ${rounded(villagesOf(size))} villages`,
        value: `${rounded(left.rssPeakMb)} MB at its highest`,
        baseline: `planned ${rounded(left.planned)} stages, sent ${rounded(digests)} digests`,
        limit: `below ${String(LIMIT_MB)} MB`,
        ok: left.rssPeakMb < LIMIT_MB && left.planned > 0 && digests > 0,
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
