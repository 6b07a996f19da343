import type { Channel, MessageFile, MessageLists } from '../../bot/channels/channel.ts';
import type { Batch, Guard, Write } from '../services/batch.ts';
import type { OutboxRow } from '../store/generated/tables.ts';

/** Of which rows a round is made. */
export type Which = 'all' | 'urgent';

/** The words of a message, frozen at the first claim so that a retry is byte-identical. */
export interface FrozenBody {
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly lists?: MessageLists;
  readonly files?: readonly MessageFile[];
}

export interface OutboxPorts {
  readonly channels: ReadonlyMap<string, Channel>;
  /** Rows whose time has come, the most urgent first; or none but the urgent ones. */
  due(limit: number, which: Which): Promise<readonly OutboxRow[]>;
  /** Every row in flight: at a start, what a process that is no more left behind. */
  orphaned(): Promise<readonly OutboxRow[]>;
  /** Rows in flight for so long that their sending cannot be under way any more. */
  stuck(): Promise<readonly OutboxRow[]>;
  /** Whether a row found in flight goes out again, marked: twice harms less than never. */
  repeats(row: OutboxRow): boolean;
  /** How to reach these accounts. */
  addresses(accountIds: readonly string[]): Promise<ReadonlyMap<string, Address>>;
  /** What the row's claim relies on (a page: that nobody has taken the report); null when it became pointless. */
  relies(row: OutboxRow): Promise<readonly Guard[] | null>;
  /** The words of a row that was queued without them, and what is written with its claim; null when it became pointless. */
  render(row: OutboxRow): Promise<{ readonly body: FrozenBody; readonly writes: readonly Write[] } | null>;
  /** `joined`: its words go in the message of another row, or this one brings those of others. */
  claim(row: OutboxRow, body: string, joined: boolean): Write;
  /** The report the row pages about, null where it does not: pages of many reports for one reader become one message. */
  reportOfPage(row: OutboxRow): string | null;
  /** The one message of these pages, in their reader's language; made anew at every try. */
  joined(pages: readonly OutboxRow[]): Promise<FrozenBody>;
  outcome(row: OutboxRow, state: OutboxRow['state'], error: string | null): Write;
  /** Back to the queue after `attempts` tries, for `afterMs` of the real clock. */
  retry(row: OutboxRow, attempts: number, afterMs: number, error: string): Write;
  commit(batch: Batch, options: { readonly urgent: boolean }): Promise<void>;
  /**
   * What is kept when a row's message has arrived: that a direct question was asked of the person, and with what its
   * card may be changed.
   */
  arrived(row: OutboxRow, cardCode: string | null): Promise<readonly Write[]>;
  isStale(error: unknown): boolean;
  observe(row: OutboxRow, state: OutboxRow['state']): void;
  /** A row that could not be dealt with; it is tried again later. */
  failed(row: OutboxRow, error: unknown): void;
  /** The real clock, which paces retries. */
  realNow(): Date;
}

/** Where an account is reached, and how its reader is told that a message may have come before. */
export interface Address {
  readonly channel: string;
  readonly address: string;
  readonly repeatedMark: string;
  /** What sends off a choice that was ticked. */
  readonly chosenLabel: string;
}
