import { endOfNextWeek } from '../../server/domain/escalation/duty-roster.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { DutyAhead, View } from '../dialog/view.ts';

const ROLES = ['supervisor', 'deputy', 'county-desk', 'county-leader'];
const watches = ({ role }: View): boolean => !['director', 'guardian', 'carer', 'stranger'].includes(role);

/** 值班表: who fills which role this week and the next, and until when. */
export const dutyRosterWord: CommandWord = {
  id: 'duty-roster',
  words: ['值班表', 'duty roster'],
  allowed: watches,
  run: ({ view }) => {
    const untilOn = endOfNextWeek(view.today);
    const lines = ROLES.flatMap((role) =>
      (view.dutyAhead ?? []).filter((span) => span.role === role).map((span) => lineOf(span, view, untilOn)),
    );
    const reply =
      lines.length > 0 ? say('duty-roster.list', { until: untilOn, lines }) : say('on-duty.none', { lines });
    return { replies: [reply], commands: [] };
  },
};

/** Whoever is on duty all the time needs no days. */
function lineOf(span: DutyAhead, view: View, lastOn: string): Say {
  const line = plainLine(span, view, lastOn);
  return span.replaces === null ? line : say('duty-roster.replaces', { line, name: span.replaces });
}

function plainLine({ role, name, phone, fromOn, untilOn }: DutyAhead, { today }: View, lastOn: string): Say {
  const who = { role: say(`role.${role}`), name, phone: phone ?? say('on-duty.no-phone') };
  if (fromOn === today && untilOn === lastOn) return say('on-duty.line', who);
  if (fromOn === untilOn) return say('duty-roster.line-day', { ...who, from: fromOn });
  return say('duty-roster.line', { ...who, from: fromOn, until: untilOn });
}
