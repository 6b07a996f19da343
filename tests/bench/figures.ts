/** One measured figure; without a limit it is only reported. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly baseline?: string;
  readonly ratio?: number;
  /** What the figure is held to, in words. */
  readonly limit?: string;
  readonly ok?: boolean;
}

const HEADERS = ['figure', 'measured', 'baseline', 'ratio', 'limit', ''] as const;

/** Two amounts measured one right after the other, so that whatever else the machine did weighs on both. */
export interface Pair {
  readonly measured: number;
  readonly baseline: number;
}

/** The middle of some amounts. */
export function median(amounts: readonly number[]): number {
  const sorted = [...amounts].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return (low + high) / 2;
}

/** A figure held to a ratio of a baseline in the same run: the middle of the ratios of all pairs. */
export function ratioFigure(
  name: string,
  pairs: readonly Pair[],
  texts: { readonly measured: (middle: number) => string; readonly baseline: (middle: number) => string },
  limit: { readonly atMost: number } | { readonly atLeast: number },
): Figure {
  const ratio = median(pairs.map((pair) => pair.measured / pair.baseline));
  const value = texts.measured(median(pairs.map((pair) => pair.measured)));
  const baseline = texts.baseline(median(pairs.map((pair) => pair.baseline)));
  const [text, ok] =
    'atMost' in limit
      ? [`at most ${String(limit.atMost)}×`, ratio <= limit.atMost]
      : [`at least ${String(limit.atLeast)}×`, ratio >= limit.atLeast];
  return { name, value, baseline, ratio, limit: text, ok };
}

/** The figures as a table a person can read. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, baseline, ratio, limit, ok }) => [
    name,
    value,
    baseline ?? '',
    ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
    limit ?? 'reported',
    ok === undefined ? '' : ok ? 'ok' : 'NOT OK',
  ]);
  const lines = [[...HEADERS], ...rows];
  const widths = HEADERS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `N passed, N failed`, as every test command ends. */
export function countOf(figures: readonly Figure[]): { readonly passed: number; readonly failed: number } {
  return {
    passed: figures.filter((f) => f.ok === true).length,
    failed: figures.filter((f) => f.ok === false).length,
  };
}

/** 1234.5 → `1,235`. */
export function rounded(n: number): string {
  return Math.round(n).toLocaleString('en');
}
