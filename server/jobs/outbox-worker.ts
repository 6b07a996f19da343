import type { ChannelMessage, SendResult } from '../../bot/channels/channel.ts';
import { joinedPages } from '../domain/escalation/joined-pages.ts';
import type { Write } from '../services/batch.ts';
import type { OutboxRow } from '../store/generated/tables.ts';
import type { Address, FrozenBody, OutboxPorts, Which } from './outbox-worker-ports.ts';
import { LAST_RETRY_MS, retryAfterMs } from './retry-wait.ts';

const CLAIM_LIMIT = 20;

type Addresses = Awaited<ReturnType<OutboxPorts['addresses']>>;
/** A row on its way; `settled`: dropped or put back; `left`: untouched, for the next round. */
type Claimed = OutboxRow | 'settled' | 'left';
/** Pages that go with another one: whatever becomes of it becomes of them. */
interface Joined {
  readonly others: readonly OutboxRow[];
  readonly body: FrozenBody;
}

/** Sends what the outbox holds: urgent first, in order for each person and lane, each row frozen before it is tried. */
export class OutboxWorker {
  readonly #ports: OutboxPorts;
  readonly #inFlight = new Map<string, Promise<void>>();
  /** Until when (real time) the later rows of an account's lane wait for one that is tried again. */
  readonly #heldUntilMs = new Map<string, number>();
  #running: Promise<number> | null = null;
  #claiming: Promise<unknown> = Promise.resolve();
  /** Of rows on their way that bring the pages of others, by the id of the row. */
  readonly #joined = new Map<string, Joined>();

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /**
   * After a crash: urgent pages and replies in flight go out again, marked, because a second page harms less than a
   * lost one, and so do notices of safety; reminders in flight stay unknown, and the next digest carries everything
   * since the last that arrived.
   */
  async recover(): Promise<number> {
    const rows = await this.#ports.orphaned();
    for (const row of rows) await this.#takeBack(row);
    return rows.length;
  }

  /** Sends everything that is due; resolves with the number of rows handed over. One run at a time. */
  async quiet(): Promise<number> {
    while (this.#running) await this.#running.catch(() => undefined);
    this.#running = this.#sendAll();
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /**
   * Puts everything urgent that is due on its way, beside a run that takes long, and waits for no channel: neither a long
   * list nor a platform that does not answer holds up a page.
   */
  async overtake(): Promise<number> {
    let sent = 0;
    for (;;) {
      const { claimed, isOver } = await this.#claimRound('urgent');
      void this.deliver(claimed);
      sent += claimed.length;
      if (isOver) return sent;
    }
  }

  /** Resolves when nothing is on its way any more. */
  async atRest(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight.values());
  }

  /** Hands over rows that a commit has stored as claimed, with their words. What fails is taken up again later. */
  async deliver(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    const ids = rows.flatMap((row) => this.#together(row)).map(({ id }) => id);
    const sending = this.#sendGroup(rows).finally(() => {
      for (const id of ids) {
        this.#inFlight.delete(id);
        this.#joined.delete(id);
      }
    });
    for (const id of ids) this.#inFlight.set(id, sending);
    await sending;
  }

