import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../../server/config.ts';

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
