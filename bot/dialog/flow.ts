import type { z } from 'zod';
import type { Sent } from '../../server/domain/files/file-ref.ts';
import type { Command } from '../../server/domain/commands.ts';
import type { OptionList, Reply, Say } from '../../server/domain/say.ts';
import type { Frame, Session, SlotValue } from './session.ts';
import type { DialogEvent, Heard } from './event.ts';
import type { Looking, View } from './view.ts';

/** Time, ids and numbers, passed in: the same turn with the same context always gives the same answer. */
export interface Context {
  readonly now: Date;
  newId(): string;
  /** The next number of a mandatory report, e.g. R-2026-000123. */
  reportNumber(): string;
}

/** One answer to a question. `code` travels in the option id; at most 40 bytes. */
export interface Choice {
  readonly code: string;
  readonly value: SlotValue;
  readonly label: Say;
  /** The id of a command button to stand for this answer: it never expires, and no number presses it. */
  readonly command?: string;
  /** It opens a report: chosen by its button or its words, never by a number, which may be a slip. */
  readonly opensReport?: true;
}

/** Whose data stands on a screen (未成年人网络保护条例 第36条: every access is logged). */
export interface Shown {
  readonly screen: string;
  readonly childIds: readonly string[];
}

/** One thing a flow needs to know. */
export interface Slot {
  readonly id: string;
  readonly schema: z.ZodType;
  ask(frame: Frame, view: View): Say;
  choices(frame: Frame, view: View): readonly Choice[];
  /** Instead of the choices, several lists to be answered at once, on a channel that shows such; `chosen` reads them. */
  lists?(frame: Frame, view: View): readonly OptionList[];
  /** The answer that entries of the lists make, one of each; undefined where they are none. */
  chosen?(ids: readonly string[]): SlotValue | undefined;
  /** The answer in free words; undefined when these words do not answer. */
  read?(heard: Heard, frame: Frame, view: View): SlotValue | undefined;
  /** Any words may be the answer: a command word with more behind it is not a command here. */
  readonly freeText?: boolean;
  /** The question is sent as urgently as what it is about. */
  readonly urgent?: boolean;
  /** The children this question shows, of whom `onPage` are offered as answers: one access row each time it is asked. */
  shows?(frame: Frame, view: View, onPage: readonly Choice[]): Shown;
  /** An example answer, for somebody who chose small steps. */
  readonly example?: string;
  /** What to say when words were not understood; the question follows. */
  readonly missed?: string;
  /** Why these words are no answer, where that can be said plainly; the question follows. */
  refuses?(heard: Heard, frame: Frame, view: View): Say | null;
}

/** How a flow ends or steps aside. */
export interface FlowEnd {
  readonly replies: readonly Reply[];
  readonly commands: readonly Command[];
  /** Stands before the question that is asked next. */
  readonly because?: Say;
  /** What it leaves as a draft; going silent leaves the frame as it was where nothing is said here. */
  readonly draft?: Frame | null;
  /** Somebody may be looking on: what lies below is set aside and not shown again now. */
  readonly setsAside?: true;
  /** Conversations that begin now, the last one first to speak. */
  readonly then?: readonly Frame[];
  readonly saved?: Session['lastSaved'];
}

