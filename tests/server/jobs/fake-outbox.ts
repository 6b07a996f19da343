import type { Channel, ChannelMessage, SendResult } from '../../../bot/channels/channel.ts';
import { OutboxWorker } from '../../../server/jobs/outbox-worker.ts';
import type { OutboxPorts } from '../../../server/jobs/outbox-worker-ports.ts';
import type { Batch } from '../../../server/services/batch.ts';
import type { OutboxRow } from '../../../server/store/generated/tables.ts';

export class Stale extends Error {}

const START_MS = Date.parse('2026-11-23T00:00:00.000Z');

/** An outbox in memory, a channel that answers as the test says, and a real clock moved by hand. */
export class FakeOutbox {
  readonly rows = new Map<string, OutboxRow>();
  readonly sent: ChannelMessage[] = [];
  readonly failures: string[] = [];
  realMs = START_MS;
  answer: (message: ChannelMessage, nth: number) => SendResult = () => ({ kind: 'accepted' });
  relies: OutboxPorts['relies'] = () => Promise.resolve([]);
  render: OutboxPorts['render'] = (row) =>
    Promise.resolve({ body: { text: row.key, options: [] }, writes: [] });
  beforeCommit: (batch: Batch) => void = () => undefined;
  /** How often the channel was asked, whatever came of it. */
  tries = 0;
  #held: { readonly these: (message: ChannelMessage) => boolean; readonly until: Promise<void> } | null =
    null;
  readonly worker = new OutboxWorker(this.#ports());

  add(row: Partial<OutboxRow> & Pick<OutboxRow, 'id'>): this {
    this.rows.set(row.id, {
      ...BLANK,
      key: row.id,
      body: JSON.stringify({ text: row.id, options: [] }),
      ...row,
    });
    return this;
  }

  row(id: string): OutboxRow {
    const row = this.rows.get(id);
    if (!row) throw new Error(`no row ${id}`);
    return row;
  }

  states(): string[] {
    return [...this.rows.values()].map((r) => `${r.id} ${r.state}`);
  }

  texts(): string[] {
    return this.sent.map((m) => m.text);
  }

  /** These messages are on their way until somebody lets go. */
  hold(these: (message: ChannelMessage) => boolean): () => void {
    let letGo = (): void => undefined;
    this.#held = { these, until: new Promise((done) => (letGo = done)) };
    return letGo;
  }

  #ports(): OutboxPorts {
    const channel: Channel = {
      name: 'simulator',
      send: async (message) => {
        this.tries += 1;
        if (this.#held?.these(message) === true) await this.#held.until;
        const result = this.answer(message, this.sent.length);
        if (result.kind === 'accepted') this.sent.push(message);
        return result;
      },
    };
    const set = (row: OutboxRow, change: Partial<OutboxRow>) =>
      ({ op: 'update', table: 'Outbox', id: row.id, set: change }) as const;
    return {
      channels: new Map([['simulator', channel]]),
      due: (limit, which) =>
        Promise.resolve(
          this.#due()
            .filter(({ lane }) => which === 'all' || lane === 'urgent')
            .slice(0, limit),
        ),
      orphaned: () => Promise.resolve(this.#inState('sending')),
      repeats: ({ lane }) => lane === 'urgent' || lane === 'reply',
      stuck: () =>
        Promise.resolve(
          this.#inState('sending').filter((r) => Date.parse(r.claimedAt ?? '') < this.realMs - 300_000),
        ),
      addresses: (ids) =>
        Promise.resolve(
          new Map(
            ids
              .filter((id) => id !== 'nowhere')
              .map((id) => [
                id,
                { channel: 'simulator', address: id, repeatedMark: '（可能重复）', chosenLabel: '选好了' },
              ]),
          ),
        ),
      relies: (row) => this.relies(row),
      render: (row) => this.render(row),
      claim: (row, body) =>
        set(row, { state: 'sending', body, claimedAt: this.#realText(), attempts: row.attempts + 1 }),
      reportOfPage: ({ key }) => (key.startsWith('page:') ? key : null),
      joined: (pages) =>
        Promise.resolve({ text: pages.map(({ key }) => key.slice('page:'.length)).join(' '), options: [] }),
      outcome: (row, state, error) => set(row, { state, error }),
      retry: (row, attempts, afterMs, error) =>
        set(row, {
          state: 'queued',
          attempts,
          error,
          retryAt: new Date(this.realMs + afterMs).toISOString(),
        }),
      commit: (batch) => this.#commit(batch),
      arrived: () => Promise.resolve([]),
      isStale: (error) => error instanceof Stale,
      observe: () => undefined,
      failed: (row) => void this.failures.push(row.id),
      realNow: () => new Date(this.realMs),
    };
  }

  #commit(batch: Batch): Promise<void> {
    try {
      this.beforeCommit(batch);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error('fault'));
    }
    for (const write of batch.writes) {
      if (write.op !== 'update') continue;
      this.rows.set(String(write.id), {
        ...this.row(String(write.id)),
        ...(write.set as Partial<OutboxRow>),
      });
    }
    return Promise.resolve();
  }

  #inState(state: OutboxRow['state']): OutboxRow[] {
    return [...this.rows.values()].filter((r) => r.state === state);
  }

  #due(): OutboxRow[] {
    const lanes = ['urgent', 'reply', 'reminder', 'broadcast'];
    return this.#inState('queued')
      .filter((r) => r.retryAt === null || r.retryAt <= this.#realText())
      .sort((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane) || (a.id < b.id ? -1 : 1));
  }

  #realText(): string {
    return new Date(this.realMs).toISOString();
  }
}

const BLANK: Omit<OutboxRow, 'id'> = {
  key: '',
  lane: 'reply',
  accountId: 'a',
  sessionKey: 'a',
  kind: 'says',
  refs: '{}',
  body: null,
  state: 'queued',
  createdAt: '2026-11-23T00:00:00.000Z',
  dueAt: '2026-11-23T00:00:00.000Z',
  notBefore: '2026-11-23T00:00:00.000Z',
  retryAt: null,
  claimedAt: null,
  acceptedAt: null,
  attempts: 0,
  error: null,
  causeSeq: null,
  possiblyRepeated: false,
  callId: null,
};
