import { describe, expect, it } from 'vitest';
import { linesMatching, projectFiles, projectText } from './project-files.ts';

const files = projectFiles();
const LOCK_FILE = 'package-lock.json';
const written = files.filter((file) => file.path !== LOCK_FILE);

// Put together from pieces, so that this file does not hold what it looks for.
const FOLDERS = ['work', 'root', 'home', 'Users'];
const REGISTRIES = ['registry', 'npmmirror', 'verdaccio', 'artifactory', 'jfrog'];
const ADVERTISERS = [['凯', '发'].join(''), ['k', 's8'].join('')];

const MACHINE_PATH = new RegExp(`(^|[\\s"'\`(=:,])/(${FOLDERS.join('|')})(?=[/\\s"'\`),;:]|$)`);
const REGISTRY = new RegExp(`\\b(${REGISTRIES.join('|')})\\.[a-z]`, 'i');
const ADVERTISING = new RegExp(ADVERTISERS.join('|'), 'i');

describe('a clone holds nothing of the machine it was made on', () => {
  it('the look-out sees what it looks for', () => {
    const refused = (text: string, pattern: RegExp) => linesMatching([{ path: 'x', text }], pattern).length;
    for (const folder of FOLDERS) expect(refused(`see "/${folder}/notes"`, MACHINE_PATH), folder).toBe(1);
    for (const host of REGISTRIES) expect(refused(`from https://${host}.example/x`, REGISTRY), host).toBe(1);
    for (const words of ADVERTISERS) expect(refused(`更多${words}消息`, ADVERTISING)).toBe(1);
    expect(files.length).toBeGreaterThan(30);
  });

  it('no file names a folder of a machine', () => {
    expect(linesMatching(written, MACHINE_PATH)).toEqual([]);
  });

  it('no file names a package registry', () => {
    expect(linesMatching(files, REGISTRY)).toEqual([]);
  });

  it('the lock file says what is installed, not from where', () => {
    const lock: { readonly packages: Record<string, { readonly resolved?: string }> } = JSON.parse(
      projectText(LOCK_FILE),
    );
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  });

  it('no advertising came along with the sources', () => {
    expect(linesMatching(written, ADVERTISING)).toEqual([]);
  });
});
