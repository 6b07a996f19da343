import { addDays, earlierOf, monthStart, weekdayOf, type LocalDate } from '../domain/local-date.ts';
import { DEFAULT_LOAD_POLICY, digestDecision, type DigestItem } from '../domain/reminding/digest-budget.ts';
import { digestAt, nextAllowedAt } from '../domain/reminding/quiet-hours.ts';
import { insertOnce, type Write } from '../services/batch.ts';
import type { OutboxRow } from '../store/generated/tables.ts';
import type { DigestRefs, PlannerPorts, Recipient, Responsibility, UnsentDigest } from './planner-ports.ts';

/** So many people are decided about before others have their turn. */
const SLICE = 500;

/** What waits for a director or for whoever supervises a township. */
export interface Waiting {
  readonly items: DigestItem[];
  /** Days still to come this month on which something will have to be said: one list for many children. */
  readonly upcoming: Set<readonly LocalDate[]>;
  /** The first day of an outage on which something of this would have been said; null when nothing is late. */
  lateSince: LocalDate | null;
}

/** What one person is to be told in today's one digest. */
interface Telling {
  readonly recipient: Recipient;
  readonly townships: Set<string>;
  own: boolean;
  /** A digest that never went out is made up for, whatever the month's budget says. */
  owed: boolean;
  lateSince: LocalDate | null;
  readonly items: DigestItem[];
  readonly upcoming: Set<readonly LocalDate[]>;
  readonly replaces: string[];
}

/** Decides who gets a digest today: one row per person, whatever the person is to be told. */
export class DigestRound {
  private readonly ports: PlannerPorts;
  private readonly responsibility: Responsibility;
  private readonly today: LocalDate;
  private readonly tellings = new Map<string, Telling>();
  private readonly times = new Map<string, Times>();

  constructor(ports: PlannerPorts, responsibility: Responsibility, today: LocalDate) {
    this.ports = ports;
    this.responsibility = responsibility;
    this.today = today;
  }

  /** The writes of each digest: its row, and the end of the rows it replaces. */
  async writesFor(
    directors: ReadonlyMap<string, Waiting>,
    townships: ReadonlyMap<string, Waiting>,
  ): Promise<readonly (readonly Write[])[]> {
    const [had, unsent] = await Promise.all([
      this.ports.digestsBetween(monthStart(this.today), this.today),
      this.ports.unsentDigests(this.today),
    ]);
    for (const [workerId, waiting] of directors) {
      const recipient = this.responsibility.director(workerId);
      if (recipient) this.tell(recipient, waiting).own = true;
    }
    for (const [township, waiting] of townships) {
      for (const recipient of this.responsibility.supervisorsOf(township))
        this.tell(recipient, waiting).townships.add(township);
    }
    for (const digest of unsent) this.makeUpFor(digest);
    const digests: Write[][] = [];
    const tellings = [...this.tellings.values()];
    for (let first = 0; first < tellings.length; first += SLICE) {
      for (const telling of tellings.slice(first, first + SLICE)) {
        if (this.goes(telling, had.get(telling.recipient.workerId) ?? 0))
          digests.push(this.digestWrites(telling));
      }
      await this.ports.breathe();
    }
    return [...digests, ...this.countyTables(unsent)];
  }

  private tell(recipient: Recipient, { items, upcoming, lateSince }: Waiting): Telling {
    const telling = this.tellingOf(recipient);
    for (const item of items) telling.items.push(item);
    for (const days of upcoming) telling.upcoming.add(days);
    telling.lateSince = earliest(telling.lateSince, lateSince);
    return telling;
  }

  private tellingOf(recipient: Recipient): Telling {
    const known = this.tellings.get(recipient.workerId);
    if (known) return known;
    const made: Telling = {
      recipient,
      townships: new Set(),
      own: false,
      owed: false,
      lateSince: null,
      items: [],
      upcoming: new Set(),
      replaces: [],
    };
    this.tellings.set(recipient.workerId, made);
    return made;
  }

