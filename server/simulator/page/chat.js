import { offerAttaching } from './attach.js';
import { readMessages, readThread, sendMessage } from './api.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { note, part } from './element.js';
import { Log } from './log.js';
import { aboutPerson, paintAvatar } from './people.js';
import { VoiceRecorder } from './record.js';
import { say } from './words.js';

const POLL_MS = 2_000;

/** The middle column. `nowMs()` is the business time; `changed()` is called when something has happened. */
export class Chat {
  #nowMs;
  #changed;
  #open = new Conversation(undefined);
  #line = Promise.resolve(); // one turn after the other, in the order they were said
  #log = new Log({
    tap: (option, group) => this.#tap(option, group),
    resend: (entry) => this.#resend(entry),
  });
  #composer = new Composer((text) => this.#say(text, { text }));
  #recorder = new VoiceRecorder((text, what) => this.#say(text, what));

  constructor({ nowMs, changed }) {
    this.#nowMs = nowMs;
    this.#changed = changed;
    offerAttaching((text, what) => this.#say(text, what));
    setTimeout(() => this.#keepPolling(), POLL_MS);
  }

  get person() {
    return this.#open.person;
  }

  openFor(person) {
    if (person.account === this.person?.account) return;
    this.#composer.leave(this.person);
    this.#recorder.discard();
    this.#open = new Conversation(person);
    this.render();
    void this.#load();
  }

  focusName() {
    part('chat-name').focus();
  }

  focusText() {
    this.#composer.focus();
  }

  render() {
    part('chat-empty').hidden = this.person !== undefined;
    part('chat-open').hidden = this.person === undefined;
    if (!this.person) return;
    part('chat-name').textContent = this.person.name;
    part('chat-about').textContent = aboutPerson(this.person);
    paintAvatar(part('chat-avatar'), this.person);
    this.#composer.showFor(this.person);
    this.#log.showAll(this.#open.entries);
    this.#showNote();
    this.#showTyping();
  }

  /** Brings what was sent to the open account since the last time. */
  async poll() {
    const mine = this.#open;
    if (!mine.person || mine.status === 'loading') return;
    if (mine.status === 'failed') return this.#load();
    const messages = await readMessages(mine.person.account, mine.after).catch(() => []);
    if (mine !== this.#open || messages.length === 0) return;
    this.#add(mine.takePoll(messages));
    this.#changed();
  }

  async #keepPolling() {
    if (document.visibilityState === 'visible') await this.poll();
    setTimeout(() => this.#keepPolling(), POLL_MS);
  }

  async #load() {
    const mine = this.#open;
    mine.status = 'loading';
    this.#showNote();
    const rows = await readThread(mine.person.account).catch(() => undefined);
    if (rows) mine.takeThread(rows);
    else mine.status = 'failed';
    if (mine !== this.#open) return;
    this.#log.showAll(mine.entries);
    this.#showNote();
  }

  #say(text, what) {
    const entry = this.#open.sayNow(text, what, this.#nowMs());
    this.#add([entry]);
    return this.#queue(entry);
  }

  /** A button answers once at a time: a double tap is one answer. */
  async #tap(option, group) {
    if (group.getAttribute('aria-busy') === 'true') return;
    group.setAttribute('aria-busy', 'true');
    await this.#say(option.label, { option: option.id, shown: option.label });
    group.removeAttribute('aria-busy');
  }

  #resend(entry) {
    Object.assign(entry, { failed: undefined, sending: true });
    this.#log.redraw(entry);
    void this.#queue(entry);
  }

  #queue(entry) {
    const mine = this.#open;
    mine.waiting += 1;
    this.#showTyping();
    this.#line = this.#line.then(() => this.#deliver(mine, entry));
    return this.#line;
  }

  async #deliver(mine, entry) {
    let replies = [];
    try {
      replies = await sendMessage(mine.person.account, entry.what, entry.key);
    } catch (error) {
      entry.failed = error.kind === 'refused' ? `${say('notSent')}${error.message}` : say('unsureSent');
    }
    entry.sending = false;
    mine.waiting -= 1;
    const fresh = mine.takeMessages(replies);
    if (mine !== this.#open) return;
    this.#log.redraw(entry);
    this.#showTyping();
    this.#showFresh(fresh);
    this.#changed();
  }

  #add(entries) {
    this.#showFresh(entries);
    this.#showNote();
  }

  #showFresh(entries) {
    if (entries.length > 0) this.#log.add(entries);
  }

  #showTyping() {
    part('typing').hidden = this.#open.waiting === 0;
    this.#log.keepBottom();
  }

  #showNote() {
    const retry = { label: say('tryAgain'), run: () => this.#load() };
    const { status, entries } = this.#open;
    if (status === 'failed') note(part('log-note'), say('logFailed'), retry);
    else if (status === 'loading') note(part('log-note'), say('logLoading'));
    else note(part('log-note'), entries.length === 0 ? say('logEmpty') : '');
  }
}