  /** Resolves when none of these rows is on its way any more: what became of each is stored then. */
  async landed(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.flatMap((id) => this.#inFlight.get(id) ?? []));
  }

  async #sendGroup(rows: readonly OutboxRow[]): Promise<void> {
    const [first] = rows;
    try {
      const addresses = await this.#ports.addresses([...new Set(rows.map((r) => r.accountId))]);
      await Promise.all([...byAccount(rows).values()].map((own) => this.#sendInOrder(own, addresses)));
    } catch (error) {
      if (first) this.#ports.failed(first, error);
    }
  }

  async #sendAll(): Promise<number> {
    for (const row of await this.#ports.stuck()) if (!this.#inFlight.has(row.id)) await this.#takeBack(row);
    let sent = 0;
    for (;;) {
      const { claimed, isOver } = await this.#claimRound('all');
      await this.deliver(claimed);
      sent += claimed.length;
      if (isOver) return sent;
    }
  }

  /** One round of claims, never two at once: a row is read as due and claimed before anybody else looks. */
  async #claimRound(which: Which): Promise<{ claimed: OutboxRow[]; isOver: boolean }> {
    const round = this.#claiming.then(() => this.#claimDue(which));
    this.#claiming = round.catch(() => undefined);
    return round;
  }

  async #claimDue(which: Which): Promise<{ claimed: OutboxRow[]; isOver: boolean }> {
    const due = await this.#ports.due(CLAIM_LIMIT, which);
    const { rows, isOver } = await this.#awake(due);
    const groups = joinedPages(rows, (row) => this.#ports.reportOfPage(row));
    const results = await Promise.all(groups.map((group) => this.#claimGroup(group)));
    const claimed = results.filter((result) => typeof result !== 'string');
    return { claimed, isOver: isOver && results.every((result) => result === 'left') };
  }

  /**
   * While a channel turns everything away nothing is claimed for it, so that lists are put into words when they can go,
   * and its rows wait until it is asked again: then one row goes ahead and the others follow if it gets through.
   */
  async #awake(due: readonly OutboxRow[]): Promise<{ rows: readonly OutboxRow[]; isOver: boolean }> {
    const channels = [...this.#ports.channels.values()];
    if (channels.every(({ health }) => (health?.restMs() ?? null) === null))
      return { rows: due, isOver: true };
    const addresses = await this.#ports.addresses([...new Set(due.map((row) => row.accountId))]);
    const restOf = (row: OutboxRow): number | null =>
      this.#ports.channels.get(addresses.get(row.accountId)?.channel ?? '')?.health?.restMs() ?? null;
    const waiting = due.flatMap((row) => {
      const restMs = restOf(row) ?? 0;
      return restMs > 0 ? [this.#ports.retry(row, row.attempts, restMs, 'settings')] : [];
    });
    if (waiting.length > 0) await this.#ports.commit({ guards: [], writes: waiting }, { urgent: false });
    const scout = due.find((row) => restOf(row) === 0);
    const rows = due.filter((row) => restOf(row) === null || row === scout);
    return { rows, isOver: waiting.length === 0 };
  }

  async #takeBack(row: OutboxRow): Promise<void> {
    const repeat = this.#ports.repeats(row);
    const state = repeat ? 'queued' : 'unknown';
    const write = this.#ports.outcome(row, state, 'interrupted');
    await this.#ports.commit({ guards: [], writes: [repeat ? marked(write) : write] }, { urgent: repeat });
    this.#ports.observe(row, state);
  }

  /** Pages that go together are claimed together; whichever has become pointless is settled first. */
  async #claimGroup(rows: readonly OutboxRow[]): Promise<Claimed> {
    const [first] = rows;
    if (first === undefined || rows.length === 1) return first ? this.#claimSafely(first) : 'left';
    try {
      const relied = await Promise.all(rows.map((row) => this.#ports.relies(row)));
      const pointless = rows.find((_, n) => relied[n] === null);
      if (pointless !== undefined) return await this.#drop(pointless); // and the next round looks at the others
      const guards = relied.flatMap((guard) => guard ?? []);
      const body = await this.#ports.joined(rows);
      const writes = rows.map((row) => this.#ports.claim(row, row.body ?? '', true));
      await this.#ports.commit({ guards, writes }, { urgent: true });
      const [carrier, ...others] = rows.map((row) => claimedNow(row, row.body ?? ''));
      if (carrier === undefined) return 'left';
      this.#joined.set(carrier.id, { others, body });
      return carrier;
    } catch (error) {
      if (this.#ports.isStale(error)) return 'left';
      this.#ports.failed(first, error);
      return this.#claimSafely(first); // one of them may be broken: the others go without it
    }
  }

  /** The row, and those that go with it. */
  #together(row: OutboxRow): readonly OutboxRow[] {
    return [row, ...(this.#joined.get(row.id)?.others ?? [])];
  }

  /** A row that cannot be made ready waits and is tried again: it never holds up the others. */
  async #claimSafely(row: OutboxRow): Promise<Claimed> {
    try {
      const waitMs = this.#heldMs(row);
      if (waitMs > 0) {
        await this.#letWait(row, row.attempts, waitMs, 'in order');
        return 'settled';
      }
      return await this.#claim(row);
    } catch (error) {
      if (this.#ports.isStale(error)) return 'left'; // what it relied on has just changed: the next round reads again
      this.#ports.failed(row, error);
      return this.#putOff(row, row.attempts + 1, { retryable: true, reason: 'fault' }).then(
        () => 'settled' as const,
        () => 'left' as const,
      );
    }
  }

  async #claim(row: OutboxRow): Promise<Claimed> {
    const guards = await this.#ports.relies(row);
    const rendered = guards === null ? null : await this.#wordsOf(row);
    if (guards === null || rendered === null) return this.#drop(row);
    const body = JSON.stringify(rendered.body);
    await this.#ports.commit(
      { guards, writes: [this.#ports.claim(row, body, false), ...rendered.writes] },
      { urgent: row.lane === 'urgent' },
    );
    return claimedNow(row, body);
  }

  async #drop(row: OutboxRow): Promise<'settled'> {
    const dropped = this.#ports.outcome(row, 'dropped', 'pointless');
    await this.#ports.commit({ guards: [], writes: [dropped] }, { urgent: false });
    this.#ports.observe(row, 'dropped');
    return 'settled';
  }

  async #wordsOf(row: OutboxRow): ReturnType<OutboxPorts['render']> {
    return row.body === null
      ? this.#ports.render(row)
      : { body: JSON.parse(row.body) as FrozenBody, writes: [] };
  }

  async #sendInOrder(rows: readonly OutboxRow[], addresses: Addresses): Promise<void> {
    for (const row of rows) {
      try {
        await this.#send(row, addresses.get(row.accountId));
      } catch (error) {
        this.#ports.failed(row, error); // the row stays in flight until it counts as stuck
      }
    }
  }

  async #send(row: OutboxRow, to: Address | undefined): Promise<void> {
    const waitMs = this.#heldMs(row);
    if (waitMs > 0) return this.#letWait(row, row.attempts - 1, waitMs, 'in order');
    const result = to === undefined ? UNREACHABLE : await this.#attempt(this.#messageOf(row, to), to.channel);
    if (result.kind === 'accepted') await this.#finish(row, 'accepted', null, result.cardCode);
    else if (result.kind === 'later') await this.#paced(row, result);
    else await this.#putOff(row, row.attempts, result);
  }

  async #paced(row: OutboxRow, { afterMs, because }: Extract<SendResult, { kind: 'later' }>): Promise<void> {
    this.#heldUntilMs.set(queueOf(row), this.#ports.realNow().getTime() + afterMs);
    await this.#letWait(row, row.attempts - 1, afterMs, because ?? 'paced');
  }

  /** For how long this row waits for an earlier one; what is urgent waits for nothing. */
  #heldMs(row: OutboxRow): number {
    if (row.lane === 'urgent') return 0;
    return (this.#heldUntilMs.get(queueOf(row)) ?? 0) - this.#ports.realNow().getTime();
  }

  /** Back to the queue without having been tried, after so many tries before. */
  async #letWait(row: OutboxRow, attempts: number, afterMs: number, why: string): Promise<void> {
    const waitMs = Math.min(afterMs, LAST_RETRY_MS);
    const waiting = this.#together(row).map((one) => this.#ports.retry(one, attempts, waitMs, why));
    await this.#ports.commit({ guards: [], writes: waiting }, { urgent: row.lane === 'urgent' });
  }

