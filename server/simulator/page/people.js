import { findPeople } from './api.js';
import { element, note, part } from './element.js';
import { say } from './words.js';

const ROLES = ['director', 'supervisor', 'county', 'guardian', 'carer', ''];
const TYPING_PAUSE_MS = 250;
const LIST_LIMIT = 50;

const roleName = (role) => (role === '' ? 'all' : role);

/** The coloured square of a person: the family name, the role as colour. */
export function paintAvatar(node, person) {
  node.textContent = [...person.name][0] ?? '?';
  node.dataset.role = person.role;
}

/** Role and area in one line. */
export const aboutPerson = (person) => [say(`one.${person.role}`), person.area].filter(Boolean).join(' · ');

function personButton(person, choose) {
  const avatar = element('span', { class: 'avatar', 'aria-hidden': 'true' });
  paintAvatar(avatar, person);
  const words = element(
    'span',
    { class: 'person-words' },
    element('span', { class: 'person-name', text: person.name }),
    element('span', { class: 'person-area', text: aboutPerson(person) }),
    element('span', { class: 'person-account', text: person.account }),
  );
  const attributes = { type: 'button', class: 'person', 'data-account': person.account };
  return element('button', { ...attributes, onclick: () => choose(person) }, avatar, words);
}

/** The left column. `choose(person)` is called when somebody is picked. */
export class People {
  #choose;
  #role = 'director';
  #people = [];
  #open = '';
  #asked = 0;
  #status = 'loading';
  #pause;
  #list = part('people-list');
  #search = part('people-search');

  constructor(choose) {
    this.#choose = choose;
    // While a Chinese word is still being composed its letters are not yet what the person means.
    this.#search.addEventListener('input', (event) => event.isComposing || this.#searchSoon());
    this.#search.addEventListener('compositionend', () => this.#searchSoon());
    part('people-form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.load();
    });
  }

  /** Asks for the list; an answer that a newer search has overtaken is dropped. */
  async load() {
    clearTimeout(this.#pause);
    const asked = ++this.#asked;
    this.#status = 'loading';
    this.#showNote();
    const people = await findPeople(this.#role, this.#search.value.trim()).catch(() => undefined);
    if (asked !== this.#asked) return;
    this.#status = people ? 'ready' : 'failed';
    this.#people = people ?? [];
    this.#showList();
  }

  /** Tries again after the connection came back. */
  recover() {
    if (this.#status === 'failed') void this.load();
  }

  known(account) {
    return this.#people.find((person) => person.account === account);
  }

  markOpen(account) {
    this.#open = account;
    for (const button of this.#list.querySelectorAll('.person')) {
      if (button.dataset.account === account) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  }

  render() {
    const buttons = ROLES.map((role) => {
      const attributes = { type: 'button', class: 'role', 'data-role': roleName(role) };
      const text = say(`role.${roleName(role)}`);
      return element('button', { ...attributes, text, onclick: () => this.#pickRole(role) });
    });
    part('roles').replaceChildren(...buttons);
    this.#markRole();
    this.#showList();
  }

  #pickRole(role) {
    this.#role = role;
    this.#markRole();
    void this.load();
  }

  #markRole() {
    for (const button of part('roles').children) {
      button.setAttribute('aria-pressed', String(button.dataset.role === roleName(this.#role)));
    }
  }

  #searchSoon() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.load(), TYPING_PAUSE_MS);
  }

  #showList() {
    const items = this.#people.map((person) => element('li', {}, personButton(person, this.#choose)));
    this.#list.replaceChildren(...items);
    this.markOpen(this.#open);
    this.#showNote();
  }

  #showNote() {
    this.#list.setAttribute('aria-busy', String(this.#status === 'loading'));
    const retry = { label: say('tryAgain'), run: () => this.load() };
    if (this.#status === 'failed') note(part('people-note'), say('peopleFailed'), retry);
    else note(part('people-note'), this.#sentence());
  }

  #sentence() {
    if (this.#status === 'loading') return say('peopleLoading');
    if (this.#people.length >= LIST_LIMIT) return say('peopleMany');
    if (this.#people.length > 0) return '';
    return say(this.#search.value.trim() === '' ? 'peopleEmpty' : 'peopleNone');
  }
}
