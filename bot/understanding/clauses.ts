import { allMatches } from './all-matches.ts';

/** A stretch of a sentence between two marks, with its place in the whole. */
export interface Clause {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const STOP = /[,。;!?、:…~()"“”'‘’「」【】\n]+/g;
const STOP_OR_SPACE = /[ ,。;!?、:…~()"“”'‘’「」【】\n]+/g;

/** The clauses of a sentence, in order; blanks part clauses as well when `bySpace` is set. */
export function clausesOf(text: string, bySpace = false): readonly Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const stop of allMatches(bySpace ? STOP_OR_SPACE : STOP, text)) {
    if (stop.index > start) clauses.push({ text: text.slice(start, stop.index), start, end: stop.index });
    start = stop.index + stop[0].length;
  }
  if (text.length > start) clauses.push({ text: text.slice(start), start, end: text.length });
  return clauses;
}

/** The clause that holds the character at `index`. */
export function clauseAt(clauses: readonly Clause[], index: number): Clause {
  return (
    clauses.find((clause) => index >= clause.start && index < clause.end) ?? {
      text: '',
      start: index,
      end: index,
    }
  );
}
