import { isUnreached, metInRecord } from '../../server/domain/attempt.ts';
import { VISIT_MODES } from '../../server/domain/cadence/child-facts.ts';
import type { Command, ContactOutcome, RecordContact } from '../../server/domain/commands.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { emptied, filled, type Context, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { say, type Reply } from '../../server/domain/say.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { tellsOfAnother } from './another-story.ts';
import { attached, hasVoice } from './sent.ts';
import { beginConcerns } from './concern.ts';
import { letterOffered } from './family-letter.ts';
import { remembering } from './lines-before.ts';
import { cardSlot, saysCalm } from './record-card.ts';
import { noteStored } from './note-now.ts';
import { noteOfFrame } from './record-note.ts';
import { effectsOf } from './duty-effects.ts';
import { afterRecord } from './after-record.ts';
import { obstacleOf } from './obstacle.ts';
import { childPutRight, metPutRight, wayPutRight, wentThere } from './put-right.ts';
import { tripWith } from './trip.ts';
import { TRY_AGAIN } from './try-again.ts';
import { awayOffered } from './away-offered.ts';
import { isKeptOutUnnamed, notMadeAfterAll } from './record-unmade.ts';
import { tookUp } from './took-up.ts';
import { SAME_RECORD, againSlot, tellingKey } from './told-twice.ts';
import { oldDayWithoutYear } from './record-day.ts';
import { absorbed, enriched, settled } from './record-words.ts';
import {
  cancelledWith,
  concernTold,
  nextChild,
  patienceWith,
  silentWith,
  worriesBefore,
} from './worries-before.ts';
import { savedButtons } from './saved-buttons.ts';
import { asDraft, unlistedIn, unlistedReplies, unlistedTaken } from './unlisted.ts';
import { NOT_MADE, changeSlot, daySlot, metSlot, noteSlot, seenSlot, slotsOf } from './record-slots.ts';
import { plansAnother } from './visit-plan.ts';

const PATIENCE_MS = 72 * 3_600_000;

/** What tells a visit from a contact: its words and its modes. */
export interface RecordKind {
  readonly id: 'record-visit' | 'record-contact';
  readonly child: Slot;
  readonly mode: Slot;
  readonly modes: readonly Mode[];
}

/** The flow of a visit or a contact: free words first, then only the gaps, then the card. */
export function recordFlow(kind: RecordKind): Flow {
  return {
    id: kind.id,
    version: 1,
    keepsDraft: true,
    slots: [
      kind.child,
      kind.mode,
      daySlot,
      againSlot,
      metSlot,
      seenSlot,
      noteSlot,
      cardSlot(kind.id),
      changeSlot,
    ],
    next: (frame, view) => nextGap(frame, view),
    gaps,
    settle: (frame, heard, view) =>
      remembering(
        frame,
        asMet(settled(unlistedTaken(heard === null ? frame : enriched(frame, heard, view, kind.modes)))),
      ),
    tellsOfAnother: (heard, frame, view) =>
      childPutRight(heard, frame) === null &&
      (tellsOfAnother(heard, frame, view) ||
        plansAnother(heard, typeof frame.slots.child === 'string' ? [frame.slots.child] : [], view) ||
        isKeptOutUnnamed(heard, frame)),
    // 未发现异常 of a child that was not seen is no note: it is refused, and why.
    absorb: (heard, frame, view) => {
      if (frame.asking === 'outcome' && saysCalm(heard)) return undefined;
      const went = wentThere(heard, frame);
      const told =
        (went && (absorbed(heard, went, view, VISIT_MODES) ?? went)) ??
        oldDayAsked(heard, frame, view) ??
        childPutRight(heard, frame) ??
        wayPutRight(heard, frame) ??
        metPutRight(heard, frame) ??
        notMadeAfterAll(heard, frame, kind.id) ??
        absorbed(heard, frame, view, kind.modes);
      return told && remembering(frame, told);
    },
    tookUp,
    patienceOf: (frame) => patienceWith(frame, PATIENCE_MS),
    onSilence: silentWith,
    onCancel: cancelledWith,
    finish: (frame, view, context) => finish(frame, view, context),
  };
}

/** Of two places the one that is no visit was chosen: the record is a contact. */
function asMet(frame: Frame): Frame {
  const isElsewhere = frame.slots.wayOpen === true && frame.slots.mode === 'elsewhere';
  return isElsewhere ? emptied({ ...frame, flow: 'record-contact' }, 'wayOpen') : frame;
}

/** What one sentence can still tell, once it is known of whom. */
function gaps({ slots }: Frame): readonly ('on' | 'mode' | 'met' | 'seen' | 'note')[] {
  if (typeof slots.child !== 'string') return [];
  const wanted =
    slots.mode === 'phone' ? (['on', 'met'] as const) : (['on', 'mode', 'met', 'seen', 'note'] as const);
  return wanted.filter((id) => slots[id] === undefined);
}

