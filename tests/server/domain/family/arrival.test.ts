import { describe, expect, it } from 'vitest';
import { nextArrival, type ArrivalFacts } from '../../../../server/domain/family/arrival.ts';

const REACHED: ArrivalFacts = {
  noContact: false,
  held: false,
  gone: false,
  isOver: false,
  chatOpen: true,
  subscribed: false,
  smsOpen: false,
  hasDirector: true,
  tried: [],
};

const table: readonly (readonly [string, Partial<ArrivalFacts>, string])[] = [
  ['a chat that is open brings it', {}, 'go chat'],
  ['a chat that was closed when it was tried gives way to the director', { tried: ['chat'] }, 'go director'],
  ['without a chat the director passes it on', { chatOpen: false }, 'go director'],
  [
    'a message they subscribed to goes before SMS',
    { chatOpen: false, subscribed: true, smsOpen: true },
    'go subscription',
  ],
  ['SMS goes before the director', { chatOpen: false, smsOpen: true }, 'go sms'],
  ['an SMS that was not sent gives way', { chatOpen: false, smsOpen: true, tried: ['sms'] }, 'go director'],
  ['every way tried: it waits for another day', { tried: ['chat', 'director'] }, 'wait'],
  [
    'nobody answers for the child and there is no chat: it waits',
    { chatOpen: false, hasDirector: false },
    'wait',
  ],
  ['不得联系 ends it at once, whatever else is true', { noContact: true, held: true }, 'end no-contact'],
  [
    '不得联系 that came late ends it with the days as well',
    { noContact: true, isOver: true },
    'end no-contact',
  ],
  ['who is held waits, although the chat is open', { held: true }, 'wait'],
  ['who was held to the end reads like everybody left', { held: true, isOver: true }, 'end not-reached'],
  ['whoever is left when the days are over', { isOver: true }, 'end not-reached'],
  ['a family whose children have all left hears nothing', { gone: true }, 'end not-reached'],
];

describe('the way of a safety notice to one person', () => {
  it.each(table)('%s', (_says, facts, expected) => {
    const next = nextArrival({ ...REACHED, ...facts });
    const said = next.kind === 'go' ? `go ${next.way}` : next.kind === 'end' ? `end ${next.reason}` : 'wait';
    expect(said).toBe(expected);
  });

  it('ends in no word that only families have who are held', () => {
    const held = nextArrival({ ...REACHED, held: true, isOver: true });
    const left = nextArrival({ ...REACHED, tried: ['chat', 'director'], isOver: true });
    expect(held).toEqual(left);
  });
});
