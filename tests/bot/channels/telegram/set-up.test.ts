import { afterAll, beforeAll, expect, it } from 'vitest';
import { TelegramService } from '../../../support/telegram-service.ts';

const PUBLIC_URL = 'https://hutong.example';

let service: TelegramService;
beforeAll(async () => {
  service = await TelegramService.start({ env: { PUBLIC_URL } });
}, 60_000);
afterAll(() => service.stop());

const called = (method: string): number =>
  service.telegram.calls.filter((call) => call.method === method).length;
const after = async (minutes: number): Promise<void> => {
  service.clock.pass(minutes * 60_000);
  await service.running.service.beat();
};

it('gives Telegram our address at the start, and every hour, since somebody may have taken it away', async () => {
  await service.running.service.beat();
  await expect.poll(() => called('setWebhook')).toBe(1);
  expect(called('setMyCommands')).toBe(2);
  await after(30);
  expect(called('setWebhook')).toBe(1);
  await after(61);
  await expect.poll(() => called('setWebhook')).toBe(2);
  expect(called('setMyCommands')).toBe(2);
});

it('tries again after ten minutes what did not go', async () => {
  service.telegram.plan('setWebhook', 'html-502');
  await after(61);
  await expect.poll(() => service.running.log.join('\n')).toContain('telegram not set up');
  const later = async (): Promise<number> => {
    await after(11);
    return called('setWebhook');
  };
  await expect.poll(later).toBe(3);
});
