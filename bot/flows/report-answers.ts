import type { Command } from '../../server/domain/commands.ts';
import type { KeptUnasked } from '../../server/domain/report/commands.ts';
import type { ReportKind } from '../../server/domain/report/kinds.ts';
import { emptied, filled } from '../dialog/flow.ts';
import { textOf, type Frame, type SlotValue } from '../dialog/session.ts';
import { ANOTHER, END, excludedIn, NOBODY, NOT_KNOWN, NOT_LISTED, NOT_NOW } from './report-questions.ts';

/** What an answer does at once: the report is on record, and every answer makes it fuller. */
export function answersOf(
  frame: Frame,
  slot: string,
  value: SlotValue,
  text: string | null = null,
): readonly Command[] {
  if (typeof value !== 'string' || value === END || value === NOBODY || value === ANOTHER) return [];
  if (value === NOT_NOW) return [cannotTalk(frame)];
  const base = answerTo(frame);
  switch (slot) {
    case 'shared':
      return [{ ...base, answer: 'shared-phone', value, text: null }];
    case 'danger':
      return [{ ...base, answer: 'danger-now', value, text: null }];
    case 'safe':
      return [{ ...base, answer: 'child-safe', value, text: null }];
    case 'kind':
      return value === NOT_KNOWN ? [] : [{ ...base, answer: 'kind', value, text: null }];
    case 'place':
      return text === null ? [] : [{ ...base, answer: 'place', value: null, text }];
    case 'child':
      if (value === NOT_KNOWN) return [];
      return value === NOT_LISTED
        ? text === null
          ? []
          : [{ ...base, answer: 'child', value: null, text }]
        : [{ ...base, answer: 'child', value: null, text: null, childId: value }];
    case 'trust':
      return [excludes(frame, [value])];
    case 'same':
      return [{ type: 'join-report', reportId: textOf(frame, 'reportId'), joinsId: value }];
    default:
      return [];
  }
}

/** After an answer: 说完了 ends it, a name that was kept from it asks for the next, one matter goes on under one number. */
export function ended(frame: Frame): Frame {
  const { slots } = frame;
  if (slots.told === NOT_NOW) return filled(frame, 'done', NOT_NOW);
  if (Object.values(slots).includes(END)) return filled(frame, 'done', true);
  if (typeof slots.trust === 'string' && slots.trust !== NOBODY)
    return emptied(filled(frame, 'excluded', [...excludedIn(frame), slots.trust]), 'trust');
  if (typeof slots.same === 'string' && slots.same !== ANOTHER)
    return filled(filled(frame, 'joined', true), 'done', true);
  return frame;
}

/** The report that an answer goes to. */
export function answerTo(frame: Frame) {
  return { type: 'answer-report', reportId: textOf(frame, 'reportId') } as const;
}

/** A kind that was read off words: one that somebody chose stands before it. */
export function kindHeard(
  frame: Frame,
  { kind, quote }: { readonly kind: ReportKind; readonly quote: string },
): Command {
  return { ...answerTo(frame), answer: 'kind', value: kind, text: quote };
}

/** Somebody may be looking on. */
export function cannotTalk(frame: Frame): Command {
  return { ...answerTo(frame), answer: 'cannot-talk', value: null, text: null };
}

/** These people must not hear of it. */
export function excludes(frame: Frame, workerIds: readonly string[], why: KeptUnasked = {}): Command {
  return { type: 'exclude-from-report', reportId: textOf(frame, 'reportId'), workerIds, why };
}
