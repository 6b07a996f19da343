import { z } from 'zod';
import { nearest } from '../../server/domain/partners/directory.ts';
import {
  REPORT_KIND_RULES,
  REPORT_KINDS,
  reportKind,
  UNKNOWN_KIND_RULE,
} from '../../server/domain/report/kinds.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Choice, Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type OnDuty, type OwnReport, type View, isFamily } from '../dialog/view.ts';
import { childLabel } from './record-slots.ts';

/** 说完了, at any question: nothing more is asked. */
export const END = '.end';
/** Nobody need be kept from it. */
export const NOBODY = '.nobody';
/** The child stands on no roster, or nobody knows which child it is. */
export const NOT_LISTED = '.not-listed';
export const NOT_KNOWN = '.not-known';
/** 先不说: somebody may be looking on. */
export const NOT_NOW = '.not-now';
/** Another matter than the report before. */
export const ANOTHER = '.another';

const answer = z.string().max(4000);

function end(): Choice {
  return { code: 'done', value: END, label: say('open-report.said-all') };
}

function choice(code: string, value: string, label: Say): Choice {
  return { code, value, label };
}

/** 别人也看这部手机吗? comes before the number is shown to a family (domain rules 5.1, rule 5). */
const shared: Slot = {
  id: 'shared',
  schema: answer,
  urgent: true,
  ask: ({ slots }) => say(slots.told === undefined ? 'open-report.opened-family' : 'open-report.ask-shared'),
  choices: () => [
    choice('no', 'no', say('open-report.shared-no')),
    choice('yes', 'yes', say('open-report.shared-yes')),
  ],
};

/** The first screen, and whether it is the matter of a report before. */
const same: Slot = {
  id: 'same',
  schema: answer,
  urgent: true,
  ask: (frame, view) => {
    const earlier = earlierReport(frame, view);
    const asked = say('open-report.ask-same', { number: earlier?.number ?? '', at: earlier?.openedAt ?? '' });
    return frame.slots.told === true
      ? asked
      : say('dialog.because', { because: openedScreen(frame, view), question: asked });
  },
  choices: (frame, view) => {
    const earlier = earlierReport(frame, view);
    return [
      ...(earlier === undefined
        ? []
        : [choice('join', earlier.id, say('open-report.join', { number: earlier.number }))]),
      choice('another', ANOTHER, say('open-report.another')),
      end(),
    ];
  },
};

/** What happened: any words at once, and never a question for proof. */
const told: Slot = {
  id: 'told',
  schema: z.union([z.boolean(), answer]),
  urgent: true,
  ask: (frame, view) =>
    frame.slots.same === undefined ? openedScreen(frame, view) : say('open-report.ask-words'),
  choices: (_frame, view) => [
    ...(isFamily(view) ? [] : [choice('not-now', NOT_NOW, say('open-report.not-now'))]),
    end(),
  ],
};

const danger: Slot = {
  id: 'danger',
  schema: answer,
  urgent: true,
  ask: () => say('open-report.ask-danger'),
  choices: () => [
    choice('yes', 'yes', say('open-report.danger-yes')),
    choice('no', 'no', say('open-report.danger-no')),
    choice('unknown', 'unknown', say('open-report.not-known')),
    end(),
  ],
};

const child: Slot = {
  id: 'child',
  schema: answer,
  urgent: true,
  ask: (frame) => orCall110(say('open-report.ask-child'), frame),
  choices: (frame, view) => [
    ...candidatesOf(frame).flatMap((id) => {
      const known = childOf(view, id);
      return known ? [choice(`c${id}`, id, childLabel(known))] : [];
    }),
    choice('not-listed', NOT_LISTED, say('open-report.not-listed')),
    choice('not-known', NOT_KNOWN, say('open-report.child-not-known')),
    end(),
  ],
  shows: (_frame, _view, onPage) => ({
    screen: 'report-child',
    childIds: onPage.flatMap(({ code, value }) =>
      code.startsWith('c') && typeof value === 'string' ? [value] : [],
    ),
  }),
};

const place: Slot = {
  id: 'place',
  schema: answer,
  urgent: true,
  ask: (frame) => orCall110(say('open-report.ask-place'), frame),
  choices: () => [choice('unknown', NOT_KNOWN, say('open-report.not-known')), end()],
};

const safe: Slot = {
  id: 'safe',
  schema: answer,
  urgent: true,
  ask: () => say('open-report.ask-safe'),
  choices: () => [
    choice('yes', 'yes', say('open-report.safe-yes')),
    choice('no', 'no', say('open-report.safe-no')),
    choice('unknown', 'unknown', say('open-report.not-known')),
    end(),
  ],
};

const kind: Slot = {
  id: 'kind',
  schema: answer,
  urgent: true,
  ask: () => say('open-report.ask-kind'),
  choices: () => [
    ...REPORT_KINDS.map((one) => choice(one, one, say(`report-kind.${one}`))),
    choice('unknown', NOT_KNOWN, say('open-report.kind-not-known')),
  ],
};

/** 不能让谁知道: whoever is named is skipped from that moment on (domain rules 5.1, rule 7). */
const trust: Slot = {
  id: 'trust',
  schema: answer,
  urgent: true,
  ask: (frame, view) =>
    say('open-report.ask-trust', {
      who: hearers(frame, view).map((p) => say('open-report.person', personVars(p))),
    }),
  choices: (frame, view) => [
    choice('nobody', NOBODY, say('open-report.all-may')),
    ...hearers(frame, view).map((p) =>
      choice(`w${p.workerId}`, p.workerId, say('open-report.not-this-one', { name: p.name })),
    ),
    end(),
  ],
};

