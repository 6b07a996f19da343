import { describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import type { MandatoryReportRow, ReportEntryRow } from '../../../../server/store/generated/tables.ts';
import {
  lastReportNumber,
  loadReports,
  nextReportAt,
  reportsUnderWay,
  reportsToldTo,
  runningReports,
} from '../../../../server/store/reports.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { ending, useStore, type World } from './use-store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();

function report(id: string, number: string, over: Partial<MandatoryReportRow> = {}) {
  const row = sampleRow('MandatoryReport', 1, { id, number, state: 'open', nextPageAt: null, ...over });
  return insert('MandatoryReport', row);
}

function entry(id: string, reportId: string, minute: number, over: Partial<ReportEntryRow> = {}) {
  return insert('ReportEntry', sampleRow('ReportEntry', 1, { id, reportId, at: at(minute), ...over }));
}

function told(reportId: string, workerId: string) {
  const id = `${reportId} ${workerId}`;
  return insert('ReportRecipient', sampleRow('ReportRecipient', 1, { id, reportId, workerId }));
}

export function describeReports(world: World): void {
  describe('reports', () => {
    const store = useStore(world);

    it('the last number of a year is the highest one, and another year counts for itself', async () => {
      expect(await lastReportNumber(store(), 2026)).toBe(0);
      await store().commit(
        batchOf(report('a', 'R-2026-000009'), report('b', 'R-2026-000123'), report('c', 'R-2025-000999')),
      );
      expect(await lastReportNumber(store(), 2026)).toBe(123);
      expect(await lastReportNumber(store(), 2025)).toBe(999);
      expect(await lastReportNumber(store(), 2027)).toBe(0);
    });

    it('two reports at once never share a number: one is opened, the other is numbered anew', async () => {
      const endings = ['a', 'b'].map((id) => ending(store().commit(batchOf(report(id, 'R-2026-000001')))));
      expect((await Promise.all(endings)).sort()).toEqual(['stale', 'written']);
    });

    it('whatever is due with a report that is not closed is found, the longest waiting first', async () => {
      await store().commit(
        batchOf(
          report('second', '1', { nextPageAt: at(5) }),
          report('first', '2', { nextPageAt: at(2) }),
          report('later', '3', { nextPageAt: at(6) }),
          report('taken', '4', { nextPageAt: at(1), state: 'acknowledged' }),
          report('closed', '6', { nextPageAt: at(1), state: 'closed' }),
          report('silent', '5'),
        ),
      );
      const { dueIds, climbing } = await reportsUnderWay(store(), at(5));
      expect(dueIds).toEqual(['taken', 'first', 'second']);
      expect(climbing.map(({ id }) => id).sort()).toEqual(['first', 'later', 'second', 'silent']);
      const running = await runningReports(store(), [...dueIds, 'closed']);
      expect(running.map(({ id }) => id)).toEqual(['taken', 'first', 'second']);
      expect(await nextReportAt(store(), at(1))).toBe(at(2));
    });

    it('a report is loaded with its story in order, readable, and with everybody who was told', async () => {
      await store().commit(
        batchOf(
          report('r', 'R-2026-000001'),
          entry('3', 'r', 9, { text: '他在家里' }),
          entry('2', 'r', 1, { text: null }),
          entry('1', 'r', 1, { text: '孩子哭着' }),
          entry('x', 'another', 1),
          told('r', 'anna'),
          told('r', 'bert'),
        ),
      );
      const loaded = (await loadReports(store(), ['r', 'nobody'])).get('r');
      expect(loaded?.entries.map((e) => [e.id, e.text])).toEqual([
        ['1', '孩子哭着'],
        ['2', null],
        ['3', '他在家里'],
      ]);
      expect([...(loaded?.recipientIds ?? [])].sort()).toEqual(['anna', 'bert']);
    });

    it('a worker sees the reports they were told of, and not those they must not hear of', async () => {
      await store().commit(
        batchOf(
          report('open', '1'),
          report('taken', '2', { state: 'acknowledged' }),
          report('ended', '3', { state: 'closed', endedAs: 'outcome', endedAt: at(3), joinedTo: null }),
          report('joined', '5', { state: 'closed', endedAs: 'joined', endedAt: at(4), joinedTo: 'open' }),
          report('kept from her', '6', { joinedTo: null }),
          report('of others', '4'),
          ...['open', 'taken', 'ended', 'joined', 'kept from her'].map((id) => told(id, 'anna')),
          insert(
            'ReportExclusion',
            sampleRow('ReportExclusion', 1, { reportId: 'kept from her', workerId: 'anna', why: 'asked' }),
          ),
          told('of others', 'bert'),
        ),
      );
      const byWorker = await reportsToldTo(store(), ['anna', 'carl']);
      expect((byWorker.get('anna') ?? []).map((r) => r.report.id).sort()).toEqual(['ended', 'open', 'taken']);
      expect(byWorker.get('carl') ?? []).toEqual([]);
      expect(await reportsToldTo(store(), [])).toEqual(new Map());
    });

    it('telling the same worker twice is told once', async () => {
      const twice = [told('r', 'anna'), told('r', 'anna')];
      expect(await ending(store().commit(batchOf(...twice)))).toBe('stale');
    });
  });
}
