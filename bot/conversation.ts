import { shanghaiDate, type LocalDate } from '../server/domain/local-date.ts';
import type { Reply } from '../server/domain/say.ts';
import type { Acting, Outgoing } from '../server/services/acting.ts';
import { update, type Batch, type Write } from '../server/services/batch.ts';
import type { InboxMessage, StoredSession } from '../server/services/loaded.ts';
import type { ChatAccountRow } from '../server/store/generated/tables.ts';
import { decide } from './decide.ts';
import { refsOf } from './decide-report.ts';
import { allOf, needsOf, type Facts, type Needs } from './needs.ts';
import { adopt, lostSome } from './dialog/adopt.ts';
import type { Repertoire } from './dialog/flow.ts';
import { EMPTY_SESSION, readSession, type Session } from './dialog/session.ts';
import { step, type Outcome } from './dialog/step.ts';
import { urgentIn } from './dialog/words.ts';
import { eventOf } from './inbound-event.ts';
import { withOffered } from './offered.ts';
import { renderedOf, type Rendered, type Sentences } from './rendered.ts';
import type { Lookups } from './lookups.ts';
import { loadTurns, lookingAt, type LoadedTurn } from './views.ts';

/** So many people's turns are loaded, decided and committed together; more would keep the others waiting too long. */
const GROUP_LIMIT = 150;
/**
 * So often the event loop goes round before a group is taken. Node takes up one new connection a round: without these,
 * somebody who has just come would wait while the others have turn after turn.
 */
const ROUNDS_BETWEEN = 16;
/** A turn that fails so often is given up, unless somebody called for help in it. */
const ATTEMPT_LIMIT = 5;
/** So many rounds in which every turn lost a race mean that something else is wrong: the next tick tries again. */
const STALE_ROUNDS_LIMIT = 50;

/** What the inbound path needs of the world. */
export interface ConversationPorts extends Sentences {
  readonly lookups: Lookups;
  /** Whether this process is the one that answers; the others only store what arrives. */
  isActive(): Promise<boolean>;
  pending(limit: number): Promise<readonly InboxMessage[]>;
  sessions(keys: readonly string[]): Promise<ReadonlyMap<string, StoredSession>>;
  facts(needs: Needs): Promise<Facts>;
  commit(batch: Batch, options: { readonly urgent: boolean }): Promise<void>;
  sessionWrite(session: StoredSession, body: string, at: string, wakeAt: string | null): Batch;
  inboxDone(seq: number, at: string): Write;
  inboxFailed(message: InboxMessage, givenUp: boolean): Write;
  /** The row of a message that goes out with this commit, claimed already. */
  outboxRow(outgoing: Outgoing, text: Rendered, causeSeq: number | null): Write;
  /** The same for somebody who has not spoken: unless it is urgent it waits for the end of the reader's quiet hours. */
  noticeRow(outgoing: Outgoing, text: Rendered, causeSeq: number | null): Write;
  /** Hands over what a commit has just stored. */
  deliver(writes: readonly Write[]): Promise<void>;
  /** Makes sure that report numbers of this year can be given out. */
  prepareNumbers(year: number): Promise<void>;
  nextNumber(year: number): string;
  /** Lets the event loop go round once, so that what has arrived is read. */
  breathe(): Promise<void>;
  now(): Date;
  newId(): string;
  digest(text: string): string;
  isStale(error: unknown): boolean;
  observe(event: TurnObservation, error?: unknown): void;
}

/** What is counted of a turn; never its words. */
export interface TurnObservation {
  readonly result: 'done' | 'stale' | 'failed' | 'given-up';
  /** Null where no single message was to blame. */
  readonly seq: number | null;
  /** When the words arrived, on the business clock. */
  readonly receivedAt: string | null;
}

/** `done` also stands for a turn that was given up: the queue moves on. */
type TurnResult = 'done' | 'stale' | 'failed';

interface Decided {
  readonly message: InboxMessage;
  readonly urgent: boolean;
  readonly batch: Batch;
  readonly outboxRows: readonly Write[];
}

interface Stepped {
  readonly message: InboxMessage;
  readonly turn: LoadedTurn;
  readonly stored: StoredSession;
  readonly outcome: Outcome;
  readonly damaged: boolean;
}

