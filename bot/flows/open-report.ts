import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { begin, type CommandRun, type CommandWord, type Context, type Flow } from '../dialog/flow.ts';
import { commandOption, say, type Reply } from '../../server/domain/say.ts';
import { textOf, topFrame, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';

/** After an hour without a word the conversation steps aside; the report itself goes on climbing (our default). */
const PATIENCE_MS = 60 * 60_000;
const WORDS_LIMIT = 4000;

/**
 * 强制报告, first form. The report exists and climbs before this conversation asks anything; whatever is said next is
 * added to it. Nobody is asked for proof (检察院等九部门《关于建立侵害未成年人案件强制报告制度的意见（试行）》).
 */
export const openReport: Flow = {
  id: 'open-report',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'done',
      schema: z.boolean(),
      ask: (frame) => say('open-report.ask-words', { number: textOf(frame, 'number') }),
      choices: () => [{ code: 'done', value: true, label: say('open-report.said-all') }],
    },
  ],
  next: ({ slots }) => (slots.done === true ? null : 'done'),
  swallow: (heard, frame) => {
    const text = heard.text.trim().slice(0, WORDS_LIMIT);
    if (/^(说完了|完了|没有了|好了|done)$/iu.test(text)) return undefined;
    return {
      frame,
      replies: [{ ...say('open-report.added', { number: textOf(frame, 'number') }), urgent: true }],
      commands: [{ type: 'add-report-words', reportId: textOf(frame, 'reportId'), text }],
    };
  },
  absorb: (_heard, frame) => ({ ...frame, slots: { ...frame.slots, done: true } }),
  finish: (frame) => ({
    replies: [{ ...say('open-report.goes-on', { number: textOf(frame, 'number') }), urgent: true }],
    commands: [],
  }),
  onCancel: (frame) => ({
    replies: [{ ...say('open-report.cannot-cancel', { number: textOf(frame, 'number') }), urgent: true }],
    commands: [],
    then: [frame],
  }),
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 紧急, the red button, or help called for in any words. */
export const urgentWord: CommandWord = {
  id: 'urgent',
  words: ['紧急'],
  takesRest: 'anything',
  allowed: () => true,
  run: ({ target, heard, session, view, context }): CommandRun => {
    const top = topFrame(session);
    const words = heard === null ? null : target === null ? null : heard.text.trim().slice(0, WORDS_LIMIT);
    // A second 紧急 while the first is still being told belongs to the same report.
    if (top?.flow === openReport.id) return again(top, words);
    return openReportWith({ words, childId: certainlyMeant(heard), concernId: null }, view, context);
  },
};

/** Opens a report at this instant: on record, numbered and climbing, with 110 and 120 on the first screen. */
export function openReportWith(
  input: {
    readonly words: string | null;
    readonly childId: string | null;
    readonly concernId: string | null;
  },
  view: View,
  context: Context,
): {
  readonly replies: readonly Reply[];
  readonly commands: readonly Command[];
  readonly then: readonly Frame[];
} {
  const reportId = context.newId();
  const number = context.reportNumber();
  const screen =
    view.role === 'director' || view.role === 'supervisor' || view.role === 'deputy'
      ? 'open-report.opened'
      : 'open-report.opened-family';
  const opened: Reply = { ...say(screen, { number, duty: dutyLine(view) }), urgent: true };
  return {
    replies: [opened],
    commands: [{ type: 'open-report', reportId, number, ...input }],
    then: [begin(openReport, { reportId, number })],
  };
}

function again(frame: Frame, words: string | null): CommandRun {
  const number = textOf(frame, 'number');
  const added: Command[] =
    words === null ? [] : [{ type: 'add-report-words', reportId: textOf(frame, 'reportId'), text: words }];
  return { replies: [{ ...say('open-report.already', { number }), urgent: true }], commands: added };
}

/** Who is on duty, with the number to call; the reporter never has to look it up. */
function dutyLine(view: View) {
  const first = view.onDuty.find((p) => p.role === 'supervisor') ?? view.onDuty[0];
  return first === undefined || first.phone === null
    ? []
    : [say('open-report.duty-number', { name: first.name, phone: first.phone })];
}

function certainlyMeant(heard: Parameters<CommandWord['run']>[0]['heard']): string | null {
  const certain = heard?.mentions.filter((m) => m.certain) ?? [];
  return certain.length === 1 ? (certain[0]?.candidates[0]?.childId ?? null) : null;
}

/** The red button. */
export function urgentOption() {
  return commandOption('urgent', null, say('menu.urgent'));
}
