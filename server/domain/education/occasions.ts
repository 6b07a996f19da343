import { lunarNewYear } from '../calendar/lunar-new-year.ts';
import { addDays, parseLocalDate, partsOf, type LocalDate } from '../local-date.ts';
import { DEFAULT_OCCASION_POLICY, type OccasionPolicy } from './occasion-policy.ts';
import type { SchoolBreak } from './school-break.ts';
import type { Stage } from './stage.ts';

export type OccasionKind =
  'winter-break' | 'summer-break' | 'spring-festival' | 'term-start' | 'flood-season' | 'typhoon';

/** A reason to write to families about safety, and the day on which that is due. */
export interface DueOccasion {
  readonly kind: OccasionKind;
  /** The first day of what lies ahead. */
  readonly from: LocalDate;
  /** Its last day; null where it goes on. */
  readonly until: LocalDate | null;
  /** The stage of school it is for; null for every child. */
  readonly stage: Stage | null;
  /** The area whose break it is; null for all. */
  readonly areaCode: string | null;
  readonly daysBefore: 7 | 1 | 3 | 0;
  readonly sendOn: LocalDate;
  /** Says which notice this is, whenever and however often it is asked for. */
  readonly key: string;
}

/**
 * What a child's family is to be told of in the next weeks, the earliest first. `breaks` are those that count for the
 * child (`breaksFor`); an unconfirmed one is no reason to write. What fell due before today and was kept from going out
 * is still among them while it says something: until the next notice of the same thing is due, and a break or a term
 * until it has begun.
 */
export function occasionsAhead(
  today: LocalDate,
  breaks: readonly SchoolBreak[],
  policy: OccasionPolicy = DEFAULT_OCCASION_POLICY,
): readonly DueOccasion[] {
  const confirmed = breaks.filter(({ verifiedOn }) => verifiedOn !== null);
  const { year } = partsOf(today);
  const everyYear = [year, year + 1].flatMap((y) => [...festivalOf(y, policy), ...seasonsOf(y, policy)]);
  const last = addDays(today, policy.aheadDays);
  return [...confirmed.flatMap((row) => ofBreak(row, policy)), ...everyYear]
    .filter(({ occasion, lastOn }) => occasion.sendOn <= last && today <= lastOn)
    .map(({ occasion }) => occasion)
    .sort((a, b) => (a.sendOn === b.sendOn ? 0 : a.sendOn < b.sendOn ? -1 : 1));
}

interface Timed {
  readonly occasion: DueOccasion;
  /** The last day on which it is worth sending. */
  readonly lastOn: LocalDate;
}

function ofBreak(row: SchoolBreak, { breakBeforeDays, termBeforeDays }: OccasionPolicy): readonly Timed[] {
  const { areaCode, stage, startsOn, endsOn } = row;
  const which = [row.year, areaCode, stage].join(':');
  const [early, late] = breakBeforeDays;
  const before = (daysBefore: typeof early | typeof late, lastOn: LocalDate): Timed => {
    const kind = row.kind === 'winter' ? 'winter-break' : 'summer-break';
    const sendOn = addDays(startsOn, -daysBefore);
    const key = `${kind}:${which}:${String(daysBefore)}`;
    return {
      occasion: { kind, from: startsOn, until: endsOn, stage, areaCode, daysBefore, sendOn, key },
      lastOn,
    };
  };
  const termOn = addDays(endsOn, 1);
  const term: DueOccasion = {
    kind: 'term-start',
    from: termOn,
    until: null,
    stage,
    areaCode,
    daysBefore: termBeforeDays,
    sendOn: addDays(termOn, -termBeforeDays),
    key: `term-start:${row.kind}:${which}`,
  };
  return [
    before(early, addDays(startsOn, -late - 1)),
    before(late, startsOn),
    { occasion: term, lastOn: termOn },
  ];
}

/** A year beyond the table of lunar years has no notice. */
function festivalOf(year: number, { festivalBeforeDays, festivalDays }: OccasionPolicy): readonly Timed[] {
  const first = lunarNewYear(year);
  if (first === null) return [];
  const eve = addDays(first, -1);
  const occasion: DueOccasion = {
    kind: 'spring-festival',
    from: eve,
    until: addDays(first, festivalDays),
    stage: null,
    areaCode: null,
    daysBefore: festivalBeforeDays,
    sendOn: addDays(eve, -festivalBeforeDays),
    key: `spring-festival:${String(year)}`,
  };
  return [{ occasion, lastOn: eve }];
}

function seasonsOf(year: number, { flood, typhoon, seasonLateDays }: OccasionPolicy): readonly Timed[] {
  return [
    { kind: 'flood-season', season: flood } as const,
    { kind: 'typhoon', season: typhoon } as const,
  ].flatMap(({ kind, season }) => {
    const from = dayIn(year, season.from);
    const until = dayIn(year, season.until);
    if (from === null) return [];
    const key = `${kind}:${String(year)}`;
    const occasion: DueOccasion = {
      kind,
      from,
      until,
      stage: null,
      areaCode: null,
      daysBefore: 0,
      sendOn: from,
      key,
    };
    return [{ occasion, lastOn: addDays(from, seasonLateDays) }];
  });
}

function dayIn(year: number, yearDay: string): LocalDate | null {
  return parseLocalDate(`${String(year)}-${yearDay}`);
}
