import type { VISIT_MODES } from '../cadence/child-facts.ts';
import { addDays, daysBetween, shanghaiDate, type LocalDate } from '../local-date.ts';
import { plain, say, type Say } from '../say.ts';

/** 家书: what a director may write to a parent far away after a calm visit. Dated and versioned like every setting. */
interface LetterPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** A visit is written of for so many days. */
  readonly afterVisitDays: number;
  /** A letter waits for so many days for a way to be open; then whoever wrote it is told that it did not go. */
  readonly waitDays: number;
  /** How often it is looked whether a way has opened. */
  readonly lookMinutes: number;
  /** So long may the director's own sentence be. */
  readonly ownCharacters: number;
}

export const LETTER_POLICY: LetterPolicy = {
  id: 'family-letter',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default: no document says how often parents far away are written to',
  afterVisitDays: 7,
  waitDays: 7,
  lookMinutes: 60,
  ownCharacters: 60,
};

/** Where a child was seen: only a visit is written of. */
export type LetterPlace = (typeof VISIT_MODES)[number];

/** The second sentence: one of two that are ready, or the director's own. */
export const LETTER_ENDINGS = ['call', 'easy', 'own'] as const;
type LetterEnding = (typeof LETTER_ENDINGS)[number];

/** A letter as it was approved: two sentences, of which the first says that the child was seen and nothing else. */
export interface Letter {
  readonly place: LetterPlace;
  readonly on: LocalDate;
  readonly ending: LetterEnding;
  /** The director's own sentence; null where a ready one stands. */
  readonly words: string | null;
}

/** What has to be known before a letter is offered. */
export interface LetterDesk {
  /** What those who would read it are to the child; nobody where nobody may. */
  readonly readers: readonly string[];
  /** The newest visit of whoever asks, where it was calm; null where there is none of these days. */
  readonly visit: { readonly contactId: string; readonly on: LocalDate; readonly place: LetterPlace } | null;
  /** That visit was written of already. */
  readonly isWritten: boolean;
}

/** 家书: the director has read both sentences and wants them sent. */
export interface SendLetter extends Letter {
  readonly type: 'send-letter';
  readonly letterId: string;
  readonly childId: string;
  readonly contactId: string;
}

/** Whether a visit of this day is still written of. */
export function isLetterDay(on: LocalDate, today: LocalDate): boolean {
  return on <= today && daysBetween(on, today) <= LETTER_POLICY.afterVisitDays;
}

/** Both sentences, as the family reads them. No name of a child: others look at the telephone too. */
export function letterLines({ place, on, ending, words }: Letter): readonly [Say, Say] {
  const second = ending === 'own' ? plain(words ?? '') : say(`letter.second-${ending}`);
  return [say(`letter.first-${place}`, { on }), second];
}

/** When a letter is looked at again, and null where it has waited long enough. */
export function letterLookedAtAgain(createdAt: string, now: Date): Date | null {
  const next = new Date(now.getTime() + LETTER_POLICY.lookMinutes * 60_000);
  const lastDay = addDays(shanghaiDate(new Date(createdAt)), LETTER_POLICY.waitDays);
  return shanghaiDate(next) > lastDay ? null : next;
}
