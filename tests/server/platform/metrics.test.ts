import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../server/platform/metrics.ts';

describe('metrics', () => {
  it('count turns, sent rows and repetitions, and know when the planner last ran', async () => {
    const metrics = createMetrics();
    metrics.turn('done', 0.02);
    metrics.turn('given-up', 2);
    metrics.turn('failed', null);
    metrics.sent('urgent', 'accepted');
    metrics.sent('digest', 'accepted', 40);
    metrics.possiblyRepeated();
    metrics.plannerSucceeded(new Date('2026-11-24T00:00:00.500Z'));
    const lines = (await metrics.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'turns_total{result="done"} 1',
        'turns_total{result="failed"} 1',
        'turn_latency_seconds_bucket{le="0.025"} 1',
        'turn_latency_seconds_count 2',
        'outbox_sent_total{lane="urgent",state="accepted"} 1',
        'outbox_sent_total{lane="digest",state="accepted"} 40',
        'outbox_possibly_repeated_total 1',
        'planner_last_success_timestamp_seconds 1795478400.5',
      ]),
    );
  });

  it('ask for the inbox and the outbox when they are read, and forget lanes that are empty', async () => {
    const metrics = createMetrics();
    let outboxDepth: Record<string, number> = { urgent: 2, digest: 9 };
    metrics.observe(async () => ({ inboxAgeSeconds: 1.5, outboxDepth }));
    const first = await metrics.text();
    expect(first).toContain('inbox_age_seconds 1.5\n');
    expect(first).toContain('outbox_depth{lane="urgent"} 2\n');
    outboxDepth = { urgent: 1 };
    const second = await metrics.text();
    expect(second).toContain('outbox_depth{lane="urgent"} 1\n');
    expect(second).not.toContain('lane="digest"');
  });

  it('are still read when the database cannot be asked, and show no stale depth', async () => {
    const metrics = createMetrics();
    let fails = false;
    metrics.observe(async () => {
      if (fails) throw new Error('SQLITE_BUSY');
      return { inboxAgeSeconds: 3, outboxDepth: { urgent: 2 } };
    });
    await metrics.text();
    fails = true;
    const text = await metrics.text();
    expect(text).toContain('metrics_observation_failures_total 1');
    expect(text).not.toMatch(/^(inbox_age_seconds|outbox_depth\{.*) [1-9]/m);
  });

  it('of two services in one process do not mix', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.turn('done', 1);
    expect(await other.text()).not.toContain('turns_total{');
  });
});