  /** An earlier day's digest that nobody sent becomes part of today's: never two on one day, nothing lost. */
  private makeUpFor({ rowId, workerId, kind, refs }: UnsentDigest): void {
    const recipient = this.responsibility.director(workerId);
    if (!recipient || kind === 'county-table') return;
    const telling = this.tellingOf(recipient);
    telling.owed = true;
    if (kind === 'digest' || refs.own === true) telling.own = true;
    for (const township of refs.townships ?? []) telling.townships.add(township);
    telling.lateSince = earliest(telling.lateSince, refs.lateSince ?? refs.on);
    telling.replaces.push(rowId);
  }

  private goes({ items, upcoming, townships, owed }: Telling, sentThisMonth: number): boolean {
    if (owed) return true;
    const { urgentWithinDays, directorDigestsPerMonth, supervisorMessagesPerMonth } = DEFAULT_LOAD_POLICY;
    const supervises = townships.size > 0;
    const decision = digestDecision({
      today: this.today,
      items,
      sentThisMonth,
      // Only a director's reminders can be foreseen; what will be overdue is for the families to decide.
      upcomingStageDays: supervises ? [] : [...new Set([...upcoming].flat())],
      budget: supervises ? supervisorMessagesPerMonth : directorDigestsPerMonth,
      urgentWithinDays,
    });
    return decision === 'send';
  }

  private digestWrites({ recipient, townships, own, lateSince, replaces }: Telling): Write[] {
    const supervises = townships.size > 0;
    const refs: DigestRefs = {
      on: this.today,
      ...(lateSince === null ? {} : { lateSince }),
      ...(supervises ? { townships: [...townships].sort() } : {}),
      ...(supervises && own ? { own } : {}),
    };
    const kind = supervises ? 'supervisor-digest' : 'digest';
    const row = this.row(recipient, kind, `digest:${recipient.workerId}:${this.today}`, refs);
    return [insertOnce('Outbox', row), ...replaces.map((id) => this.ports.superseded(id))];
  }

  /** One table a week, on its first working day; late rather than never, and never an old one beside a new one. */
  private countyTables(unsent: readonly UnsentDigest[]): Write[][] {
    const monday = addDays(this.today, 1 - weekdayOf(this.today));
    let first = monday;
    while (!this.ports.workingDays.isWorkingDay(first) && first < addDays(monday, 6))
      first = addDays(first, 1);
    if (this.today < first) return [];
    return this.responsibility.desks.map((desk) => {
      const key = `county-table:${desk.workerId}:${monday}`;
      const old = unsent.filter(
        ({ kind, workerId, refs }) =>
          kind === 'county-table' && workerId === desk.workerId && refs.on < monday,
      );
      return [
        insertOnce('Outbox', this.row(desk, 'county-table', key, { on: this.today })),
        ...old.map(({ rowId }) => this.ports.superseded(rowId)),
      ];
    });
  }

  /** When a digest goes to somebody with these habits: most people never change theirs. */
  private timesOf({ digestMinutes, quietFromMinutes, quietUntilMinutes }: Recipient['account']): Times {
    const key = [digestMinutes, quietFromMinutes, quietUntilMinutes].join();
    const known = this.times.get(key);
    if (known) return known;
    const quiet = { fromMinutes: quietFromMinutes, untilMinutes: quietUntilMinutes };
    const now = this.ports.now();
    const due = digestAt(this.today, digestMinutes, quiet);
    const goes = nextAllowedAt(due > now ? due : now, quiet);
    const times = {
      createdAt: now.toISOString(),
      dueAt: due.toISOString(),
      notBefore: goes.toISOString(),
    };
    this.times.set(key, times);
    return times;
  }

  private row(
    { workerId, account }: Recipient,
    kind: OutboxRow['kind'],
    key: string,
    refs: DigestRefs,
  ): OutboxRow {
    const { createdAt, dueAt, notBefore } = this.timesOf(account);
    return {
      id: this.ports.newId(),
      key,
      lane: 'reminder',
      accountId: account.id,
      sessionKey: workerId,
      kind,
      refs: JSON.stringify(refs),
      body: null,
      state: 'queued',
      createdAt,
      dueAt,
      notBefore,
      retryAt: null,
      claimedAt: null,
      acceptedAt: null,
      attempts: 0,
      error: null,
      causeSeq: null,
      possiblyRepeated: false,
      callId: null,
    };
  }
}

interface Times {
  readonly createdAt: string;
  readonly dueAt: string;
  readonly notBefore: string;
}

function earliest(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  return a === null ? b : b === null ? a : earlierOf(a, b);
}
