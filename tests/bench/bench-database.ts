import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom, type Settings } from '../../server/config.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { uuidIds } from '../../server/platform/ids.ts';
import { sleep } from '../../server/platform/waiting.ts';
import { loadSealing } from '../../server/store/keys.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { writeContacts, writeProvince, type ProvinceSize } from './province.ts';

/** A database of a bench, in a folder of its own; `remove` takes it away. */
export interface BenchDatabase {
  readonly file: string;
  remove(): void;
}

/** The settings of a service on this file: development, simulator on, keys beside the file. */
export function settingsOf(file: string, env: Readonly<Record<string, string>> = {}): Settings {
  return settingsFrom({ NODE_ENV: 'test', PORT: '0', DATABASE_URL: `file:${file}`, ...env });
}

/** The service's own store on this file. */
export function storeOn(file: string): Promise<Store> {
  const settings = settingsOf(file);
  return openStore(settings.database.databaseUrl, loadSealing(settings), { sleep }, () => uuidIds.next());
}

/** A province in a fresh database, planned up to the day before `today`. */
export async function makeProvince(size: ProvinceSize, today: LocalDate): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-bench-'));
  const file = join(folder, 'hutong.db');
  const store = await storeOn(file);
  await writeProvince(store, size, today);
  await store.close();
  writeContacts(file, size, today);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
