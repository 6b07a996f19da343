import type { Command } from '../../server/domain/commands.ts';
import { cancelTop, goBack, setAside, silence } from './leave.ts';
import { answerWith, askAgain, begunNow, flowOf, optionOf, settleTop, reportAnswer } from './question.ts';
import type { DialogEvent, Heard } from './event.ts';
import type { CommandRun, CommandWord, Context, Repertoire } from './flow.ts';
import { commandOption, say, type Option, type Reply } from '../../server/domain/say.ts';
import { FRAME_LIMIT, topFrame, wakeAtOf, withSaved, type Frame, type Session } from './session.ts';
import type { Stage, Turn } from './turn.ts';
import type { View } from './view.ts';
import { commandIn, isBack, isCancel, numberIn, urgentIn } from './words.ts';

/** What one event did: the new session, what to say, what to have done, and when to be woken. */
export interface Outcome {
  readonly session: Session;
  readonly replies: readonly Reply[];
  readonly commands: readonly Command[];
  readonly wakeAt: string | null;
}

/**
 * One turn of a conversation. Pure: no clock, no chance, no storage, no language. An urgent word goes before
 * everything; then buttons, numbers, command words, the open question, and last what free words may start.
 */
export function step(
  repertoire: Repertoire,
  session: Session,
  event: DialogEvent,
  view: View,
  context: Context,
): Outcome {
  const stage: Stage = { repertoire, view, context };
  const start: Turn = { session, replies: [], commands: [] };
  const turn = capped(stage, asideWhere(stage, react(stage, start, event)));
  const replies = turn.replies.length > 0 || event.kind === 'wake' ? turn.replies : [repertoire.lost(view)];
  return {
    session: offering(turn.session, replies),
    replies,
    commands: turn.commands,
    wakeAt: wakeAtOf(turn.session),
  };
}

function react(stage: Stage, turn: Turn, event: DialogEvent): Turn {
  switch (event.kind) {
    case 'wake':
      return silence(stage, turn);
    case 'option':
      return takeOption(stage, turn, event.option);
    case 'text':
      return noticing(stage, turn, takeText(stage, turn, event.heard), event.heard);
    case 'voice':
    case 'photo':
    case 'location':
      return applyRun(
        stage,
        turn,
        stage.repertoire.receive({ sent: event, session: turn.session, view: stage.view }),
      );
  }
}

function takeText(stage: Stage, turn: Turn, heard: Heard): Turn {
  const { repertoire, view } = stage;
  const urgent = urgentIn(heard.text);
  if (urgent) return runCommand(stage, turn, repertoire.urgent, urgent.rest, heard);
  const chosen = numberIn(heard.text);
  if (chosen !== null) return takeNumber(stage, turn, chosen);
  if (isBack(heard.text)) return goBack(stage, turn);
  if (isCancel(heard.text)) return cancelTop(stage, turn);
  const named = commandIn(repertoire.commands, heard.text, view);
  if (named && (named.rest === null || named.command.interrupts === true || !takesAnyWords(stage, turn)))
    return runCommand(stage, turn, named.command, named.rest, heard);
  return topFrame(turn.session) ? takeAnswer(stage, turn, heard) : takeFreeWords(stage, turn, heard);
}

/**
 * Words that may speak of danger are asked about before anything else, whatever they were an answer to. The question
 * that waits is asked again afterwards.
 */
function noticing(stage: Stage, before: Turn, after: Turn, heard: Heard): Turn {
  if (heard.signals.length === 0) return after;
  const { repertoire, view } = stage;
  const { session, commands } = after;
  const frame = repertoire.notices({ heard, before: before.session, after: session, commands, view });
  if (frame === null) return after;
  return settleTop(stage, {
    ...after,
    replies: topFrame(session) ? after.replies.slice(0, -1) : after.replies,
    session: { ...session, frames: [...session.frames, ...begunNow(stage, [frame])] },
  });
}

/** Whether the open question takes any words: then "联系 不上他妈妈" tells something and commands nothing. */
function takesAnyWords(stage: Stage, turn: Turn): boolean {
  const frame = topFrame(turn.session);
  const flow = frame && flowOf(stage, frame);
  return flow?.swallow !== undefined || flow?.slots.find((s) => s.id === frame?.asking)?.freeText === true;
}

function takeAnswer(stage: Stage, turn: Turn, heard: Heard): Turn {
  return (
    answerWith(stage, turn, heard) ??
    worried(stage, turn, heard) ??
    startWhole(stage, turn, heard) ??
    missed(stage, turn, heard)
  );
}

/** A worry in the middle of a question is on record before the question is asked again. */
function worried(stage: Stage, turn: Turn, heard: Heard): Turn | undefined {
  const { repertoire, view, context } = stage;
  const run = repertoire.worries({ target: null, heard, session: turn.session, view, context });
  return run && applyRun(stage, turn, run);
}

/** A whole new record, or another story, told in the middle of a question interrupts it and gives it back. */
function startWhole(stage: Stage, turn: Turn, heard: Heard): Turn | undefined {
  if (heard.mentions.length === 0) return undefined;
  const frame = topFrame(turn.session);
  const flow = frame && flowOf(stage, frame);
  const isOther = frame !== undefined && flow?.tellsOfAnother?.(heard, frame, stage.view) === true;
  if (heard.intent === null && !isOther) return undefined;
  const started = takeFreeWords(stage, turn, heard, flow?.keepsDraft === true && frame?.asking === 'outcome');
  return started === turn ? undefined : started;
}

