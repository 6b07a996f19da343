import type { LocalDate } from '../local-date.ts';

/** A day of every year, MM-DD. */
type YearDay = string;

/** When families are told of what lies ahead. Dated settings with their sources; a later version replaces them. */
export interface OccasionPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  /** A break: so many days before its first day. */
  readonly breakBeforeDays: readonly [7, 1];
  /** The term: so many days before its first day. */
  readonly termBeforeDays: 3;
  /** The Spring Festival: so many days before New Year's Eve. */
  readonly festivalBeforeDays: 7;
  /** It lasts so many days from the first of the year: to the lantern festival. */
  readonly festivalDays: number;
  readonly flood: { readonly from: YearDay; readonly until: YearDay };
  readonly typhoon: { readonly from: YearDay; readonly until: YearDay };
  /** A season is still worth a notice so many days after it began: the service may have been off. */
  readonly seasonLateDays: number;
  /** How far ahead is looked. */
  readonly aheadDays: number;
  /** While a break is not confirmed the desk is asked from the first of these days to the second. */
  readonly askWinter: { readonly from: YearDay; readonly until: YearDay };
  readonly askSummer: { readonly from: YearDay; readonly until: YearDay };
  /** Where each number comes from, by field name. */
  readonly sources: Readonly<Record<string, string>>;
}

const OURS = 'our default';
const PLAN = '福建省农村留守儿童和困境儿童关爱服务质量提升三年行动方案(2024—2026)';
/** Read in reprints only. */
const SEASONS =
  'secondary: Fujian flood season from 1 April; typhoons June to October. The ends are our default';

/** That schools lecture before each break is the plan's; it gives no number of days. One notice a season: our default. */
export const DEFAULT_OCCASION_POLICY: OccasionPolicy = {
  id: 'occasions',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  breakBeforeDays: [7, 1],
  termBeforeDays: 3,
  festivalBeforeDays: 7,
  festivalDays: 14,
  flood: { from: '04-01', until: '10-31' },
  typhoon: { from: '06-01', until: '10-31' },
  seasonLateDays: 7,
  aheadDays: 60,
  askWinter: { from: '12-01', until: '02-20' },
  askSummer: { from: '06-01', until: '08-25' },
  sources: {
    breakBeforeDays: `${PLAN}: before each break; the days are our default`,
    termBeforeDays: OURS,
    festivalBeforeDays: OURS,
    festivalDays: OURS,
    flood: SEASONS,
    typhoon: SEASONS,
    seasonLateDays: OURS,
    aheadDays: OURS,
    askWinter: OURS,
    askSummer: OURS,
  },
};
