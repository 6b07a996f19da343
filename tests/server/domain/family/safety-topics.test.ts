import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linesFor,
  SAFETY_BANDS,
  SAFETY_LINES,
  SAFETY_TOPICS,
  sourceOf,
  TOPICS_OF,
  type Occasion,
} from '../../../../server/domain/family/safety-topics.ts';

const OCCASIONS = Object.keys(TOPICS_OF) as Occasion[];
const BY_LAW = ['traffic', 'internet', 'bullying', 'drowning', 'fraud', 'trafficking', 'sexual-abuse'];
const BY_MINORS_LAW = ['electric', 'scald', 'falls'];

const anyOccasion = fc.constantFrom(...OCCASIONS);
const anyBands = fc.array(fc.constantFrom(...SAFETY_BANDS.map(({ id }) => id)), { maxLength: 5 });
const anyReader = fc.constantFrom('guardian' as const, 'carer' as const, 'director' as const);

describe('the topics of an occasion', () => {
  it.each(['winter-break', 'summer-break'] as const)(
    'before the %s are all that the laws name',
    (occasion) => {
      for (const topic of [...BY_LAW, ...BY_MINORS_LAW]) expect(TOPICS_OF[occasion]).toContain(topic);
    },
  );

  it('each stands once, and every topic has its occasion', () => {
    for (const occasion of OCCASIONS)
      expect(new Set(TOPICS_OF[occasion]).size, occasion).toBe(TOPICS_OF[occasion].length);
    expect(new Set(OCCASIONS.flatMap((occasion) => TOPICS_OF[occasion]))).toEqual(new Set(SAFETY_TOPICS));
  });

  it.each([
    ['summer-break', 'drowning'],
    ['winter-break', 'traffic'],
    ['spring-festival', 'fireworks'],
    ['term-start', 'bullying'],
    ['flood-season', 'flood'],
    ['typhoon', 'typhoon'],
  ] as const)('%s begins with %s', (occasion, topic) => {
    expect(TOPICS_OF[occasion][0]).toBe(topic);
  });

  it('no flood and no typhoon is spoken of in winter, no fireworks in summer', () => {
    expect(TOPICS_OF['winter-break'].filter((topic) => ['flood', 'typhoon'].includes(topic))).toEqual([]);
    expect(TOPICS_OF['summer-break']).not.toContain('fireworks');
  });
});

describe('the source of a topic', () => {
  it.each([
    ['drowning', 'drowning-six'],
    ['traffic', 'road-traffic-72'],
    ['bullying', 'family-education-16'],
    ['scald', 'minors-18'],
    ['gas', 'own'],
  ] as const)('of %s is %s', (topic, source) => {
    expect(sourceOf(topic)).toBe(source);
  });
});

describe('the lines for a family', () => {
  it('are the weightiest of the occasion, for the age of the child', () => {
    expect(linesFor('summer-break', ['b6'], 'guardian', 3)).toEqual([
      'safety.drowning-b6-guardian',
      'safety.traffic-b6-guardian',
      'safety.sexual-abuse-b6-guardian',
    ]);
  });

  it('of two children of one age stand once, of two ages side by side, the smaller child first', () => {
    expect(linesFor('flood-season', ['b12', 'b0', 'b12'], 'carer', 4)).toEqual([
      'safety.flood-b0-carer',
      'safety.flood-b12-carer',
      'safety.drowning-b0-carer',
      'safety.drowning-b12-carer',
    ]);
  });

  it('of a small child leave out what is for bigger ones', () => {
    expect(linesFor('term-start', ['b0'], 'guardian', 9)).toEqual([
      'safety.mind-b0-guardian',
      'safety.traffic-b0-guardian',
      'safety.sexual-abuse-b0-guardian',
    ]);
  });

  it('for a director are one for each topic, whatever the ages in the village', () => {
    expect(linesFor('spring-festival', ['b0', 'b12'], 'director', 2)).toEqual([
      'safety.fireworks-director',
      'safety.traffic-director',
    ]);
    expect(linesFor('spring-festival', [], 'director', 2)).toHaveLength(2);
  });

  it('are none for a family without a child', () => {
    expect(linesFor('summer-break', [], 'carer', 5)).toEqual([]);
  });

  it('are never more than asked for, never twice the same, and always among those that are written', () => {
    fc.assert(
      fc.property(anyOccasion, anyBands, anyReader, fc.nat(40), (occasion, bands, reader, most) => {
        const lines = linesFor(occasion, bands, reader, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        expect(new Set(lines).size).toBe(lines.length);
        expect(lines.filter((key) => !SAFETY_LINES.includes(key.replace('safety.', '')))).toEqual([]);
      }),
    );
  });
});
