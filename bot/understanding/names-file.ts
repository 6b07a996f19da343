import type { NamedChild } from './name-index.ts';

const HEADER = /^(?:姓名|儿童姓名|名字|name)$/i;
const NICKNAME_HEADER = /^(?:小名|昵称|乳名|nickname)$/i;

/**
 * Reads a list of children, one a line: 姓名, or 姓名 and 小名 parted by a comma, tab or blank; or a table whose first
 * line names the columns 姓名 and 小名. Ids are the line numbers, so two children of one name stay two.
 */
export function readNamesFile(text: string): readonly NamedChild[] {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map(cellsOf);
  const header = rows.find((row) => row.some((cell) => cell !== ''));
  const nameAt = header?.findIndex((cell) => HEADER.test(cell)) ?? -1;
  const nicknameAt = nameAt < 0 ? 1 : (header?.findIndex((cell) => NICKNAME_HEADER.test(cell)) ?? -1);
  return rows.flatMap((row, i) => {
    const name = row[Math.max(nameAt, 0)] ?? '';
    if (name === '' || (nameAt >= 0 && row === header)) return [];
    return [
      { id: `line-${i + 1}`, name, nickname: row[nicknameAt] === '' ? null : (row[nicknameAt] ?? null) },
    ];
  });
}

function cellsOf(line: string): readonly string[] {
  const separator = /[,\uFF0C\u3001\t]/.test(line) ? /[,\uFF0C\u3001\t]/ : /[ \u3000]+/;
  return line
    .trim()
    .split(separator)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );
}
