import type { Channel, ChannelMessage } from '../../bot/channels/channel.ts';
import type { Batch, Write } from '../services/batch.ts';
import type { OutboxRow } from '../store/generated/tables.ts';

const CLAIM_LIMIT = 200;
/** Retries wait 5 s, 10 s, 20 s … up to ten minutes, on the real clock. */
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 600_000;
const ATTEMPT_LIMIT = 12;

/** The words of a message, frozen at the first claim so that a retry is byte-identical. */
export interface FrozenBody {
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

export interface OutboxPorts {
  readonly channels: ReadonlyMap<string, Channel>;
  due(limit: number): Promise<readonly OutboxRow[]>;
  orphaned(): Promise<readonly OutboxRow[]>;
  /** Channel and address of these accounts. */
  addresses(
    accountIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly channel: string; readonly address: string }>>;
  /** The words of a row that was queued without them, and what is written with its claim; null when it became pointless. */
  render(row: OutboxRow): Promise<{ readonly body: FrozenBody; readonly writes: readonly Write[] } | null>;
  claim(row: OutboxRow, body: string): Write;
  outcome(row: OutboxRow, state: OutboxRow['state'], error: string | null): Write;
  retry(row: OutboxRow, afterMs: number, error: string): Write;
  commit(batch: Batch, options: { readonly urgent: boolean }): Promise<void>;
  /** What a row stands for when its message has arrived (a direct question was asked of the person). */
  arrived(row: OutboxRow): readonly Write[];
  isStale(error: unknown): boolean;
  observe(row: OutboxRow, state: OutboxRow['state']): void;
}

/** Sends what the outbox holds: urgent first, in order for each person, each row frozen before it is tried. */
export class OutboxWorker {
  readonly #ports: OutboxPorts;
  #running: Promise<number> | null = null;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /**
   * After a crash: urgent pages and replies in flight go out again, marked, because a second page harms less than a
   * lost one; reminders in flight stay unknown, and the next digest carries what they said.
   */
  async recover(): Promise<number> {
    const rows = await this.#ports.orphaned();
    for (const row of rows) {
      const repeat = row.lane === 'urgent' || row.lane === 'reply';
      const write = this.#ports.outcome(row, repeat ? 'queued' : 'unknown', 'interrupted');
      const marked =
        repeat && write.op === 'update' ? { ...write, set: { ...write.set, possiblyRepeated: true } } : write;
      await this.#ports.commit({ guards: [], writes: [marked] }, { urgent: repeat });
      this.#ports.observe(row, repeat ? 'queued' : 'unknown');
    }
    return rows.length;
  }

  /** Sends everything that is due; resolves with the number of rows handed over. One run at a time. */
  async quiet(): Promise<number> {
    while (this.#running) await this.#running;
    this.#running = this.#sendAll();
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /** Hands over rows that a commit has just stored as claimed, with their words. */
  async deliver(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    const addresses = await this.#ports.addresses([...new Set(rows.map((r) => r.accountId))]);
    await Promise.all([...byAccount(rows).values()].map((own) => this.#sendInOrder(own, addresses)));
  }

  async #sendAll(): Promise<number> {
    let sent = 0;
    for (;;) {
      const rows = await this.#ports.due(CLAIM_LIMIT);
      if (rows.length === 0) return sent;
      const claimed = (await Promise.all(rows.map((row) => this.#claim(row)))).flatMap((row) =>
        row === null ? [] : [row],
      );
      await this.deliver(claimed);
      sent += claimed.length;
    }
  }

  async #claim(row: OutboxRow): Promise<OutboxRow | null> {
    const rendered =
      row.body === null
        ? await this.#ports.render(row)
        : { body: JSON.parse(row.body) as FrozenBody, writes: [] };
    if (rendered === null) {
      await this.#ports.commit(
        { guards: [], writes: [this.#ports.outcome(row, 'dropped', 'pointless')] },
        { urgent: false },
      );
      this.#ports.observe(row, 'dropped');
      return null;
    }
    const body = JSON.stringify(rendered.body);
    await this.#ports.commit(
      { guards: [], writes: [this.#ports.claim(row, body), ...rendered.writes] },
      { urgent: row.lane === 'urgent' },
    );
    return { ...row, body, state: 'sending', attempts: row.attempts + 1 };
  }

  async #sendInOrder(
    rows: readonly OutboxRow[],
    addresses: Awaited<ReturnType<OutboxPorts['addresses']>>,
  ): Promise<void> {
    for (const row of rows) await this.#send(row, addresses.get(row.accountId));
  }

  async #send(
    row: OutboxRow,
    to: { readonly channel: string; readonly address: string } | undefined,
  ): Promise<void> {
    const channel = to && this.#ports.channels.get(to.channel);
    const result = channel && to ? await attempt(channel, messageOf(row, to.address)) : UNREACHABLE;
    if (result.kind === 'accepted') return this.#finish(row, 'accepted', null);
    if (!result.retryable || row.attempts >= ATTEMPT_LIMIT) return this.#finish(row, 'failed', result.reason);
    const afterMs = Math.min(FIRST_RETRY_MS * 2 ** (row.attempts - 1), LAST_RETRY_MS);
    await this.#ports.commit(
      { guards: [], writes: [this.#ports.retry(row, afterMs, result.reason)] },
      { urgent: row.lane === 'urgent' },
    );
  }

  async #finish(row: OutboxRow, state: 'accepted' | 'failed', error: string | null): Promise<void> {
    const arrived = state === 'accepted' ? this.#ports.arrived(row) : [];
    await this.#ports.commit(
      { guards: [], writes: [this.#ports.outcome(row, state, error), ...arrived] },
      { urgent: row.lane === 'urgent' },
    );
    this.#ports.observe(row, state);
  }
}

const UNREACHABLE = { kind: 'failed', retryable: false, reason: 'unreachable' } as const;

async function attempt(
  channel: Channel,
  message: ChannelMessage,
): Promise<Awaited<ReturnType<Channel['send']>>> {
  try {
    return await channel.send(message);
  } catch {
    return { kind: 'failed', retryable: true, reason: 'fault' };
  }
}

function messageOf(row: OutboxRow, address: string): ChannelMessage {
  const body = JSON.parse(row.body ?? '{"text":"","options":[]}') as FrozenBody;
  return {
    outboxId: row.id,
    address,
    lane: row.lane,
    at: row.createdAt > row.notBefore ? row.createdAt : row.notBefore,
    ...body,
  };
}

function byAccount(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.accountId, [...(groups.get(row.accountId) ?? []), row]);
  return groups;
}
