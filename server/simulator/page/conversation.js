/** A name for one turn; not randomUUID, which browsers keep from pages without https. */
const turnKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-');

const entryOf = (row, account) => ({ ...row, account, at: Date.parse(row.at) });

/**
 * One account's conversation as the page knows it. The answer to a turn, the poll and the thread may each bring the
 * same message; `seq` tells. `after` moves only with the poll, so that a reply which overtook a reminder hides nothing.
 */
export class Conversation {
  entries = [];
  status = 'loading';
  after = 0;
  waiting = 0;
  #seen = new Set();

  constructor(person) {
    this.person = person;
  }

  /** Takes the whole thread; what the person said while it was loading stays at the end. */
  takeThread(rows) {
    const seqs = rows.flatMap((row) => row.seq ?? []);
    const justSaid = this.entries.filter((entry) => entry.what !== undefined);
    this.entries = [...rows.map((row) => entryOf(row, this.person.account)), ...justSaid];
    this.#seen = new Set(seqs);
    this.after = Math.max(0, ...seqs);
    this.status = 'ready';
  }

  /** Takes messages of the bot and returns those not known yet, as entries. */
  takeMessages(messages) {
    const fresh = messages.filter((message) => !this.#seen.has(message.seq));
    for (const message of fresh) this.#seen.add(message.seq);
    const entries = fresh.map((message) => ({
      ...entryOf(message, this.person.account),
      from: 'bot',
    }));
    this.entries.push(...entries);
    return entries;
  }

  /** What the poll brought; from here on only later messages are asked for. */
  takePoll(messages) {
    this.after = Math.max(this.after, ...messages.map((message) => message.seq));
    return this.takeMessages(messages);
  }

  /** What the person says now; `what` is the request that carries it. */
  sayNow(text, what, atMs) {
    const entry = { from: 'person', at: atMs, text, what, key: turnKey(), sending: true };
    this.entries.push(entry);
    return entry;
  }
}
