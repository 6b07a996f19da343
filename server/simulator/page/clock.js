import { moveClock, readNow } from './api.js';
import { element, part } from './element.js';
import { JUMPS, dayAndTime, dayName, fromInput, timeOfDay, toInput } from './times.js';
import { say } from './words.js';

const TICK_MS = 1_000;
const ASK_AGAIN_MS = 15_000;

const fillAll = (selector, text) => {
  for (const node of document.querySelectorAll(selector)) node.textContent = text;
};

/** The business clock: shows it ticking, moves it, and says what the way there did. `moved()` is called afterwards. */
export class Clock {
  #moved;
  #serverMs = NaN; // what the server said when it was last asked
  #askedAtMs = 0;
  #isRunning = false;
  #isChosen = false; // somebody has picked a time in the input: leave it alone
  #sentence = () => say('clockHint');
  #progress = part('clock-progress');
  #input = part('clock-to');

  constructor({ moved }) {
    this.#moved = moved;
    this.#input.addEventListener('input', () => {
      this.#isChosen = true;
    });
    part('clock-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#jumpToInput();
    });
    setInterval(() => this.#show(), TICK_MS);
    setInterval(() => this.#askIfQuiet(), ASK_AGAIN_MS);
  }

  /** The server's time, carried on by the seconds since it was last asked. */
  nowMs() {
    if (Number.isNaN(this.#serverMs)) return Date.now();
    return this.#serverMs + (Date.now() - this.#askedAtMs);
  }

  /** Asks the server; without an answer the clock ticks on from the last one. */
  async ask() {
    const serverMs = await readNow().catch(() => undefined);
    if (serverMs !== undefined) this.#set(serverMs);
  }

  render() {
    const buttons = Object.keys(JUMPS).map((name) => {
      const attributes = { type: 'button', class: 'jump', 'data-jump': name, text: say(`jump.${name}`) };
      return element('button', { ...attributes, onclick: () => this.#jump(JUMPS[name]) });
    });
    part('jumps').replaceChildren(...buttons);
    this.#showRunning();
    this.#show();
    this.#tell(this.#sentence);
  }

  #askIfQuiet() {
    if (document.visibilityState === 'visible' && !this.#isRunning) void this.ask();
  }

  #set(serverMs) {
    this.#serverMs = serverMs;
    this.#askedAtMs = Date.now();
    this.#show();
  }

  #show() {
    if (Number.isNaN(this.#serverMs)) return;
    const now = this.nowMs();
    part('clock-day').textContent = dayName(now, { year: true });
    part('clock-time').textContent = timeOfDay(now, { seconds: true });
    fillAll('[data-clock-day]', dayName(now));
    fillAll('[data-clock-time]', timeOfDay(now));
    if (!this.#isChosen) this.#input.value = toInput(JUMPS.morning(now));
  }

  #tell(sentence) {
    this.#sentence = sentence;
    part('clock-note').textContent = sentence();
  }

  #showRunning() {
    this.#progress.hidden = !this.#isRunning;
    part('side').setAttribute('aria-busy', String(this.#isRunning));
    for (const button of [...part('jumps').children, part('clock-go')]) {
      button.setAttribute('aria-disabled', String(this.#isRunning));
    }
  }

  #jumpToInput() {
    const toMs = fromInput(this.#input.value);
    if (Number.isNaN(toMs)) this.#tell(() => say('clockNoDate'));
    else void this.#jump(() => toMs);
  }

  /** Moves the clock to where `target` leads from the server's time. */
  async #jump(target) {
    if (this.#isRunning) return this.#tell(() => say('clockBusy'));
    if (Number.isNaN(this.#serverMs)) await this.ask();
    if (Number.isNaN(this.#serverMs)) return this.#tell(() => say('clockFailed'));
    const fromMs = this.nowMs();
    const toMs = target(fromMs);
    this.#isRunning = true;
    this.#progress.removeAttribute('value'); // how far is not known until the clock is seen moving
    this.#showRunning();
    this.#tell(() => say('clockRunning', { when: dayAndTime(toMs) }));
    void this.#watchWay(fromMs, toMs);
    await this.#move(toMs);
    this.#isRunning = false;
    this.#showRunning();
    void this.#moved();
  }

  async #move(toMs) {
    try {
      const { now, sent } = await moveClock(toMs);
      this.#isChosen = false;
      this.#set(Date.parse(now));
      this.#tell(() => say('clockArrived', { when: dayAndTime(Date.parse(now)), sent }));
    } catch (error) {
      this.#tell(() => `${say('clockFailed')}${error.message}`);
    }
  }

  /** While the clock is on its way it may be asked where it is. */
  async #watchWay(fromMs, toMs) {
    while (this.#isRunning) {
      await new Promise((resume) => setTimeout(resume, TICK_MS));
      const atMs = this.#isRunning ? await readNow().catch(() => fromMs) : fromMs;
      if (!this.#isRunning) return; // arrived meanwhile: the answer is older than the arrival
      const share = (atMs - fromMs) / (toMs - fromMs);
      if (share > 0.01) {
        this.#progress.value = Math.min(share, 1);
        this.#set(atMs);
      }
    }
  }
}
