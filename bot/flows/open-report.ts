import type { Command } from '../../server/domain/commands.ts';
import { commandOption, plain, say, type Reply, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import {
  begin,
  filled,
  type CommandRun,
  type CommandWord,
  type Context,
  type Flow,
  type FlowEnd,
} from '../dialog/flow.ts';
import { textOf, topFrame, withTop, withoutTop, type Frame, type Session } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { signalsIn } from '../understanding/signals.ts';
import { answersOf, answerTo, cannotTalk, ended, excludes, kindHeard } from './report-answers.ts';
import {
  excludedIn,
  hearers,
  isQuiet,
  nextQuestion,
  NOT_KNOWN,
  NOT_LISTED,
  NOT_NOW,
  REPORT_QUESTIONS,
} from './report-questions.ts';
import { keepsKin, kinOf, unwantedIn, whyKept, withoutKin } from './report-kept-from.ts';
import { kindIn } from './report-kind-words.ts';
import { isName, isPlace, kindNamed, safeIn, sharedIn, yesNoIn } from './report-words.ts';

/** After an hour without a word the conversation steps aside; the report itself goes on climbing (our default). */
const PATIENCE_MS = 60 * 60_000;
const WORDS_LIMIT = 4000;
const SAID_ALL = /^(说完了|完了|没有了|没了|好了|就这些|done|that is all)$/iu;
const NOT_NOW_SAID = /^(先不说|现在不方便|不方便说?|等下再说|not now)$/iu;
/** The flow that asks whether words outside a record speak of danger. */
export const ASK_DANGER = 'ask-danger';
/** The flow that asks a family that called for help whom it wants. */
export const ASK_WHOM = 'ask-whom';

/**
 * 强制报告. The report exists and climbs before this conversation asks anything. Whatever is said is added at once; the
 * questions are few, each is asked once, each can be passed over, and none asks for proof (domain rules 5.1; 检察院等九部门
 * 《关于建立侵害未成年人案件强制报告制度的意见（试行）》).
 */
export const openReport: Flow = {
  id: 'open-report',
  version: 2,
  patienceMs: PATIENCE_MS,
  slots: REPORT_QUESTIONS,
  next: nextQuestion,
  swallow: (heard, frame, view) => {
    const text = heard.text.trim().slice(0, WORDS_LIMIT);
    if (SAID_ALL.test(bareWord(text)))
      return { frame: { ...filled(frame, 'done', true), asking: null }, replies: [], commands: [] };
    if (NOT_NOW_SAID.test(bareWord(text))) {
      const waits = { ...filled(frame, 'done', NOT_NOW), asking: null };
      return { frame: waits, replies: [], commands: [cannotTalk(frame)] };
    }
    return taken(heard, text, frame, view);
  },
  settle: (frame, _heard, view) => withoutKin(ended(frame), view),
  answers: (frame, slot, value, after, view) => [
    ...answersOf(frame, slot, value),
    ...keepsKin(frame, after, view),
  ],
  finish: (frame, view) => ({
    replies: [{ ...say(endingOf(frame, view), { number: numberOf(frame, view) }), urgent: true }],
    commands: [],
  }),
  onCancel: (frame, view) => ({
    replies: [],
    because: say(isQuiet(frame, view) ? 'open-report.cannot-cancel-quiet' : 'open-report.cannot-cancel', {
      number: textOf(frame, 'number'),
    }),
    commands: [],
    then: [{ ...filled(frame, 'told', true), asking: null }],
  }),
  // What was said stands; whoever takes it reads that the reporter had not finished.
  onSilence: (frame) => ({
    replies: [],
    commands:
      frame.asking === 'done' ? [] : [{ ...answerTo(frame), answer: 'idle', value: null, text: null }],
  }),
};

/** Free words: an answer where they are one, a part of the story otherwise. Either way they are on record. */
function taken(
  heard: Heard,
  text: string,
  frame: Frame,
  view: View,
): (FlowEnd & { frame: Frame }) | undefined {
  const number = textOf(frame, 'number');
  const unwanted = unwantedIn(text, hearers(frame, view));
  const answered = answerIn(heard, text, frame);
  const excluded =
    unwanted.length > 0 || frame.asking === 'trust' ? namedIn(text, unwanted, frame, view) : [];
  const told = filled(frame, 'told', true);
  const known = answered === null ? told : filled(told, answered.slot, answered.value);
  const asked = withStory(heard, known, frame);
  const kept = withoutKin(
    excluded.length === 0
      ? asked.frame
      : filled(asked.frame, 'excluded', [...excludedIn(frame), ...excluded]),
    view,
  );
  const words: readonly Command[] =
    answered?.instead === true
      ? []
      : [{ type: 'add-report-words', reportId: textOf(frame, 'reportId'), text }];
  const isKept = excluded.length > 0 && !isQuiet(frame, view);
  const because = isQuiet(frame, view)
    ? 'open-report.added-quiet'
    : isKept
      ? 'open-report.excluded'
      : saysFalseAlarm(text)
        ? 'open-report.false-alarm'
        : 'open-report.added';
  return {
    frame: { ...kept, asking: null },
    replies: [],
    because: say(because, { number, ...(isKept ? { names: namesOf(excluded, view) } : {}) }),
    commands: [
      ...words,
      ...(answered === null ? [] : answersOf(frame, answered.slot, answered.value, text)),
      ...asked.commands,
      ...(excluded.length === 0 ? [] : [excludes(frame, excluded, whyKept(text, view))]),
      ...keepsKin(filled(frame, 'excluded', [...excludedIn(frame), ...excluded]), kept, view),
    ],
  };
}

/** What words answer of the question that is open; `instead`: they are this answer and no story besides. */
function answerIn(
  heard: Heard,
  text: string,
  { asking }: Frame,
): { readonly slot: string; readonly value: string; readonly instead: boolean } | null {
  const slot = asking ?? '';
  const yesNo =
    slot === 'danger'
      ? yesNoIn(text)
      : slot === 'safe'
        ? safeIn(text)
        : slot === 'shared'
          ? sharedIn(text)
          : null;
  if (yesNo !== null) return { slot, value: yesNo, instead: true };
  if (slot === 'place' && isPlace(heard)) return { slot, value: NOT_KNOWN, instead: true };
  if (slot === 'kind')
    return { slot, value: kindNamed(text) ?? kindIn(heard.signals)?.kind ?? NOT_KNOWN, instead: false };
  if (slot !== 'child') return null;
  const meant = certainlyMeant(heard);
  if (meant !== null) return { slot, value: meant, instead: false };
  return isName(heard) && heard.mentions.length === 0 ? { slot, value: NOT_LISTED, instead: true } : null;
}

/** A child or a kind that stands in the story is not asked for; whom a name may mean is offered. */
function withStory(
  heard: Heard,
  frame: Frame,
  before: Frame,
): { readonly frame: Frame; readonly commands: readonly Command[] } {
  const meant = frame.slots.child === undefined ? certainlyMeant(heard) : null;
  const kind = frame.slots.kind === undefined && before.asking !== 'kind' ? kindIn(heard.signals) : null;
  const candidates = [...new Set(heard.mentions.flatMap((m) => m.candidates.map((c) => c.childId)))].slice(
    0,
    4,
  );
  const withChild = meant === null ? frame : filled(frame, 'child', meant);
  const withKind = kind === null ? withChild : filled(withChild, 'kind', kind.kind);
  return {
    frame: candidates.length === 0 ? withKind : filled(withKind, 'candidates', candidates),
    commands: [
      ...(meant === null ? [] : answersOf(before, 'child', meant)),
      ...(kind === null ? [] : [kindHeard(before, kind)]),
    ],
  };
}

/** Whom words at the question of trust name, alone or with the words around it; nobody where they say that all may know. */
function namedIn(text: string, unwanted: readonly string[], frame: Frame, view: View): readonly string[] {
  if (frame.asking !== 'trust' || unwanted.length > 0) return unwanted;
  return hearers(frame, view)
    .filter((p) => text.includes(p.name))
    .map((p) => p.workerId);
}

function endingOf(frame: Frame, view: View): string {
  const { slots } = frame;
  if (slots.done === NOT_NOW) return 'open-report.later';
  if (slots.joined === true) return 'open-report.joined';
  return isQuiet(frame, view) ? 'open-report.goes-on-quiet' : 'open-report.goes-on';
}

/** The number under which it goes on: the earlier one where it is the same matter. */
function numberOf(frame: Frame, view: View): string {
  const joined = view.ownReports?.find(({ id }) => id === frame.slots.same);
  return joined?.number ?? textOf(frame, 'number');
}

function namesOf(ids: readonly string[], { onDuty }: View): readonly Say[] {
  const named = onDuty.filter((p) => ids.includes(p.workerId)).map((p) => p.name);
  return [...new Set(named)].map((name) => plain(name));
}

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
  run: ({ target, heard, session, view, context }): CommandRun => {
    const top = topFrame(session);
    const words = heard === null || target === null ? null : heard.text.trim().slice(0, WORDS_LIMIT);
    // A second 紧急 while the first is still being told belongs to the same report.
    if (top?.flow === openReport.id) return again(session, top, words, view);
    const known = top === undefined ? null : dangerTold(top);
    const opened = openReportWith(
      {
        words: words ?? known?.words ?? null,
        childId: certainlyMeant(heard) ?? known?.childId ?? null,
        concernId: null,
        heard,
      },
      view,
      context,
    );
    if (top?.flow === ASK_WHOM) return { ...opened, session: withoutTop(session) };
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
    /** The words it was opened with, where they were understood. */
    readonly heard?: Heard | null;
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
  const { words, childId, concernId, heard = null } = input;
  const asked = [...keptFrom(view), ...(words === null ? [] : unwantedIn(words, view.onDuty))];
  const family = kinOf(view, childId).filter((id) => !asked.includes(id));
  const excludes = [...new Set([...asked, ...family])];
  const kind = kindIn(heard?.signals ?? signalsIn(words ?? ''));
  const known = {
    ...(childId === null ? {} : { child: childId }),
    ...(kind === null ? {} : { kind: kind.kind }),
    ...(excludes.length === 0 ? {} : { excluded: [...excludes] }),
  };
  const frame = begin(openReport, { reportId, number, ...known });
  return {
    replies: [],
    commands: [
      {
        type: 'open-report',
        reportId,
        number,
        words,
        childId,
        concernId,
        excludes,
        why: whyKept(words, view, family),
        drill: false,
      },
      ...(kind === null ? [] : [kindHeard(frame, kind)]),
    ],
    then: [frame],
  };
}

/** Whoever must not hear of a report of this person that is under way does not hear of the next one either. */
function keptFrom(view: View): readonly string[] {
  return view.ownReports?.flatMap(({ excludedIds }) => excludedIds) ?? [];
}

function again(session: Session, frame: Frame, words: string | null, view: View): CommandRun {
  const quiet = isQuiet(frame, view) ? '-quiet' : '';
  const number = textOf(frame, 'number');
  const added: Command[] =
    words === null ? [] : [{ type: 'add-report-words', reportId: textOf(frame, 'reportId'), text: words }];
  return {
    session: withTop(session, { ...filled(frame, 'told', true), asking: null }),
    replies: [],
    because: say(`open-report.${words === null ? 'already' : 'added'}${quiet}`, { number }),
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

function certainlyMeant(heard: Parameters<CommandWord['run']>[0]['heard']): string | null {
  const certain = heard?.mentions.filter((m) => m.certain) ?? [];
  return certain.length === 1 ? (certain[0]?.candidates[0]?.childId ?? null) : null;
}

/** The red button. */
export function urgentOption() {
  return commandOption('urgent', null, say('menu.urgent'));
}
