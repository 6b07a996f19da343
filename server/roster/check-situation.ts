import { ageOn, type LocalDate } from '../domain/local-date.ts';
import {
  CATEGORIES,
  DIFFICULTIES,
  HOUSEHOLDS,
  SCHOOLINGS,
  YES_NO,
  type ChildCategory,
  type Difficulty,
  type Household,
  type Schooling,
} from './choices.ts';
import type { ChildColumn } from './columns.ts';
import { splitList } from './normalise.ts';
import type { ProblemCode } from './problems.ts';
import type { Row } from './row.ts';

/** 农村留守儿童 are under 16 (福建省三年行动方案). */
const LEFT_BEHIND_UNTIL = 16;

/**
 * What only named county staff may read: it is kept apart from the rest of the row, and no finding ever depends
 * on it, so that a report cannot give it away.
 */
export type SealedFact = 'hiv' | 'sexual-harm';

export interface Situation {
  readonly household: Household | null;
  readonly categories: readonly ChildCategory[];
  readonly difficulties: readonly Difficulty[];
  readonly sealed: readonly SealedFact[];
  readonly health: string | null;
  readonly schooling: Schooling | null;
  readonly school: string | null;
  readonly grade: string | null;
  readonly boarder: boolean | null;
}

const SEALED_WORDS: readonly (readonly [SealedFact, RegExp])[] = [
  ['hiv', /艾滋|爱滋|\bhiv\b|\baids\b|免疫缺陷/iu],
  ['sexual-harm', /性侵|强奸|猥亵|性虐待/u],
];

/** Why the child is on the roster, and how it lives and learns. */
export function readSituation(row: Row<ChildColumn>, bornOn: LocalDate | null, today: LocalDate): Situation {
  const household = choose(row, 'household', HOUSEHOLDS, 'household-unknown');
  const categories = readCategories(row);
  if (categories.includes('left-behind')) noteLeftBehind(row, household, bornOn, today);
  const difficulty = readDifficulties(row);
  if (categories.includes('in-difficulty') && row.text('difficulties') === '')
    row.note('difficulties', 'difficulty-blank');
  const health = row.text('health');
  return {
    household,
    categories,
    difficulties: difficulty,
    sealed: sealedIn(`${row.text('difficulties')} ${row.text('categories')} ${health}`),
    health: sealedIn(health).length > 0 ? '患病' : health || null,
    schooling: choose(row, 'schooling', SCHOOLINGS, 'schooling-unknown'),
    school: row.text('school') || null,
    grade: row.text('grade') || null,
    boarder: choose(row, 'boarder', YES_NO, 'boarder-unknown'),
  };
}

function sealedIn(text: string): readonly SealedFact[] {
  return SEALED_WORDS.filter(([, words]) => words.test(text)).map(([fact]) => fact);
}

function choose<Value>(
  row: Row<ChildColumn>,
  key: ChildColumn,
  words: ReadonlyMap<string, Value>,
  unknown: ProblemCode,
): Value | null {
  const text = row.text(key);
  const value = words.get(text);
  if (text !== '' && value === undefined) row.note(key, unknown);
  return value ?? null;
}

// A sealed word in the category column means a child in difficulty; saying so keeps the row without a finding.
function readCategories(row: Row<ChildColumn>): readonly ChildCategory[] {
  const parts = splitList(row.text('categories'));
  const known = parts.map((part) => (sealedIn(part).length > 0 ? 'in-difficulty' : CATEGORIES.get(part)));
  if (row.text('categories') !== '' && (parts.length === 0 || known.includes(undefined)))
    row.note('categories', 'category-unknown');
  return [...new Set(known.filter((category) => category !== undefined))];
}

function readDifficulties(row: Row<ChildColumn>): readonly Difficulty[] {
  const parts = splitList(row.text('difficulties')).filter((part) => sealedIn(part).length === 0);
  const known = parts.map((part) => DIFFICULTIES.get(part));
  if (known.includes(undefined)) row.note('difficulties', 'difficulty-unknown');
  return [...new Set(known.map((difficulty) => difficulty ?? 'other'))];
}

function noteLeftBehind(
  row: Row<ChildColumn>,
  household: Household | null,
  bornOn: LocalDate | null,
  today: LocalDate,
): void {
  if (bornOn && ageOn(bornOn, today) >= LEFT_BEHIND_UNTIL) row.note('bornOn', 'left-behind-16');
  if (household === 'urban') row.note('household', 'left-behind-urban');
}
