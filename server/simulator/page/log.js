import { dayLine, entryItem } from './bubbles.js';
import { part } from './element.js';
import { dayKey } from './times.js';

const NEAR_BOTTOM_PX = 140;

/** The bubbles on the screen: what is shown, where it is scrolled to, which buttons are fresh. */
export class Log {
  #does;
  #items = new Map();
  #lastDay = '';
  #followsEnd = true;
  #list = part('log');
  #scroll = part('log-scroll');
  #toLatest = part('to-latest');

  /** does: {tap(option, group), resend(entry)} */
  constructor(does) {
    this.#does = does;
    this.#scroll.addEventListener('scroll', () => this.#noticeScroll());
    this.#toLatest.addEventListener('click', () => this.#toEnd());
    // A phone's keyboard, or coming back from another view, changes the height: the end stays in sight.
    new window.ResizeObserver(() => this.keepBottom()).observe(this.#scroll);
  }

  add(entries) {
    for (const entry of entries) this.#place(entry);
    if (this.#followsEnd || entries.some((entry) => entry.from === 'person')) this.#toEnd();
    else this.#toLatest.hidden = false;
  }

  /** Everything anew, silently: a whole conversation read aloud helps nobody. */
  showAll(entries) {
    this.#list.setAttribute('aria-live', 'off');
    this.#list.replaceChildren();
    this.#items.clear();
    this.#lastDay = '';
    for (const entry of entries) this.#place(entry);
    this.#toEnd();
    requestAnimationFrame(() => this.#list.setAttribute('aria-live', 'polite'));
  }

  /** Draws an entry again after its state changed (sent, failed). */
  redraw(entry) {
    const before = this.#items.get(entry);
    if (!before) return;
    const item = entryItem(entry, this.#does);
    this.#items.set(entry, item);
    before.replaceWith(item);
    this.keepBottom();
  }

  keepBottom() {
    if (this.#followsEnd) this.#toEnd();
  }

  #place(entry) {
    if (entry.from === 'person') this.#dimOlder();
    const day = dayKey(entry.at);
    if (day !== this.#lastDay) this.#list.append(dayLine(entry.at));
    this.#lastDay = day;
    const item = entryItem(entry, this.#does);
    item.querySelector('.options')?.classList.add('is-fresh');
    this.#items.set(entry, item);
    this.#list.append(item);
  }

  /** Buttons are fresh until the person says something; older ones stay usable but step back. */
  #dimOlder() {
    for (const group of this.#list.querySelectorAll('.options.is-fresh')) group.classList.remove('is-fresh');
  }

  #toEnd() {
    this.#followsEnd = true;
    this.#toLatest.hidden = true;
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #noticeScroll() {
    if (this.#scroll.clientHeight === 0) return; // another view is open
    const below = this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight;
    this.#followsEnd = below < NEAR_BOTTOM_PX;
    if (this.#followsEnd) this.#toLatest.hidden = true;
  }
}
