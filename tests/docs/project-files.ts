import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** What .gitignore leaves out, and what is no text of ours. */
const LEFT_OUT = new Set(['node_modules', '.git', '.setup-lock', 'data', 'coverage', 'generated', '.env']);
const LEFT_OUT_NAME = /\.log$|^import-report.*\.csv$/;

export interface ProjectFile {
  /** From the root of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every text file of the project under `folder`, as a clone holds it. */
export function projectFiles(folder = '.'): readonly ProjectFile[] {
  return pathsUnder(join(ROOT, folder))
    .map((path) => ({ path: relative(ROOT, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
    .filter((file) => !file.text.includes('\0'));
}

export function projectText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** `path:line: text` for every line that matches, so that a failing test says where to look. */
export function linesMatching(files: readonly ProjectFile[], pattern: RegExp): readonly string[] {
  return files.flatMap((file) =>
    file.text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  );
}

function pathsUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name) && !LEFT_OUT_NAME.test(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return pathsUnder(path);
      return entry.isFile() ? [path] : [];
    });
}