  /** Pages that go together say themselves that one of them may have come before. */
  #messageOf(row: OutboxRow, to: Address): ChannelMessage {
    const body = this.#joined.get(row.id)?.body;
    if (body === undefined) return messageOf(row, to);
    const possiblyRepeated = this.#together(row).some((one) => one.possiblyRepeated);
    return messageOf({ ...row, body: JSON.stringify(body), possiblyRepeated }, to);
  }

  async #attempt(message: ChannelMessage, name: string): Promise<SendResult> {
    const channel = this.#ports.channels.get(name);
    if (!channel) return UNREACHABLE;
    try {
      return await channel.send(message);
    } catch {
      return { kind: 'failed', retryable: true, reason: 'fault' };
    }
  }

  /**
   * Waits for the next try, or gives up. A call for help is never given up, unless only its reader could change that it
   * does not go: whoever wrote it has to find another way.
   */
  async #putOff(
    row: OutboxRow,
    attempts: number,
    fault: { readonly retryable: boolean; readonly reason: string; readonly perhaps?: true },
  ): Promise<void> {
    // It may have arrived, and the platform would not know it again: as after a crash, only what must not be lost goes twice.
    const perhaps = fault.perhaps === true;
    if (perhaps && !this.#ports.repeats(row)) return this.#finish(row, 'unknown', fault.reason);
    const afterMs = OVER.has(fault.reason) ? null : retryAfterMs(row.lane, attempts, fault.retryable);
    if (afterMs === null) return this.#finish(row, 'failed', fault.reason);
    this.#heldUntilMs.set(queueOf(row), this.#ports.realNow().getTime() + afterMs);
    const again = this.#together(row)
      .map((one) => this.#ports.retry(one, attempts, afterMs, fault.reason))
      .map((write) => (perhaps ? marked(write) : write));
    await this.#ports.commit({ guards: [], writes: again }, { urgent: row.lane === 'urgent' });
  }

  async #finish(
    row: OutboxRow,
    state: 'accepted' | 'failed' | 'unknown',
    error: string | null,
    cardCode: string | null = null,
  ): Promise<void> {
    this.#heldUntilMs.delete(queueOf(row));
    const all = this.#together(row);
    // The card of several reports is not changed when somebody takes one of them.
    const arrived =
      state === 'accepted' ? await this.#ports.arrived(row, all.length > 1 ? null : cardCode) : [];
    const outcomes = all.map((one) => this.#ports.outcome(one, state, error));
    await this.#ports.commit(
      { guards: [], writes: [...outcomes, ...arrived] },
      { urgent: row.lane === 'urgent' },
    );
    for (const one of all) this.#ports.observe(one, state);
  }
}

