import { readActivity } from './api.js';
import { element, note, part } from './element.js';
import { dayAndTime } from './times.js';
import { say } from './words.js';

const POLL_MS = 10_000;

/** Newest first, whichever way round they came. */
const newestFirst = (entries) => {
  const dated = entries.map((entry, place) => ({ ...entry, atMs: Date.parse(entry.at), place }));
  return dated.sort((one, other) => other.atMs - one.atMs || other.place - one.place);
};

const deedItem = (deed) =>
  element(
    'li',
    { class: 'deed' },
    element('time', { datetime: deed.at, text: dayAndTime(deed.atMs) }),
    element('p', { text: deed.what }),
  );

/** The list of what the planner and the ladders did without being asked. */
export function createDeeds() {
  const state = { entries: [], status: 'loading' };

  function render() {
    part('deeds-list').replaceChildren(...newestFirst(state.entries).map(deedItem));
    const retry = { label: say('tryAgain'), run: load };
    if (state.status === 'failed') return note(part('deeds-note'), say('deedsFailed'), retry);
    if (state.status === 'loading') return note(part('deeds-note'), say('deedsLoading'));
    note(part('deeds-note'), state.entries.length === 0 ? say('deedsEmpty') : '');
  }

  async function load() {
    const before = JSON.stringify(state);
    try {
      state.entries = await readActivity();
      state.status = 'ready';
    } catch {
      state.status = state.entries.length > 0 ? 'ready' : 'failed';
    }
    if (JSON.stringify(state) !== before) render();
  }

  setInterval(() => document.visibilityState === 'visible' && load(), POLL_MS);
  return { load, render };
}
