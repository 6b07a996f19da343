/** What safety education is about (安全教育). A line is `safety.TOPIC-BAND-READER`, a director's `safety.TOPIC-director`. */
export const SAFETY_TOPICS = [
  'drowning',
  'flood',
  'typhoon',
  'traffic',
  'fire',
  'fireworks',
  'gas',
  'electric',
  'scald',
  'falls',
  'fraud',
  'internet',
  'bullying',
  'trafficking',
  'sexual-abuse',
  'mind',
] as const;
export type SafetyTopic = (typeof SAFETY_TOPICS)[number];

/** Years of age, both ends in the band. Our default: before school, primary school, and the years after. */
export const SAFETY_BANDS = [
  { id: 'b0', from: 0, until: 5 },
  { id: 'b6', from: 6, until: 11 },
  { id: 'b12', from: 12, until: 17 },
] as const;
export type SafetyBand = (typeof SAFETY_BANDS)[number]['id'];

/** The guardian far away, the carer at home, the director at the door. A director's line is for every age. */
export type SafetyReader = 'guardian' | 'carer' | 'director';

export type Occasion =
  'winter-break' | 'summer-break' | 'spring-festival' | 'term-start' | 'flood-season' | 'typhoon';

/**
 * The topics of an occasion, the weightiest first. Our default: no source puts them in order. Before a break stand all
 * the topics that the laws name (家庭教育促进法 第16条(5): traffic, internet, bullying, drowning, fraud, trafficking, sexual
 * abuse, the mind; 未成年人保护法 第18条: electric shock, scalds, falls) and those of the season.
 */
export const TOPICS_OF: Readonly<Record<Occasion, readonly SafetyTopic[]>> = {
  'winter-break': [
    ...(['traffic', 'fire', 'gas', 'fireworks', 'sexual-abuse', 'fraud', 'internet', 'trafficking'] as const),
    ...(['mind', 'bullying', 'scald', 'falls', 'electric', 'drowning'] as const),
  ],
  'summer-break': [
    ...(['drowning', 'traffic', 'sexual-abuse', 'internet', 'fraud', 'typhoon', 'flood'] as const),
    ...(['trafficking', 'mind', 'bullying', 'falls', 'electric', 'scald', 'fire', 'gas'] as const),
  ],
  'spring-festival': ['fireworks', 'traffic', 'fire', 'gas', 'scald', 'trafficking'],
  'term-start': ['bullying', 'mind', 'traffic', 'sexual-abuse', 'internet', 'fraud'],
  'flood-season': ['flood', 'drowning', 'electric'],
  typhoon: ['typhoon', 'flood', 'electric', 'drowning'],
};

/** Topics that make no sense for the smallest. */
const NOT_BEFORE_SCHOOL: ReadonlySet<SafetyTopic> = new Set(['fraud', 'internet', 'bullying']);

/** Which document names a topic; its words are `safety-source.ID`. `own` where only general knowledge stands behind it. */
const SOURCE_OF = {
  drowning: 'drowning-six',
  flood: 'own',
  typhoon: 'own',
  traffic: 'road-traffic-72',
  fire: 'own',
  fireworks: 'own',
  gas: 'own',
  electric: 'minors-18',
  scald: 'minors-18',
  falls: 'minors-18',
  fraud: 'family-education-16',
  internet: 'family-education-16',
  bullying: 'family-education-16',
  trafficking: 'family-education-16',
  'sexual-abuse': 'family-education-16',
  mind: 'family-education-16',
} as const satisfies Record<SafetyTopic, string>;
export type SafetySource = (typeof SOURCE_OF)[SafetyTopic];

export function sourceOf(topic: SafetyTopic): SafetySource {
  return SOURCE_OF[topic];
}

/**
 * The keys of the lines for these ages, most important first and at most `most` of them. A topic comes once for each band
 * that has it, the small children first; no line stands twice, however many children share a band.
 */
export function linesFor(
  occasion: Occasion,
  bands: readonly SafetyBand[],
  reader: SafetyReader,
  most: number,
): readonly string[] {
  return chosen(occasion, bands, reader, most).map(({ line }) => `safety.${line}`);
}

/** The documents that name the topics of these lines, each once, in their order; `own` for the rest. */
export function sourcesFor(
  occasion: Occasion,
  bands: readonly SafetyBand[],
  reader: SafetyReader,
  most: number,
): readonly SafetySource[] {
  return [...new Set(chosen(occasion, bands, reader, most).map(({ topic }) => sourceOf(topic)))];
}

function chosen(
  occasion: Occasion,
  bands: readonly SafetyBand[],
  reader: SafetyReader,
  most: number,
): readonly { readonly topic: SafetyTopic; readonly line: string }[] {
  return TOPICS_OF[occasion]
    .flatMap((topic) => linesOf(topic, bands, reader).map((line) => ({ topic, line })))
    .slice(0, most);
}

function linesOf(topic: SafetyTopic, bands: readonly SafetyBand[], reader: SafetyReader): readonly string[] {
  if (reader === 'director') return [`${topic}-director`];
  return SAFETY_BANDS.filter(({ id }) => bands.includes(id))
    .filter(({ id }) => id !== 'b0' || !NOT_BEFORE_SCHOOL.has(topic))
    .map(({ id }) => `${topic}-${id}-${reader}`);
}

/** Every line there is, without `safety.`. */
export const SAFETY_LINES: readonly string[] = SAFETY_TOPICS.flatMap((topic) =>
  (['guardian', 'carer', 'director'] as const).flatMap((reader) =>
    linesOf(
      topic,
      SAFETY_BANDS.map(({ id }) => id),
      reader,
    ),
  ),
);
