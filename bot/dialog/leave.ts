import { ask, begunNow, endTop, flowOf, settleTop } from './question.ts';
import { emptied, type FlowEnd } from './flow.ts';
import { say } from '../../server/domain/say.ts';
import { topFrame, withDraft, withTop, type Frame, type Session } from './session.ts';
import type { Stage, Turn } from './turn.ts';

/** 返回 or 0: back to the question before; before the first question it leaves, keeping a draft. */
export function goBack(stage: Stage, turn: Turn): Turn {
  const frame = topFrame(turn.session);
  if (!frame) return { ...turn, replies: [...turn.replies, say('dialog.nowhere-back')] };
  const last = frame.asked.at(-1);
  if (last === undefined) return cancelTop(stage, turn);
  const before: Frame = {
    ...emptied(frame, last),
    asked: frame.asked.slice(0, -1),
    asking: last,
    misses: 0,
    page: 0,
  };
  return ask(stage, { ...turn, session: withTop(turn.session, before) });
}

/** 取消: the flow's own way to be cancelled, or a draft that can be taken up again. */
export function cancelTop(stage: Stage, turn: Turn): Turn {
  const frame = topFrame(turn.session);
  if (!frame) return { ...turn, replies: [...turn.replies, say('dialog.nothing-to-cancel')] };
  const flow = flowOf(stage, frame);
  if (flow?.onCancel) return endTop(stage, turn, flow.onCancel(frame, stage.view, stage.context));
  const drafted = flow?.keepsDraft === true ? withDraft(turn.session, frame) : turn.session;
  return endTop(
    stage,
    { ...turn, session: drafted },
    {
      replies: [say(flow?.keepsDraft === true ? 'dialog.cancelled-draft' : 'dialog.cancelled')],
      commands: [],
    },
  );
}

/** Every conversation whose patience has run out ends in its own way. The others wait on. */
export function silence(stage: Stage, turn: Turn): Turn {
  const nowText = stage.context.now.toISOString();
  const late = turn.session.frames.find((f) => f.waitsUntil !== null && f.waitsUntil <= nowText);
  // What silence began asks its first question now.
  if (!late) return topFrame(turn.session)?.asking === null ? settleTop(stage, turn) : turn;
  return silence(stage, setAside(stage, turn, late));
}

/** Ends a conversation as silence would: in its own way, or as a draft; what it begins stands in its place. */
export function setAside(stage: Stage, turn: Turn, frame: Frame): Turn {
  const flow = flowOf(stage, frame);
  const end: FlowEnd = flow?.onSilence?.(frame, stage.view, stage.context) ?? { replies: [], commands: [] };
  const draft = end.draft === undefined ? frame : end.draft;
  const begun = begunNow(stage, end.then ?? []);
  const kept = flow?.keepsDraft === true && draft ? withDraft(turn.session, draft) : turn.session;
  return {
    // A new question number: a button of the conversation that ended must not answer the one below it.
    session: {
      ...kept,
      frames: kept.frames.flatMap((f) => (f === frame ? begun : [f])),
      askId: kept.askId + 1,
    },
    replies: [...turn.replies, ...end.replies],
    commands: [...turn.commands, ...end.commands],
  };
}

/** 继续: takes up the newest draft. */
export function takeUpDraft(session: Session): { readonly session: Session; readonly frame: Frame } | null {
  const [frame, ...rest] = session.drafts;
  return frame ? { frame, session: { ...session, drafts: rest } } : null;
}
