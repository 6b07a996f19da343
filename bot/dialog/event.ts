import type { EncounterMode } from '../../server/domain/cadence/child-facts.ts';
import type { Sent } from '../../server/domain/files/file-ref.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';

/** How a child was met or reached. */
export type Mode = EncounterMode;

/** A word that names a child of the caseload, with everybody it may mean. */
export interface Mention {
  readonly quote: string;
  readonly candidates: readonly {
    readonly childId: string;
    /** By which likeness. */ readonly how?: string;
  }[];
  /** Exactly one child, and not by a far-fetched likeness. */
  readonly certain: boolean;
}

/** What a sentence about several children says of one of them. */
export interface HeardPart {
  readonly childId: string;
  /** The clauses that belong to this child alone. */
  readonly own: string;
  /** Everything of the sentence but what belongs to the others. */
  readonly words: string;
  readonly seen: boolean | null;
  readonly met: readonly string[];
  /** "门锁着": nobody was met at this child's home. */
  readonly nobody: boolean;
  /** "欣欣也见到了": met on the way to others; nobody said that it was in its own home. */
  readonly besides?: boolean;
}

/** One visit or call of a sentence that tells of several, each with its own day and way. */
export interface HeardTelling extends HeardPart {
  readonly date: Heard['date'];
  readonly mode: Mode | null;
  readonly intent: Heard['intent'];
}

/** "辉辉没去成", "没打通". */
export interface HeardUnmade {
  readonly candidates: readonly string[];
  readonly by: 'visit' | 'call';
  /** 刚才说去了辉辉家是说错了: a slip of the tongue, and nothing in the way. */
  readonly slip?: true;
}

/** What was understood of a sentence before the dialog sees it. Silence means nothing was said, never "no". */
export interface Heard {
  readonly text: string;
  /** The day it was written, where the channel says so and it is not today: 今天 in it means that day. */
  readonly sentOn?: LocalDate;
  readonly date: {
    readonly on: LocalDate | null;
    readonly ask: boolean;
    readonly quote: string | null;
    /** A day that was named and is not taken: it is to come, or too long ago. */
    readonly doubted?: LocalDate;
    /** "昨天去的": the words tell this day of the visit itself, and not in a story around it. */
    readonly firm?: true;
  };
  readonly mode: Mode | null;
  /** Two places in one sentence: where the child was met is asked, and never taken for the house. */
  readonly wayInDoubt?: true;
  readonly met: readonly string[];
  readonly mentions: readonly Mention[];
  /** Children of whom somebody only told something, beside those of `mentions`; not said where there are none. */
  readonly told?: readonly Mention[];
  readonly seen: boolean | null;
  readonly outcome: 'none' | null;
  readonly signals: readonly {
    readonly kind: string;
    readonly quote: string;
    /** The child it was told of by somebody, where that is none of those whom the sentence is about. */
    readonly of?: string;
  }[];
  readonly intent: 'visit' | 'contact' | null;
  readonly unresolved: readonly string[];
  /** With several children in one sentence: what it says of each; empty otherwise. */
  readonly parts: readonly HeardPart[];
  /** With several days or ways in one sentence: each visit and call by itself; empty otherwise. */
  readonly tellings?: readonly HeardTelling[];
  /** What the sentence says of all its children together, besides the way and whether they were seen. */
  readonly ofAll?: string;
  /** A question, a plan, or a visit or call that did not come about: there is nothing to record as done. */
  readonly nothingDone: boolean;
  /** Of several children those whose visit or call did not come about, and what was said of it; not said where there are none. */
  readonly notReached?: readonly { readonly childId: string; readonly own: string }[];
  /** Visits and calls that did not come about, said in so many words; no candidates where nobody was named. */
  readonly unmade?: readonly HeardUnmade[];
  /** Whose family lets nobody in, where the clause that says so names a child; empty otherwise. */
  readonly refusedBy?: readonly string[];
  /** "除了辉辉，都走了一遍": everybody else was visited, called or seen, and nobody said who that is. */
  readonly others?: 'visit' | 'call' | 'seen' | null;
}

/** One thing that happened to a conversation. */
export type DialogEvent =
  | { readonly kind: 'text'; readonly text: string; readonly heard: Heard }
  | { readonly kind: 'option'; readonly option: string }
  | { readonly kind: 'wake' }
  | Sent;
