import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { z } from 'zod';
import { say, type Say } from '../../server/domain/say.ts';
import { begin, emptied, filled, type Choice, type Flow } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { recordVisit } from './record-visit.ts';
import { childLabel } from './record-slots.ts';
import { sentIn, sentNames } from './sent.ts';

const PATIENCE_MS = 72 * 3_600_000;
/** Five names a page leave room for what else can be said, eight buttons in all. */
const NAMES_PER_PAGE = 5;
const MORE = '>';
const SEVERAL = '+';
const UNSEEN = '-';
const DONE = '.';

/**
 * A voice message outside any conversation: one tap says which child was seen, one answers the question that is always
 * asked. The words stay in the voice. Today, at home: both stand on the card and can be changed there.
 */
export const voiceNote: Flow = {
  id: 'voice-note',
  version: 1,
  keepsDraft: true,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'child',
      schema: z.union([z.string(), z.array(z.string()).min(1)]),
      missed: 'record.child-not-found',
      ask: (frame, view) => question(frame, view),
      choices: (frame, view) => [...names(frame, view), ...besides(frame, view)],
      read: (heard) => {
        const certain = heard.mentions
          .filter((m) => m.certain)
          .flatMap((m) => m.candidates[0]?.childId ?? []);
        return certain.length > 0 && certain.length === heard.mentions.length
          ? [...new Set(certain)]
          : undefined;
      },
      shows: (_frame, _view, choices) => ({
        screen: 'child-list',
        childIds: choices.flatMap((c) =>
          typeof c.value === 'string' && c.value.length > 1 ? [c.value] : [],
        ),
      }),
    },
  ],
  next: ({ slots }) => (Array.isArray(slots.child) ? null : 'child'),
  settle: (frame) => tapped(frame),
  onSilence: () => ({ replies: [], commands: [] }),
  finish: (frame, view) => ({ replies: [], commands: [], then: [visitOf(frame, view)] }),
};

function question(frame: Frame, view: View): Say {
  if (frame.slots.unseen === true) return say('voice.ask-unseen');
  if (frame.slots.several !== true) return say('voice.ask-child', { sent: sentNames(sentIn(frame)) });
  const ticked = picked(frame).map((id) => say('voice.ticked', { child: childOf(view, id)?.name ?? '' }));
  return say('voice.ask-several', { ticked });
}

/** A page of the caseload, most urgent first; in a list of several, who is ticked already. */
function names(frame: Frame, view: View): readonly Choice[] {
  const first = pageStart(frame, view);
  return view.caseload
    .slice(first, first + NAMES_PER_PAGE)
    .map((child) => ({ code: child.id, value: child.id, label: nameLabel(frame, child) }));
}

function nameLabel(frame: Frame, child: CaseChild): Say {
  const label = childLabel(child);
  if (frame.slots.unseen === true) return label;
  if (frame.slots.several !== true) return say('voice.saw', { child: label });
  return picked(frame).includes(child.id) ? say('voice.ticked', { child: label }) : label;
}

function besides(frame: Frame, view: View): readonly Choice[] {
  const { several, unseen } = frame.slots;
  const plainList = several !== true && unseen !== true;
  const choice = (code: string, value: string, key: string): Choice => ({ code, value, label: say(key) });
  return [
    ...(view.caseload.length > NAMES_PER_PAGE ? [choice('others', MORE, 'voice.others')] : []),
    ...(plainList && view.caseload.length > 1 ? [choice('several', SEVERAL, 'voice.several')] : []),
    ...(plainList ? [choice('unseen', UNSEEN, 'voice.unseen')] : []),
    ...(several === true && picked(frame).length > 0 ? [choice('ticked', DONE, 'voice.all-ticked')] : []),
  ];
}

function pageStart(frame: Frame, view: View): number {
  const turned = typeof frame.slots.turned === 'number' ? frame.slots.turned : 0;
  const pages = Math.max(1, Math.ceil(view.caseload.length / NAMES_PER_PAGE));
  return (turned % pages) * NAMES_PER_PAGE;
}

function picked(frame: Frame): readonly string[] {
  const { ticked } = frame.slots;
  return Array.isArray(ticked) ? ticked.filter((id) => typeof id === 'string') : [];
}

/** What a tap means: another page, another way to choose, a tick, or the end. */
function tapped(frame: Frame): Frame {
  const { child, turned } = frame.slots;
  const again = emptied(frame, 'child');
  if (Array.isArray(child) && frame.slots.several === true)
    return filled(again, 'ticked', [...new Set([...picked(frame), ...child])]);
  if (typeof child !== 'string') return frame;
  if (child === MORE) return filled(again, 'turned', (typeof turned === 'number' ? turned : 0) + 1);
  if (child === SEVERAL) return filled(again, 'several', true);
  if (child === UNSEEN) return filled(again, 'unseen', true);
  const ticked = [...picked(frame)];
  if (child === DONE) return filled(frame, 'child', ticked);
  if (frame.slots.several !== true) return filled(frame, 'child', [child]);
  const without = ticked.filter((id) => id !== child);
  return filled(again, 'ticked', without.length < ticked.length ? without : [...ticked, child]);
}

/** The record as it is known after one tap: today, at home, the child seen or not, the words in the voice. */
function visitOf(frame: Frame, view: View): Frame {
  const chosen = Array.isArray(frame.slots.child) ? frame.slots.child : [];
  const [child, ...waiting] = chosen.filter((id) => childOf(view, id) !== undefined);
  const seen = frame.slots.unseen !== true;
  return begin(recordVisit, {
    ...(child === undefined ? {} : { child }),
    waiting,
    on: view.today,
    mode: 'home',
    // Whom one met instead decides whether it was a visit at all: that is asked.
    ...(seen ? { met: [CHILD_ITSELF] } : {}),
    seen,
    note: frame.slots.note ?? null,
    ...(typeof frame.slots.signal === 'string' ? { signal: frame.slots.signal } : {}),
    alike: true,
    sent: frame.slots.sent ?? [],
  });
}
