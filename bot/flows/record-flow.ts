import { z } from 'zod';
import type { ContactOutcome, RecordContact } from '../../server/domain/commands.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { begin, emptied, filled, type Context, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { commandOption, say, type Reply, type Say } from '../../server/domain/say.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { beginConcern } from './concern.ts';
import { effectsOf } from './duty-effects.ts';
import {
  NOTE_LIMIT,
  changeSlot,
  daySlot,
  metList,
  metSlot,
  noteSlot,
  seenSlot,
  slotsOf,
} from './record-slots.ts';

const PATIENCE_MS = 72 * 3_600_000;

/** What tells a visit from a contact: its words and its modes. */
export interface RecordKind {
  readonly id: 'record-visit' | 'record-contact';
  readonly child: Slot;
  readonly mode: Slot;
  readonly modes: readonly Mode[];
}

/** The card: everything that was understood, with the day and its weekday, and the question that is always asked. */
function outcomeSlot(kind: RecordKind): Slot {
  return {
    id: 'outcome',
    schema: z.enum(['none', 'worried', 'unsure', 'change']),
    ask: (frame, view) =>
      say('record.card', {
        title: say(`record.title-${kind.id}`),
        lines: cardLines(frame, view),
        last: lastQuestion(frame, view),
      }),
    choices: (frame, view) => [
      ...(mayBeCalm(frame, view) ? [{ code: 'none', value: 'none', label: say('outcome.none') }] : []),
      { code: 'worried', value: 'worried', label: say('outcome.worried') },
      { code: 'unsure', value: 'unsure', label: say('outcome.unsure') },
      { code: 'change', value: 'change', label: say('record.change') },
    ],
    read: (heard) => {
      const word = heard.text.trim().replace(/[。.!!]$/u, '');
      if (/^(有担心|有点担心|担心|worried)$/iu.test(word)) return 'worried';
      if (/^(不确定|说不准|不知道|unsure|not sure)$/iu.test(word)) return 'unsure';
      if (/^(改|改一处|不对|错了|change)$/iu.test(word)) return 'change';
      return undefined;
    },
  };
}

/** 未发现异常 is not offered when the child was not seen: nobody can say so who has not looked. */
function mayBeCalm(frame: Frame, view: View): boolean {
  const { mode, seen } = slotsOf(frame, view);
  return mode === 'phone' || seen === true;
}

function lastQuestion(frame: Frame, view: View): Say {
  const { child } = slotsOf(frame, view);
  const quote = frame.slots.signal;
  if (typeof quote === 'string')
    return say('record.last-question-signal', { quote, child: child?.name ?? '' });
  return say(mayBeCalm(frame, view) ? 'record.last-question' : 'record.last-question-unseen', {
    child: child?.name ?? '',
  });
}

function cardLines(frame: Frame, view: View): Say[] {
  const { child, on, mode, met, seen, note } = slotsOf(frame, view);
  const lines: Say[] = [say('record.card-child', { child: child?.name ?? '' })];
  if (on !== null) lines.push(say('record.card-day', { on }));
  if (mode !== null) lines.push(say('record.card-mode', { mode: say(`mode.${mode}`) }));
  if (met !== null) lines.push(say('record.card-met', { met: metList(met) }));
  if (seen !== null)
    lines.push(say('record.card-seen', { seen: say(seen ? 'record.seen' : 'record.not-seen') }));
  if (note !== null) lines.push(say('record.card-note', { note }));
  return lines;
}

/** The flow of a visit or a contact: free words first, then only the gaps, then the card. */
export function recordFlow(kind: RecordKind): Flow {
  return {
    id: kind.id,
    version: 1,
    keepsDraft: true,
    patienceMs: PATIENCE_MS,
    slots: [kind.child, kind.mode, daySlot, metSlot, seenSlot, noteSlot, outcomeSlot(kind), changeSlot],
    next: (frame, view) => nextGap(frame, view),
    settle: (frame) => {
      const line = frame.slots.change;
      if (typeof line === 'string')
        return emptied(
          frame,
          line,
          'change',
          'outcome',
          ...(line === 'child' ? ['candidates', 'unclear'] : []),
        );
      return frame.slots.child === undefined ? frame : emptied(frame, 'candidates', 'unclear');
    },
    absorb: (heard, frame, view) => absorbed(heard, frame, view, kind.modes),
    onSilence: () => ({ replies: [], commands: [] }),
    finish: (frame, view, context) => finish(frame, view, context),
  };
}