function nextGap(frame: Frame, view: View): string | null {
  const { slots } = frame;
  if (unlistedIn(frame).length > 0) return null;
  if (childOf(view, slots.child) === undefined) return 'child';
  if (slots.slip === true || slots.again === SAME_RECORD || isNotMade(frame)) return null;
  for (const id of ['on', 'mode'] as const) if (slots[id] === undefined) return id;
  const told = tellingKey(frame, view);
  if (told !== null && slots.again !== told) return 'again';
  if (slots.met === undefined) return 'met';
  if (isUnreachedCall(frame, view) && typeof slots.signal !== 'string') return null;
  if (slots.seen === undefined && slots.mode !== 'phone') return 'seen';
  if (slots.note === undefined && slots.mode !== 'phone') return 'note';
  if (slots.outcome === 'change') return 'change';
  return slots.outcome === undefined ? 'outcome' : null;
}

/** 没去成: no record, what was in the way is asked instead. */
function isNotMade({ slots }: Frame): boolean {
  return Array.isArray(slots.met) && slots.met.includes(NOT_MADE);
}

/** 没有人 on the line: kept as an attempt, with nothing to ask of a child nobody heard of. */
function isUnreachedCall(frame: Frame, view: View): boolean {
  const { mode, seen, met } = slotsOf(frame, view);
  return mode !== null && met !== null && isUnreached({ mode, childSeen: seen, met });
}

/** 补录: an old day whose year was not said is asked about by name. */
function oldDayAsked(heard: Heard, frame: Frame, view: View): Frame | undefined {
  const old = frame.asking === 'on' ? oldDayWithoutYear(heard, frame, view) : null;
  return old === null ? undefined : filled(frame, 'longAgo', old);
}

/** The brother or sister who was met as well: the record becomes a trip to both. */
function siblingAdded({ slots }: Frame): string | null {
  const { outcome } = slots;
  return typeof outcome === 'string' && outcome.startsWith('add:') ? outcome.slice('add:'.length) : null;
}

function finish(frame: Frame, view: View, context: Context): FlowEnd {
  const asked = beginConcerns(worriesBefore(frame));
  const { child, on, mode, met, seen, note } = slotsOf(frame, view);
  if (unlistedIn(frame).length > 0)
    return { replies: unlistedReplies(frame, view, 'kept'), commands: [], draft: asDraft(frame) };
  if (frame.slots.slip === true)
    return { replies: [say('record.slip', { child: child?.name ?? '' })], commands: [] };
  const sibling = siblingAdded(frame);
  if (sibling !== null && child)
    return {
      replies: [],
      commands: [],
      then: [
        ...asked,
        tripWith(frame.slots, { childId: child.id, seen, met: met ?? [], note, own: '' }, sibling),
      ],
    };
  if (isNotMade(frame) && child)
    return { replies: [], commands: [], then: [obstacleOf(child.id, note), ...asked] };
  if (frame.slots.again === SAME_RECORD)
    return { replies: [say('told-twice.not-twice')], commands: [], then: asked };
  if (!child || on === null || mode === null) return { replies: [say('dialog.lost')], commands: [] };
  const last = frame.slots.outcome;
  const outcome = last === undefined || last === TRY_AGAIN ? 'none' : (last as ContactOutcome);
  const told = concernTold(frame);
  const command: RecordContact = {
    type: 'record-contact',
    contactId: context.newId(),
    childId: child.id,
    mode,
    takenOn: on,
    ...metInRecord({ mode, seen, met: met ?? [], note: noteOfFrame(frame, view, noteStored) }),
    outcome,
    concernId: outcome === 'none' ? null : (told ?? context.newId()),
    ...(outcome === 'none' || told === null ? {} : { concernOnRecord: true }),
  };
  const { concernId } = command;
  // The red button was pressed on this very card: the worry is answered, nothing is asked twice.
  const isReported = concernId !== null && frame.slots.reported === true;
  const answered: Command[] = isReported
    ? [{ type: 'answer-concern', concernId, answer: 'reported', followUpOn: null }]
    : [];
  const own =
    concernId === null || isReported || told !== null
      ? []
      : [{ concernId, childId: child.id, contactId: command.contactId }];
  const worries = [...worriesBefore(frame), ...own];
  const next = nextChild(frame, worries);
  return {
    replies: [savedReply(command, view)],
    commands: [command, ...attached(frame, command), ...answered],
    saved: {
      contactId: command.contactId,
      filedAt: context.now.toISOString(),
      childId: child.id,
      ...(hasVoice(frame) ? { voice: true as const } : {}),
    },
    then: [...next, ...afterRecord([command], view), ...(next.length > 0 ? [] : beginConcerns(worries))],
  };
}

/** The answer to a stored record: the same words whether there is a worry or not, somebody may be looking on. */
function savedReply(command: RecordContact, view: View): Reply {
  const child = childOf(view, command.childId);
  return {
    ...say('record.saved', {
      on: command.takenOn,
      mode: say(`mode.${command.mode}`),
      child: child?.name ?? '',
      effects: child ? effectsOf(child, command, view) : [],
    }),
    options: [
      ...savedButtons([command], null, view),
      ...awayOffered(command, view),
      ...letterOffered(command, view),
    ],
  };
}
