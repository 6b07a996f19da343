import type { LocalDate } from '../local-date.ts';

/** One thing to look at on a visit: for children of these ages (both ends in it), on these days of the year (MM-DD). */
interface Topic {
  /** The key of its sentence in `prompts/…/look-for.yaml`, which names the source. */
  readonly key: string;
  readonly ages: readonly [number, number];
  readonly days?: readonly (readonly [string, string])[];
}

/**
 * The year's round of safety (our default): April to October drowning, flood and typhoon; winter fire and gas; fireworks
 * around the Spring Festival; before a break who is at home; at the start of term bullying and mind. The months stand in
 * for the terms of the schools, which differ by city. The last lines belong to an age and to any season.
 */
export const TOPICS: readonly Topic[] = [
  { key: 'water-small', ages: [0, 6], days: [['04-01', '10-31']] },
  { key: 'water', ages: [7, 12], days: [['04-01', '10-31']] },
  { key: 'water-big', ages: [13, 17], days: [['04-01', '10-31']] },
  { key: 'storm', ages: [0, 17], days: [['04-01', '10-31']] },
  {
    key: 'winter-small',
    ages: [0, 6],
    days: [
      ['11-01', '12-31'],
      ['01-01', '03-31'],
    ],
  },
  {
    key: 'winter',
    ages: [7, 17],
    days: [
      ['11-01', '12-31'],
      ['01-01', '03-31'],
    ],
  },
  { key: 'fireworks', ages: [4, 17], days: [['01-10', '02-29']] },
  {
    key: 'break',
    ages: [4, 17],
    days: [
      ['01-05', '01-31'],
      ['06-15', '07-10'],
    ],
  },
  {
    key: 'term',
    ages: [6, 17],
    days: [
      ['02-15', '03-15'],
      ['08-25', '09-30'],
    ],
  },
  { key: 'age-0', ages: [0, 3] },
  { key: 'age-4', ages: [4, 6] },
  { key: 'age-7', ages: [7, 9] },
  { key: 'age-10', ages: [10, 12] },
  { key: 'age-13', ages: [13, 15] },
  { key: 'age-16', ages: [16, 17] },
];

/** What to look for with a child of this age on this day: keys of sentences, the season's first. */
export function lookFor(ageYears: number, on: LocalDate): readonly string[] {
  const day = on.slice(5);
  return TOPICS.filter(
    ({ ages: [from, until], days }) =>
      ageYears >= from &&
      ageYears <= until &&
      (days === undefined || days.some(([first, last]) => day >= first && day <= last)),
  ).map(({ key }) => `look-for.${key}`);
}
