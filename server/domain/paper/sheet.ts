import type { CaseChild } from '../caseload.ts';
import { lookFor } from '../family/look-for.ts';
import type { LocalDate } from '../local-date.ts';
import { say, type Say } from '../say.ts';

/** So many children fit on one page with room to write (our default). */
export const CHILDREN_PER_SHEET = 6;

/** A paper form before any language: a title, a numbered block for each child, and how to type it in later. */
export interface Sheet {
  readonly title: Say;
  readonly blocks: readonly Block[];
  readonly foot: readonly Say[];
}

export interface Block {
  readonly heading: Say;
  /** What to look at, in small letters. */
  readonly look: Say;
  /** Lines with boxes to tick and room to write. */
  readonly lines: readonly Say[];
}

/** A form that was printed: who stands at which number. */
export interface PrintedForm {
  readonly tripOn: LocalDate;
  /** The child at number n stands at place n - 1. */
  readonly childIds: readonly string[];
}

/** A child of a trip, and where it lives. */
export interface SheetChild {
  readonly child: Pick<CaseChild, 'id' | 'name' | 'ageYears'>;
  readonly place: string;
}

/**
 * The form of one trip. It holds names and places and nothing that was ever found there: paper gets lost. The numbers
 * are the order of `children`.
 */
export function sheetOf(children: readonly SheetChild[], on: LocalDate, worker: string): Sheet {
  return {
    title: say('paper.title', { on, worker }),
    blocks: children.map(({ child, place }, index) => ({
      heading: say('paper.heading', { number: index + 1, name: child.name, age: child.ageYears, place }),
      look: say('paper.look', { topics: lookFor(child.ageYears, on).map((key) => say(key)) }),
      lines: [say('paper.ticks'), say('paper.outcome'), say('paper.note')],
    })),
    foot: [say('paper.how'), say('paper.urgent'), say('paper.private')],
  };
}
