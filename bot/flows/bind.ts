import { z } from 'zod';
import { codeIn } from '../../server/domain/family/invitation.ts';
import { commandOption, say, type Say } from '../../server/domain/say.ts';
import {
  begin,
  type CommandRun,
  type CommandWord,
  type Context,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { isFamily, type Invited, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';

/** Whoever answers nothing for so long keeps the code: nothing is used before the first question is answered (our default). */
const PATIENCE_MS = 24 * 3_600_000;

const YES = /^(同意|可以|好的?|行|要|想要?|想收|是的?|1|yes|agree|ok)$/u;
const NO = /^(不同意|不可以|不行|不要|不用了?|不想|不想收|不收|2|no|disagree)$/u;

/** What is kept and why, agreed to or not; either is recorded (个人信息保护法 第31条 for a guardian, 第13条 for the rest). */
const keepSlot: Slot = {
  id: 'keep',
  schema: z.boolean(),
  ask: (_frame, { invited }) => say(`bind.consent-${kindOf(invited)}`),
  choices: () => [
    { code: 'yes', value: true, label: say('bind.agree') },
    { code: 'no', value: false, label: say('bind.disagree') },
  ],
  read: ({ text }) => yesOrNo(text),
};

const tipsSlot: Slot = {
  id: 'tips',
  schema: z.boolean(),
  ask: (_frame, { invited }) => say(`bind.ask-tips-${kindOf(invited)}`),
  choices: () => [
    { code: 'yes', value: true, label: say('bind.want-tips') },
    { code: 'no', value: false, label: say('bind.no-tips') },
  ],
  read: ({ text }) => yesOrNo(text),
};

/** 绑定: what is kept, what they want to be sent, and then somebody of the village says who they are. */
export const bind: Flow = {
  id: 'bind',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [keepSlot, tipsSlot],
  next: ({ slots }, { invited }) =>
    isGood(invited) ? (['keep', 'tips'].find((id) => slots[id] === undefined) ?? null) : null,
  onCancel: () => ({ replies: [say('bind.left')], commands: [] }),
  // Whoever agreed and then fell silent believes to be linked: the director is asked, and no tips go.
  onSilence: (frame, view, context) =>
    frame.slots.keep === undefined || !isGood(view.invited)
      ? { replies: [], commands: [] }
      : asked(frame, view, context),
  finish: asked,
};

function asked({ slots: { keep, tips } }: Frame, { invited }: View, context: Context): FlowEnd {
  if (invited?.found.state !== 'good') return { replies: [refusalOf(invited)], commands: [] };
  const { invitationId, rev, personKind, personId, childId, madeBy } = invited.found;
  return {
    replies: [
      {
        ...say(keep === true ? 'bind.asked' : 'bind.asked-without', {
          tips: say(tips === true ? 'bind.tips-on' : 'bind.tips-off'),
        }),
        options: [commandOption('ask-help', null, say('menu.ask-help'))],
      },
    ],
    commands: [
      {
        type: 'ask-binding',
        ...{ bindingId: context.newId(), invitationId, invitationRev: rev, personKind, personId },
        ...{ childId, madeBy, keep: keep === true, tips: tips === true, tells: invited.directorIds },
      },
    ],
  };
}

/** 绑定 CODE. Staff have no code of a family to use. */
export const bindWord: CommandWord = {
  id: 'bind',
  words: ['绑定', 'bind'],
  takesRest: 'anything',
  allowed: () => true,
  run: ({ target, view }) => {
    if (!isFamily(view)) return { replies: [say('bind.already')], commands: [] };
    const code = target === null ? null : codeIn(target);
    if (code === null) return { replies: [say(target === null ? 'bind.how' : 'bind.no-code')], commands: [] };
    return bindWith(code, view);
  },
};

/** A code alone, as it stands on the paper. */
export function bindsWith(text: string, view: View): CommandRun | undefined {
  const code = isFamily(view) && view.invited !== undefined ? codeIn(text) : null;
  return code === null || !/\d/u.test(code) || !/[A-Z]/u.test(code) ? undefined : bindWith(code, view);
}

function bindWith(code: string, { invited }: View): CommandRun {
  if (isGood(invited)) return { replies: [], commands: [], then: [begin(bind, { code })] };
  const isWrong = invited?.found.state === 'unusable';
  const locks = isWrong && invited.triesLeft <= 1;
  return {
    replies: [locks ? say('bind.locked') : refusalOf(invited)],
    commands: isWrong ? [{ type: 'note-wrong-code', locks }] : [],
  };
}

/** 解除绑定: this phone is nobody's any more. */
export const unbindWord: CommandWord = {
  id: 'unbind',
  words: ['解除绑定', '解绑', '取消绑定', 'unbind'],
  allowed: isFamily,
  run: ({ view }) => {
    const { home } = view;
    if (home?.standing !== 'bound') return { replies: [say('bind.nothing-bound')], commands: [] };
    return { replies: [], commands: [], then: [begin(unbind, {})] };
  },
};

export const unbind: Flow = {
  id: 'unbind',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'sure',
      schema: z.boolean(),
      ask: () => say('bind.ask-unbind'),
      choices: () => [
        { code: 'yes', value: true, label: say('bind.unbind') },
        { code: 'no', value: false, label: say('bind.stay') },
      ],
      read: ({ text }) => {
        const word = bareWord(text);
        return /^(解除|解绑)$/u.test(word) ? true : /^不解除$/u.test(word) ? false : yesOrNo(word);
      },
    },
  ],
  next: ({ slots }) => (slots.sure === undefined ? 'sure' : null),
  onCancel: () => ({ replies: [say('bind.stays')], commands: [] }),
  onSilence: () => ({ replies: [], commands: [] }),
  finish: ({ slots }, { home }): FlowEnd => {
    if (slots.sure !== true || home === undefined) return { replies: [say('bind.stays')], commands: [] };
    const personIds = home.persons.map(({ id }) => id);
    return {
      replies: [say('bind.unbound')],
      commands: [{ type: 'end-phones', personIds, accountIds: null }],
    };
  },
};

