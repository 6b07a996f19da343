import { afterEach, beforeEach, expect, it } from 'vitest';
import { httpClient } from '../../../server/platform/http-client.ts';
import { postAlarm } from '../../../server/platform/operator-webhook.ts';
import { operatorService, type Manners, type OperatorService } from '../../support/operator-service.ts';

let operator: OperatorService;
beforeEach(async () => {
  operator = await operatorService();
});
afterEach(() => operator.close());

const BODY = { code: 'job-ladder', since: '2026-11-29T10:00:00.000Z', at: '2026-11-29T10:02:15.000Z' };
/** Patience is short only where nothing would come: a busy machine answers late. */
const post = () =>
  postAlarm(operator.url, BODY, httpClient, operator.manners === 'hangs' ? 2_000 : undefined);

it.each<[Manners, string]>([
  ['takes', 'taken'],
  ['hangs-in-the-body', 'taken'],
  ['breaks', 'refused'],
  ['sends-away', 'refused'],
  ['hangs', 'refused'],
  ['hangs-up', 'refused'],
])('an operator who %s has %s the alarm, and was asked once', async (manners, told) => {
  operator.manners = manners;
  expect(await post()).toBe(told);
  expect(operator.heard).toEqual([{ ...BODY, type: 'application/json' }]);
});

it('an operator whose service is down was not reached', async () => {
  await operator.close();
  expect(await post()).toBe('unreached');
});
