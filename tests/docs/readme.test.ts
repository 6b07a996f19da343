import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, projectText, ROOT } from './project-files.ts';

const manifest: { readonly scripts: Record<string, string>; readonly engines: { readonly node: string } } =
  JSON.parse(projectText('package.json'));
const pages = projectFiles().filter((file) => file.path.endsWith('.md'));
const FIRST_SCREEN_LINES = 40;

/** `npm start`, `npm test` and every `npm run X` in a text, without repeats. */
function scriptsNamedIn(text: string): readonly string[] {
  const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map((m) => m[1] ?? m[2] ?? '');
  return [...new Set(named)];
}

/** Links of a page to other files of the project. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/i.test(target));
}

describe('what the pages say', () => {
  it.each(pages)('$path names only commands that exist', ({ text }) => {
    expect(scriptsNamedIn(text).filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it.each(pages)('$path links only to files that exist', ({ path, text }) => {
    const broken = linksOf(text).filter(
      (target) => !existsSync(join(ROOT, dirname(path), decodeURI(target))),
    );
    expect(broken).toEqual([]);
  });

  it('the first screen of the README shows how to start and how to test', () => {
    const firstScreen = projectText('README.md').split('\n').slice(0, FIRST_SCREEN_LINES).join('\n');
    expect(firstScreen).toContain('npm start');
    expect(firstScreen).toContain('npm test');
  });

  it('the README, the setup and package.json ask for the same Node.js', () => {
    expect(manifest.engines.node).toMatch(/^>=20\.19\b/);
    expect(projectText('README.md')).toMatch(/Node(\.js)?\D{0,8}20\.19/);
    expect(projectText('server/setup.mjs')).toContain('20.19');
  });

  it('every command for people makes a fresh clone ready by itself', () => {
    const forPeople = [
      'start',
      'import',
      'policy',
      'wecom:check',
      'test',
      'test:browser',
      'test:faults',
      'bench',
      'understand',
      'check',
    ];
    for (const name of forPeople)
      expect(manifest.scripts[name], name).toMatch(/^node server\/setup\.mjs && /);
  });
});

describe('the decisions', () => {
  const decisions = pages.filter((page) => /^docs\/decisions\/\d{4}-.+\.md$/.test(page.path));

  it.each(decisions)('$path says its date, status, context, decision and consequences', ({ text }) => {
    expect(text).toMatch(/^# \S/);
    expect(text).toMatch(/^Date: (\d{4}-\d{2}-\d{2}|YYYY-MM-DD)$/m);
    expect(text).toMatch(/^Status: (accepted|proposed|superseded by \[)/m);
    for (const part of ['Context', 'Decision', 'Consequences']) expect(text).toContain(`\n## ${part}\n`);
  });

  it('no two decisions carry the same number', () => {
    const numbers = decisions.map((page) => page.path.slice('docs/decisions/'.length).slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(numbers.length).toBeGreaterThan(5);
  });
});
