import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFiles } from './project-files.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/** Languages count differently: English keeps `visits_one` and `visits_other` where Chinese has one form. */
const PLURAL_ENDING = /_(zero|one|two|few|many|other)$/;

function sentencesIn(value: unknown, key: string): readonly (readonly [key: string, sentence: string])[] {
  if (typeof value !== 'object' || value === null) return [[key, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) =>
    sentencesIn(inner, key === '' ? name : `${key}.${name}`),
  );
}

function load(language: Language): readonly (readonly [key: string, sentence: string])[] {
  const folder = `prompts/${language}`;
  return projectFiles(folder).flatMap((file) => {
    const name = file.path.slice(folder.length + 1);
    return sentencesIn(/\.ya?ml$/.test(name) ? parse(file.text) : file.text, name);
  });
}

function placeholdersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? '');
}

/** Key without plural ending → its placeholders over all plural forms. */
function shapeOf(language: Language): Readonly<Record<string, readonly string[]>> {
  const shape: Record<string, readonly string[]> = {};
  for (const [key, sentence] of load(language)) {
    const base = key.replace(PLURAL_ENDING, '');
    shape[base] = [...new Set([...(shape[base] ?? []), ...placeholdersOf(sentence)])].sort();
  }
  return shape;
}

describe('the sentences of the bot', () => {
  it.each(LANGUAGES)('%s has sentences, and none of them is empty', (language) => {
    const sentences = load(language);
    expect(sentences.length).toBeGreaterThan(20);
    expect(sentences.filter(([, sentence]) => ['', 'null'].includes(sentence.trim()))).toEqual([]);
  });

  it('both languages have the same sentences', () => {
    expect(Object.keys(shapeOf('en')).sort()).toEqual(Object.keys(shapeOf('zh-CN')).sort());
  });

  it('a sentence takes the same facts in both languages', () => {
    expect(shapeOf('en')).toEqual(shapeOf('zh-CN'));
  });

  it('every placeholder is closed', () => {
    const open = LANGUAGES.flatMap(load).filter(
      ([, sentence]) => sentence.split('{{').length !== placeholdersOf(sentence).length + 1,
    );
    expect(open).toEqual([]);
  });

  it('nobody is shouted at in Chinese', () => {
    expect(load('zh-CN').filter(([, sentence]) => /[!！]/.test(sentence))).toEqual([]);
  });
});
