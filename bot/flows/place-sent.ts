import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { say } from '../../server/domain/say.ts';
import type { Flow } from '../dialog/flow.ts';
import { childOf } from '../dialog/view.ts';
import { certainChild, childLabel } from './record-slots.ts';
import { sentIn, sentNames } from './sent.ts';

const PATIENCE_MS = 3_600_000;
/** Nobody's: kept as it is, with no child. */
const NOBODYS = '';

/** A photo or a place that came by itself: with which child does it belong? Welcome, and never asked for. */
export const placeSent: Flow = {
  id: 'place-sent',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'child',
      schema: z.string(),
      missed: 'record.child-not-found',
      ask: (frame) => say('voice.ask-whose', { sent: sentNames(sentIn(frame)) }),
      choices: (_frame, view) => [
        { code: 'nobody', value: NOBODYS, label: say('voice.no-child') },
        ...view.caseload.map((child) => ({ code: child.id, value: child.id, label: childLabel(child) })),
      ],
      read: (heard) => certainChild(heard),
      shows: (_frame, _view, choices) => ({
        screen: 'child-list',
        childIds: choices.flatMap((c) =>
          typeof c.value === 'string' && c.value !== NOBODYS ? [c.value] : [],
        ),
      }),
    },
  ],
  next: ({ slots }) => (slots.child === undefined ? 'child' : null),
  onCancel: (frame) => ({ replies: [say('voice.left')], commands: kept(sentIn(frame), null) }),
  onSilence: (frame) => ({ replies: [], commands: kept(sentIn(frame), null) }),
  finish: (frame, view) => {
    const child = childOf(view, frame.slots.child);
    const reply = child ? say('voice.placed', { child: child.name }) : say('voice.left');
    return { replies: [reply], commands: kept(sentIn(frame), child?.id ?? null) };
  },
};

function kept(sent: ReturnType<typeof sentIn>, childId: string | null): Command[] {
  return sent.map((one) => ({ type: 'attach-to-child', childId, sent: one }));
}
