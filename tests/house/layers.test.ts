import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Each rule with a file that must be refused by it, and what that file says. */
const OFFENDERS: readonly (readonly [rule: string, file: string, source: string])[] = [
  ['domain-sees-nothing', 'server/domain/bad-clock.ts', `import '../platform/clock.ts';`],
  ['domain-sees-nothing', 'server/domain/bad-node.ts', `import 'node:fs';`],
  [
    'domain-sees-nothing',
    'server/domain/bad-type.ts',
    `import type { Port } from '../services/port.ts'; export type A = Port;`,
  ],
  ['domain-sees-nothing', 'server/domain/bad-package.ts', `import 'pinyin-pro';`],
  ['dialog-sees-domain-only', 'bot/dialog/bad-flow.ts', `import '../flows/visit.ts';`],
  ['dialog-sees-domain-only', 'bot/dialog/bad-node.ts', `import 'node:crypto';`],
  ['understanding-sees-domain-only', 'bot/understanding/bad-dialog.ts', `import '../dialog/engine.ts';`],
  [
    'flows-see-dialog-understanding-domain',
    'bot/flows/bad-service.ts',
    `import '../../server/services/record-visit.ts';`,
  ],
  [
    'services-see-domain-and-ports',
    'server/services/bad-platform.ts',
    `import { now } from '../platform/clock.ts'; export const a = now;`,
  ],
  [
    'services-know-no-implementation',
    'server/services/bad-store.ts',
    `import type { Store } from '../store/store.ts'; export type A = Store;`,
  ],
  ['jobs-know-no-door', 'server/jobs/bad-channel.ts', `import '../../bot/channels/wecom/channel.ts';`],
  ['platform-knows-nobody', 'server/platform/bad-service.ts', `import '../services/port.ts';`],
  ['channels-know-no-conversation', 'bot/channels/wecom/bad-dialog.ts', `import '../../dialog/engine.ts';`],
  ['channels-know-no-sibling', 'bot/channels/wecom/bad-sibling.ts', `import '../telegram/channel.ts';`],
  ['database-only-in-store', 'server/jobs/bad-prisma.ts', `import '@prisma/client';`],
  ['database-only-in-store', 'server/http/bad-sqlite.ts', `import 'better-sqlite3';`],
  [
    'database-only-in-store',
    'server/jobs/bad-pg.ts',
    `import type { Pool } from 'pg'; export type A = Pool;`,
  ],
  ['web-server-only-at-the-door', 'server/jobs/bad-fastify.ts', `import 'fastify';`],
  ['only-main-builds-stores', 'server/http/bad-store.ts', `import '../store/store.ts';`],
  [
    'tables-by-type-only',
    'server/http/bad-tables.ts',
    `import { TABLES } from '../store/generated/tables.ts'; export const a = TABLES;`,
  ],
  ['roster-sees-domain-and-ports', 'server/roster/bad-store.ts', `import '../store/store.ts';`],
  ['roster-sees-domain-and-ports', 'server/wecom-check/bad-store.ts', `import '../store/store.ts';`],
  ['nobody-imports-an-entry-point', 'server/http/bad-main.ts', `import '../main.ts';`],
  [
    'no-cycle',
    'server/jobs/bad-egg.ts',
    `import type { Hen } from './hen.ts'; export interface Egg { hen: Hen }`,
  ],
  ['no-orphan', 'server/jobs/bad-orphan.ts', `export const forgotten = 1;`],
  ['production-knows-no-test', 'server/jobs/bad-fixture.ts', `import '../../tests/fixture.ts';`],
  ['production-needs-no-development-package', 'server/jobs/bad-vitest.ts', `import 'vitest';`],
  ['packages-are-declared', 'server/jobs/bad-undeclared.ts', `import 'left-pad';`],
  ['imports-resolve', 'server/jobs/bad-import.ts', `import './nowhere.ts';`],
];

