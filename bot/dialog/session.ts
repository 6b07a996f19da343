import { z } from 'zod';

/** So many conversations may lie on each other: the one begun, one that interrupted it, and an urgent report. */
export const FRAME_LIMIT = 3;
export const DRAFT_LIMIT = 3;
const EARLIER_LIMIT = 8;

const frameSchema = z.object({
  /** The flow and the version of it that wrote this frame. */
  flow: z.string(),
  version: z.number().int(),
  slots: z.record(z.string(), z.json()),
  /** The slot being asked; null before the first question. */
  asking: z.string().nullable(),
  /** The slots asked so far, for going back. */
  asked: z.array(z.string()),
  /** How often the present question was not understood. */
  misses: z.number().int(),
  /** Which page of a long list is shown. */
  page: z.number().int(),
  /** The instant at which this frame stops waiting; null for never. */
  waitsUntil: z.string().nullable(),
});

const savedSchema = z.object({
  contactId: z.string(),
  filedAt: z.string(),
  childId: z.string(),
  /** What was found was spoken: its words may be written down later. */
  voice: z.literal(true).optional(),
  /** A word about a child's absence instead of a record. */
  is: z.enum(['absence', 'return']).optional(),
  /** One way to several children: its records were stored together and can be taken back together. */
  trip: z
    .object({ id: z.string(), others: z.array(z.object({ contactId: z.string(), childId: z.string() })) })
    .optional(),
});

const sessionSchema = z.object({
  v: z.literal(1),
  /** The conversations under way, the present one last. */
  frames: z.array(frameSchema).max(FRAME_LIMIT),
  drafts: z.array(frameSchema).max(DRAFT_LIMIT),
  /** Counts the questions; an option that names an older question is stale. */
  askId: z.number().int(),
  /** The option ids of the last message that had any: what a bare number chooses from. */
  offered: z.array(z.string()),
  /** What stood on those options, as the person read it: typing it is pressing it. */
  labels: z.array(z.string()).default([]),
  /** The last record, for taking it back within minutes. */
  lastSaved: savedSchema.nullable(),
  /** The records before it, newest first: their buttons still take them back. */
  earlierSaved: z.array(savedSchema).max(EARLIER_LIMIT).default([]),
});

/** One conversation that waits for its next word. Slots go by id, never by a step number. */
export type Frame = z.infer<typeof frameSchema>;
/** Everything the bot remembers of a conversation with one person. Kept encrypted. */
export type Session = z.infer<typeof sessionSchema>;
export type SlotValue = z.infer<ReturnType<typeof z.json>>;

export const EMPTY_SESSION: Session = {
  v: 1,
  frames: [],
  drafts: [],
  askId: 0,
  offered: [],
  labels: [],
  lastSaved: null,
  earlierSaved: [],
};

/** Reads a stored session; null when it is damaged, so that the person is told instead of silently starting anew. */
export function readSession(text: string): Session | null {
  try {
    return sessionSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The conversation the next word belongs to. */
export function topFrame(session: Session): Frame | undefined {
  return session.frames.at(-1);
}

/** The session with its present conversation replaced. */
export function withTop(session: Session, frame: Frame): Session {
  return { ...session, frames: [...session.frames.slice(0, -1), frame] };
}

/** The session with its present conversation ended. */
export function withoutTop(session: Session): Session {
  return { ...session, frames: session.frames.slice(0, -1) };
}

/** The session that remembers a record stored just now. */
export function withSaved(session: Session, saved: Session['lastSaved'] | undefined): Session {
  if (!saved) return session;
  const before = session.lastSaved === null ? [] : [session.lastSaved];
  const earlierSaved = [...before, ...session.earlierSaved].slice(0, EARLIER_LIMIT);
  return { ...session, lastSaved: saved, earlierSaved };
}

/** The first instant at which a waiting conversation wants to be woken; null when none does. */
export function wakeAtOf(session: Session): string | null {
  const times = session.frames.flatMap((f) => (f.waitsUntil === null ? [] : [f.waitsUntil])).sort();
  return times[0] ?? null;
}

/** A slot that holds text; empty where it holds none. */
export function textOf(frame: Frame, slot: string): string {
  const value = frame.slots[slot];
  return typeof value === 'string' ? value : '';
}

/** The session with a conversation that can be taken up again, the newest first. */
export function withDraft(session: Session, frame: Frame): Session {
  return { ...session, drafts: [{ ...frame, waitsUntil: null }, ...session.drafts].slice(0, DRAFT_LIMIT) };
}

/** A person's conversation with what was said on a phone before it was known as theirs: that is the newer one. */
export function movedInto(person: Session, phone: Session): Session {
  return {
    ...phone,
    frames: [...person.frames, ...phone.frames].slice(-FRAME_LIMIT),
    drafts: [...phone.drafts, ...person.drafts].slice(0, DRAFT_LIMIT),
    askId: Math.max(person.askId, phone.askId) + 1,
  };
}