function nextGap(frame: Frame, view: View): string | null {
  const { slots } = frame;
  if (childOf(view, slots.child) === undefined) return 'child';
  for (const id of ['mode', 'on', 'met'] as const) if (slots[id] === undefined) return id;
  if (slots.seen === undefined && slots.mode !== 'phone') return 'seen';
  if (slots.note === undefined && slots.mode !== 'phone') return 'note';
  if (slots.outcome === 'change') return 'change';
  return slots.outcome === undefined ? 'outcome' : null;
}

/** Words on the card that correct a line ("昨天", "是爷爷在"), or add to the note. */
function absorbed(heard: Heard, frame: Frame, view: View, modes: readonly Mode[]): Frame | undefined {
  if (frame.asking !== 'outcome') return undefined;
  const { note } = slotsOf(frame, view);
  const day = heard.date.on !== null && !heard.date.ask && heard.date.on <= view.today ? heard.date.on : null;
  let changed = frame;
  if (day !== null) changed = filled(changed, 'on', day);
  else if (heard.date.ask) return emptied(frame, 'on');
  if (heard.mode !== null && modes.includes(heard.mode)) changed = filled(changed, 'mode', heard.mode);
  if (heard.met.length > 0) changed = filled(changed, 'met', [...heard.met]);
  if (heard.seen !== null && frame.slots.mode !== 'phone') changed = filled(changed, 'seen', heard.seen);
  const signal = heard.signals[0];
  if (signal) changed = filled(changed, 'signal', signal.quote);
  const words = heard.text.trim();
  const isLineOnly = changed !== frame && words.length <= 8;
  return isLineOnly ? changed : filled(changed, 'note', joined(note, words));
}

function joined(note: string | null, words: string): string {
  return (note === null ? words : `${note};${words}`).slice(0, NOTE_LIMIT);
}

function finish(frame: Frame, view: View, context: Context): FlowEnd {
  const { child, on, mode, met, seen, note } = slotsOf(frame, view);
  if (!child || on === null || mode === null) return { replies: [say('dialog.lost')], commands: [] };
  const outcome = frame.slots.outcome as ContactOutcome;
  const command: RecordContact = {
    type: 'record-contact',
    contactId: context.newId(),
    childId: child.id,
    mode,
    takenOn: on,
    childSeen: mode === 'phone' ? null : seen,
    met: met ?? [],
    note,
    outcome,
    concernId: outcome === 'none' ? null : context.newId(),
  };
  const then = nextChild(frame);
  const filedAt = context.now.toISOString();
  return {
    replies: [savedReply(command, view, outcome)],
    commands: [command],
    saved: { contactId: command.contactId, filedAt, childId: child.id },
    then: [
      ...then,
      ...(command.concernId === null ? [] : [beginConcern(command.concernId, child.id, outcome)]),
    ],
  };
}

/** The answer to a stored record. With a worry the words stay neutral: somebody may be looking on. */
function savedReply(command: RecordContact, view: View, outcome: ContactOutcome): Reply {
  const child = childOf(view, command.childId);
  const vars = { on: command.takenOn, mode: say(`mode.${command.mode}`), child: child?.name ?? '' };
  const undo = commandOption('undo', command.contactId, say('record.undo'));
  if (outcome !== 'none') return { ...say('record.saved', { ...vars, effects: [] }), options: [undo] };
  const effects = child ? effectsOf(child, command, view) : [];
  return {
    ...say('record.saved', { ...vars, effects }),
    options: [undo, commandOption('todo', null, say('menu.todo'))],
  };
}

/** Another child named in the same sentence is taken up next, with the day, the mode and the words kept. */
function nextChild(frame: Frame): Frame[] {
  const waiting = frame.slots.waiting;
  if (!Array.isArray(waiting) || waiting.length === 0) return [];
  const [first, ...rest] = waiting;
  const kept = emptied(frame, 'seen', 'met', 'outcome', 'signal');
  return [
    begin({ id: frame.flow, version: frame.version }, { ...kept.slots, child: first ?? null, waiting: rest }),
  ];
}
