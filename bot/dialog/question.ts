import type { Command } from '../../server/domain/commands.ts';
import type { Heard } from './event.ts';
import { filled, type Choice, type Flow, type FlowEnd, type Shown, type Slot } from './flow.ts';
import {
  BETWEEN_CHOSEN,
  say,
  type Option,
  type OptionList,
  type Reply,
  type Say,
} from '../../server/domain/say.ts';
import {
  topFrame,
  withDraft,
  withSaved,
  withTop,
  withoutTop,
  type Frame,
  type SlotValue,
} from './session.ts';
import type { Stage, Turn } from './turn.ts';

/** Numbers choose among at most so many; longer lists have pages. */
export const PAGE_SIZE = 8;

/** The flow of a frame; frames of flows that no longer exist are dropped when a session is loaded. */
export function flowOf(stage: Stage, frame: Frame): Flow | undefined {
  return stage.repertoire.flows.find((flow) => flow.id === frame.flow);
}

/** Asks the present question (again), with a sentence before it that says why. */
export function ask(stage: Stage, turn: Turn, because?: Say): Turn {
  const frame = topFrame(turn.session);
  const flow = frame && flowOf(stage, frame);
  const slot = flow?.slots.find((s) => s.id === frame?.asking);
  if (!frame || !slot) return frame ? settleTop(stage, turn, because) : turn;
  const askId = turn.session.askId + 1;
  const question = slot.ask(frame, stage.view);
  const page = pageOf(stage, frame, slot);
  const reply: Reply = {
    ...withReason(because, inSteps(stage, slot, frame, question)),
    options: optionsOf(page, askId),
    ...listsOf(slot.lists?.(frame, stage.view), askId),
    ...(slot.urgent === true ? { urgent: true } : {}),
  };
  return {
    session: { ...turn.session, askId },
    replies: [...turn.replies, reply],
    commands: [...turn.commands, ...accessOf(slot.shows?.(frame, stage.view, page.choices))],
  };
}

/** Asks again what did not get its answer, from where the conversation steps back to; then nothing is said before it. */
export function askAgain(stage: Stage, turn: Turn, because: Say): Turn {
  const frame = topFrame(turn.session);
  const back = frame && flowOf(stage, frame)?.retreats?.(frame);
  if (back === undefined || back === frame) return ask(stage, turn, because);
  return settleTop(stage, { ...turn, session: withTop(turn.session, back) });
}

/** Goes on with the present conversation: the next question, or its end. */
export function settleTop(stage: Stage, turn: Turn, because?: Say): Turn {
  const frame = topFrame(turn.session);
  if (!frame) return turn;
  const flow = flowOf(stage, frame);
  if (!flow) return settleTop(stage, { ...turn, session: withoutTop(turn.session) }, because);
  const next = flow.next(frame, stage.view);
  if (next === null) return endTop(stage, turn, flow.finish(frame, stage.view, stage.context));
  const patient = waiting(stage, flow, {
    ...frame,
    asking: next,
    page: next === frame.asking ? frame.page : 0,
  });
  return ask(stage, { ...turn, session: withTop(turn.session, patient) }, because);
}

/** Ends the present conversation with what it says and does, and takes up what lies below it. */
export function endTop(stage: Stage, turn: Turn, end: FlowEnd): Turn {
  const below = withoutTop(turn.session);
  const begun = begunNow(stage, end.then ?? []);
  const kept = end.draft ? withDraft(below, end.draft) : below;
  const after: Turn = {
    session: withSaved({ ...kept, frames: [...kept.frames, ...begun] }, end.saved),
    replies: [...turn.replies, ...end.replies],
    commands: [...turn.commands, ...end.commands],
  };
  if (begun.length > 0) return settleTop(stage, after, end.because);
  if (end.setsAside === true) return { ...after, setsAside: true };
  return topFrame(after.session) ? askAgain(stage, after, end.because ?? say('dialog.resume')) : after;
}

/** Conversations that begin now: one that lies beneath another waits from now on, so that none is forgotten. */
export function begunNow(stage: Stage, frames: readonly Frame[]): readonly Frame[] {
  return frames.map((frame) => {
    const flow = flowOf(stage, frame);
    return flow ? waiting(stage, flow, frame) : frame;
  });
}

/** Free words as the answer to the open question, or as a change to what was said; undefined when neither. */
export function answerWith(stage: Stage, turn: Turn, heard: Heard): Turn | undefined {
  const frame = topFrame(turn.session);
  const flow = frame && flowOf(stage, frame);
  if (!frame || !flow) return undefined;
  const swallowed = flow.swallow?.(heard, frame, stage.view, stage.context);
  if (swallowed) {
    const patient = waiting(stage, flow, swallowed.frame);
    const kept: Turn = {
      session: withTop(turn.session, patient),
      replies: [...turn.replies, ...swallowed.replies],
      commands: [...turn.commands, ...swallowed.commands],
    };
    return ask(stage, kept, swallowed.because);
  }
  if (flow.tellsOfAnother?.(heard, frame, stage.view) === true) return undefined;
  const slot = flow.slots.find((s) => s.id === frame.asking);
  const value = slot?.read?.(heard, frame, stage.view);
  if (slot && value !== undefined && slot.schema.safeParse(value).success)
    return accept(stage, turn, { flow, frame, slot, value, heard });
  const changed = flow.absorb?.(heard, frame, stage.view);
  if (!changed) return undefined;
  // A card shows what was taken, and a day is asked about with the day; where the same question comes once more, it is said.
  const isAskedAgain = flow.next(changed, stage.view) === frame.asking;
  const isShown = slot?.shows !== undefined || slot?.id === 'on';
  const taken = flow.tellsOfAnother !== undefined && !isShown ? say('dialog.taken') : undefined;
  const because = isAskedAgain ? (flow.tookUp?.(frame, changed, stage.view) ?? taken) : undefined;
  const next = { ...turn, session: withTop(turn.session, { ...changed, misses: 0 }) };
  return settleTop(stage, next, because);
}

