import { addDays, parseLocalDate, type LocalDate } from '../local-date.ts';
import { DEFAULT_OCCASION_POLICY, type OccasionPolicy } from './occasion-policy.ts';
import type { BreakKind } from './school-break.ts';
import { nextBreak } from './unconfirmed.ts';

export const EVENT_KINDS = ['county-event', 'school-lecture'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** What the plan's yearly event in villages is to tell of (三年行动方案). */
export const PLAN_TOPICS = ['drowning', 'bullying', 'sexual-abuse', 'traffic'] as const;
/** Besides these, topics of 家庭教育促进法 第16条, and fire. */
export const EVENT_TOPICS = [...PLAN_TOPICS, 'internet', 'fraud', 'trafficking', 'fire'] as const;
export type EventTopic = (typeof EVENT_TOPICS)[number];

/** 安全活动: an event of the county in its villages, or a school's lecture. */
export interface SafetyEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly areaCode: string;
  readonly heldOn: LocalDate;
  readonly topics: readonly EventTopic[];
  readonly school: string | null;
  readonly audience: number | null;
  /** As it was told. */
  readonly words: string;
}

/** What is known of a county's events: its areas by name, and its schools as far as somebody entered them. */
export interface SafetyEvents {
  readonly own: { readonly code: string; readonly name: string };
  readonly county: { readonly code: string; readonly name: string };
  readonly areas: readonly { readonly code: string; readonly name: string }[];
  readonly events: readonly SafetyEvent[];
  readonly schools: readonly string[];
}

/** What the plan still wants: every topic once a year in villages, and a lecture in each school before each break. */
export interface StillWanted {
  readonly isFirst: boolean;
  readonly topics: readonly EventTopic[];
  readonly before: { readonly kind: BreakKind; readonly year: number };
  readonly lectures: number;
  readonly schools: readonly string[];
}

export function stillWanted(
  { events, schools }: SafetyEvents,
  today: LocalDate,
  policy: OccasionPolicy = DEFAULT_OCCASION_POLICY,
): StillWanted {
  const year = today.slice(0, 4);
  const held = events.filter(({ kind, heldOn }) => kind === 'county-event' && heldOn.startsWith(year));
  const told = new Set(held.flatMap(({ topics }) => topics));
  const before = nextBreak(today, policy);
  const since = termOf(before, today, policy);
  const lectures = events.filter(({ kind, heldOn }) => kind === 'school-lecture' && heldOn >= since);
  return {
    isFirst: held.length === 0,
    topics: PLAN_TOPICS.filter((topic) => !told.has(topic)),
    before,
    lectures: lectures.length,
    schools: schools.filter(
      (name) => !lectures.some(({ school }) => school !== null && isSame(school, name)),
    ),
  };
}

/** The first day that counts as before this break: when nobody is asked about the one before it any more. */
function termOf(
  { kind, year }: { readonly kind: BreakKind; readonly year: number },
  today: LocalDate,
  { askWinter, askSummer }: OccasionPolicy,
): LocalDate {
  const last = kind === 'winter' ? [year - 1, askSummer.until] : [year, askWinter.until];
  const until = parseLocalDate(last.join('-'));
  return until === null ? today : addDays(until, 1);
}

/** 东岭小学 is said for 上湾镇东岭小学. */
function isSame(said: string, name: string): boolean {
  return name.includes(said) || said.includes(name);
}

/** The earlier record of the same thing, which a new one takes the place of. */
export function sameEvent(event: SafetyEvent, events: readonly SafetyEvent[]): SafetyEvent | undefined {
  return events.find(
    ({ kind, heldOn, areaCode, school }) =>
      kind === event.kind &&
      heldOn === event.heldOn &&
      areaCode === event.areaCode &&
      school === event.school,
  );
}
