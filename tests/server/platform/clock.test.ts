import { expect, it } from 'vitest';
import { BusinessClock } from '../../../server/platform/clock.ts';
import { HandClock } from '../../support/start-service.ts';

it('tells how much real time passed, whatever the business clock was moved in between', () => {
  const base = new HandClock('2026-11-23T01:00:00.000Z');
  const clock = new BusinessClock(base, 86_400_000);
  const first = clock.now();
  base.pass(2_000);
  clock.advanceTo(new Date('2026-12-31T00:00:00.000Z'));
  const second = clock.now();
  base.pass(500);
  clock.follow(clock.offsetMs + 3_600_000);
  base.pass(250);
  expect(clock.realMsSince(first)).toBe(2_750);
  expect(clock.realMsSince(second)).toBe(750);
  expect(clock.realMsSince(clock.now())).toBe(0);
});

it('an instant still to come has not begun to wait', () => {
  const clock = new BusinessClock(new HandClock('2026-11-23T01:00:00.000Z'), 0);
  expect(clock.realMsSince(new Date('2026-11-23T02:00:00.000Z'))).toBe(0);
});
