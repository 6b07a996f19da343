import type { CaseChild } from './caseload.ts';
import type { FollowUp } from './follow-up.ts';
import type { LocalDate } from './local-date.ts';
import { commandOption, say, type Option, type Say } from './say.ts';

/** One follow-up in a list, with its day. A concern, and a promise that tells of one, says only that somebody looks again. */
export function followUpLine(f: FollowUp, child: string, today: LocalDate): Say {
  const what =
    f.kind === 'promise' && f.text !== null
      ? say('follow-up.promised', { text: f.text })
      : say('follow-up.look');
  return say(f.dueOn < today ? 'follow-up.late' : 'follow-up.line', { child, what, on: f.dueOn });
}

/** The button of a line: a promise is answered by it; a concern is answered by a visit. */
export function followUpOption(f: FollowUp, child: Pick<CaseChild, 'id' | 'name'>): Option {
  return f.kind === 'promise'
    ? commandOption('follow-up', f.id, say('follow-up.open', { name: child.name }))
    : commandOption('visit', child.id, say('todo.visit', { name: child.name }));
}
