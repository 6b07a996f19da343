import type { LocalDate } from '../local-date.ts';

/** When pages for one person become one. A dated setting. */
export interface JoinPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** So many pages that are due in the same moment go one by one; of more, one message lists all numbers. */
  readonly mostPages: number;
}

/** Three messages in a row are read; the fourth hides the first on a small screen. */
export const JOIN_POLICY: JoinPolicy = {
  id: 'joined-pages',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  mostPages: 3,
};

/**
 * What goes together: all pages of one reader where they are of too many reports, everything else alone. Pages of one
 * report that had to wait stay as they are, with its buttons. The order stays that of the first of each.
 */
export function joinedPages<Row extends { readonly accountId: string }>(
  rows: readonly Row[],
  reportOf: (row: Row) => string | null,
  { mostPages } = JOIN_POLICY,
): readonly (readonly Row[])[] {
  return rows.flatMap((row) => {
    const all = rows.filter((one) => one.accountId === row.accountId && reportOf(one) !== null);
    if (reportOf(row) === null || new Set(all.map(reportOf)).size <= mostPages) return [[row]];
    return row === all[0] ? [all] : [];
  });
}
