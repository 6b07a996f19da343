import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { plain, say as said } from '../../../server/domain/say.ts';
import { loadWording, WordingError } from '../../../server/platform/wording.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A prompts folder with these files, `zh-CN/word.yaml` → text. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wording-'));
  folders.push(folder);
  for (const language of ['zh-CN', 'en']) mkdirSync(join(folder, language));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

/** The same lines in both languages. */
function both(lines: string): Readonly<Record<string, string>> {
  return { 'zh-CN/word.yaml': lines, 'en/word.yaml': lines };
}

function load(lines: string) {
  return loadWording(folderOf(both(lines)));
}

describe('a sentence is put into words', () => {
  const wording = loadWording();

  it.each([
    ['day', '2026-11-23', '11月23日(周一)', 'Mon 23 Nov'],
    ['day', '2028-02-29', '2月29日(周二)', 'Tue 29 Feb'],
    ['day', '2027-01-03', '1月3日(周日)', 'Sun 3 Jan'],
    ['longday', '2026-11-23', '2026年11月23日(周一)', 'Mon 23 Nov 2026'],
    ['date', '2026-11-01', '11月1日', '1 Nov'],
    ['day', '不清楚', '不清楚', '不清楚'],
    ['day', '2026-13-40', '2026-13-40', '2026-13-40'],
    ['time', '2026-11-23T01:05:00.000Z', '11月23日 09:05', '23 Nov 09:05'],
    ['time', '2026-12-31T16:00:00Z', '1月1日 00:00', '1 Jan 00:00'],
    ['time', '昨晚', '昨晚', '昨晚'],
    ['month', '11', '11月', 'November'],
    ['month', '0', '0月', '0'],
  ])('%s of %s reads %s and %s', (format, value, zh, en) => {
    const formats = load(`one: '<{{v, ${format}}}>'`);
    expect(formats.render('zh-CN', said('word.one', { v: value }))).toBe(`<${zh}>`);
    expect(formats.render('en', said('word.one', { v: value }))).toBe(`<${en}>`);
  });

  it('a list is lines, or one line where the sentence says so', () => {
    const lists = load("lines: '{{v}}'\nlist: '{{v, list}}'\nclauses: '{{v, clauses}}'");
    const v = [plain('奶奶'), plain('爷爷')];
    expect(lists.render('zh-CN', said('word.lines', { v }))).toBe('奶奶\n爷爷');
    expect(lists.render('zh-CN', said('word.list', { v }))).toBe('奶奶、爷爷');
    expect(lists.render('en', said('word.list', { v }))).toBe('奶奶, 爷爷');
    expect(lists.render('zh-CN', said('word.clauses', { v }))).toBe('奶奶；爷爷');
    expect(lists.render('en', said('word.clauses', { v }))).toBe('奶奶; 爷爷');
  });

  it('an empty line of a list leaves no gap', () => {
    const lists = load("lines: '{{v}}'\nlist: '<{{v, list}}>'");
    const v = [plain('奶奶'), plain(''), plain('爷爷')];
    expect(lists.render('zh-CN', said('word.lines', { v }))).toBe('奶奶\n爷爷');
    expect(lists.render('zh-CN', said('word.list', { v }))).toBe('<奶奶、爷爷>');
    expect(lists.render('zh-CN', said('word.list', { v: [plain('')] }))).toBe('<>');
  });

  it('sentences within sentences are put into words first, in the same language', () => {
    const kind = said('duty.visit');
    const duty = said('duty.of-period', { period: said('period.month', { year: 2026, month: 11 }), kind });
    expect(wording.render('zh-CN', said('effect.done', { duty }))).toBe('11月的走访完成了。');
    expect(wording.render('en', said('effect.done', { duty }))).toBe('Done: visit for November.');
  });

  it('a line that would hold only an empty value is not there, and no gap is left', () => {
    const vars = { child: '小明', on: '2026-11-23', mode: said('mode.home') };
    expect(wording.render('zh-CN', said('record.saved', { ...vars, effects: [] }))).toBe(
      '已保存：小明，11月23日(周一)，入户。\n5分钟内可以撤回。',
    );
    const lines = load('a: "头{{x}}\\n\\n{{v}}\\n\\n  {{x}} {{v}}\\n\\n\\n\\n尾\\n{{v}}"');
    expect(lines.render('zh-CN', said('word.a', { v: [], x: '' }))).toBe('头\n\n尾');
  });

  it('one and many differ in English, and none where a sentence has words for it', () => {
    const heading = (count: number) => wording.render('en', said('todo.heading', { count }));
    expect([heading(1), heading(3)]).toEqual(['1 child is waiting:', '3 children are waiting:']);
    const silent = [said('digest.silent-no-phone', { director: '李主任' })];
    const none = wording.render('zh-CN', said('digest.supervisor', { count: 0, lines: [], silent }));
    expect(none.split('\n')[0]).toBe('今天有事请您看看');
  });

  it('a word for a relative is translated, any other word stays as it was said', () => {
    const met = (who: string) => wording.render('en', said('met.word', { who }));
    expect([met('奶奶'), met('隔壁的阿嬷'), met('word')]).toEqual(['grandmother', '隔壁的阿嬷', 'word']);
  });

  it('a value that was not given is a visible gap, and the rest of the sentence is still said', () => {
    expect(wording.render('zh-CN', said('page.first', { number: 'R-2026-000123' }))).toBe(
      '紧急报告R-2026-000123，请按“收到”。\n…',
    );
    expect(wording.render('en', said('todo.heading'))).toBe('… children are waiting:');
  });

  it('an unknown key is an error, and so is a sentence that never ends', () => {
    expect(() => wording.render('zh-CN', said('record.nothing-like-this'))).toThrow(WordingError);
    expect(() => wording.render('en', said('toString'))).toThrow(WordingError);
    let deep = plain('x');
    for (let i = 0; i < 20; i += 1) deep = said('duty.of-period', { period: deep, kind: '走访' });
    expect(() => wording.render('zh-CN', deep)).toThrow(WordingError);
  });

  it('tells what it can say', () => {
    expect(['plain', 'record.saved', 'todo.heading'].filter((key) => wording.has(key))).toHaveLength(3);
    expect(['record', 'todo.heading_one', 'toString', ''].filter((key) => wording.has(key))).toEqual([]);
  });
});

