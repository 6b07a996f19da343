import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../../server/config.ts';

describe('Telegram', () => {
  const token = { TELEGRAM_BOT_TOKEN: '700001:fake' };
  const secret = { TELEGRAM_WEBHOOK_SECRET: 'a-secret' };

  it.each([
    [{}, null],
    [{ TELEGRAM_MODE: 'webhook' }, null],
    [
      { ...token, TELEGRAM_MODE: 'polling' },
      { secret: null, webhookUrl: null },
    ],
    [
      { ...token, ...secret },
      { secret: 'a-secret', webhookUrl: null },
    ],
    [
      { ...token, ...secret, PUBLIC_URL: 'https://hutong.example.cn' },
      { webhookUrl: 'https://hutong.example.cn/channels/telegram/webhook', isDiscreet: false },
    ],
  ])('with %o is set up so', (env, settings) => {
    const { telegram } = settingsFrom(env);
    if (settings === null) expect(telegram).toBeNull();
    else expect(telegram).toMatchObject(settings);
  });

  it.each([
    [token, 'TELEGRAM_WEBHOOK_SECRET'],
    [secret, 'TELEGRAM_BOT_TOKEN'],
    [{ TELEGRAM_MODE: 'polling' }, 'TELEGRAM_BOT_TOKEN'],
  ])('half-set with %o is refused, and the sentence names what is missing', (env, missing) => {
    expect(() => settingsFrom(env)).toThrow(new RegExp(`missing: ${missing}$`, 'u'));
  });

  it('carries nothing personal in production', () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    const env = { ...token, ...secret, NODE_ENV: 'production', DATA_KEY: key, INDEX_KEY: key };
    expect(settingsFrom(env).telegram).toMatchObject({ isDiscreet: true, elsewhere: 'telegram.elsewhere' });
  });
});

describe('the address of operator alarms', () => {
  it.each<[string, string | null]>([
    ['https://alarms.example.org/hutong?key=1', 'https://alarms.example.org/hutong?key=1'],
    ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000/'],
    ['', null],
  ])('may be %s', (address, taken) => {
    expect(settingsFrom({ OPERATOR_ALARM_URL: address }).operatorAlarmUrl).toBe(taken);
  });

  it.each(['alarms.example.org', 'ftp://alarms.example.org/', 'https://name:hidden@example.org/'])(
    'may not be %s, and the refusal names the setting alone',
    (address) => {
      const refused = (): unknown => settingsFrom({ OPERATOR_ALARM_URL: address });
      expect(refused).toThrow(/OPERATOR_ALARM_URL/u);
      expect(refused).not.toThrow(/example/u);
    },
  );
});
