import { isFamily } from '../dialog/view.ts';
import { linkCodeOf } from '../../server/domain/link-code.ts';
import { say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';

/** 绑定手机: a worker gets a code, and whoever sends it from Telegram within minutes is the same worker there. */
export const linkWord: CommandWord = {
  id: 'link',
  words: ['绑定手机', '绑定Telegram', 'Telegram', 'link phone'],
  allowed: (view) => view.personId !== null && !isFamily(view),
  run: ({ context }) => {
    const code = linkCodeOf(context.newId());
    return { replies: [say('link.code', { code })], commands: [{ type: 'make-link-code', code }] };
  },
};
