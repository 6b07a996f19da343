import { simulateMonth, type Behaviour, type PersonLoad } from './month.ts';

/**
 * `npm run load-report`: what a month of the bot costs a person, counted on the whole service. 16 directors under one
 * supervisor, once filing everything in time and once silent. Ends with 1 where somebody is sent more than agreed.
 */
const DIRECTORS = 16;

let over = false;
for (const behaviour of ['perfect', 'silent'] as const) {
  const loads = await simulateMonth(DIRECTORS, behaviour);
  console.log(tableOf(behaviour, loads));
  over ||= loads.some(isOver);
}
if (over) console.log('Over budget: a bot that is muted protects nobody.');
process.exitCode = over ? 1 : 0;

function tableOf(behaviour: Behaviour, loads: readonly PersonLoad[]): string {
  const head = ['December 2026', 'digests', 'urgent', 'other', 'answers', 'counted', 'budget', ''];
  const rows = loads.map((l) => [
    l.who,
    ...[l.digests, l.urgent, l.other, l.answers, l.counted].map(String),
    l.budget === null ? '-' : String(l.budget),
    isOver(l) ? 'OVER' : '',
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd();
  const title = behaviour === 'perfect' ? 'Everybody files every visit in time' : 'Nobody says a word';
  return [`\n${title}`, line(head), ...rows.map(line)].join('\n');
}

function isOver({ budget, counted }: PersonLoad): boolean {
  return budget !== null && counted > budget;
}
