import { say } from '../../server/domain/say.ts';
import { emptied, filled, type CommandRun, type CommandWord } from '../dialog/flow.ts';
import { topFrame, withoutTop, type Frame, type Session } from '../dialog/session.ts';
import { SILENT_AT, concern } from './concern.ts';

/** So long after falling silent 方便 still means that worry (our default); later it is told anew. */
const TAKEN_UP_MS = 12 * 3_600_000;

/** 方便, the button or the word: yes to the open question, or the worry about which somebody fell silent. */
export const talkNowWord: CommandWord = {
  id: 'talk-now',
  words: [
    ...['方便', '方便了', '方便说', '方便说了', '现在方便', '现在方便了', '我方便了'],
    ...['方便了,你说', '方便了你说', '方便,你说', '可以说', '可以说了', '现在可以说', '现在可以说了'],
  ],
  allowed: (view) => view.caseload.length > 0,
  run: ({ session, context }): CommandRun => {
    const top = topFrame(session);
    if (top?.flow === concern.id && top.asking === 'talk')
      return { session: withoutTop(session), replies: [], commands: [], then: [filled(top, 'talk', 'now')] };
    const again = takenUpAgain(session, context.now);
    if (again) return again;
    return { replies: top === undefined ? [say('dialog.nothing-to-choose')] : [], commands: [] };
  },
};

/** The worry about which somebody fell silent a while ago; undefined where there is none. */
export function takenUpAgain(session: Session, now: Date): CommandRun | undefined {
  const draft = session.drafts.find((frame) => isRecent(frame, now));
  return draft === undefined ? undefined : takenUp(session, draft);
}

/** The same worry said again while nobody has called: it is asked once more whether it is safe to talk, and stays one. */
export function worriedAgain(
  childId: string,
  words: string,
  session: Session,
  now: Date,
): CommandRun | undefined {
  const draft = session.drafts.find((frame) => frame.slots.childId === childId && isRecent(frame, now));
  if (draft === undefined) return undefined;
  return {
    session: { ...session, drafts: session.drafts.filter((frame) => frame !== draft) },
    replies: [],
    commands: [],
    then: [filled(emptied(draft, SILENT_AT), 'words', words)],
  };
}

function isRecent({ flow, slots }: Frame, now: Date): boolean {
  const at = slots[SILENT_AT];
  return flow === concern.id && typeof at === 'string' && now.getTime() - Date.parse(at) < TAKEN_UP_MS;
}

/** What was answered before the silence stays answered. */
function takenUp(session: Session, draft: Frame): CommandRun {
  return {
    session: { ...session, drafts: session.drafts.filter((frame) => frame !== draft) },
    replies: [],
    commands: [],
    then: [filled(emptied(draft, SILENT_AT), 'talk', 'now')],
  };
}
