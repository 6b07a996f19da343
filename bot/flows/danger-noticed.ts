import { textOf, topFrame, type Frame } from '../dialog/session.ts';
import type { Noticing } from '../dialog/flow.ts';
import { isOwnRefusal, withoutRoad } from '../understanding/away-words.ts';
import { beginAskDanger } from './ask-danger.ts';
import { callOutcome } from './call-made.ts';
import { concern } from './concern.ts';
import { followUp } from './follow-up.ts';
import { obstacle } from './obstacle.ts';
import { ASK_DANGER } from './open-report.ts';
import { recordContact } from './record-contact.ts';
import { likelyChild } from './record-slots.ts';
import { recordVisit } from './record-visit.ts';
import { recordTrip } from './trip.ts';
import type { View } from '../dialog/view.ts';

const RECORDS: ReadonlySet<string> = new Set([recordVisit.id, recordContact.id, recordTrip.id]);

/** What is said to a report is with those who answer for it. */
const TAKES_UP: ReadonlySet<string> = new Set([
  'open-report',
  'add-report-words',
  'answer-report',
  'report-step',
]);

/**
 * Whatever somebody writes, wherever: words that may speak of danger and that nothing has taken up are asked about.
 * That no such words were found says nothing at all.
 */
export function noticeDanger(noticing: Noticing): Frame | null {
  const { heard, before, after, commands, view } = noticing;
  const [top, now] = [topFrame(before), topFrame(after)];
  // A draft of another day asks nothing today.
  const drafts = after.drafts.filter((draft) => !before.drafts.includes(draft));
  const frames = [...after.frames, ...drafts];
  const isTaken =
    commands.some(({ type }) => TAKES_UP.has(type)) ||
    (top !== undefined && asksItself(top)) ||
    heard.signals.some(({ quote }) => frames.some((frame) => quotes(frame, quote) && !isDelayed(frame)));
  if (isTaken) return null;
  // 路塌了 is the road, where somebody says why they could not go.
  const isRoad = [top, now].some((frame) => frame?.flow === obstacle.id);
  const signal = heard.signals.find(
    ({ quote }) => (!isRoad || withoutRoad(heard.text).includes(quote)) && !isOwnRefusal(quote, heard.text),
  );
  if (signal === undefined) return null;
  const refused = commands.find((command) => command.type === 'record-obstacle')?.childId;
  const child = signal.of ?? likelyChild(heard) ?? refused ?? childTalkedOf(top ?? now, view);
  return beginAskDanger(signal.quote, heard.text, child);
}

/** It asks about danger already, or must not before it is safe to talk. */
function asksItself({ flow, asking }: Frame): boolean {
  return flow === ASK_DANGER || (flow === concern.id && (asking === 'talk' || asking === 'signs'));
}

/** A record that has to ask something else first: its card with the danger comes later, or never. */
function isDelayed({ flow, asking }: Frame): boolean {
  return RECORDS.has(flow) && asking !== 'outcome';
}

/** A card that quotes these words beside its last question, or will. */
function quotes({ slots }: Frame, quote: string): boolean {
  const lines: readonly unknown[] = Array.isArray(slots.lines) ? slots.lines : [];
  const quoted = [slots.signal, ...lines.map(signalOf)];
  return quoted.some((text) => typeof text === 'string' && (text.includes(quote) || quote.includes(text)));
}

function signalOf(line: unknown): unknown {
  return typeof line === 'object' && line !== null && 'signal' in line ? line.signal : null;
}

/** Whom the open question is about, where that is one child. */
function childTalkedOf(frame: Frame | undefined, view: View): string | null {
  if (frame === undefined) return null;
  const [id] = Array.isArray(frame.slots.ids) ? frame.slots.ids : [];
  const told =
    frame.flow === followUp.id
      ? view.followUps.find((f) => f.id === id)?.childId
      : frame.flow === callOutcome.id
        ? view.calls.find((call) => call.id === id)?.childId
        : textOf(frame, frame.flow === concern.id ? 'childId' : 'child');
  return told === undefined || told === '' ? null : told;
}
