import type { Channel } from '../../bot/channels/channel.ts';
import type { WorkingDays } from '../domain/calendar/working-days.ts';
import type { Heartbeats } from '../jobs/heartbeats.ts';
import type { BusinessClock, Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Logger } from '../platform/logger.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Ringer } from '../platform/ringer.ts';
import type { OutsideSenders } from '../platform/senders.ts';
import type { SheetPress } from '../paper/sheet-press.ts';
import type { Wording } from '../platform/wording.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import type { Store } from '../store/store.ts';

/** Everything the parts of a running service share. */
export interface World {
  readonly store: Store;
  /** Writes as the active worker: refused once another process holds the lease. */
  readonly commit: Store['commit'];
  /** Whether this process is the active worker now. */
  isActive(): Promise<boolean>;
  readonly clock: BusinessClock;
  readonly realClock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** What the jobs of this process last did. */
  readonly heartbeats: Heartbeats;
  readonly wording: Wording;
  readonly press: SheetPress;
  /** Who rings a telephone for a page that nobody acknowledges. */
  readonly ringer: Ringer;
  /** SMS and messages of a platform to families, outside their chats. */
  readonly senders: OutsideSenders;
  readonly workingDays: WorkingDays;
  /** The channels on which reminders and alerts reach people, the best first: each person on the best where anybody is reached. */
  readonly primary: readonly ChatAccountRow['channel'][];
  readonly channels: ReadonlyMap<string, Channel>;
}

/** The language of an account, as the wording knows it. */
export function languageOf(account: Pick<ChatAccountRow, 'language'>): 'zh-CN' | 'en' {
  return account.language === 'en' ? 'en' : 'zh-CN';
}