/** A conversation as data: its slots by id, and what its end does. */
export interface Flow {
  readonly id: string;
  readonly version: number;
  readonly slots: readonly Slot[];
  /** The slot to ask next; null when nothing is missing. */
  next(frame: Frame, view: View): string | null;
  finish(frame: Frame, view: View, context: Context): FlowEnd;
  /** What is still missing, of the things that one sentence can say; for somebody who chose large steps. */
  gaps?(frame: Frame): readonly ('on' | 'mode' | 'met' | 'seen' | 'note')[];
  /**
   * Tidies the frame after an answer: a correction empties the slot it corrects. `heard` are the words of the answer,
   * which may say more than was asked; null after a button.
   */
  settle?(frame: Frame, heard: Heard | null, view: View): Frame;
  /** What an answer does at once, before the conversation has come to its end; `after` is the frame with the answer. */
  answers?(frame: Frame, slot: string, value: SlotValue, after: Frame, view: View): readonly Command[];
  /** Words that tell of something else than this conversation: they answer nothing here, whatever the question is. */
  tellsOfAnother?(heard: Heard, frame: Frame, view: View): boolean;
  /** Takes words that do not answer the question but change something already said. */
  absorb?(heard: Heard, frame: Frame, view: View): Frame | undefined;
  /** What words said that were no answer to the question, where it has to be asked again; null for nothing. */
  tookUp?(before: Frame, after: Frame, view: View): Say | null;
  /** Words that belong to this flow whatever the question is (a report takes everything said next). */
  swallow?(
    heard: Heard,
    frame: Frame,
    view: View,
    context: Context,
  ): (FlowEnd & { readonly frame: Frame }) | undefined;
  /**
   * The frame from which a question is asked again after anything that did not answer it: somebody may have come in
   * meanwhile. The same frame where that is no matter.
   */
  retreats?(frame: Frame): Frame;
  /** What 取消 does; without it the frame becomes a draft. Null refuses to be cancelled. */
  onCancel?(frame: Frame, view: View, context: Context): FlowEnd;
  /** How long the flow waits for a word, in milliseconds, and what happens then. */
  readonly patienceMs?: number;
  /** Where it depends on what was told, or on who told it. */
  patienceOf?(frame: Frame, view: View): number;
  onSilence?(frame: Frame, view: View, context: Context): FlowEnd;
  /** Whether going silent or being cancelled keeps a draft. */
  readonly keepsDraft?: boolean;
}

/** A word, a button or a digest line that starts something without a question before it. */
export interface CommandWord {
  readonly id: string;
  readonly words: readonly string[];
  /** What may follow the word: nothing, something after a break ("收到 R-…"), or anything at all ("紧急孩子不见了"). */
  readonly takesRest?: 'nothing' | 'after-break' | 'anything';
  /** With something after it, it is a command even where any words are an answer ("收到 R-…"). */
  readonly interrupts?: boolean;
  /** Starts a flow, or answers at once. `target` is what a button carried or what followed the word. */
  run(input: CommandInput): CommandRun;
  /** Who may use it; others get the answer for unknown words. */
  allowed(view: View): boolean;
}

export interface CommandInput {
  readonly target: string | null;
  readonly heard: Heard | null;
  readonly session: Session;
  readonly view: View;
  readonly context: Context;
}

/** Something that was sent, and the conversation it came into. */
export interface Receiving {
  readonly sent: Sent;
  readonly session: Session;
  readonly view: View;
}

export interface CommandRun extends FlowEnd {
  readonly session?: Session;
}

/** Words of a turn, and what has become of them. */
export interface Noticing {
  readonly heard: Heard;
  readonly before: Session;
  readonly after: Session;
  readonly commands: readonly Command[];
  readonly view: View;
}

/** Everything the engine can talk about. */
export interface Repertoire {
  readonly flows: readonly Flow[];
  readonly commands: readonly CommandWord[];
  /** The command that opens a mandatory report, above everything else. */
  readonly urgent: CommandWord;
  /** What free words start when no question is open: undefined when they start nothing. */
  understand(input: CommandInput & { readonly heard: Heard }): CommandRun | undefined;
  /** A worry said in words that do not answer the open question; undefined where they say none. */
  worries(input: CommandInput & { readonly heard: Heard }): CommandRun | undefined;
  /** The answer to words nobody understood. */
  lost(view: View): Reply;
  /** A question about danger in words that nothing has taken up; null where there is none to ask. */
  notices(noticing: Noticing): Frame | null;
  /** What is done with a voice message, a photo or a place, whatever is being talked about. */
  receive(receiving: Receiving): CommandRun;
  /** What the answer to this event will look at besides the view; it is loaded before the step. */
  looksAt(event: DialogEvent, session: Session, view: View): Looking;
}

/** A new frame of a flow with what is known already. */
export function begin(flow: Pick<Flow, 'id' | 'version'>, slots: Frame['slots']): Frame {
  return {
    flow: flow.id,
    version: flow.version,
    slots,
    asking: null,
    asked: [],
    misses: 0,
    page: 0,
    waitsUntil: null,
  };
}

/** The frame with one slot filled. */
export function filled(frame: Frame, slot: string, value: SlotValue): Frame {
  return { ...frame, slots: { ...frame.slots, [slot]: value } };
}

/** The frame with these slots empty again. */
export function emptied(frame: Frame, ...slots: readonly string[]): Frame {
  return {
    ...frame,
    slots: Object.fromEntries(Object.entries(frame.slots).filter(([id]) => !slots.includes(id))),
  };
}
