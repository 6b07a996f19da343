import { element } from './element.js';
import { dayKey, dayName, timeOfDay } from './times.js';
import { say } from './words.js';

const MARKED_LANES = ['urgent', 'reminder', 'broadcast'];

/** The line between two days. */
export const dayLine = (atMs) =>
  element(
    'li',
    { class: 'day', 'data-day': dayKey(atMs) },
    element('span', { text: dayName(atMs, { year: true }) }),
  );

function optionButtons(entry, tap) {
  const group = element('div', { class: 'options', role: 'group', 'aria-label': say('optionsLabel') });
  const buttons = entry.options.map((option) =>
    element('button', {
      type: 'button',
      class: 'option',
      text: option.label,
      onclick: () => tap(option, group),
    }),
  );
  group.append(...buttons);
  return group;
}

function failedLine(entry, resend) {
  const button = element('button', {
    type: 'button',
    class: 'plain',
    text: say('sendAgain'),
    onclick: () => resend(entry),
  });
  return element('p', { class: 'failed' }, element('span', { text: entry.failed }), button);
}

function foot(entry) {
  const time = element('time', { datetime: new Date(entry.at).toISOString(), text: timeOfDay(entry.at) });
  const sending = entry.sending ? [element('span', { class: 'sending', text: say('sending') })] : [];
  return element('p', { class: 'foot' }, time, ...sending);
}

/** Browsers say about AMR, which WeCom sends, that they cannot play it; silence with a play button would be a riddle. */
const plays = (mime) => document.createElement('audio').canPlayType(mime) !== '';

/** A file of a message; the server gives it to those who may have it and to nobody else. */
function fileOf(entry, file) {
  const url = `/simulator/files/${encodeURIComponent(file.id)}?account=${encodeURIComponent(entry.account)}`;
  // Fetched when somebody presses play and not before: whoever fetches it has listened.
  if (file.mime === 'audio/amr' && !plays(file.mime))
    return element('a', {
      class: 'file',
      href: url,
      download: `${file.name}.amr`,
      text: `${file.name}：${say('amrSave')}`,
    });
  if (file.mime.startsWith('audio/'))
    return element('audio', {
      class: 'media',
      src: url,
      controls: true,
      preload: 'none',
      'aria-label': file.name,
    });
  if (file.mime.startsWith('image/'))
    return element('img', { class: 'media', src: url, alt: file.name, loading: 'lazy' });
  return element('a', { class: 'file', href: url, download: file.name, text: file.name });
}

const filesOf = (entry) => (entry.files ?? []).map((file) => fileOf(entry, file));

function bubble(entry) {
  const lane = entry.from === 'bot' && MARKED_LANES.includes(entry.lane) ? entry.lane : undefined;
  const mark = lane ? [element('p', { class: 'lane', text: say(`lane.${lane}`) })] : [];
  const speaker = say(entry.from === 'bot' ? 'botSaid' : 'personSaid');
  return element(
    'div',
    { class: 'bubble' },
    element('span', { class: 'unseen', text: speaker }),
    ...mark,
    element('p', { class: 'bubble-text', text: entry.text }),
    ...filesOf(entry),
  );
}

/**
 * One entry of the conversation as a list item.
 * entry: {from: 'person'|'bot', at: ms, text, lane?, options?, files?, account?, sending?, failed?}
 * does: {tap(option, group), resend(entry)}
 */
export function entryItem(entry, does) {
  const item = element('li', { class: `entry from-${entry.from}` });
  if (entry.from === 'bot' && entry.lane) item.dataset.lane = entry.lane;
  item.append(bubble(entry), foot(entry));
  if (entry.options?.length > 0) item.append(optionButtons(entry, does.tap));
  if (entry.failed) item.append(failedLine(entry, does.resend));
  return item;
}
