import { describe, expect, it } from 'vitest';
import { SETTING_NAMES, settingsFrom } from '../../server/config.ts';
import { linesMatching, projectFiles, projectText } from './project-files.ts';

const example = projectText('.env.example');

/** Settings of `.env.example`, set or commented out, as [name, value, set]. */
const lines = [...example.matchAll(/^(# ?)?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map((match) => ({
  name: match[2] ?? '',
  value: (match[3] ?? '').replace(/\s+#.*$/, '').trim(),
  set: match[1] === undefined,
}));

describe('settings', () => {
  it('.env.example and server/config.ts name the same settings', () => {
    expect(lines.map((line) => line.name).sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('a copy of .env.example is accepted as it is', () => {
    const environment = Object.fromEntries(
      lines.filter((line) => line.set).map((line) => [line.name, line.value]),
    );
    expect(() => settingsFrom(environment)).not.toThrow();
  });

  it('.env.example holds no key and no token', () => {
    const secrets = lines.filter((line) => /KEY|TOKEN|SECRET/.test(line.name) && line.value !== '');
    expect(secrets).toEqual([]);
  });

  it('only server/config.ts reads the environment', () => {
    // These two run before anything is installed or generated, so there is nothing that could hand them a setting.
    const beforeEverything = ['server/setup.mjs', 'prisma/generate.mjs'];
    const source = projectFiles().filter(
      (file) =>
        /^(bot|server|prisma)\/.+\.(ts|js|mjs)$|^[^/]+\.ts$/.test(file.path) &&
        !beforeEverything.includes(file.path),
    );
    const readers = linesMatching(
      source,
      /\bprocess\s*\.\s*env\b|\bprocess\[|import\b.*['"](node:)?process['"]/,
    );
    expect(readers.filter((line) => !line.startsWith('server/config.ts:'))).toEqual([]);
    expect(readers).not.toEqual([]);
  });
});
