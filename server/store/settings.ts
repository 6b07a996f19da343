import type { BodyTable } from '../jobs/erase-bodies.ts';
import { put, type Write } from '../services/batch.ts';
import type { Store } from './store.ts';

export type SettingKey =
  | 'clock-offset-ms'
  | 'last-planned-on'
  | 'demo'
  | 'planner-succeeded-at'
  | 'bodies-erased-on'
  | 'wecom-contacts-told'
  | 'kf-read-at'
  | 'kf-link'
  | 'telegram-read-until'
  | 'heartbeats'
  | 'operator-alarms'
  | 'reachability-proved'
  | 'tips-sent-on'
  | 'school-calendar-looked-on'
  | `reachability-told-${string}`
  | `bodies-settled-${BodyTable}`;

/** A single value of the service; null where it was never set. */
export async function readSetting(store: Store, key: SettingKey): Promise<string | null> {
  const row = await store.client.setting.findUnique({ where: { key } });
  return row?.value ?? null;
}

/**
 * The day until which something is done, which only ever goes forward: once it is today's it is not read again before
 * tomorrow.
 */
export function doneUntil<Day extends string>(
  today: () => Day,
  read: () => Promise<Day | null>,
): () => Promise<Day | null> {
  let known: Day | null = null;
  return async () => {
    if (known === null || known < today()) known = await read();
    return known;
  };
}

/** The write that sets a single value. */
export function settingWrite(key: SettingKey, value: string): Write {
  return put('Setting', { key, value });
}