/** Nothing more is asked; whatever is said is added. */
const done: Slot = {
  id: 'done',
  schema: z.union([z.boolean(), answer]),
  urgent: true,
  ask: () => say('open-report.ask-words'),
  choices: () => [end()],
};

export const REPORT_QUESTIONS: readonly Slot[] = [
  shared,
  same,
  told,
  danger,
  child,
  place,
  safe,
  kind,
  trust,
  done,
];

/** The question that comes next; null once the reporter has said that it is all. Each is asked once. */
export function nextQuestion(frame: Frame, view: View): string | null {
  const { slots } = frame;
  if (slots.done !== undefined) return null;
  const isOpen = (id: string): boolean => slots[id] === undefined;
  if (isFamily(view)) {
    if (isOpen('shared')) return 'shared';
    if (slots.shared === 'yes') return isOpen('told') ? 'told' : 'done';
    return (['told', 'danger', 'place'] as const).find(isOpen) ?? 'done';
  }
  if (isOpen('same') && earlierReport(frame, view) !== undefined) return 'same';
  const asked = ['told', 'danger', 'child', 'place', 'safe', 'kind', 'trust'] as const;
  return asked.find((id) => isOpen(id) && (id !== 'trust' || hearers(frame, view).length > 0)) ?? 'done';
}

/** The report before this one that may be about the same matter: the newest of this person's that is not closed. */
export function earlierReport(frame: Frame, view: View): OwnReport | undefined {
  const { reportId, child: childId } = frame.slots;
  return view.ownReports?.find(
    (r) =>
      r.id !== reportId &&
      (r.childId === null || typeof childId !== 'string' || childId.startsWith('.') || r.childId === childId),
  );
}

/** Those who are told of it or may come to be: never the reporter, never whoever was named already. */
export function hearers(frame: Frame, view: View): readonly OnDuty[] {
  const named = excludedIn(frame);
  const heard = view.onDuty.filter((p) => p.workerId !== view.personId && !named.includes(p.workerId));
  return [...new Map(heard.map((p) => [p.workerId, p])).values()];
}

/** Whom the reporter has named as those who must not hear of it. */
export function excludedIn({ slots }: Frame): readonly string[] {
  return Array.isArray(slots.excluded) ? slots.excluded.filter((id) => typeof id === 'string') : [];
}

/** A family is told no number before it is known that nobody else reads the phone. */
export function isQuiet({ slots }: Frame, view: View): boolean {
  return isFamily(view) && slots.shared !== 'no';
}

/** The first screen: the number, 110 and 120, who is being told, whom to call. */
function openedScreen(frame: Frame, view: View): Say {
  const number = textOf(frame, 'number');
  if (!isFamily(view))
    return say('open-report.opened', {
      number,
      call: callLine(frame, view),
      told: toldLine(frame, view),
      duty: dutyLine(frame, view),
    });
  return say(frame.slots.shared === 'yes' ? 'open-report.family-shared' : 'open-report.family-number', {
    number,
  });
}

/**
 * Whom to call: 110 and 120; where nobody looks after the child or nobody can, the police station, without 110 (domain
 * rules 5.1, rule 1), as long as nobody has said that there is danger now.
 */
function callLine({ slots }: Frame, { directory }: View): Say {
  const first = callFirst(slots);
  if (first !== null) return say(`open-report.call-${first}`);
  const [station] = directory === undefined ? [] : nearest(directory, 'police');
  return station === undefined
    ? say('open-report.call-station')
    : say('open-report.call-station-number', { name: station.name, phone: station.phone });
}

function callFirst({ kind: said, danger: now }: Frame['slots']): '110' | '120' | null {
  const kind = typeof said === 'string' ? reportKind(said) : undefined;
  return (
    (kind === undefined ? UNKNOWN_KIND_RULE : REPORT_KIND_RULES[kind]).callFirst ??
    (now === 'yes' ? '110' : null)
  );
}

/** There is danger now, and the first screen named the police station: 110 is named before the next question. */
function orCall110(question: Say, { slots }: Frame): Say {
  const isNew = slots.danger === 'yes' && callFirst({ ...slots, danger: null }) === null;
  return isNew ? say('dialog.because', { because: say('open-report.danger-110'), question }) : question;
}

/** Who is being told; where somebody of the township must not know, the county desk begins. */
function toldLine(frame: Frame, view: View): Say {
  const kept = keptFrom(frame, view);
  if (kept.length === 0) return say('open-report.telling');
  const names = [...new Set(kept.map((p) => p.name))].map((name) => plain(name));
  const isDeskTold = hearers(frame, view).some(({ role }) => role === 'county-desk');
  return say(
    isDeskTold && kept.some(isOfTownship) ? 'open-report.telling-desk' : 'open-report.telling-others',
    { names },
  );
}

function keptFrom(frame: Frame, view: View): readonly OnDuty[] {
  return view.onDuty.filter((p) => excludedIn(frame).includes(p.workerId));
}

function isOfTownship({ role }: OnDuty): boolean {
  return role === 'supervisor' || role === 'deputy';
}

/** Who is on duty, with the number to call; the reporter never has to look it up. */
function dutyLine(frame: Frame, view: View): readonly Say[] {
  const others = hearers(frame, view);
  const fromDesk = keptFrom(frame, view).some(isOfTownship);
  const first =
    others.find((p) => p.role === (fromDesk ? 'county-desk' : 'supervisor')) ??
    (fromDesk ? undefined : others[0]);
  return first === undefined || first.phone === null
    ? []
    : [say('open-report.duty-number', { name: first.name, phone: first.phone })];
}

function candidatesOf({ slots }: Frame): readonly string[] {
  return Array.isArray(slots.candidates) ? slots.candidates.filter((id) => typeof id === 'string') : [];
}

function personVars({ name, role }: OnDuty) {
  return { name, role: say(`role.${role}`) };
}
