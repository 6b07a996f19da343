import { z } from 'zod';
import { NO_CONTACT_REASONS, type Adult, type NoContactReason } from '../../server/domain/family/family.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import {
  begin,
  emptied,
  filled,
  type CommandWord,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { adultIn, adultLabel } from './adult-words.ts';
import { certainDay } from './record-day.ts';
import { certainChild, childSlot } from './record-slots.ts';
import { namedChild, soughtByName, soughtSlot } from './sought-child.ts';

/** A paper, or why a mark is lifted, in one sentence. */
const WORDS_LIMIT = 200;

const adultSlot: Slot = {
  id: 'adult',
  schema: z.string(),
  ask: (frame, view) => say('no-contact.ask-adult', { child: nameOf(frame, view) }),
  choices: (frame, view) =>
    adultsOf(frame, view).map((adult) => ({
      code: codeOf(adult),
      value: codeOf(adult),
      label: say(
        adult.noContact === null ? 'no-contact.adult' : 'no-contact.adult-marked',
        adultLabel(adult),
      ),
    })),
  shows: (frame) => ({ screen: 'no-contact', childIds: [textOf(frame, 'child')] }),
  read: (heard, frame, view) => {
    const adult = adultIn(heard.text, adultsOf(frame, view));
    return adult && codeOf(adult);
  },
};

const reasonSlot: Slot = {
  id: 'reason',
  schema: z.enum(NO_CONTACT_REASONS),
  ask: (frame, view) => say('no-contact.ask-reason', { who: whoOf(frame, view) }),
  choices: () =>
    NO_CONTACT_REASONS.map((reason) => ({
      code: reason,
      value: reason,
      label: say(`no-contact.reason-${reason}`),
    })),
};

const fromSlot: Slot = {
  id: 'from',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'record.day-unclear',
  ask: () => say('no-contact.ask-from'),
  choices: (_frame, { today }) => [
    { code: 'd0', value: today, label: say('record.day-choice', { word: say('day.back-0'), on: today }) },
  ],
  read: (heard, _frame, view) => certainDay(heard, view) ?? undefined,
};

/** The paper, which a desk has before it and a supervisor hears of. */
const sourceSlot: Slot = {
  id: 'source',
  schema: z.string().max(WORDS_LIMIT),
  freeText: true,
  ask: () => say('no-contact.ask-source'),
  choices: () => [{ code: 'none', value: '', label: say('no-contact.no-source') }],
  read: ({ text }) => text.trim().slice(0, WORDS_LIMIT),
};

const whySlot: Slot = {
  id: 'why',
  schema: z.string().min(1).max(WORDS_LIMIT),
  freeText: true,
  ask: (frame, view) => say('no-contact.ask-why', { standing: standingOf(frame, view) }),
  shows: (frame) => ({ screen: 'no-contact', childIds: [textOf(frame, 'child')] }),
  choices: () => [],
  read: ({ text }) => text.trim().slice(0, WORDS_LIMIT),
};

const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.boolean(),
  ask: (frame, view) => {
    const why = textOf(frame, 'why');
    if (adultOf(frame, view)?.noContact)
      return say('no-contact.confirm-lift', {
        standing: standingOf(frame, view),
        why: why === '' ? '' : say('no-contact.because', { why }),
      });
    return say('no-contact.confirm', {
      child: nameOf(frame, view),
      who: whoOf(frame, view),
      on: textOf(frame, 'from'),
      reason: say(`no-contact.reason-${textOf(frame, 'reason')}`),
      paper: paperLine(textOf(frame, 'source')),
    });
  },
  shows: (frame) => ({ screen: 'no-contact', childIds: [textOf(frame, 'child')] }),
  choices: (frame, view) => [
    {
      code: 'yes',
      value: true,
      label: say(adultOf(frame, view)?.noContact ? 'no-contact.lift' : 'no-contact.mark'),
    },
    { code: 'no', value: false, label: say('no-contact.leave') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (/^(确认|是的?|对的?|好的?|yes)$/u.test(word)) return true;
    return /^(不是|不对|不用了?|no)$/u.test(word) ? false : undefined;
  },
};

/**
 * 不得联系: marks one adult of one child, or ends the mark. Set by those who supervise and by the county desk, after a
 * second look; the desk, which answers for no children, names the child whole and the paper it acts on.
 */
