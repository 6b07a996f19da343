import { z } from 'zod';
import type { DutyLine } from '../../server/domain/escalation/duty-roster.ts';
import { commandOption, say, type Say } from '../../server/domain/say.ts';
import { begin, type CommandRun, type CommandWord, type Flow, type FlowEnd } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { dutyRosterWord } from './duty-roster.ts';
import { rosterLines, swapLines, type ReadDuty } from './duty-words.ts';

const PATIENCE_MS = 60 * 60_000;

const isOnLadder = ({ role }: View): boolean =>
  ['supervisor', 'deputy', 'county-desk', 'county-leader'].includes(role);

/** The whole in one sentence, and 是 or 不是; nothing is stored before. */
export const dutyChange: Flow = {
  id: 'duty-change',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'confirm',
      schema: z.boolean(),
      ask: (frame) => say('duty-change.confirm', { lines: linesOf(frame).map(lineSaid) }),
      choices: () => [
        { code: 'yes', value: true, label: say('duty-change.yes') },
        { code: 'no', value: false, label: say('duty-change.no') },
      ],
      read: ({ text }) => {
        const word = bareWord(text);
        if (/^(?:是|是的|对|对的|好|好的|确认|yes)$/u.test(word)) return true;
        return /^(?:不是|不对|不|不用|不换了?|no)$/u.test(word) ? false : undefined;
      },
    },
  ],
  next: ({ slots }) => (slots.confirm === undefined ? 'confirm' : null),
  finish: (frame, view): FlowEnd => {
    if (frame.slots.confirm !== true) return { replies: [say('duty-change.not-filed')], commands: [] };
    const lines = linesOf(frame);
    const isSwap = lines.some(({ replacesId }) => replacesId !== null);
    return {
      replies: [
        {
          ...say(isSwap ? 'duty-change.swapped' : 'duty-change.filed', {
            lines: lines.map(lineSaid),
            running: runningSaid(lines, view),
          }),
          options: [commandOption(dutyRosterWord.id, null, say('duty-change.see'))],
        },
      ],
      commands: [{ type: 'file-duty', lines }],
    };
  },
  onCancel: () => ({ replies: [say('duty-change.not-filed')], commands: [] }),
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 换班 12月1日 周明远 江少芬: the desk for everybody, others for their own shift. */
export const swapWord: CommandWord = {
  id: 'swap-duty',
  words: ['换班', 'swap duty'],
  takesRest: 'after-break',
  allowed: isOnLadder,
  run: ({ target, view }) =>
    target === null ? { replies: [say('duty-change.how-swap')], commands: [] } : swapSaid(target, view),
};

/** 值班 12月1日 江少芬, several lines in one message: the desk's roster. */
export const enterDutyWord: CommandWord = {
  id: 'enter-duty',
  words: ['值班', '排班'],
  takesRest: 'after-break',
  allowed: isOnLadder,
  run: ({ target, view }) => {
    const { dutyDesk, role, today } = view;
    if (role !== 'county-desk') return { replies: [say('duty-change.desk-only')], commands: [] };
    if (target === null || dutyDesk === undefined)
      return { replies: [say('duty-change.how-roster')], commands: [] };
    return asked(rosterLines(target, dutyDesk, today));
  },
};

/** 明天江少芬替我值班, in any words. */
export function swapSaid(text: string, view: View): CommandRun {
  const { dutyDesk, personId, role, today } = view;
  if (dutyDesk === undefined) return { replies: [say('duty-change.how-swap')], commands: [] };
  return asked(swapLines(text, dutyDesk, today, { personId, role }));
}

/** Whether this person may swap at all. */
export function maySwap(view: View): boolean {
  return isOnLadder(view);
}

function asked(read: ReadDuty): CommandRun {
  if ('wrong' in read) return { replies: [say('duty-change.wrong', { why: read.wrong })], commands: [] };
  return { replies: [], commands: [], then: [begin(dutyChange, { lines: JSON.stringify(read.lines) })] };
}

/** Reports under way keep the roster of their opening; said only of those that whoever asks was told of. */
function runningSaid(lines: readonly DutyLine[], { reports }: View): readonly Say[] {
  return reports.flatMap(({ number, state, drill, rosterAreas, acknowledgedBy }) => {
    const touched = lines.filter(({ areaCode }) => rosterAreas.includes(areaCode));
    if (drill || touched.length === 0 || (state !== 'open' && state !== 'acknowledged')) return [];
    const names = acknowledgedBy === null ? touched.map(({ replaces }) => replaces) : [acknowledgedBy];
    const name = names.find((one) => one !== null);
    return name === undefined
      ? [say('duty-change.running', { number })]
      : [say('duty-change.running-with', { number, name })];
  });
}

function linesOf(frame: Frame): readonly DutyLine[] {
  return JSON.parse(textOf(frame, 'lines')) as DutyLine[];
}

function lineSaid({ fromOn, untilOn, role, name, replaces }: DutyLine): Say {
  const day =
    fromOn === untilOn
      ? say('duty-change.on', { from: fromOn })
      : say('duty-change.from-until', { from: fromOn, until: untilOn });
  const what = { day, role: say(`role.${role}`), name };
  return replaces === null
    ? say('duty-change.line', what)
    : say('duty-change.line-swap', { ...what, replaces });
}
