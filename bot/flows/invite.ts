import { z } from 'zod';
import { codeFrom, DEFAULT_INVITATION_POLICY } from '../../server/domain/family/invitation.ts';
import type { MakeInvitation } from '../../server/domain/family/binding-commands.ts';
import type { Adult } from '../../server/domain/family/family.ts';
import { addDays } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import { begin, type CommandWord, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { adultIn, adultLabel } from './adult-words.ts';
import { certainChild, childSlot } from './record-slots.ts';

const adultSlot: Slot = {
  id: 'adult',
  schema: z.string(),
  ask: (frame, view) => say('invite.ask-adult', { child: nameOf(frame, view) }),
  choices: (frame, view) =>
    adultsOf(frame, view).map((adult) => ({
      code: adult.id,
      value: adult.id,
      label: say(phonesOf(adult, view) > 0 ? 'invite.adult-bound' : 'invite.adult', adultLabel(adult)),
    })),
  shows: (frame) => ({ screen: 'invite', childIds: [textOf(frame, 'child')] }),
  read: (heard, frame, view) => adultIn(heard.text, adultsOf(frame, view))?.id,
};

/** Whoever has a phone already: another one, or the old one is over (lost, given away, changed). */
const oldSlot: Slot = {
  id: 'old',
  schema: z.enum(['both', 'changed', 'end']),
  ask: (frame, view) => say('invite.ask-old', { who: whoOf(frame, view) }),
  choices: () =>
    (['changed', 'both', 'end'] as const).map((code) => ({
      code,
      value: code,
      label: say(`invite.old-${code}`),
    })),
  read: ({ text }) => {
    const word = bareWord(text);
    if (word.includes('换')) return 'changed';
    if (/都|再|两/u.test(word)) return 'both';
    return /停|丢|不用/u.test(word) ? 'end' : undefined;
  },
};

/** 邀请: a code for one guardian or carer of one child, in words to be read out or sent on. */
export const invite: Flow = {
  id: 'invite',
  version: 1,
  slots: [childSlot('invite.ask-child'), adultSlot, oldSlot],
  next: (frame, view) => {
    if (childOf(view, frame.slots.child) === undefined) return 'child';
    if (adultsOf(frame, view).length === 0) return null;
    const adult = adultOf(frame, view);
    if (adult === undefined) return 'adult';
    return phonesOf(adult, view) > 0 && frame.slots.old === undefined ? 'old' : null;
  },
  finish: (frame, view, context): FlowEnd => {
    const adult = adultOf(frame, view);
    if (!adult) return { replies: [say('invite.nobody', { child: nameOf(frame, view) })], commands: [] };
    const accountIds = (view.phones ?? [])
      .filter(({ personId }) => personId === adult.id)
      .map(({ accountId }) => accountId);
    const ended =
      frame.slots.old === 'changed' || frame.slots.old === 'end'
        ? [{ type: 'end-phones', personIds: [adult.id], accountIds } as const]
        : [];
    if (frame.slots.old === 'end')
      return { replies: [say('invite.ended', { who: whoOf(frame, view) })], commands: ended };
    const code = codeFrom(context.newId());
    const until = addDays(view.today, DEFAULT_INVITATION_POLICY.validDays);
    const qr = qrOf(view, code, context.newId());
    return {
      replies: [
        say('invite.made', { who: whoOf(frame, view), until }),
        // A message of its own, to be sent on: it names no child.
        {
          ...say('invite.to-send-on', {
            ...{ code, until, by: view.name },
            link: qr === null ? '' : say('invite.link', { link: qr.text }),
          }),
          ...(qr === null
            ? {}
            : { files: [{ id: qr.fileId, name: say('invite.qr-name'), mime: 'image/png' }] }),
        },
      ],
      commands: [
        ...ended,
        {
          type: 'make-invitation',
          invitationId: context.newId(),
          ...{ code, childId: textOf(frame, 'child'), personKind: adult.kind, personId: adult.id, qr },
        },
      ],
    };
  },
};

/** 邀请 小明的奶奶. */
export const inviteWord: CommandWord = {
  id: 'invite',
  words: ['邀请', 'invite'],
  takesRest: 'anything',
  allowed: ({ caseload }) => caseload.length > 0,
  run: ({ target, heard, view }) => {
    const child = childOf(view, heard === null ? target : certainChild(heard));
    const found = child === undefined ? {} : { child: child.id };
    const adult =
      heard === null || child === undefined ? undefined : adultIn(heard.text, known(child.id, view));
    return {
      replies: [],
      commands: [],
      then: [begin(invite, { ...found, ...(adult === undefined ? {} : { adult: adult.id }) })],
    };
  },
};

/** The link and picture that carry the code, where families come by a link (`scene_param`, document 94665). */
function qrOf({ inviteLink }: View, code: string, fileId: string): MakeInvitation['qr'] {
  return inviteLink === null || inviteLink === undefined
    ? null
    : { fileId, text: `${inviteLink}${inviteLink.includes('?') ? '&' : '?'}scene_param=${code}` };
}

/** The child whose adults are looked at in this conversation. */
export function childInvited(frame: Frame | undefined): string | undefined {
  return frame?.flow === invite.id ? textOf(frame, 'child') || undefined : undefined;
}

function adultOf(frame: Frame, view: View): Adult | undefined {
  return adultsOf(frame, view).find(({ id }) => id === frame.slots.adult);
}

function adultsOf(frame: Frame, view: View): readonly Adult[] {
  return known(textOf(frame, 'child'), view);
}

/** Nobody marked 不得联系 is invited. */
function known(childId: string, view: View): readonly Adult[] {
  return (view.families?.get(childId)?.adults ?? []).filter(({ noContact }) => noContact === null);
}

function phonesOf(adult: Adult, view: View): number {
  return (view.phones ?? []).filter(({ personId }) => personId === adult.id).length;
}

function nameOf(frame: Frame, view: View): string {
  return childOf(view, frame.slots.child)?.name ?? '';
}

function whoOf(frame: Frame, view: View): Say {
  const adult = adultOf(frame, view);
  return say('invite.who', {
    child: nameOf(frame, view),
    ...(adult === undefined ? { who: '', name: '' } : adultLabel(adult)),
  });
}
