import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { addDays, shanghaiDate, type LocalDate } from '../../server/domain/local-date.ts';
import { DEFAULT_LOAD_POLICY } from '../../server/domain/reminding/digest-budget.ts';
import { startSmallCounty } from '../support/small-county.ts';
import { playTranscript } from '../support/transcript.ts';

vi.setConfig({ testTimeout: 300_000 });

/** One month each time, for it takes a while: other values in every run. */
const RUNS = 1;
const FIRST = '2026-12-01' as LocalDate;
const PARTS = ['上午', '下午', '晚上', ''] as const;
const HOURS = ['08:10', '12:30', '19:20', '22:40'] as const;

/** What a director may do on a day: agree on a visit so many days ahead, drop it, record it, take the record back. */
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constant('plan'), fc.integer({ min: 0, max: 3 }), fc.constantFrom(...PARTS)),
  },
  { weight: 1, arbitrary: fc.constant(['cancel', 0, ''] as const) },
  { weight: 2, arbitrary: fc.constant(['record', 0, ''] as const) },
  { weight: 1, arbitrary: fc.constant(['withdraw', 0, ''] as const) },
);
const day = fc.array(fc.tuple(act, fc.constantFrom(...HOURS)), { minLength: 1, maxLength: 2 });
const month = fc.array(day, { minLength: 16, maxLength: 20 });

/** The lines of a conversation over these days; a button that is not there is passed over. */
function conversation(
  days: readonly (readonly (readonly [readonly [string, number, string], string])[])[],
): string {
  const lines = ['2026-11-30 09:00  (王奶奶已绑定)', ''];
  days.forEach((acts, n) => {
    const on = addDays(FIRST, n);
    const inOrder = [...acts].sort((a, b) => (a[1] < b[1] ? -1 : 1));
    for (const [[what, ahead, part], hour] of inOrder) {
      const [, month, date] = addDays(on, ahead).split('-').map(Number);
      const said = {
        plan: [`预约 小明 ${String(month)}月${String(date)}日${part}`, '[告诉]', '[改]'],
        cancel: ['取消预约'],
        record: ['今天去了小明家，奶奶在，孩子见到了', '[未发现异常]'],
        withdraw: ['撤回'],
      }[what];
      for (const words of said ?? []) lines.push(`${on} ${hour}  郑主任    ${words}`);
      lines.push(`${on} ${hour}  郑主任    取消`, `${on} ${hour}  (时间过去)`);
    }
  });
  return [...lines, '2026-12-31 12:00  (时间过去)', ''].join('\n');
}

it('over any days of plans, moves, records and withdrawals nobody reads of a visit that is past, or more than a month holds', async () => {
  await fc.assert(
    fc.asyncProperty(month, async (days) => {
      const county = await startSmallCounty();
      try {
        await playTranscript(conversation(days), county);
        const { store } = county.service.world;
        const rows = await store.client.outbox.findMany({
          where: { state: 'accepted', refs: { contains: '"family":' } },
          orderBy: { acceptedAt: 'asc' },
        });
        const sent = rows.map(({ acceptedAt, accountId, refs }) => ({
          ...(JSON.parse(refs) as { visit?: string; until?: string }),
          at: acceptedAt ?? '',
          month: `${accountId} ${shanghaiDate(new Date(acceptedAt ?? '')).slice(0, 7)}`,
        }));
        expect(sent.length).toBeGreaterThan(0);
        expect(sent.filter(({ at, until }) => until === undefined || at >= until)).toEqual([]);
        const first = sent.filter(({ visit }) => visit !== 'change').map((row) => row.month);
        for (const one of new Set(first))
          expect(first.filter((other) => other === one).length).toBeLessThanOrEqual(
            DEFAULT_LOAD_POLICY.guardianMessagesPerMonth,
          );
        expect(
          await store.client.visitTelling.count({ where: { state: { in: ['waiting', 'queued'] } } }),
        ).toBe(0);
      } finally {
        await county.stop();
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
