/**
 * The simulator page: pick a person, talk as that person, move the clock, see what happens.
 * Plain modules, no build. This file only puts the parts together and remembers where the reader is.
 */
import { findPeople, onReach } from './api.js';
import { Chat } from './chat.js';
import { Clock } from './clock.js';
import { createDeeds } from './deeds.js';
import { part } from './element.js';
import { People } from './people.js';
import { currentLanguage, fillPage, say, switchLanguage } from './words.js';

const WIDE = matchMedia('(min-width: 720px)');

const deeds = createDeeds();
const chat = new Chat({ nowMs: () => clock.nowMs(), changed: () => deeds.load() });
const clock = new Clock({ moved: () => Promise.all([chat.poll(), deeds.load()]) });
const people = new People((person) => go('chat', person));

// ── where the reader is: the address holds the account, so that reload, back and a sent link all work ──

const hashAccount = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ''; // a hand-written address
  }
};

function showPlace(view, person) {
  document.body.dataset.view = view;
  if (person) chat.openFor(person);
  people.markOpen(chat.person?.account ?? '');
}

function go(view, person) {
  const account = person?.account ?? chat.person?.account ?? '';
  const depth = (history.state?.depth ?? 0) + 1;
  const hash = account === '' ? location.pathname : `#${encodeURIComponent(account)}`;
  history.pushState({ view, depth }, '', hash);
  showPlace(view, person);
  if (view === 'chat' && WIDE.matches) chat.focusText();
  if (view === 'chat' && !WIDE.matches) chat.focusName(); // a phone's keyboard would cover the conversation
  if (view === 'clock') part('side-back').focus();
}

const goBack = () => (history.state?.depth > 0 ? history.back() : showPlace('people'));

/** The person of an account, asked from the service where the list on the screen does not hold it. */
async function personOf(account) {
  const known = people.known(account);
  if (known) return known;
  const found = await findPeople('', account).catch(() => []);
  return found.find((person) => person.account === account);
}

async function followAddress() {
  const account = hashAccount();
  const person = account === '' ? undefined : await personOf(account);
  showPlace(person ? (history.state?.view ?? 'chat') : 'people', person);
}

// ── language, connection ──

function render() {
  fillPage(document);
  const other =
    currentLanguage() === 'en' ? { text: '中文', lang: 'zh-CN' } : { text: 'English', lang: 'en' };
  Object.assign(part('language'), { textContent: other.text, lang: other.lang });
  for (const piece of [people, chat, clock, deeds]) piece.render();
}

function showReach(reached) {
  const line = part('offline');
  const wasHidden = line.hidden;
  line.hidden = reached && navigator.onLine;
  line.textContent = line.hidden ? '' : say(navigator.onLine ? 'offline' : 'offlineNetwork');
  if (line.hidden && !wasHidden) void people.recover();
}

part('language').addEventListener('click', () => {
  switchLanguage();
  render();
});
part('back').addEventListener('click', goBack);
part('side-back').addEventListener('click', goBack);
for (const chip of document.querySelectorAll('[data-open-clock]')) {
  chip.addEventListener('click', () => go('clock'));
}
window.addEventListener('popstate', followAddress);
window.addEventListener('offline', () => showReach(false));
window.addEventListener('online', () => clock.ask());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void Promise.all([clock.ask(), chat.poll()]);
});
onReach(showReach);

render();
await Promise.all([people.load(), clock.ask(), deeds.load()]);
await followAddress();
