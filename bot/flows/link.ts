import { z } from 'zod';
import { codeFrom } from '../../server/domain/family/invitation.ts';
import { say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord, Context, Flow, Slot } from '../dialog/flow.ts';
import { isFamily, type View } from '../dialog/view.ts';
import { settings, whatSlot } from './settings.ts';

const mayLink = (view: View): boolean => view.personId !== null && !isFamily(view);

function withCode(context: Context): CommandRun {
  const code = codeFrom(context.newId());
  return { replies: [say('link.code', { code })], commands: [{ type: 'make-link-code', code }] };
}

/** 绑定手机: a worker gets a code, and whoever sends it from Telegram within minutes is the same worker there. */
export const linkWord: CommandWord = {
  id: 'link',
  words: ['绑定手机', '绑定Telegram', 'Telegram', 'link phone'],
  allowed: mayLink,
  run: ({ context }) => withCode(context),
};

const LINK = 'link';

/** What can be changed, and last but one the code; on a channel that shows lists in place of buttons the word is told. */
const whatOrLink: Slot = {
  ...whatSlot,
  schema: z.union([whatSlot.schema, z.literal(LINK)]),
  ask: (frame, view) => {
    const now = whatSlot.ask(frame, view);
    return mayLink(view) ? say('settings.now-links', { now }) : now;
  },
  choices: (frame, view) => {
    const choices = whatSlot.choices(frame, view);
    if (!mayLink(view)) return choices;
    const link = { code: LINK, value: LINK, label: say('settings.change-link') };
    return [...choices.slice(0, -1), link, ...choices.slice(-1)];
  },
};

/** 设置 where people can also be reached on a channel that knows nobody by itself. */
export const linkingSettings: Flow = {
  ...settings,
  slots: [whatOrLink, ...settings.slots.filter(({ id }) => id !== whatSlot.id)],
  next: (frame, view) => (frame.slots.what === LINK ? null : settings.next(frame, view)),
  finish: (frame, view, context) =>
    frame.slots.what === LINK ? withCode(context) : settings.finish(frame, view, context),
};
