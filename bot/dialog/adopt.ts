import { begin, type Repertoire } from './flow.ts';
import type { Frame, Session } from './session.ts';

/**
 * Takes a session that an earlier version of the program wrote: frames keep every slot that still means something and
 * ask the rest again. Nothing is reset silently.
 */
export function adopt(repertoire: Repertoire, session: Session): Session {
  return {
    ...session,
    frames: session.frames.flatMap((f) => adoptFrame(repertoire, f)),
    drafts: session.drafts.flatMap((f) => adoptFrame(repertoire, f)),
  };
}

function adoptFrame(repertoire: Repertoire, frame: Frame): Frame[] {
  const flow = repertoire.flows.find((f) => f.id === frame.flow);
  if (!flow) return [];
  if (flow.version === frame.version) return [frame];
  const kept = Object.entries(frame.slots).filter(
    ([id, value]) => flow.slots.find((s) => s.id === id)?.schema.safeParse(value).success ?? true,
  );
  return [{ ...begin(flow, Object.fromEntries(kept)), waitsUntil: frame.waitsUntil }];
}

/** Whether a conversation of a flow that no longer exists could not be taken over: its person is told, not left waiting. */
export function lostSome(before: Session, after: Session): boolean {
  return after.frames.length + after.drafts.length < before.frames.length + before.drafts.length;
}
