import { dutyName } from '../../server/domain/caseload.ts';
import type { RecordContact } from '../../server/domain/commands.ts';
import { standingOf } from '../../server/domain/cadence/standing.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { CaseChild, View } from '../dialog/view.ts';

/** What a record did to the duties of its child, in words: "十一月的走访完成了". */
export function effectsOf(child: CaseChild, command: RecordContact, view: View): readonly Say[] {
  if (command.nobodyMet === true) return [say('effect.nobody-met')];
  const encounter = {
    id: command.contactId,
    on: command.takenOn,
    mode: command.mode,
    childSeen: command.childSeen ?? false,
  };
  const facts = { ...child.facts, encounters: [...child.facts.encounters, encounter] };
  const after = standingOf(facts, view.policies, view.today);
  const stillOpen = new Set(after.open.map((d) => d.key));
  const stillOverdue = new Set(after.overdue.map((o) => o.duty.key));
  const done = child.standing.open
    .filter((d) => !stillOpen.has(d.key))
    .map((d) => say('effect.done', { duty: dutyName(d) }));
  const ended = child.standing.overdue
    .filter((o) => !stillOverdue.has(o.duty.key))
    .map((o) => say('effect.ended', { duty: dutyName(o.duty) }));
  const begun = after.open.filter(
    (d) => d.kind === 'talk' && !child.standing.open.some((o) => o.key === d.key),
  );
  const talk = begun.map((d) => say('effect.talk', { on: d.dueOn }));
  const uncounted =
    command.childSeen === false && done.length + ended.length === 0 ? [say('effect.not-counted')] : [];
  return [...done, ...ended, ...talk, ...uncounted];
}