function missed(stage: Stage, turn: Turn, heard: Heard): Turn {
  const frame = topFrame(turn.session);
  if (!frame) return turn;
  const slot = flowOf(stage, frame)?.slots.find((s) => s.id === frame.asking);
  const misses = frame.misses + 1;
  const session = { ...turn.session, frames: [...turn.session.frames.slice(0, -1), { ...frame, misses }] };
  const because = misses > 1 ? 'dialog.missed-again' : (slot?.missed ?? 'dialog.missed');
  const why = slot?.refuses?.(heard, frame, stage.view);
  return askAgain(stage, { ...turn, session }, why ?? { key: because });
}

function takeFreeWords(stage: Stage, turn: Turn, heard: Heard, leavesCard = false): Turn {
  const { repertoire, view, context } = stage;
  const run = repertoire.understand({ target: null, heard, session: turn.session, view, context });
  if (!run) return turn;
  // A card that steps aside for another story says so.
  const isAside = leavesCard && run.because === undefined && (run.then ?? []).length > 0;
  return applyRun(stage, turn, isAside ? { ...run, because: say('dialog.put-aside') } : run);
}

/** 0 goes back, 1–8 choose among what was offered last. No digit ever opens a report. */
function takeNumber(stage: Stage, turn: Turn, chosen: number): Turn {
  if (chosen === 0) return goBack(stage, turn);
  const option = turn.session.offered[chosen - 1];
  if (option !== undefined && opensReport(stage, option))
    return {
      ...turn,
      replies: [...turn.replies, { ...say('dialog.urgent-by-word'), options: [urgentOption(stage)] }],
    };
  const opening = option === undefined ? undefined : reportAnswer(stage, turn, option);
  if (opening) return askAgain(stage, turn, say('dialog.report-by-word', { answer: opening.label }));
  if (option !== undefined) return takeOption(stage, turn, option);
  return topFrame(turn.session)
    ? askAgain(stage, turn, say('dialog.no-such-choice', { number: chosen }))
    : { ...turn, replies: [...turn.replies, say('dialog.nothing-to-choose')] };
}

function opensReport({ repertoire }: Stage, option: string): boolean {
  const { urgent, commands } = repertoire;
  const opening = [urgent, ...commands].filter((word) => word.run === urgent.run);
  return opening.some((word) => option === `c:${word.id}` || option.startsWith(`c:${word.id}:`));
}

function urgentOption({ repertoire }: Stage): Option {
  return commandOption(repertoire.urgent.id, null, say('menu.urgent'));
}

function takeOption(stage: Stage, turn: Turn, option: string): Turn {
  const command = /^c:([a-z-]+)(?::(.*))?$/s.exec(option);
  if (command) {
    const all = [stage.repertoire.urgent, ...stage.repertoire.commands];
    const word = all.find((c) => c.id === command[1] && c.allowed(stage.view));
    return word ? runCommand(stage, turn, word, command[2] ?? null, null) : turn;
  }
  const picked = optionOf(stage, turn, option);
  if (picked) return picked;
  return topFrame(turn.session)
    ? askAgain(stage, turn, say('dialog.stale'))
    : { ...turn, replies: [...turn.replies, say('dialog.stale-nothing')] };
}

function runCommand(
  stage: Stage,
  turn: Turn,
  word: CommandWord,
  target: string | null,
  heard: Heard | null,
): Turn {
  const { view, context } = stage;
  return applyRun(stage, turn, word.run({ target, heard, session: turn.session, view, context }));
}

/** Speaks, starts what the command starts, and comes back to an interrupted question. */
function applyRun(stage: Stage, turn: Turn, run: CommandRun): Turn {
  const before = run.session ?? turn.session;
  const begun = begunNow(stage, run.then ?? []);
  const spoken: Turn = {
    session: withSaved({ ...before, frames: [...before.frames, ...begun] }, run.saved),
    replies: [...turn.replies, ...run.replies],
    commands: [...turn.commands, ...run.commands],
  };
  if (begun.length > 0) return settleTop(stage, spoken, run.because);
  if (run.setsAside === true) return { ...spoken, setsAside: true };
  const below = topFrame(spoken.session);
  // A report takes whatever comes next anyway: it does not repeat itself after every list.
  const isPatient =
    below !== undefined && flowOf(stage, below)?.swallow !== undefined && run.replies.length > 0;
  return below && !isPatient ? askAgain(stage, spoken, run.because ?? say('dialog.resume')) : spoken;
}

/** Where nobody must see what lies below, it steps aside as silence would have it; a report goes on being told. */
function asideWhere(stage: Stage, turn: Turn): Turn {
  if (turn.setsAside !== true) return turn;
  const below = turn.session.frames.filter((frame) => flowOf(stage, frame)?.swallow === undefined);
  return below.reduceRight((left, frame) => setAside(stage, left, frame), turn);
}

/**
 * Beyond the limit a conversation that waits below steps aside: one that can be taken up again becomes a draft;
 * otherwise the oldest ends as if nobody had answered it, so that a worry still reaches somebody.
 */
function capped(stage: Stage, turn: Turn): Turn {
  const { frames } = turn.session;
  if (frames.length <= FRAME_LIMIT) return turn;
  const below = frames.slice(0, -1);
  const keepsDraft = (f: Frame): boolean => flowOf(stage, f)?.keepsDraft === true;
  const out = below.find(keepsDraft) ?? below.find((f) => f.flow !== 'open-report') ?? below[0];
  if (out === undefined) return turn;
  return capped(stage, setAside(stage, turn, out));
}

/** Remembers the options of the last message that had any, so that a bare number can choose among them. */
function offering(session: Session, replies: readonly Reply[]): Session {
  const last = replies.findLast((reply) => (reply.options?.length ?? 0) > 0);
  return last ? { ...session, offered: (last.options ?? []).map((o) => o.id).slice(0, 8) } : session;
}
