import { describe, expect, it } from 'vitest';
import { afterWord, NEVER_WROTE, roomFor, type KfWindow } from '../../../../bot/channels/wecom/kf-window.ts';

const WROTE = new Date('2026-11-25T02:00:00.000Z');
const later = (hours: number) => new Date(WROTE.getTime() + hours * 3_600_000);
const sent = (count: number): KfWindow => ({
  ...afterWord(NEVER_WROTE, WROTE),
  sentSince: Array.from({ length: count }, (_, n) => `m${String(n)}`),
});
const room = (window: KfWindow, ids: readonly string[], isUrgent = false, now = WROTE) =>
  roomFor(window, ids, isUrgent, now).kind;

describe('what may be sent to a guardian', () => {
  it.each([
    ['nothing to somebody who never wrote', NEVER_WROTE, ['new'], false, 0, 'closed'],
    ['not even a call for help', NEVER_WROTE, ['new'], true, 0, 'closed'],
    ['a first answer', sent(0), ['new'], false, 0, 'send'],
    ['a fourth', sent(3), ['new'], false, 0, 'send'],
    ['a fifth only in an emergency', sent(4), ['new'], false, 0, 'closed'],
    ['a fifth in an emergency', sent(4), ['new'], true, 0, 'send'],
    ['no sixth, whatever it is', sent(5), ['new'], true, 0, 'closed'],
    ['two parts where two fit', sent(2), ['new', 'more'], false, 0, 'send'],
    ['no half of two parts where one fits', sent(3), ['new', 'more'], false, 0, 'closed'],
    ['once more what was counted', sent(4), ['m3'], false, 0, 'send'],
    ['after 48 hours still', sent(0), ['new'], false, 48, 'send'],
    ['and not after more', sent(0), ['new'], true, 48.001, 'closed'],
    ['nothing while a person talks with them', { ...sent(0), state: 'taken' }, ['new'], true, 0, 'taken'],
    ['nothing after the end of a chat', { ...sent(0), state: 'ended' }, ['new'], true, 0, 'closed'],
  ] as const)('%s', (_name, window, ids, isUrgent, hours, kind) => {
    expect(room(window, ids, isUrgent, later(hours))).toBe(kind);
  });

  it('a welcome by its code, in one message and until the code is over, however much was sent', () => {
    const welcome = { code: 'c', until: later(0).toISOString() };
    expect(room({ ...NEVER_WROTE, welcome }, ['new'])).toBe('welcome');
    expect(room({ ...sent(5), welcome }, ['new'])).toBe('welcome');
    expect(room({ ...NEVER_WROTE, welcome }, ['new', 'more'])).toBe('closed');
    expect(room({ ...NEVER_WROTE, welcome }, ['new'], false, later(0.001))).toBe('closed');
    expect(room({ ...NEVER_WROTE, welcome, state: 'taken' }, ['new'])).toBe('taken');
  });
});

describe('a word of the guardian', () => {
  it('opens the window anew, and a chat that was ended', () => {
    expect(room(afterWord(sent(5), later(1)), ['new'], false, later(1))).toBe('send');
    expect(afterWord({ ...sent(1), state: 'ended' }, later(1)).state).toBe('open');
    expect(afterWord({ ...sent(1), state: 'taken' }, later(1)).state).toBe('taken');
  });

  it('that is read late changes nothing that is newer', () => {
    const window = sent(3);
    expect(afterWord(window, later(-1))).toBe(window);
  });
});
