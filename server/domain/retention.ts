import type { LocalDate } from './local-date.ts';
import { addDays, shanghaiInstant } from './local-date.ts';

/** How long words are kept that have done their work. Dated and versioned like every setting. */
export interface RetentionPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** Days after which the body of a message that is done with is erased; its row and its key stay. */
  readonly messageBodyDays: number;
}

/** No law gives a number for messages; network logs, which hold no words, are another matter. */
export const DEFAULT_RETENTION_POLICY: RetentionPolicy = {
  id: 'retention',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  messageBodyDays: 30,
};

/** A stored message, as far as erasing asks. */
export interface KeptBody {
  readonly key: string;
  /** When it came to be, on the business clock; rows come in the order of this. */
  readonly at: string;
  /** `waits`: not done with, to be looked at again another day. `kept`: never erased (a turn that failed). */
  readonly state: 'done' | 'waits' | 'kept';
  readonly isErased: boolean;
}

export interface ErasedSlice {
  readonly erase: readonly string[];
  /** Everything up to this key is settled and is never looked at again; null when the first row waits already. */
  readonly settledThrough: string | null;
  /** The rows that follow are too young. */
  readonly isLast: boolean;
}

/** The instant before which messages are old on `today`. */
export function erasedBefore(today: LocalDate, policy: RetentionPolicy): string {
  return shanghaiInstant(addDays(today, -policy.messageBodyDays), 0).toISOString();
}

/** What a slice of rows, in their order, gives up. */
export function erasable(rows: readonly KeptBody[], before: string): ErasedSlice {
  const isOld = (row: KeptBody): boolean => row.at < before;
  const firstWaiting = rows.findIndex((row) => !isOld(row) || row.state === 'waits');
  const settled = firstWaiting < 0 ? rows : rows.slice(0, firstWaiting);
  return {
    erase: rows.filter((row) => isOld(row) && row.state === 'done' && !row.isErased).map((row) => row.key),
    settledThrough: settled.at(-1)?.key ?? null,
    isLast: rows.length === 0 || rows.every((row) => !isOld(row)),
  };
}