/** 撤回同意: said once, recorded, and what goes on all the same is said in the same breath. */
export const withdrawConsentWord: CommandWord = {
  id: 'withdraw-consent',
  words: ['撤回同意', '不同意了', '收回同意', 'withdraw consent'],
  allowed: isFamily,
  run: ({ view: { home } }) => {
    if (home?.standing !== 'bound') return { replies: [say('bind.nothing-bound')], commands: [] };
    const persons = home.persons.map(({ kind, id }) => ({ kind, id }));
    return {
      replies: [say('bind.consent-withdrawn')],
      commands: persons.length === 0 ? [] : [{ type: 'withdraw-consent', persons }],
    };
  },
};

function isGood(invited: Invited | undefined): boolean {
  return invited?.found.state === 'good';
}

/** Written so that nobody learns from it whether there is such a code. */
function refusalOf(invited: Invited | undefined): Say {
  switch (invited?.found.state) {
    case 'locked':
      return say('bind.locked');
    case 'already':
      return say('bind.already');
    case 'waiting':
      return say('bind.waiting');
    default:
      return say('bind.unusable');
  }
}

function kindOf(invited: Invited | undefined): 'guardian' | 'carer' {
  return invited?.found.state === 'good' ? invited.found.personKind : 'carer';
}

function yesOrNo(text: string): boolean | undefined {
  const word = bareWord(text);
  return YES.test(word) ? true : NO.test(word) ? false : undefined;
}

/** The code that a turn of this conversation is about. */
export function codeOfBinding(
  frame: { readonly flow: string; readonly slots: object } | undefined,
): string | undefined {
  if (frame?.flow !== bind.id) return undefined;
  return textOf(frame as Parameters<typeof textOf>[0], 'code') || undefined;
}
