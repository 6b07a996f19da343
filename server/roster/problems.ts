/** What was done with a row: 拒绝 (not taken) or 提示 (taken, please look). */
export type Severity = 'refused' | 'flagged';

/** Every finding about a row, with what it means for the row. No finding depends on a sealed fact. */
const SEVERITY = {
  'row-short': 'refused',
  'row-long': 'refused',
  'cell-too-long': 'refused',
  'cell-garbled': 'refused',
  'cell-formula': 'refused',
  'cell-error': 'refused',
  blank: 'refused',
  'number-rounded': 'refused',
  'code-malformed': 'refused',
  'code-personal': 'refused',
  'code-twice': 'refused',
  'code-other-child': 'refused',
  'name-too-long': 'refused',
  'sex-unknown': 'refused',
  'category-unknown': 'refused',
  'tier-unknown': 'refused',
  'date-unreadable': 'refused',
  'date-in-future': 'refused',
  'date-before-birth': 'refused',
  'grown-up': 'refused',
  'care-ends-before-start': 'refused',
  'care-ended-long-ago': 'refused',
  'identity-malformed': 'refused',
  'identity-check-digit': 'refused',
  'identity-birth-differs': 'refused',
  'identity-sex-differs': 'refused',
  'identity-twice': 'refused',
  'identity-known': 'refused',
  'village-unknown': 'refused',
  'phone-malformed': 'refused',
  'area-code-malformed': 'refused',
  'level-unknown': 'refused',
  'level-differs': 'refused',
  'parent-blank': 'refused',
  'parent-unknown': 'refused',
  'parent-level': 'refused',
  'role-unknown': 'refused',
  'area-unknown': 'refused',
  'role-area-differs': 'refused',
  'account-malformed': 'refused',
  'account-twice': 'refused',
  'account-known': 'refused',
  'partner-area-unknown': 'refused',
  'partner-kind-unknown': 'refused',
  'partner-phone-malformed': 'refused',
  'partner-twice': 'refused',
  'break-area-unknown': 'refused',
  'break-area-level': 'refused',
  'break-stage-unknown': 'refused',
  'break-kind-unknown': 'refused',
  'break-days-wrong': 'refused',
  'break-twice': 'refused',
  'break-unverified': 'flagged',
  'verified-long-ago': 'flagged',
  'column-unknown': 'flagged',
  'name-digits': 'flagged',
  'name-unusual': 'flagged',
  'tier-blank': 'flagged',
  'tier-kept': 'flagged',
  'left-behind-16': 'flagged',
  'left-behind-urban': 'flagged',
  'identity-blank': 'flagged',
  'household-unknown': 'flagged',
  'schooling-unknown': 'flagged',
  'boarder-unknown': 'flagged',
  'difficulty-unknown': 'flagged',
  'difficulty-blank': 'flagged',
  'guardian-blank': 'flagged',
  'adult-name-blank': 'flagged',
  'phone-blank': 'flagged',
  'phone-several': 'flagged',
  'away-in-future': 'flagged',
  'care-ended': 'flagged',
  'care-without-carer': 'flagged',
  'perhaps-twice': 'flagged',
  'account-blank': 'flagged',
  'areas-several': 'flagged',
  'person-missing': 'flagged',
  'parent-prefix': 'flagged',
  'top-blank': 'flagged',
  'village-without-director': 'flagged',
  'township-without-supervisor': 'flagged',
  'county-without-desk': 'flagged',
} as const satisfies Record<string, Severity>;

export type ProblemCode = keyof typeof SEVERITY;

/**
 * One finding. It carries where to look, never what stands there: the report is mailed around.
 * `detail` holds row numbers, headers, years or area codes only.
 */
export interface RosterProblem {
  readonly file: string;
  /** The row as a spreadsheet shows it (the header is row 1); null for a finding about the whole file or an area. */
  readonly row: number | null;
  /** The code of the child, person or area; empty where it is not safe to show. */
  readonly id: string;
  /** The header; empty where the whole row is meant. */
  readonly column: string;
  readonly code: ProblemCode;
  readonly detail: string;
}

/** Whether a finding keeps its row out. */
export function severityOf(code: ProblemCode): Severity {
  return SEVERITY[code];
}

/** What became of the rows of one file: `accepted` without a word, `flagged` taken with one, `refused` not taken. */
export interface RowCounts {
  readonly accepted: number;
  readonly flagged: number;
  readonly refused: number;
}

export const NO_ROWS: RowCounts = { accepted: 0, flagged: 0, refused: 0 };

/** The counts of two parts of a file together. */
export function addCounts(a: RowCounts, b: RowCounts): RowCounts {
  return {
    accepted: a.accepted + b.accepted,
    flagged: a.flagged + b.flagged,
    refused: a.refused + b.refused,
  };
}