export const noContact: Flow = {
  id: 'no-contact',
  version: 1,
  slots: [
    childSlot('no-contact.ask-child'),
    soughtSlot,
    adultSlot,
    reasonSlot,
    fromSlot,
    sourceSlot,
    whySlot,
    confirmSlot,
  ],
  next: (frame, view) => {
    if (namedChild(view, frame.slots.child) === undefined) return isDesk(view) ? 'sought' : 'child';
    if (adultsOf(frame, view).length === 0) return null;
    const adult = adultOf(frame, view);
    if (adult === undefined) return 'adult';
    const asked = adult.noContact === null ? ['reason', 'from', 'source'] : ['why'];
    // Whoever ends a mark says why and by which paper; the desk names the paper of one it sets as well.
    const open = asked.filter((id) => isDesk(view) || id !== 'source');
    for (const id of [...open, 'confirm']) if (frame.slots[id] === undefined) return id;
    return null;
  },
  settle: (frame) => {
    const { sought } = frame.slots;
    return typeof sought === 'string'
      ? filled(emptied(frame, 'sought', 'candidates'), 'child', sought)
      : frame;
  },
  absorb: (_heard, frame, view) => (frame.asking === 'sought' ? soughtByName(frame, view) : undefined),
  finish: (frame, view, context): FlowEnd => {
    const [adult, who] = [adultOf(frame, view), whoOf(frame, view)];
    if (!adult) return { replies: [say('no-contact.nobody')], commands: [] };
    if (frame.slots.confirm !== true) return { replies: [say('dialog.cancelled')], commands: [] };
    const of = { child: nameOf(frame, view), who };
    const childId = textOf(frame, 'child');
    const tells = namedChild(view, childId)?.directorIds ?? [];
    const why = textOf(frame, 'why') || null;
    if (adult.noContact !== null) {
      const { markId } = adult.noContact;
      return {
        replies: [say('no-contact.lifted', of)],
        commands: [{ type: 'lift-no-contact', markId, childId, personId: adult.id, why, tells }],
      };
    }
    const fromOn = parseLocalDate(textOf(frame, 'from')) ?? view.today;
    return {
      replies: [say('no-contact.marked', of)],
      commands: [
        {
          type: 'mark-no-contact',
          markId: context.newId(),
          childId,
          personKind: adult.kind,
          personId: adult.id,
          reason: frame.slots.reason as NoContactReason,
          source: textOf(frame, 'source') || null,
          fromOn,
          tells,
        },
      ],
    };
  },
};

/** 不得联系, with the child and the adult where the words name them ("不得联系 小明爸爸"). */
export const noContactWord: CommandWord = {
  id: 'no-contact',
  words: ['不得联系', '不要联系', 'no contact'],
  takesRest: 'after-break',
  allowed: (view) => view.caseload.length > 0 || isDesk(view),
  run: ({ heard, target, view }) => {
    if (view.role === 'director') return { replies: [say('no-contact.not-yours')], commands: [] };
    const sought = view.sought?.length === 1 ? view.sought[0]?.id : undefined;
    const child = isDesk(view) ? sought : heard === null ? undefined : certainChild(heard);
    const adults = child === undefined ? [] : (view.families?.get(child)?.adults ?? []);
    const adult = heard === null ? undefined : adultIn(heard.text, adults);
    const slots = {
      ...(child === undefined ? unclearIn(heard) : { child }),
      ...(adult === undefined ? {} : { adult: codeOf(adult) }),
    };
    const frame = begin(noContact, slots);
    const isUnknown = isDesk(view) && target !== null && (view.sought ?? []).length === 0;
    return {
      replies: [],
      commands: [],
      then: [isDesk(view) ? (soughtByName(frame, view) ?? frame) : frame],
      ...(isUnknown ? { because: say('no-contact.not-found') } : {}),
    };
  },
};

function isDesk({ role }: View): boolean {
  return role === 'county-desk';
}

/** The mark as it stands: why, since when, and by which paper. */
function standingOf(frame: Frame, view: View): Say {
  const mark = adultOf(frame, view)?.noContact;
  return say('no-contact.standing', {
    child: nameOf(frame, view),
    who: whoOf(frame, view),
    reason: say(`no-contact.reason-${mark?.reason ?? 'lost'}`),
    on: mark?.fromOn ?? view.today,
    paper: paperLine(mark?.source ?? ''),
  });
}

function paperLine(source: string): Say | string {
  return source === '' ? '' : say('no-contact.paper', { source });
}

/** A name that several children have is asked about among them. */
function unclearIn(heard: Heard | null): Frame['slots'] {
  const [mention] = heard?.mentions ?? [];
  if (mention === undefined) return {};
  return { unclear: mention.quote, candidates: mention.candidates.map((c) => c.childId) };
}

function adultsOf(frame: Frame, view: View): readonly Adult[] {
  return view.families?.get(textOf(frame, 'child'))?.adults ?? [];
}

function adultOf(frame: Frame, view: View): Adult | undefined {
  return adultsOf(frame, view).find((adult) => codeOf(adult) === frame.slots.adult);
}

function codeOf({ kind, id }: Adult): string {
  return `${kind.slice(0, 1)}-${id}`;
}

function nameOf(frame: Frame, view: View): string {
  return namedChild(view, frame.slots.child)?.name ?? '';
}

function whoOf(frame: Frame, view: View): Say {
  const adult = adultOf(frame, view);
  return adult ? say('no-contact.adult', adultLabel(adult)) : say('no-contact.somebody');
}