describe('what a person wrote is never read as a sentence of ours', () => {
  const wording = loadWording();
  const card = (note: string) => wording.render('zh-CN', said('record.card-note', { note }));

  it.each([
    '{{x}}',
    '{{note}}',
    '{{- note}}',
    '$t(menu.todo)',
    '$t(menu.todo, {"count": 2})',
    '}}{{',
    '<b>&',
    '$&$1',
  ])('%s stays literal in a note', (note) => {
    expect(card(note)).toBe(`情况：${note}`);
  });

  it('names, quoted words and lists stay literal as well, also deeper down', () => {
    const bad = '{{lines}}$t(menu.todo){{- count}}';
    const dues = [plain(bad), said('duty.of-period', { period: bad, kind: bad })];
    const line = said('todo.line', { name: bad, village: bad, dues });
    const text = wording.render(
      'zh-CN',
      said('digest.director', { count: 1, lines: [line], late: [], route: [] }),
    );
    expect(text).toBe(`今天有1件事\n${bad}（${bad}）：${bad}；${bad}的${bad}`);
  });

  it('any text at all stands in the card as it was written', () => {
    const text = fc.string({
      unit: fc.constantFrom('{{', '}}', '$t(', ')', 'note', ',', '-', 'x', '小', '"', '\\', ' '),
    });
    fc.assert(
      fc.property(text, (note) => {
        expect(card(note)).toBe(`情况：${note}`.trim());
      }),
    );
  });

  it('a zero byte in a text neither shows nor hides a line', () => {
    expect(card('\0')).toBe('情况：');
    expect(card('a\0b')).toBe('情况：ab');
    expect(wording.render('zh-CN', plain('a\0b'))).toBe('ab');
  });
});

describe('sentences are checked before the first one is said', () => {
  const good = 'a: 你好\n';
  const refused: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    [
      'a sentence missing in English',
      { 'zh-CN/word.yaml': good, 'en/word.yaml': 'b: x' },
      /zh-CN\/word\.yaml: a: missing in en/,
    ],
    [
      'a file missing in Chinese',
      { ...both(good), 'en/more.yaml': good },
      /en\/more\.yaml: a: missing in zh-CN/,
    ],
    [
      'another value in English',
      { 'zh-CN/word.yaml': "a: '{{x}}'", 'en/word.yaml': "a: '{{y}}'" },
      /word\.yaml: a: takes \{x\}/,
    ],
    ['a number', both('a: 5'), /word\.yaml: a: not a sentence/],
    ['a bare yes', both('a: true'), /a: not a sentence/],
    ['sentences within a sentence', both('a:\n  b: x'), /a: not a sentence/],
    ['nothing', both("a: ' '"), /a: empty/],
    ['2,001 bytes', both(`a: ${'长'.repeat(667)}`), /a: longer than 2000 bytes/],
    ['a sentence that names another', both('a: $t(word.b)'), /a: sentences cannot name each other/],
    ['an open placeholder', both("a: '{{x'"), /a: a placeholder looks like/],
    ['an unknown format', both("a: '{{x, dya}}'"), /a: there is no format "dya"/],
    ['a name in capitals', both('Aa: x'), /Aa: a name has small letters/],
    ['the same name twice', both('a: x\na: y'), /word\.yaml: not readable as YAML/],
    ['a list', both('- x'), /word\.yaml: expected lines/],
    [
      'one without many',
      { 'zh-CN/word.yaml': good, 'en/word.yaml': 'a_one: x' },
      /en\/word\.yaml: a: has plural forms but no _other/,
    ],
    [
      'a file with a strange name',
      { ...both(good), 'en/More Words.yaml': good },
      /en\/More Words\.yaml: a file is named/,
    ],
    ['no sentences at all', {}, /zh-CN: there are no sentences/],
  ];

  it.each(refused)('%s is refused by file and name', (_what, files, message) => {
    expect(() => loadWording(folderOf(files))).toThrow(WordingError);
    expect(() => loadWording(folderOf(files))).toThrow(message);
  });

  it('a folder that is not there is refused without its path', () => {
    expect(() => loadWording(join(tmpdir(), 'no-such-prompts'))).toThrow('zh-CN: the folder cannot be read');
  });

  it('2,000 bytes are taken', () => {
    expect(load(`a: ${'长'.repeat(666)}ab`).has('word.a')).toBe(true);
  });
});