const OVER: ReadonlySet<string> = new Set(['closed', 'taken']);

/** The row says of itself that it may have come before. */
function marked(write: Write): Write {
  return write.op === 'update' ? { ...write, set: { ...write.set, possiblyRepeated: true } } : write;
}

const UNREACHABLE = { kind: 'failed', retryable: false, reason: 'unreachable' } as const;

function claimedNow(row: OutboxRow, body: string): OutboxRow {
  return { ...row, body, state: 'sending', attempts: row.attempts + 1 };
}

/** What is said to one person in one lane keeps its order. */
function queueOf({ accountId, lane }: OutboxRow): string {
  return `${accountId} ${lane}`;
}

/**
 * The frozen words; every try sends the same. Only what is sent again after a crash says so itself, in a line of its own
 * below: the mark never stands in the way of the page.
 */
function messageOf(row: OutboxRow, to: Address): ChannelMessage {
  const body = JSON.parse(row.body ?? '{"text":"","options":[]}') as FrozenBody;
  return {
    outboxId: row.id,
    address: to.address,
    lane: row.lane,
    at: row.createdAt > row.notBefore ? row.createdAt : row.notBefore,
    ...body,
    ...(body.options.length > 0 ? { chosenLabel: to.chosenLabel } : {}),
    ...(row.possiblyRepeated ? { text: `${body.text}\n${to.repeatedMark}` } : {}),
  };
}

function byAccount(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.accountId, [...(groups.get(row.accountId) ?? []), row]);
  return groups;
}
