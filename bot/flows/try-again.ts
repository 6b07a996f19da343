import { isAttempt } from '../../server/domain/attempt.ts';
import { isVisit } from '../../server/domain/cadence/child-facts.ts';
import { say } from '../../server/domain/say.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import type { Choice } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { tellsWorry } from '../understanding/tells-worry.ts';
import { slotsOf } from './record-slots.ts';

/** 改天再去: the answer to the last question where there was nothing to see. */
export const TRY_AGAIN = 'later';

/**
 * Whether an attempt may end with 改天再去. At a locked door nobody looked at the child and nobody was spoken with about it,
 * so it is no 未发现异常, and no worry either. Where the words tell of danger or doubt the question stays the usual one.
 */
export function mayTryAgain({
  mode,
  seen,
  met,
  note,
  signal,
}: {
  readonly mode: Mode | null;
  readonly seen: boolean | null;
  readonly met: readonly string[] | null;
  readonly note: string | null;
  readonly signal?: unknown;
}): boolean {
  if (mode === null || met === null || !isVisit(mode) || typeof signal === 'string') return false;
  return isAttempt({ mode, childSeen: seen, met }) && !tellsWorry(note ?? '');
}

/** The same for the record of one child. */
export function isLockedDoor(frame: Frame, view: View): boolean {
  return mayTryAgain({ ...slotsOf(frame, view), signal: frame.slots.signal });
}

export function tryAgainChoice(): Choice {
  return { code: TRY_AGAIN, value: TRY_AGAIN, label: say('record.try-again') };
}

/** 改天再去, 过两天再去看看. */
export function saysTryAgain({ text }: Heard): boolean {
  return /^(?:我)?(?:改天|下次|过[几两]天|有空)再?(?:去|来|跑|看|走)?(?:一次|一趟|看看|看)?[吧了]?$|^再(?:去|跑)一[次趟]$|^try again$/u.test(
    bareWord(text),
  );
}
