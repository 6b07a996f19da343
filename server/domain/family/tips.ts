/** Years of age, both ends in the band. Our default: from one step of growing up and of school to the next. */
export const AGE_BANDS = [
  { id: 'b00', from: 0, until: 2 },
  { id: 'b03', from: 3, until: 5 },
  { id: 'b06', from: 6, until: 8 },
  { id: 'b09', from: 9, until: 11 },
  { id: 'b12', from: 12, until: 14 },
  { id: 'b15', from: 15, until: 17 },
] as const;

/** What a tip is about. `grandparents` is said to the grandparent at home, `away` to the parent who works far away. */
export const SITUATIONS = [
  'grandparents',
  'away',
  'disability',
  'school',
  'screen',
  'feelings',
  'daily',
] as const;

/** One thing to do today (家庭教育小知识). Its sentence is `tip.ID`. */
export interface Tip {
  readonly id: string;
  readonly band: (typeof AGE_BANDS)[number]['id'];
  readonly situation: (typeof SITUATIONS)[number];
}

/** So many tips stand for each band and situation. */
const NUMBERS = ['1', '2', '3'] as const;

export const TIPS: readonly Tip[] = AGE_BANDS.flatMap(({ id: band }) =>
  SITUATIONS.flatMap((situation) =>
    NUMBERS.map((number) => ({ id: `${band}-${situation}-${number}`, band, situation })),
  ),
);
