import type { Heard } from '../dialog/event.ts';
import { begin, type CommandInput, type CommandRun } from '../dialog/flow.ts';
import { say } from '../../server/domain/say.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { urgentOption } from './open-report.ts';
import { recordContact } from './record-contact.ts';
import { NOTE_LIMIT } from './record-slots.ts';
import { recordVisit } from './record-visit.ts';

/** What free words start when no question is open: a visit, a contact, or the question whether a child is in danger. */
export function understandFreeWords({
  heard,
  view,
}: CommandInput & { readonly heard: Heard }): CommandRun | undefined {
  if (view.caseload.length > 0 && heard.intent !== null) return startRecord(heard, view, heard.intent);
  const signal = heard.signals[0];
  if (signal)
    return {
      replies: [{ ...say('signals.ask', { quote: signal.quote }), options: [urgentOption()] }],
      commands: [],
    };
  if (view.caseload.length > 0 && heard.mentions.length > 0)
    return startRecord(
      heard,
      view,
      heard.mode === 'phone' || heard.mode === 'video' ? 'contact' : 'visit',
      true,
    );
  return undefined;
}

/** A record of the kind the words tell of, with everything they already said. */
export function startRecord(
  heard: Heard,
  view: View,
  intent: 'visit' | 'contact',
  doubtful = false,
): CommandRun {
  const flow = intent === 'visit' ? recordVisit : recordContact;
  const frame = begin(flow, { ...childSlots(heard, view), ...saidSlots(heard, view, intent) });
  // Words that name a child but not what was done might be a question: ask before beginning.
  if (doubtful && heard.mode === null && heard.seen === null && heard.met.length === 0)
    return offerChoice(frame, view);
  return { replies: [], commands: [], then: [frame] };
}

function offerChoice(frame: Frame, view: View): CommandRun {
  const child = childOf(view, frame.slots.child);
  if (!child) return { replies: [], commands: [], then: [frame] };
  return {
    replies: [
      {
        ...say('free-words.what-about', { child: child.name }),
        options: [
          { id: `c:visit:${child.id}`, label: say('todo.visit', { name: child.name }) },
          { id: `c:contact:${child.id}`, label: say('todo.contact', { name: child.name }) },
        ],
      },
    ],
    commands: [],
  };
}

/** Who is meant: one child, or the candidates to ask about; further children wait their turn. */
function childSlots(heard: Heard, view: View): Frame['slots'] {
  const unclear = heard.mentions.find((m) => !m.certain);
  const certain = [
    ...new Set(heard.mentions.filter((m) => m.certain).flatMap((m) => m.candidates.map((c) => c.childId))),
  ];
  const [first, ...waiting] = certain;
  if (unclear)
    return { unclear: unclear.quote, candidates: unclear.candidates.map((c) => c.childId), waiting: certain };
  if (first !== undefined) return { child: first, waiting };
  const unknown = heard.unresolved[0];
  if (unknown !== undefined) return { unclear: unknown };
  const only = view.caseload.length === 1 ? view.caseload[0] : undefined;
  return only ? { child: only.id } : {};
}

function saidSlots(heard: Heard, view: View, intent: 'visit' | 'contact'): Frame['slots'] {
  const day = dayOf(heard, view);
  const mode = modeOf(heard, intent);
  const signal = heard.signals[0]?.quote;
  return {
    ...(day === null ? {} : { on: day }),
    ...(mode === null ? {} : { mode }),
    ...(heard.met.length > 0 ? { met: [...heard.met] } : {}),
    ...(heard.seen === null ? {} : { seen: heard.seen }),
    ...(signal === undefined ? {} : { signal }),
    ...calmContact(heard, intent, mode),
    note: heard.text.trim().slice(0, NOTE_LIMIT),
  };
}

/** No day said means today; the card shows it with its weekday. What is vague is asked. */
function dayOf(heard: Heard, view: View): string | null {
  if (heard.date.ask) return null;
  return heard.date.on ?? view.today;
}

function modeOf(heard: Heard, intent: 'visit' | 'contact'): string | null {
  const fits = intent === 'visit' ? ['home', 'school'] : ['phone', 'video'];
  if (heard.mode !== null) return fits.includes(heard.mode) ? heard.mode : null;
  return intent === 'visit' ? 'home' : null;
}

/** "联系了小明 电话 一切都好" is a whole record: nothing is left to ask. */
function calmContact(heard: Heard, intent: 'visit' | 'contact', mode: string | null): Frame['slots'] {
  const isWhole =
    intent === 'contact' &&
    heard.outcome === 'none' &&
    heard.signals.length === 0 &&
    heard.unresolved.length === 0;
  if (!isWhole || mode === null || !heard.mentions.every((m) => m.certain)) return {};
  return { outcome: 'none', ...(heard.met.length > 0 ? {} : { met: [] }) };
}
