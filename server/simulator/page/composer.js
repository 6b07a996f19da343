import { element, part } from './element.js';
import { currentLanguage, say } from './words.js';

/** The words the bot understands; they are said as they are, whatever language the page speaks. */
const QUICK_WORDS = {
  director: ['待办', '走访', '联系', '菜单'],
  supervisor: ['预警', '逾期', '台账', '菜单'],
  county: ['预警', '逾期', '值班', '菜单'],
  guardian: ['求助', '帮助', '菜单'],
  carer: ['求助', '帮助', '菜单'],
};
const URGENT_WORD = '紧急';
const IME_KEY_CODE = 229; // Safari ends the composition before the Enter that confirmed it

const isSendKey = (event) =>
  event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== IME_KEY_CODE;

function quickButton(word, send) {
  const gloss =
    currentLanguage() === 'en' ? [element('small', { lang: 'en', text: say(`gloss.${word}`) })] : [];
  return element(
    'button',
    { type: 'button', class: 'quick-word', onclick: () => send(word) },
    word,
    ...gloss,
  );
}

/** Where a person writes: the text, the quick words, and the red button that is always there. */
export class Composer {
  #send;
  #drafts = new Map();
  #account = '';
  #text = part('chat-text');

  constructor(send) {
    this.#send = send;
    this.#text.addEventListener('keydown', (event) => {
      if (!isSendKey(event)) return;
      event.preventDefault();
      this.#sendWritten();
    });
    part('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#sendWritten();
      this.focus();
    });
    part('urgent').addEventListener('click', () => send(URGENT_WORD));
  }

  showFor(person) {
    const words = QUICK_WORDS[person.role] ?? QUICK_WORDS.director;
    part('quick').replaceChildren(...words.map((word) => quickButton(word, this.#send)));
    if (this.#account === person.account) return;
    this.#account = person.account;
    this.#text.value = this.#drafts.get(person.account) ?? '';
  }

  /** Keeps what was written but not sent, for when this person is opened again. */
  leave(person) {
    if (person) this.#drafts.set(person.account, this.#text.value);
  }

  focus() {
    this.#text.focus();
  }

  #sendWritten() {
    const written = this.#text.value.trim();
    if (written === '') return;
    this.#text.value = '';
    this.#send(written);
  }
}