/** The answer to the open question that this option stands for, where it opens a report. */
export function reportAnswer(stage: Stage, turn: Turn, option: string): Choice | undefined {
  const frame = topFrame(turn.session);
  const slot = frame && flowOf(stage, frame)?.slots.find((s) => s.id === frame.asking);
  if (!frame || !slot) return undefined;
  return slot
    .choices(frame, stage.view)
    .find((c) => c.opensReport === true && option === `q${String(turn.session.askId)}.${c.code}`);
}

/** An option of the open question; undefined when it belongs to an older one. */
export function optionOf(stage: Stage, turn: Turn, option: string): Turn | undefined {
  const parts = /^q(\d+)\.(.+)$/s.exec(option);
  const frame = topFrame(turn.session);
  const flow = frame && flowOf(stage, frame);
  const slot = flow?.slots.find((s) => s.id === frame?.asking);
  if (!parts || !frame || !flow || !slot || Number(parts[1]) !== turn.session.askId) return undefined;
  if (parts[2] === 'more')
    return ask(stage, { ...turn, session: withTop(turn.session, { ...frame, page: frame.page + 1 }) });
  const choice = slot.choices(frame, stage.view).find((c) => c.code === parts[2] && c.command === undefined);
  const together = choice === undefined ? slot.chosen?.((parts[2] ?? '').split(BETWEEN_CHOSEN)) : undefined;
  if (together !== undefined) return accept(stage, turn, { flow, frame, slot, value: together, heard: null });
  return choice && accept(stage, turn, { flow, frame, slot, value: choice.value, heard: null });
}

interface Answer {
  readonly flow: Flow;
  readonly frame: Frame;
  readonly slot: Slot;
  readonly value: SlotValue;
  /** The words of the answer; null after a button. */
  readonly heard: Heard | null;
}

function accept(stage: Stage, turn: Turn, { flow, frame, slot, value, heard }: Answer): Turn {
  const answered: Frame = {
    ...filled(frame, slot.id, value),
    asked: [...frame.asked.filter((id) => id !== slot.id), slot.id],
    misses: 0,
  };
  const settled = flow.settle?.(answered, heard, stage.view) ?? answered;
  return settleTop(stage, {
    ...turn,
    session: withTop(turn.session, settled),
    commands: [...turn.commands, ...(flow.answers?.(frame, slot.id, value, settled, stage.view) ?? [])],
  });
}

function waiting(stage: Stage, flow: Flow, frame: Frame): Frame {
  const patienceMs = flow.patienceOf?.(frame, stage.view) ?? flow.patienceMs;
  if (patienceMs === undefined) return { ...frame, waitsUntil: null };
  return { ...frame, waitsUntil: new Date(stage.context.now.getTime() + patienceMs).toISOString() };
}

function withReason(because: Say | undefined, question: Say): Say {
  return because === undefined ? question : say('dialog.because', { because, question });
}

/** The question in the steps its reader chose: with all that is missing before it, or with an example below it. */
function inSteps(stage: Stage, slot: Slot, frame: Frame, question: Say): Say {
  const { steps } = stage.view.settings;
  const gaps = steps === 'large' ? (flowOf(stage, frame)?.gaps?.(frame) ?? []) : [];
  if (gaps.length > 1) {
    const all = say('gap.all', { gaps: gaps.map((id) => say(`gap.${id}`)) });
    return say('dialog.because', { because: all, question });
  }
  return steps === 'small' && slot.example !== undefined
    ? say('dialog.because', { because: question, question: say(slot.example) })
    : question;
}

/** The choices that are shown at once, and whether there are more. */
interface ChoicePage {
  readonly choices: readonly Choice[];
  readonly hasMore: boolean;
}

function pageOf(stage: Stage, frame: Frame, slot: Slot): ChoicePage {
  const choices = slot.choices(frame, stage.view);
  if (choices.length <= PAGE_SIZE) return { choices, hasMore: false };
  const perPage = PAGE_SIZE - 1;
  const first = (frame.page % Math.ceil(choices.length / perPage)) * perPage;
  return { choices: choices.slice(first, first + perPage), hasMore: true };
}

function optionsOf({ choices, hasMore }: ChoicePage, askId: number): readonly Option[] {
  const options = choices.map((choice): Option => ({
    id: choice.command ?? `q${String(askId)}.${choice.code}`,
    label: choice.label,
    ...(choice.opensReport === true ? { opensReport: true } : {}),
  }));
  return hasMore ? [...options, { id: `q${String(askId)}.more`, label: say('dialog.more') }] : options;
}

function listsOf(lists: readonly OptionList[] | undefined, askId: number): Pick<Reply, 'lists'> {
  return lists === undefined ? {} : { lists: { id: `q${String(askId)}.`, lists } };
}

function accessOf(shown: Shown | undefined): readonly Command[] {
  return shown === undefined || shown.childIds.length === 0 ? [] : [{ type: 'note-access', ...shown }];
}
