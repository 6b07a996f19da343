import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { begin, filled, type CommandRun, type CommandWord, type Context, type Flow } from '../dialog/flow.ts';
import { commandOption, say, type Reply, type Say } from '../../server/domain/say.ts';
import { textOf, topFrame, withTop, withoutTop, type Frame, type Session } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';

/** After an hour without a word the conversation steps aside; the report itself goes on climbing (our default). */
const PATIENCE_MS = 60 * 60_000;
const WORDS_LIMIT = 4000;
const SAID_ALL = /^(说完了|完了|没有了|没了|好了|就这些|done|that is all)$/iu;
/** The flow that asks whether words outside a record speak of danger. */
export const ASK_DANGER = 'ask-danger';

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
      urgent: true,
      ask: (frame, view) =>
        frame.slots.told === true
          ? say('open-report.ask-words')
          : openedScreen(textOf(frame, 'number'), view),
      choices: () => [{ code: 'done', value: true, label: say('open-report.said-all') }],
    },
  ],
  next: ({ slots }) => (slots.done === true ? null : 'done'),
  swallow: (heard, frame) => {
    const text = heard.text.trim().slice(0, WORDS_LIMIT);
    if (SAID_ALL.test(bareWord(text))) return undefined;
    const number = textOf(frame, 'number');
    return {
      frame: filled(frame, 'told', true),
      replies: [],
      because: say(saysFalseAlarm(text) ? 'open-report.false-alarm' : 'open-report.added', { number }),
      commands: [{ type: 'add-report-words', reportId: textOf(frame, 'reportId'), text }],
    };
  },
  absorb: (_heard, frame) => ({ ...frame, slots: { ...frame.slots, done: true } }),
  finish: (frame) => ({
    replies: [{ ...say('open-report.goes-on', { number: textOf(frame, 'number') }), urgent: true }],
    commands: [],
  }),
  onCancel: (frame) => ({
    replies: [],
    because: say('open-report.cannot-cancel', { number: textOf(frame, 'number') }),
    commands: [],
    then: [filled(frame, 'told', true)],
  }),
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 误报 closes nothing: it is kept with its reason, and whoever takes the report decides. */
function saysFalseAlarm(text: string): boolean {
  return /误报|误按|按错|点错|打错了|搞错了|弄错了|false alarm|by mistake/iu.test(text);
}

/** 紧急, the red button, or help called for in any words. */
export const urgentWord: CommandWord = {
  id: 'urgent',
  words: ['紧急'],
  takesRest: 'anything',
  allowed: () => true,
  run: ({ target, heard, session, context }): CommandRun => {
    const top = topFrame(session);
    const words = heard === null || target === null ? null : heard.text.trim().slice(0, WORDS_LIMIT);
    // A second 紧急 while the first is still being told belongs to the same report.
    if (top?.flow === openReport.id) return again(session, top, words);
    const known = top === undefined ? null : dangerTold(top);
    const opened = openReportWith(
      {
        words: words ?? known?.words ?? null,
        childId: certainlyMeant(heard) ?? known?.childId ?? null,
        concernId: null,
      },
      context,
    );
    if (top === undefined || known === null) return opened;
    const asked = top.flow === ASK_DANGER;
    return {
      ...opened,
      session: asked ? withoutTop(session) : withTop(session, filled(top, 'reported', true)),
    };
  },
};

/** Opens a report at this instant: on record, numbered and climbing, with 110 and 120 on the first screen. */
export function openReportWith(
  input: {
    readonly words: string | null;
    readonly childId: string | null;
    readonly concernId: string | null;
  },
  context: Context,
): {
  readonly replies: readonly Reply[];
  readonly commands: readonly Command[];
  readonly then: readonly Frame[];
} {
  const reportId = context.newId();
  const number = context.reportNumber();
  return {
    replies: [],
    commands: [{ type: 'open-report', reportId, number, ...input }],
    then: [begin(openReport, { reportId, number })],
  };
}

/** The first screen: the number, 110 and 120, who is being told, whom to call. */
function openedScreen(number: string, view: View): Say {
  return view.role === 'director' || view.role === 'supervisor' || view.role === 'deputy'
    ? say('open-report.opened', { number, duty: dutyLine(view) })
    : say('open-report.opened-family', { number });
}

function again(session: Session, frame: Frame, words: string | null): CommandRun {
  const number = textOf(frame, 'number');
  const added: Command[] =
    words === null ? [] : [{ type: 'add-report-words', reportId: textOf(frame, 'reportId'), text: words }];
  return {
    session: withTop(session, filled(frame, 'told', true)),
    replies: [],
    because: say(words === null ? 'open-report.already' : 'open-report.added', { number }),
    commands: added,
  };
}

/** What was quoted back as possible danger a moment ago: the red button beside it reports these words of this child. */
function dangerTold(top: Frame): { readonly words: string | null; readonly childId: string | null } | null {
  const { signal, child, note, words } = top.slots;
  if (typeof signal !== 'string') return null;
  const told = typeof note === 'string' ? note : words;
  return {
    words: typeof told === 'string' ? told.slice(0, WORDS_LIMIT) : null,
    childId: typeof child === 'string' ? child : null,
  };
}

/** Who is on duty, with the number to call; the reporter never has to look it up. */
function dutyLine(view: View) {
  const others = view.onDuty.filter((p) => p.name !== view.name);
  const first = others.find((p) => p.role === 'supervisor') ?? others[0];
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
