import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FORMATS, LANGUAGES, type Language } from './wording-formats.ts';

/** A sentence that cannot be used, named by file and key, so that whoever wrote it finds it. */
export class WordingError extends Error {
  override readonly name = 'WordingError';
}

/** `topic.name` → sentence. Plural forms keep their ending: `todo.heading_one`. */
export type Sentences = ReadonlyMap<string, string>;

/** Longest sentence in bytes before its values: WeCom cuts a text silently at 2,048. */
export const SENTENCE_BYTES = 2000;

/** Looks words up in kin.yaml. It needs the sentences themselves, so it lives with them. */
export const LOOKED_UP = 'kin';

const PLURAL = /_(?:zero|one|two|few|many|other)$/;
const NAME = /^[\p{Script=Han}a-z0-9]+(?:-[\p{Script=Han}a-z0-9]+)*$/u;
const PLACEHOLDER = /\{\{\s*([a-zA-Z]+)\s*(?:,\s*([a-z]+)\s*)?\}\}/g;

/** A key without its plural ending: what code says. */
export function baseKey(key: string): string {
  return key.replace(PLURAL, '');
}

/** Reads and checks every sentence of both languages under `folder`. Throws WordingError at the first fault. */
export function readSentences(folder: string): Readonly<Record<Language, Sentences>> {
  const read = (language: Language): Sentences => readLanguage(folder, language);
  const sentences = { 'zh-CN': read('zh-CN'), en: read('en') };
  for (const language of LANGUAGES) {
    const other = LANGUAGES.find((l) => l !== language) ?? language;
    for (const key of sentences[language].keys()) checkTwin(key, sentences, language, other);
  }
  return sentences;
}

function readLanguage(folder: string, language: Language): Sentences {
  const files = filesOf(join(folder, language), language);
  const entries = files.flatMap((file) => sentencesOf(join(folder, language, file), `${language}/${file}`));
  if (entries.length === 0) throw new WordingError(`${language}: there are no sentences`);
  return new Map(entries);
}

function filesOf(path: string, language: Language): readonly string[] {
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch {
    throw new WordingError(`${language}: the folder cannot be read`);
  }
}

function sentencesOf(path: string, file: string): (readonly [string, string])[] {
  const topic = file.slice(file.indexOf('/') + 1, -'.yaml'.length);
  if (!NAME.test(topic))
    throw new WordingError(`${file}: a file is named by its topic, like open-report.yaml`);
  const content = parsed(path, file);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new WordingError(`${file}: expected lines of "name: sentence"`);
  return Object.entries(content).map(([name, sentence]) => {
    checkSentence(`${file}: ${name}`, name, sentence);
    return [`${topic}.${name}`, sentence];
  });
}

function parsed(path: string, file: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : '').split('\n');
    throw new WordingError(`${file}: not readable as YAML: ${reason}`);
  }
}

function checkSentence(where: string, name: string, sentence: unknown): asserts sentence is string {
  const refuse = (why: string): never => {
    throw new WordingError(`${where}: ${why}`);
  };
  if (!NAME.test(baseKey(name))) refuse('a name has small letters, digits and hyphens');
  if (typeof sentence !== 'string') return refuse('not a sentence; put quotes around it');
  if (sentence.trim() === '') refuse('empty');
  if (Buffer.byteLength(sentence) > SENTENCE_BYTES) refuse(`longer than ${String(SENTENCE_BYTES)} bytes`);
  if (sentence.includes('$t(')) refuse('sentences cannot name each other; use a placeholder');
  if (/\{\{|\}\}/.test(sentence.replaceAll(PLACEHOLDER, '')))
    refuse('a placeholder looks like {{name}} or {{on, day}}');
  for (const [, , format] of sentence.matchAll(PLACEHOLDER))
    if (format !== undefined && format !== LOOKED_UP && !Object.hasOwn(FORMATS, format))
      refuse(`there is no format "${format}"`);
}

/** The same sentence in the other language: it must exist there and take the same values. */
function checkTwin(
  key: string,
  all: Readonly<Record<Language, Sentences>>,
  language: Language,
  other: Language,
): void {
  const base = baseKey(key);
  const where = `${language}/${base.slice(0, base.indexOf('.'))}.yaml: ${base.slice(base.indexOf('.') + 1)}`;
  const twin = valuesOf(base, all[other]);
  if (twin === null) throw new WordingError(`${where}: missing in ${other}`);
  const own = valuesOf(base, all[language]) ?? [];
  if (own.join() !== twin.join())
    throw new WordingError(`${where}: takes {${own.join(', ')}}, but {${twin.join(', ')}} in ${other}`);
  if (!all[language].has(base) && !all[language].has(`${base}_other`))
    throw new WordingError(`${where}: has plural forms but no _other`);
}

/** The values a sentence takes over all its plural forms, sorted; null where there is no such sentence. */
export function valuesOf(base: string, sentences: Sentences): readonly string[] | null {
  const forms = ['', '_zero', '_one', '_two', '_few', '_many', '_other'].flatMap(
    (ending) => sentences.get(`${base}${ending}`) ?? [],
  );
  if (forms.length === 0) return null;
  const names = forms.flatMap((form) => [...form.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''));
  return [...new Set(names)].sort();
}
