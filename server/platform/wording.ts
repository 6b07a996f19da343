import { join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import { fixedIn } from './wording-fixed.ts';
import { FORMATS, LANGUAGES, type Language } from './wording-formats.ts';
import { baseKey, LOOKED_UP, readSentences, WordingError, type Sentences } from './wording-sentences.ts';

export { WordingError } from './wording-sentences.ts';

/** Something to say: the shape of the domain's Say, told anew because this ground knows nothing of the domain. */
export interface Sayable {
  readonly key: string;
  readonly vars?: Readonly<Record<string, SayableValue>>;
}
export type SayableValue = string | number | Sayable | readonly Sayable[];

/** Every sentence in every language. */
export interface Wording {
  /**
   * The text of a Say. Values stand as they are: nothing in them is ever read as a placeholder. A value that is a Say is
   * put into words first; a list of them becomes lines. A line that holds only empty values is left out; a value that
   * was not given shows as … . Throws WordingError for an unknown key and for Says nested deeper than any sentence is.
   */
  render(language: Language, say: Sayable): string;
  /** Whether this key can be said. */
  has(key: string): boolean;
  /**
   * Whether a line stands in a sentence with nothing filled in but case numbers, days, instants, counts, other such lines and
   * what is named in `known`: then it tells of nobody else.
   */
  isFixed(line: string, known?: readonly string[]): boolean;
}

const PROMPTS = join(import.meta.dirname, '../../prompts');
const DEPTH_LIMIT = 8;
const NOT_GIVEN = '…';
/** The count of a sentence that was given none: its general form. */
const MANY = 2;
/** Stands where a value is empty, until the lines that hold nothing else are dropped. No text from outside holds it. */
const EMPTY = '\0';

let own: Wording | null = null;

/**
 * Reads the sentences under `folder` (zh-CN/*.yaml and en/*.yaml) and checks them; throws WordingError. The program's own
 * are read once in a process.
 */
export function loadWording(folder?: string): Wording {
  if (folder !== undefined) return wordingOf(folder);
  own ??= wordingOf(PROMPTS);
  return own;
}

function wordingOf(folder: string): Wording {
  const sentences = readSentences(folder);
  const translator = translatorOf(sentences);
  const keys = new Set(['plain', ...[...sentences['zh-CN'].keys()].map(baseKey)]);
  // Only some sentences have forms for one and for many; to the others a count is a number like any other.
  const counted = new Set(
    LANGUAGES.flatMap((language) => [...sentences[language].keys()])
      .filter((key) => baseKey(key) !== key)
      .map(baseKey),
  );
  const render = (language: Language, say: Sayable, depth: number): string => {
    if (depth > DEPTH_LIMIT) throw new WordingError(`"${say.key}" lies too deep in another sentence`);
    if (say.key === 'plain') return textOf(say.vars?.text);
    if (!keys.has(say.key)) throw new WordingError(`there is no sentence "${say.key}"`);
    const values: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(say.vars ?? {}))
      values[name] = wordsOf(value, (inner) => render(language, inner, depth + 1));
    const count = counted.has(say.key) ? countIn(say) : {};
    return withoutGaps(translator.t(say.key, { lng: language, replace: values, nest: false, ...count }));
  };
  const isFixed = fixedIn(LANGUAGES.flatMap((language) => [...sentences[language].values()]));
  return {
    render: (language, say) => render(language, say, 1),
    has: (key) => keys.has(key),
    isFixed,
  };
}

function countIn({ vars }: Sayable): { readonly count: number } {
  const count = vars?.count;
  return { count: typeof count === 'number' ? count : MANY };
}

/** A value as the translator takes it. A list stays one, for `list`, and writes itself as lines where no format is given. */
function wordsOf(value: SayableValue, render: (say: Sayable) => string): unknown {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return filled(value);
  if (!('key' in value)) {
    const items = value.map(render).filter((item) => item !== '');
    if (items.length === 0) return EMPTY;
    return Object.assign(items, { toString: () => items.join('\n') });
  }
  return filled(render(value));
}

/** The text of a `plain`: a name or quoted words, exactly as they are. */
function textOf(text: SayableValue | undefined): string {
  return typeof text === 'string' || typeof text === 'number' ? String(text).replaceAll(EMPTY, '') : '';
}

function filled(text: string): string {
  const clean = text.replaceAll(EMPTY, '');
  return clean === '' ? EMPTY : clean;
}

/** Without the lines in which every value was empty, and without more than one blank line in a row. */
function withoutGaps(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => !line.includes(EMPTY) || line.replaceAll(EMPTY, '').trim() !== '');
  return lines
    .join('\n')
    .replaceAll(EMPTY, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function translatorOf(sentences: Readonly<Record<Language, Sentences>>): i18n {
  const translator = createInstance();
  void translator.init({
    initAsync: false,
    lng: LANGUAGES[0],
    fallbackLng: false,
    supportedLngs: [...LANGUAGES],
    load: 'currentOnly',
    keySeparator: false,
    nsSeparator: false,
    resources: Object.fromEntries(
      LANGUAGES.map((language) => [language, { translation: Object.fromEntries(sentences[language]) }]),
    ),
    missingInterpolationHandler: () => NOT_GIVEN,
    interpolation: { escapeValue: false, skipOnVariables: true },
  });
  for (const [name, format] of Object.entries(FORMATS))
    translator.services.formatter?.add(name, (value, language) => format(value, languageOf(language)));
  translator.services.formatter?.add(LOOKED_UP, (value: unknown, language) => {
    const word = String(value);
    return sentences[languageOf(language)].get(`${LOOKED_UP}.${word}`) ?? word;
  });
  return translator;
}

function languageOf(language: string | undefined): Language {
  return LANGUAGES.find((known) => known === language) ?? 'zh-CN';
}
