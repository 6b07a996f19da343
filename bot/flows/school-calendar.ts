import { z } from 'zod';
import type { SchoolBreak } from '../../server/domain/education/school-break.ts';
import {
  breaksAhead,
  type CalendarBreak,
  type CalendarLine,
  type SchoolCalendar,
} from '../../server/domain/education/school-calendar.ts';
import { nextBreak } from '../../server/domain/education/unconfirmed.ts';
import { commandOption, say, type Option, type Reply, type Say } from '../../server/domain/say.ts';
import { begin, type CommandRun, type CommandWord, type Flow, type FlowEnd } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { isFamily, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { breakSaid, replacedBy, tellsOfBreak } from './school-break.ts';

const PATIENCE_MS = 3_600_000;

const isStaff = (view: View): boolean => !isFamily(view);
/** The days of school are entered where the office that publishes them is known. */
const mayWrite = ({ role }: View): boolean => role === 'county-desk' || role === 'city-desk';

/** 校历: when schools are on holiday here, who says so, and what is missing; with more behind it the desk enters a break. */
export const calendarWord: CommandWord = {
  id: 'school-calendar',
  words: ['校历', 'school calendar'],
  takesRest: 'anything',
  allowed: isStaff,
  run: ({ target, view }) => {
    if (target === null || !tellsOfBreak(target, view)) return listed(view);
    if (mayWrite(view)) return breakSaid(target, view);
    return { replies: [say('school-calendar.desk-only'), ...listed(view).replies], commands: [] };
  },
};

/** 填校历: the next break, asked for step by step. */
export const fillCalendarWord: CommandWord = {
  id: 'fill-calendar',
  words: ['填校历', 'fill school calendar'],
  allowed: mayWrite,
  run: ({ view }) => breakSaid(nextBreak(view.today).kind === 'winter' ? '寒假' : '暑假', view),
};

/** 核实校历: rows that came without a day of comparison are compared now. */
export const verifyCalendarWord: CommandWord = {
  id: 'verify-calendar',
  words: ['核实校历', 'confirm school calendar'],
  allowed: mayWrite,
  run: ({ view }) => {
    const ids = unverifiedIn(view).map(({ id }) => id);
    if (ids.length === 0) return { replies: [say('school-calendar.all-verified')], commands: [] };
    return { replies: [], commands: [], then: [begin(verifyCalendar, { ids })] };
  },
};

/** The rows that nobody has compared with their source, in one list, and one answer for all of them. */
export const verifyCalendar: Flow = {
  id: 'verify-calendar',
  version: 1,
  patienceMs: PATIENCE_MS,
  onSilence: () => ({ replies: [], commands: [] }),
  onCancel: () => ({ replies: [say('school-calendar.not-verified')], commands: [] }),
  slots: [
    {
      id: 'confirm',
      schema: z.boolean(),
      ask: (frame, view) =>
        say('school-calendar.verify', { lines: namedIn(frame, view).map((row) => rowSaid(row)) }),
      choices: () => [
        { code: 'yes', value: true, label: say('school-break.verified') },
        { code: 'no', value: false, label: say('school-calendar.not-yet') },
      ],
      read: ({ text }) => {
        const word = bareWord(text);
        if (/^(?:对过了?|核实过?了?|确认|是的?|对的?|yes)$/u.test(word)) return true;
        return /^(?:还没对|没对过?|还没有?|不是|不对|no)$/u.test(word) ? false : undefined;
      },
    },
  ],
  next: ({ slots }) => (slots.confirm === undefined ? 'confirm' : null),
  finish: (frame, view, context): FlowEnd => {
    const own = view.calendar?.areas[0];
    if (frame.slots.confirm !== true || own === undefined)
      return { replies: [say('school-calendar.not-verified')], commands: [] };
    // A city's row that a county has compared is the county's own from now on.
    const breaks = namedIn(frame, view).map((row) => ({
      ...row,
      id: context.newId(),
      areaCode: own.code,
      verifiedOn: view.today,
    }));
    return {
      replies: [say('school-calendar.verified', { count: breaks.length })],
      commands: [{ type: 'set-school-breaks', breaks, replaced: replacedBy(breaks, view) }],
    };
  },
};

function listed(view: View): CommandRun {
  const { calendar } = view;
  if (!calendar) return { replies: [say('dialog.lost')], commands: [] };
  const breaks = breaksAhead(calendar, view.today);
  const isWriter = mayWrite(view);
  const reply: Reply = {
    ...say('school-calendar.list', {
      area: calendar.areas[0]?.name ?? '',
      breaks: breaks.map((one) => breakSaidIn(one, calendar)),
      how: isWriter ? say('school-calendar.how') : '',
    }),
    ...(isWriter ? { options: writersOptions(breaks, view) } : {}),
  };
  return { replies: [reply], commands: [] };
}

function writersOptions(breaks: readonly CalendarBreak[], view: View): readonly Option[] {
  const lacksDays = breaks.some(({ lines }) => lines.some(({ row }) => row === null));
  return [
    ...(unverifiedIn(view).length > 0
      ? [commandOption('verify-calendar', null, say('school-calendar.verify-button'))]
      : []),
    ...(lacksDays ? [commandOption('fill-calendar', null, say('school-calendar.fill-button'))] : []),
  ];
}

function breakSaidIn({ kind, year, lines }: CalendarBreak, calendar: SchoolCalendar): Say {
  return say('school-calendar.break', {
    year,
    kind: say(`school-break.${kind}`),
    lines: lines.map((line) => lineSaid(line, calendar)),
  });
}

function lineSaid({ stages, row }: CalendarLine, { areas }: SchoolCalendar): Say {
  const named = stages.map((stage) => say(`school-stage.${stage}`));
  if (row === null) return say('school-calendar.line-none', { stages: named });
  const { startsOn, endsOn, source, verifiedOn, areaCode } = row;
  const from = areaCode === areas[0]?.code ? null : areas.find(({ code }) => code === areaCode);
  const told = {
    stages: named,
    from: startsOn,
    until: endsOn,
    source: from ? say('school-calendar.source-of', { area: from.name, source }) : source,
  };
  return verifiedOn === null
    ? say('school-calendar.line-unverified', told)
    : say('school-calendar.line-verified', { ...told, on: verifiedOn });
}

function rowSaid({ stage, kind, year, startsOn, endsOn, source }: SchoolBreak): Say {
  return say('school-calendar.to-verify', {
    year,
    kind: say(`school-break.${kind}`),
    stage: say(`school-stage.${stage}`),
    from: startsOn,
    until: endsOn,
    source,
  });
}

/** The rows that count here, are not over, and were never compared. */
function unverifiedIn({ calendar, today }: View): readonly SchoolBreak[] {
  if (!calendar) return [];
  return breaksAhead(calendar, today).flatMap(({ kind, year, lines }) =>
    lines.flatMap(({ stages, row }) =>
      row?.verifiedOn !== null
        ? []
        : calendar.rows.filter(
            (one) => isSameBreak(one, { ...row, kind, year }) && stages.includes(one.stage),
          ),
    ),
  );
}

function isSameBreak(one: SchoolBreak, row: SchoolBreak): boolean {
  return (
    one.areaCode === row.areaCode &&
    one.kind === row.kind &&
    one.year === row.year &&
    one.startsOn === row.startsOn &&
    one.endsOn === row.endsOn &&
    one.verifiedOn === null
  );
}

/** Those that were asked about and still stand. */
function namedIn({ slots }: Frame, view: View): readonly SchoolBreak[] {
  const ids = Array.isArray(slots.ids) ? slots.ids : [];
  return unverifiedIn(view).filter(({ id }) => ids.includes(id));
}