/** The inbound path: takes stored messages in order, one turn per person at a time, many people at once. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #repertoire: Repertoire;
  readonly #waiting = new Map<string, (() => void)[]>();
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(ports: ConversationPorts, repertoire: Repertoire) {
    this.#ports = ports;
    this.#repertoire = repertoire;
  }

  /** Something new is stored: take it up. */
  kick(): void {
    this.#again = true;
    if (!this.#stopped) this.#running ??= this.#drain();
  }

  /** Resolves when the message with this id has had its turn and its answers are handed over. */
  done(channel: string, externalId: string): Promise<void> {
    return new Promise((resolve) => {
      const key = `${channel}:${externalId}`;
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), resolve]);
    });
  }

  /** Takes up everything that waits; resolves when nothing is left. Returns the number of turns done. */
  async quiet(): Promise<void> {
    this.kick();
    while (this.#running) await this.#running;
  }

  /** Ends after the group under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        await this.#takeAll();
      }
    } catch (error) {
      this.#ports.observe({ result: 'failed', seq: null, receivedAt: null }, error); // nothing is lost: the next tick tries again
    } finally {
      this.#running = null;
    }
  }

  async #takeAll(): Promise<void> {
    let staleRounds = 0;
    while (staleRounds < STALE_ROUNDS_LIMIT && (await this.#ports.isActive())) {
      for (let n = 0; n < ROUNDS_BETWEEN; n += 1) await this.#ports.breathe();
      const group = firstOfEach(await this.#ports.pending(GROUP_LIMIT * 2)).slice(0, GROUP_LIMIT);
      if (group.length === 0 || this.#stopped) return;
      const results = await this.#runGroup(group);
      if (results.every((result) => result === 'failed')) return; // the next tick tries again
      staleRounds = results.includes('done') ? 0 : staleRounds + 1;
    }
  }

  async #runGroup(group: readonly InboxMessage[]): Promise<readonly TurnResult[]> {
    try {
      const decided = await this.#decideGroup(group);
      return await Promise.all(decided.map((d) => this.#commitTurn(d)));
    } catch (error) {
      if (group.length > 1) return (await Promise.all(group.map((m) => this.#runGroup([m])))).flat();
      const [message] = group;
      return message ? [await this.#failed(message, error)] : [];
    }
  }

  async #decideGroup(group: readonly InboxMessage[]): Promise<readonly Decided[]> {
    const now = this.#ports.now();
    const today = shanghaiDate(now);
    await this.#ports.prepareNumbers(Number(today.slice(0, 4)));
    const stepped = await this.#stepGroup(group, now, today);
    const needs = stepped.map((s) => needsOf(s.outcome.commands, s.turn));
    const facts = await this.#ports.facts(allOf(needs));
    return stepped.map((s) => this.#decideTurn(s, now, today, facts));
  }

  async #stepGroup(group: readonly InboxMessage[], now: Date, today: LocalDate): Promise<readonly Stepped[]> {
    const wanted = new Set(
      group.filter((m) => /逾期|台账|overdue|ledger/i.test(m.body.text)).map((m) => m.accountId),
    );
    const [turns, sessions] = await Promise.all([
      loadTurns(this.#ports.lookups, [...new Set(group.map((m) => m.accountId))], today, (id) =>
        wanted.has(id),
      ),
      this.#ports.sessions(group.map((m) => m.sessionKey)),
    ]);
    const stepping = group.map(async (message): Promise<Stepped> => {
      const turn = turns.get(message.accountId);
      const stored = sessions.get(message.sessionKey);
      if (!turn || !stored) throw new Error('a message of an account that is not there');
      const read = stored.body === null ? EMPTY_SESSION : readSession(stored.body);
      const known = adopt(this.#repertoire, read ?? EMPTY_SESSION);
      const session = await withOffered(this.#ports.lookups, message, turn, known);
      const context = {
        now,
        newId: () => this.#ports.newId(),
        reportNumber: () => this.#ports.nextNumber(Number(today.slice(0, 4))),
      };
      const event = eventOf(message, turn, today, session);
      const looking = this.#repertoire.looksAt(event, session, turn.view);
      const view = await lookingAt(this.#ports.lookups, turn, looking, now);
      const outcome = step(this.#repertoire, session, event, view, context);
      return { message, turn, stored, outcome, damaged: read === null || lostSome(read, known) };
    });
    return Promise.all(stepping);
  }

  #decideTurn(
    { message, turn, stored, outcome, damaged }: Stepped,
    now: Date,
    today: LocalDate,
    facts: Facts,
  ): Decided {
    const at = now.toISOString();
    const { account } = turn.holder;
    const acting: Acting = {
      at: now,
      today,
      personId: account.personId,
      accountId: account.id,
      newId: () => this.#ports.newId(),
      digest: (text) => this.#ports.digest(text),
    };
    const decision = decide(outcome.commands, acting, turn, facts);
    const replies: readonly Reply[] = damaged
      ? [{ key: 'dialog.session-damaged' }, ...outcome.replies]
      : outcome.replies;
    const refs = refsOf(outcome.commands);
    const answers = replies.map((reply, index) => ({
      ...replyTo(account, message, reply, index, languageAfter(outcome, account)),
      refs,
    }));
    const rendered = answers.map((o) => this.#rendered(o));
    const outboxRows = [
      ...answers.map((o, index) =>
        this.#ports.outboxRow(o, rendered[index] ?? this.#rendered(o), message.seq),
      ),
      ...decision.outgoing.map((o) =>
        o.account.id === account.id
          ? this.#ports.outboxRow(o, this.#rendered(o), message.seq)
          : this.#ports.noticeRow(o, this.#rendered(o), message.seq),
      ),
    ];
    const shown = rendered.findLast((r) => r.options.length > 0)?.options.map((o) => o.label);
    const remembered: Session = { ...outcome.session, labels: shown?.slice(0, 8) ?? outcome.session.labels };
    const session = this.#ports.sessionWrite(stored, JSON.stringify(remembered), at, outcome.wakeAt);
    return {
      message,
      urgent: decision.outgoing.some((o) => o.lane === 'urgent') || answers.some((o) => o.lane === 'urgent'),
      outboxRows,
      batch: {
        guards: [...session.guards, ...decision.guards],
        writes: [
          ...session.writes,
          ...decision.writes,
          ...outboxRows,
          this.#ports.inboxDone(message.seq, at),
          ...heardFrom(account, message, at),
        ],
      },
    };
  }

  #rendered(outgoing: Outgoing): Rendered {
    return renderedOf(outgoing, this.#ports);
  }

  async #commitTurn(decided: Decided): Promise<TurnResult> {
    const { message } = decided;
    try {
      await this.#ports.commit(decided.batch, { urgent: decided.urgent });
    } catch (error) {
      if (!this.#ports.isStale(error)) return this.#failed(message, error);
      this.#ports.observe({ result: 'stale', ...about(message) });
      return 'stale'; // still pending: it is read and decided anew
    }
    await this.#ports.deliver(decided.outboxRows);
    this.#ports.observe({ result: 'done', ...about(message) });
    this.#tellDone(message);
    return 'done';
  }

  /** A call for help is tried for ever; anything else is given up after a few times, and kept. */
  async #failed(message: InboxMessage, error: unknown): Promise<TurnResult> {
    const givenUp = message.attempts + 1 >= ATTEMPT_LIMIT && urgentIn(message.body.text) === null;
    this.#ports.observe({ result: givenUp ? 'given-up' : 'failed', ...about(message) }, error);
    const apology = givenUp ? await this.#apology(message) : [];
    await this.#ports.commit(
      { guards: [], writes: [this.#ports.inboxFailed(message, givenUp), ...apology] },
      { urgent: false },
    );
    if (!givenUp) return 'failed';
    await this.#ports.deliver(apology);
    this.#tellDone(message);
    return 'done';
  }

  /** Whoever spoke hears that it did not work; nobody is left to wonder whether a record was stored. */
  async #apology(message: InboxMessage): Promise<readonly Write[]> {
    if (message.body.kind === 'wake') return [];
    try {
      const holder = (await this.#ports.lookups.holders([message.accountId])).get(message.accountId);
      if (!holder) return [];
      const reply = replyTo(holder.account, message, { key: 'dialog.fault' }, 0, holder.account.language);
      return [this.#ports.outboxRow(reply, this.#rendered(reply), message.seq)];
    } catch {
      return []; // what made the turn fail may stand in the way here too
    }
  }

  #tellDone(message: InboxMessage): void {
    const key = `${message.channel}:${message.externalId}`;
    this.#waiting.get(key)?.forEach((resolve) => {
      resolve();
    });
    this.#waiting.delete(key);
  }
}

