/**
 * The architecture as rules a machine can refuse; docs/architecture.md tells the same in words and
 * tests/house/layers.test.ts plants an offender for each rule.
 */

/** A package, as a path: hoisted, nested, or named only (where it could not be resolved). */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)|^(${names.join('|')})(/|$)`;

const ZOD = packages('zod');
const PINYIN = packages('pinyin-pro');
const DATABASE_DRIVERS = packages('@prisma/[^/]+', '\\.prisma', 'better-sqlite3', 'pg');
const WEB_SERVER = packages('fastify', '@fastify/[^/]+', 'fastify-plugin');

/** What the schema says about each table: no code, so its types may be named where rows are described. */
const TABLES = '^server/store/generated/tables\\.ts$';
const ENTRY_POINTS = '^server/main\\.ts$|-command\\.ts$';
/** What puts the parts together: it alone knows store, jobs, conversation and doors at once. */
const ASSEMBLY = '^server/(service\\.ts$|assembly/)';
const COMMANDS = '-command\\.ts$';

/** A layer that may import only what is listed; everything else, Node's own modules included, is refused. */
const seesOnly = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: COMMANDS },
  to: { pathNot: allowed },
});

const refuse = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    // ── the pure middle ──
    seesOnly(
      'domain-sees-nothing',
      'The rules import nothing outside server/domain (zod to describe values): no clock, no store, no chat. What they need is passed in.',
      '^server/domain/',
      ['^server/domain/', ZOD],
    ),
    seesOnly(
      'dialog-sees-domain-only',
      'The dialog engine is pure: it sees the domain, and no flow, channel, store or Node module.',
      '^bot/dialog/',
      ['^bot/dialog/', '^server/domain/', ZOD],
    ),
    seesOnly(
      'understanding-sees-domain-only',
      'Understanding a sentence is pure: it sees the domain and the pinyin tables.',
      '^bot/understanding/',
      ['^bot/understanding/', '^server/domain/', PINYIN, ZOD],
    ),
    seesOnly(
      'flows-see-dialog-understanding-domain',
      'A flow is data for the engine: it sees dialog, understanding and domain, and does no IO.',
      '^bot/flows/',
      ['^bot/(flows|dialog|understanding)/', '^server/domain/', ZOD],
    ),

    // ── the server ──
    refuse(
      'services-see-domain-and-ports',
      'A service sees the domain and the ports it owns; who implements a port (store, channel, web) is not its business.',
      { path: '^server/services/', pathNot: COMMANDS },
      {
        path: '^(bot|server|prisma|tests)/',
        pathNot: '^server/(services|domain)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    refuse(
      'services-know-no-implementation',
      'Not even the types of a store, a channel or a web server reach a service: it says what it needs as a port.',
      { path: '^server/services/' },
      {
        path: '^server/(store|http|console|simulator|telegram|wecom|jobs)/|^server/main\\.ts$|^bot/(channels|flows)/|^bot/conversation\\.ts$',
        pathNot: TABLES,
      },
    ),
    refuse(
      'jobs-know-no-door',
      'What happens without anyone asking knows no platform and no web page: it hands messages to the channel contract.',
      { path: '^server/jobs/' },
      { path: '^server/(http|console|simulator|telegram|wecom)/|^bot/channels/[^/]+/|^bot/flows/' },
    ),
    refuse(
      'roster-sees-domain-and-ports',
      'Reading spreadsheets and policy files, and checking what an administrator set, is an edge: it turns files and answers into rows and findings, and knows the domain and the ports it fills.',
      { path: '^server/(roster|policy|wecom-check)/', pathNot: COMMANDS },
      {
        path: '^(bot|server|prisma|tests)/',
        pathNot: '^server/(roster|policy|wecom-check|services|domain)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    refuse(
      'platform-knows-nobody',
      'Clocks, ids, logger and wording are the ground; beside itself it may name the values of the domain and nothing that stands on it.',
      { path: '^server/platform/' },
      { path: '^(bot|server|prisma|tests)/', pathNot: '^server/(platform|domain)/' },
    ),

    // ── the channels ──
    refuse(
      'channels-know-no-conversation',
      'A channel decodes and encodes; what is said, decided or stored is not its business.',
      { path: '^bot/channels/' },
      {
        path: '^bot/(dialog|flows|understanding)/|^bot/conversation\\.ts$|^server/(services|store|jobs|http|console|simulator|telegram|wecom)/',
      },
    ),
    refuse(
      'channels-know-no-sibling',
      'A platform can be removed by removing its folder, so no channel imports another; the contract lies in bot/channels itself.',
      { path: '^bot/channels/([^/]+)/' },
      { path: '^bot/channels/[^/]+/', pathNot: '^bot/channels/$1/' },
    ),

    // ── the doors ──
    refuse(
      'database-only-in-store',
      'Prisma and the database drivers are imported in server/store and nowhere else: one door, one way of writing.',
      { path: '^(bot|server)/', pathNot: '^server/store/' },
      { path: DATABASE_DRIVERS },
    ),
    refuse(
      'web-server-only-at-the-door',
      'Fastify is imported in server/http and in the doors only: console, simulator, telegram, wecom.',
      { path: '^(bot|server)/', pathNot: '^server/(http|console|simulator|telegram|wecom)/' },
      { path: WEB_SERVER },
    ),
    refuse(
      'only-main-builds-stores',
      'server/service.ts, server/assembly and the commands wire the store; everybody else is handed a port.',
      { path: '^(bot|server)/', pathNot: ['^server/store/', ENTRY_POINTS, ASSEMBLY] },
      { path: '^server/store/', pathNot: TABLES },
    ),
    refuse(
      'tables-by-type-only',
      "The rows of the tables may be named by type outside the store; reading the description at run time is the store's work.",
      { path: '^(bot|server)/', pathNot: '^server/store/' },
      { path: TABLES, dependencyTypesNot: ['type-only'] },
    ),
    refuse(
      'nobody-imports-an-entry-point',
      'Entry points wire and run; what two of them share belongs in a module of its own.',
      {},
      { path: ENTRY_POINTS },
    ),

    // ── the whole tree ──
    refuse(
      'no-cycle',
      'Two files that need each other, even by type alone, are one file or want a third.',
      {},
      { circular: true },
    ),
    refuse(
      'no-orphan',
      'A file that nobody imports and that imports nobody is forgotten code, unless it is started by name.',
      {
        orphan: true,
        pathNot: [
          ENTRY_POINTS,
          '\\.test\\.ts$',
          '\\.(mjs|cjs)$',
          '/page/.+\\.js$',
          '\\.d\\.ts$',
          '^[^/]+\\.ts$',
        ],
      },
      {},
    ),
    refuse(
      'production-knows-no-test',
      'What runs in a county never imports from tests.',
      { path: '^(bot|server|prisma)/' },
      { path: '^tests/|\\.test\\.ts$' },
    ),
    refuse(
      'production-needs-no-development-package',
      'A production install leaves devDependencies out, so code that runs there may not need them; types are erased and may.',
      { path: '^(bot|server)/' },
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|/)node_modules/@types/',
      },
    ),
    refuse(
      'packages-are-declared',
      'A package that package.json does not name may vanish with the next install.',
      { path: '^(bot|server|tests)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '(^|/)node_modules/@types/' },
    ),
    refuse(
      'imports-resolve',
      'An import that leads nowhere fails at the worst moment.',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^server/store/generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // imports of types are dependencies too
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    progress: { type: 'none' },
  },
};
