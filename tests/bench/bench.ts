import { callbackFigures } from './callback-figures.ts';
import { countOf, tableOf, type Figure } from './figures.ts';
import { memoryFigures } from './memory-figures.ts';
import { planFigures } from './plan-figures.ts';
import { turnFigures } from './turn-figures.ts';
import { urgentFigures } from './urgent-figures.ts';

/**
 * `npm run bench`, `-- --short` for CI: the figures of the README. Every limit is a ratio against a baseline of the same
 * run on the same machine, or a size; only how soon an urgent page goes is held to a clock. `-- --only=PART` measures one
 * part of them. Ends with 1 when a limit is missed.
 */
const short = process.argv.includes('--short');
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);

const parts: readonly (readonly [string, () => Promise<Figure[]>])[] = short
  ? [
      ['daily plan', () => planFigures(9, 10_000, 5)],
      ['chat turns', () => turnFigures(200, 5)],
      ['wecom callbacks', () => callbackFigures(200, 5)],
      ['urgent page', () => urgentFigures(30)],
      ['memory', () => memoryFigures(9, 7_000)],
    ]
  : [
      ['daily plan', () => planFigures(84, 100_000, 3)],
      ['chat turns', () => turnFigures(500, 7)],
      ['wecom callbacks', () => callbackFigures(500, 7)],
      ['urgent page', () => urgentFigures(100)],
      ['memory', () => memoryFigures(84, 70_000)],
    ];

const wanted = parts.filter(([name]) => only === undefined || name.replaceAll(' ', '-') === only);
if (wanted.length === 0) throw new Error(`there is no part ${only ?? ''}`);
const figures: Figure[] = [];
for (const [name, measure] of wanted) {
  const begun = performance.now();
  figures.push(...(await measure()));
  console.log(`${name}: measured in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}
const { passed, failed } = countOf(figures);
console.log(`\n${tableOf(figures)}\n\n${String(passed)} passed, ${String(failed)} failed`);
process.exit(failed === 0 ? 0 : 1);