function about({ seq, receivedAt }: InboxMessage): Pick<TurnObservation, 'seq' | 'receivedAt'> {
  return { seq, receivedAt };
}

/** The first waiting message of each person, in the order of arrival: one person's turns are serial. */
function firstOfEach(messages: readonly InboxMessage[]): InboxMessage[] {
  const seen = new Set<string>();
  return messages.filter((m) => !seen.has(m.sessionKey) && seen.add(m.sessionKey));
}

function replyTo(
  account: ChatAccountRow,
  message: InboxMessage,
  reply: Reply,
  index: number,
  language: string,
): Outgoing {
  return {
    account: { ...account, language },
    lane: reply.urgent === true ? 'urgent' : 'reply',
    key: `turn:${String(message.seq)}:${String(index)}`,
    reply,
    refs: {},
  };
}

function languageAfter(outcome: Outcome, account: ChatAccountRow): string {
  const chosen = outcome.commands.findLast((c) => c.type === 'choose-language');
  return chosen?.language ?? account.language;
}

/** A word from the person answers whatever was asked of them. A wake is not a word. */
function heardFrom(account: ChatAccountRow, message: InboxMessage, at: string): Write[] {
  return message.body.kind === 'wake'
    ? []
    : [update('ChatAccount', account.id, { lastWordAt: at, questionAskedAt: null })];
}