/** A small house in which every allowed direction is used once. */
const GOOD: Readonly<Record<string, string>> = {
  'server/domain/risk.ts': `import 'zod'; export interface Risk { tier: string }`,
  'server/platform/clock.ts': `import 'node:perf_hooks'; export interface Clock { now: Date } export const now = 1;`,
  'server/store/generated/tables.ts': `import 'zod'; export interface Row { id: string } export const TABLES = {};`,
  'server/services/port.ts': `import type { Risk } from '../domain/risk.ts'; import type { Row } from '../store/generated/tables.ts'; export type A = Row; export interface Port { risk: Risk }`,
  'server/services/record-visit.ts': `import type { Port } from './port.ts'; import type { Clock } from '../platform/clock.ts'; export type A = [Port, Clock];`,
  'server/store/store.ts': `import '@prisma/client'; import 'better-sqlite3'; import '../services/port.ts'; export interface Store { a: 1 }`,
  'server/http/app.ts': `import 'fastify'; import '../services/record-visit.ts';`,
  'server/jobs/outbox.ts': `import '../../bot/channels/contract.ts'; import '../services/port.ts'; import '../platform/clock.ts';`,
  'server/main.ts': `import './store/store.ts'; import './http/app.ts'; import './jobs/outbox.ts'; import '../bot/channels/wecom/channel.ts'; import '../bot/channels/telegram/channel.ts'; import '../bot/flows/visit.ts';`,
  'server/backup-command.ts': `import './store/store.ts';`,
  'bot/channels/contract.ts': `import '../../server/domain/risk.ts';`,
  'bot/channels/wecom/channel.ts': `import '../contract.ts'; import '../../../server/platform/clock.ts';`,
  'bot/channels/telegram/channel.ts': `import '../contract.ts';`,
  'bot/dialog/engine.ts': `import '../../server/domain/risk.ts'; import 'zod';`,
  'bot/understanding/names.ts': `import '../../server/domain/risk.ts'; import 'pinyin-pro';`,
  'bot/understanding/understand-command.ts': `import 'node:readline'; import './names.ts';`,
  'bot/flows/visit.ts': `import '../dialog/engine.ts'; import '../understanding/names.ts'; import '../../server/domain/risk.ts';`,
  // The innocent half of the planted cycle, which is reported once, at its other half.
  'server/jobs/hen.ts': `import type { Egg } from './bad-egg.ts'; export interface Hen { egg: Egg }`,
  'tests/fixture.ts': `import '../server/store/store.ts'; import 'vitest';`,
};

const DECLARED = ['@prisma/client', 'better-sqlite3', 'pg', 'fastify', 'zod', 'pinyin-pro'];
const FOR_DEVELOPMENT = ['vitest'];
const UNDECLARED = ['left-pad'];

const house = mkdtempSync(join(tmpdir(), 'layers-'));
let violations: readonly IViolation[] = [];
let rules: readonly { readonly name?: string; readonly comment?: string }[] = [];

function write(file: string, text: string): void {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));

function plant(): void {
  for (const name of [...DECLARED, ...FOR_DEVELOPMENT, ...UNDECLARED]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  write(
    'package.json',
    JSON.stringify({
      type: 'module',
      dependencies: versions(DECLARED),
      devDependencies: versions(FOR_DEVELOPMENT),
    }),
  );
  for (const [file, source] of Object.entries(GOOD)) write(file, source);
  for (const [, file, source] of OFFENDERS) write(file, source);
}

const refusedBy = (rule: string) => violations.filter((v) => v.rule.name === rule).map((v) => v.from);

beforeAll(async () => {
  plant();
  const options = await extractOptions(join(ROOT, '.dependency-cruiser.cjs'));
  rules = options.ruleSet?.forbidden ?? [];
  const result = await cruise(
    ['bot', 'server', 'tests'],
    { ...options, baseDir: house, validate: true },
    undefined,
    {
      tsConfig: extractTsConfig(join(ROOT, 'tsconfig.json')),
    },
  );
  violations = (result.output as ICruiseResult).summary.violations;
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the layers of the house', () => {
  it.each(OFFENDERS)('%s refuses %s', (rule, file) => {
    expect(refusedBy(rule)).toContain(file);
  });

  it('nothing is refused in a house that keeps the directions', () => {
    const planted = new Set(OFFENDERS.map(([, file]) => file));
    expect(violations.filter((violation) => !planted.has(violation.from))).toEqual([]);
  });

  it('every rule has an offender here, and a sentence that says why it is one', () => {
    expect(new Set(OFFENDERS.map(([rule]) => rule))).toEqual(new Set(rules.map((rule) => rule.name)));
    for (const rule of rules) expect(rule.comment ?? '', rule.name).toMatch(/^\S.{30,}\.$/u);
  });
});
