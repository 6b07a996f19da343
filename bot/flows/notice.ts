import { z } from 'zod';
import { isTooLong, mayBeRecalled } from '../../server/domain/notice.ts';
import { commandOption, say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, type CommandWord, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { findChildren } from '../understanding/names.ts';

/** After an hour without a word nothing is sent (our default). */
const PATIENCE_MS = 3_600_000;
/** A name shorter than this says too little. */
const SHORTEST_NAME = 2;

/** Who may write to all directors of an area. */
export function mayNotify({ role }: View): boolean {
  return role === 'county-desk' || role === 'supervisor' || role === 'deputy';
}

/** A name may be written with a space in it. */
export function withoutSpaces(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '');
}

const textSlot: Slot = {
  id: 'text',
  freeText: true,
  schema: z.string().min(SHORTEST_NAME),
  missed: 'notice.ask',
  ask: () => say('notice.ask'),
  choices: () => [],
  // That these words name a child tells a desk that there is one of this name.
  shows: (_frame, { sought = [] }) => ({ screen: 'notice', childIds: sought.map(({ id }) => id) }),
  read: (heard, _frame, view) => (whyNot(heard, view) === null ? heard.text.trim() : undefined),
  refuses: (heard, _frame, view) => whyNot(heard, view),
};

const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.boolean(),
  ask: (frame, view) =>
    say('notice.preview', {
      text: textOf(frame, 'text'),
      count: receiversIn(view),
      area: view.areaName,
      warnings: perhapsNamed(textOf(frame, 'text'), view).map((word) =>
        say('notice.perhaps-a-name', { word }),
      ),
    }),
  choices: () => [
    { code: 'yes', value: true, label: say('notice.send') },
    { code: 'no', value: false, label: say('notice.leave') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (/^(发送|发吧?|确认|好的?|send|yes)$/u.test(word)) return true;
    return /^(不发|不发了|不用了?|算了|no)$/u.test(word) ? false : undefined;
  },
};

/** 通知: the same few words for every director of an area. No child is named in it, and nothing goes before 发送. */
export const notice: Flow = {
  id: 'notice',
  version: 1,
  patienceMs: PATIENCE_MS,
  onSilence: () => ({ replies: [], commands: [] }),
  onCancel: () => ({ replies: [say('notice.not-sent')], commands: [] }),
  slots: [textSlot, confirmSlot],
  next: ({ slots }) => ['text', 'confirm'].find((id) => slots[id] === undefined) ?? null,
  finish: (frame, view, context): FlowEnd => {
    if (frame.slots.confirm !== true) return { replies: [say('notice.not-sent')], commands: [] };
    return {
      replies: [
        {
          ...say('notice.sent', { count: receiversIn(view) }),
          options: [commandOption('recall-notice', null, say('notice.recall'))],
        },
      ],
      commands: [{ type: 'send-notice', noticeId: context.newId(), text: textOf(frame, 'text') }],
    };
  },
};

/** 通知, with the words behind it or asked for. */
export const noticeWord: CommandWord = {
  id: 'notice',
  words: ['通知', 'notice'],
  takesRest: 'after-break',
  allowed: mayNotify,
  run: ({ target, heard, view }) => {
    if (receiversIn(view) === 0) return { replies: [say('notice.nobody')], commands: [] };
    const why = target === null || heard === null ? null : whyNot(heard, view);
    const known = target === null || why !== null ? {} : { text: target.trim() };
    return {
      replies: [],
      commands: [],
      ...(why === null ? {} : { because: why }),
      then: [begin(notice, known)],
    };
  },
};

/** 撤回通知: the newest one, within a day. */
export const recallNoticeWord: CommandWord = {
  id: 'recall-notice',
  words: ['撤回通知', 'recall notice'],
  allowed: mayNotify,
  run: ({ view, context }) => {
    const latest = view.notice?.latest ?? null;
    if (latest === null) return { replies: [say('notice.none')], commands: [] };
    if (!mayBeRecalled(latest.at, context.now))
      return { replies: [say('notice.too-late', { at: latest.at })], commands: [] };
    return {
      replies: [say('notice.recalling', { at: latest.at })],
      commands: [{ type: 'recall-notice', noticeId: latest.id }],
    };
  },
};

/** Why these words do not go to everybody; null where they may. */
function whyNot(heard: Heard, view: View): Say | null {
  if (isTooLong(heard.text)) return say('notice.too-long');
  return namedIn(heard.text, view).length > 0 ? say('notice.names-a-child') : null;
}

/** Whether a child of the area is named whole in these words. */
export function namesChild(text: string, view: View): boolean {
  return namedIn(text, view).length > 0;
}

/** The children of the area whose whole name stands in these words. */
function namedIn(text: string, { caseload, sought }: View): readonly string[] {
  const words = withoutSpaces(text);
  const own = caseload.filter(
    ({ name }) => Array.from(name).length >= SHORTEST_NAME && words.includes(withoutSpaces(name)),
  );
  return [...own, ...(sought ?? [])].map(({ id }) => id);
}

/**
 * Words by which a child of the area is called, too. They may mean something else, so that a person looks once more. A
 * desk has too many children for that: of its county only whole names are known to be names.
 */
function perhapsNamed(text: string, { caseload }: View): readonly string[] {
  return [...new Set(findChildren(text, caseload).map(({ quote }) => quote))];
}

function receiversIn(view: View): number {
  return view.notice?.receivers ?? 0;
}
