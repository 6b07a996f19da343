import { z } from 'zod';
import { NO_CONTACT_REASONS, type Adult, type NoContactReason } from '../../server/domain/family/family.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, type CommandWord, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { certainDay } from './record-day.ts';
import { certainChild, childSlot } from './record-slots.ts';

/** How people say the relations that a roster writes in full. */
const SAID_AS: Readonly<Record<string, RegExp>> = {
  父亲: /爸|父亲/u,
  母亲: /妈|母亲/u,
  祖父: /爷爷|祖父/u,
  祖母: /奶奶|祖母/u,
  外祖父: /外公|姥爷/u,
  外祖母: /外婆|姥姥/u,
};

const adultSlot: Slot = {
  id: 'adult',
  schema: z.string(),
  ask: (frame, view) => say('no-contact.ask-adult', { child: nameOf(frame, view) }),
  choices: (frame, view) =>
    adultsOf(frame, view).map((adult) => ({
      code: codeOf(adult),
      value: codeOf(adult),
      label: say(adult.noContact === null ? 'no-contact.adult' : 'no-contact.adult-marked', labelOf(adult)),
    })),
  shows: (frame) => ({ screen: 'no-contact', childIds: [textOf(frame, 'child')] }),
  read: (heard, frame, view) => adultIn(heard, adultsOf(frame, view)),
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

const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.boolean(),
  ask: (frame, view) => {
    const of = { child: nameOf(frame, view), who: whoOf(frame, view) };
    if (adultOf(frame, view)?.noContact) return say('no-contact.confirm-lift', of);
    return say('no-contact.confirm', {
      ...of,
      on: textOf(frame, 'from'),
      reason: say(`no-contact.reason-${textOf(frame, 'reason')}`),
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

/** 不得联系: marks one adult of one child, or ends the mark. Set by those who supervise, after a second look. */
export const noContact: Flow = {
  id: 'no-contact',
  version: 1,
  slots: [childSlot('no-contact.ask-child'), adultSlot, reasonSlot, fromSlot, confirmSlot],
  next: (frame, view) => {
    if (childOf(view, frame.slots.child) === undefined) return 'child';
    if (adultsOf(frame, view).length === 0) return null;
    const adult = adultOf(frame, view);
    if (adult === undefined) return 'adult';
    if (adult.noContact === null)
      for (const id of ['reason', 'from'] as const) if (frame.slots[id] === undefined) return id;
    return frame.slots.confirm === undefined ? 'confirm' : null;
  },
  finish: (frame, view, context): FlowEnd => {
    const [adult, who] = [adultOf(frame, view), whoOf(frame, view)];
    if (!adult) return { replies: [say('no-contact.nobody')], commands: [] };
    if (frame.slots.confirm !== true) return { replies: [say('dialog.cancelled')], commands: [] };
    const of = { child: nameOf(frame, view), who };
    if (adult.noContact !== null)
      return {
        replies: [say('no-contact.lifted', of)],
        commands: [{ type: 'lift-no-contact', markId: adult.noContact.markId }],
      };
    const fromOn = parseLocalDate(textOf(frame, 'from')) ?? view.today;
    return {
      replies: [say('no-contact.marked', of)],
      commands: [
        {
          type: 'mark-no-contact',
          markId: context.newId(),
          childId: textOf(frame, 'child'),
          personKind: adult.kind,
          personId: adult.id,
          reason: frame.slots.reason as NoContactReason,
          fromOn,
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
  allowed: (view) => view.caseload.length > 0,
  run: ({ heard, view }) => {
    if (view.role === 'director') return { replies: [say('no-contact.not-yours')], commands: [] };
    const child = heard === null ? undefined : certainChild(heard);
    const adults = child === undefined ? [] : (view.families?.get(child)?.adults ?? []);
    const adult = heard === null ? undefined : adultIn(heard, adults);
    const slots = {
      ...(child === undefined ? unclearIn(heard) : { child }),
      ...(adult === undefined ? {} : { adult }),
    };
    return { replies: [], commands: [], then: [begin(noContact, slots)] };
  },
};

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

/** The adult these words name; undefined where they may mean several. */
function adultIn({ text }: Heard, adults: readonly Adult[]): string | undefined {
  const named = adults.filter(
    ({ relation, name }) =>
      text.includes(relation) || text.includes(name) || SAID_AS[relation]?.test(text) === true,
  );
  return named.length === 1 && named[0] ? codeOf(named[0]) : undefined;
}

function codeOf({ kind, id }: Adult): string {
  return `${kind.slice(0, 1)}-${id}`;
}

function labelOf({ relation, name }: Adult): { readonly who: string; readonly name: string } {
  return { who: relation, name: name === relation ? '' : name };
}

function nameOf(frame: Frame, view: View): string {
  return childOf(view, frame.slots.child)?.name ?? '';
}

function whoOf(frame: Frame, view: View): Say {
  const adult = adultOf(frame, view);
  return adult ? say('no-contact.adult', labelOf(adult)) : say('no-contact.somebody');
}
