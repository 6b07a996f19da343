import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Where the outside world may be touched directly: clocks, ids and timers live here, everybody else is handed them.
const EDGES = [
  'server/platform/**/*.ts',
  'server/config.ts',
  'server/main.ts',
  '**/*-command.ts',
  '*.config.ts',
  'tests/**/*.ts',
];

const CLOCK =
  'Hidden clock. Take `now` as an argument, or the Clock of server/platform, so that tests and the simulator can move it.';
const CHANCE = 'Hidden chance. Take ids and randomness from server/platform, so that a run can be repeated.';
const TIMER = 'Hidden timer. Use the real clock of server/platform, which tests can drive.';
const NETWORK =
  'Hidden network. Use the http client of server/platform: it has timeouts, limits and a redacting log.';
const ENVIRONMENT = 'Only server/config.ts reads the environment. Take the setting as an argument.';

const environmentRefused = [
  { object: 'process', property: 'env', message: ENVIRONMENT },
  { object: 'globalThis', property: 'process', message: ENVIRONMENT },
];

const hiddenInputs = {
  'no-restricted-globals': [
    'error',
    { name: 'fetch', message: NETWORK },
    { name: 'setTimeout', message: TIMER },
    { name: 'setInterval', message: TIMER },
  ],
  'no-restricted-properties': [
    'error',
    ...environmentRefused,
    { object: 'Date', property: 'now', message: CLOCK },
    { object: 'performance', property: 'now', message: CLOCK },
    { object: 'process', property: 'hrtime', message: CLOCK },
    { object: 'Math', property: 'random', message: CHANCE },
    { object: 'crypto', property: 'randomUUID', message: CHANCE },
    { object: 'globalThis', property: 'fetch', message: NETWORK },
    { object: 'globalThis', property: 'setTimeout', message: TIMER },
    { object: 'globalThis', property: 'setInterval', message: TIMER },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
    { selector: "CallExpression[callee.name='Date']", message: CLOCK },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: [
        { name: 'node:crypto', importNames: ['randomUUID'], message: CHANCE },
        { name: 'node:perf_hooks', message: CLOCK },
        { name: 'node:process', importNames: ['env'], message: ENVIRONMENT },
        { name: 'node:timers', message: TIMER },
        { name: 'node:timers/promises', message: TIMER },
        { name: 'uuid', message: CHANCE },
      ],
    },
  ],
};

const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
};

const unfinishedTests = {
  selector:
    'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|todo|skipIf|runIf)$/]',
  message: 'Every test runs, always. Mend it or remove it.',
};

const readonlyGlobals = (...names) =>
  Object.fromEntries(
    names
      .join(' ')
      .split(' ')
      .map((name) => [name, 'readonly']),
  );

export default defineConfig(
  globalIgnores(['server/store/generated/', 'data/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-control-regex': 'off', // NUL and other control characters are stripped at the door, by name
      'no-warning-comments': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      ...hiddenInputs,
      '@typescript-eslint/no-floating-promises': 'error', // an un-awaited send is a lost alert
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A port promises; its implementation is async so that every failure arrives as a rejection, even where it awaits nothing.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: EDGES,
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-properties': ['error', ...environmentRefused],
      'no-restricted-syntax': 'off',
      'no-restricted-imports': 'off',
    },
  },
  { files: ['server/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['**/*-command.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off', // a describe block is one function
      'no-console': 'off',
      'no-restricted-properties': 'off', // tests hand an environment to the programs they start
      'no-restricted-syntax': ['error', unfinishedTests],
      // Answers of the outside are read as they come; the assertion is the check.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Scripts and tool configurations run by plain Node, some of them before anything is installed.
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    languageOptions: {
      globals: readonlyGlobals(
        'process console Buffer URL setTimeout setInterval clearTimeout clearInterval',
      ),
    },
    rules: { ...sizes, 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: readonlyGlobals('module require __dirname') },
  },
  { files: ['.dependency-cruiser.cjs'], rules: { 'max-lines': 'off' } }, // one list of rules
  {
    // Pages for the browser, served as they are.
    files: ['server/**/page/**/*.js'],
    languageOptions: {
      sourceType: 'module',
      globals: readonlyGlobals(
        'window document navigator MediaRecorder DOMException performance Blob location history localStorage sessionStorage console fetch URL URLSearchParams',
        'setTimeout setInterval clearTimeout clearInterval requestAnimationFrame cancelAnimationFrame queueMicrotask',
        'Event CustomEvent EventSource FormData Headers Request Response AbortController AbortSignal Intl',
        'HTMLElement HTMLInputElement HTMLButtonElement Element Node MutationObserver IntersectionObserver matchMedia crypto FileReader',
      ),
    },
    rules: { ...sizes },
  },
);
