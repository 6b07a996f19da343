import { everySource } from '../../server/domain/family/campaign-words.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';

const isFamily = ({ role }: View): boolean => role === 'guardian' || role === 'carer';

/** 知道了: a safety notice was read. Without one these words are a thank-you like any other. */
export const knownWord: CommandWord = {
  id: 'safety-known',
  words: ['知道了', '收到通知', 'got it'],
  allowed: (view) => {
    const own = view.campaigns?.own;
    return own !== undefined && (own.length > 0 || isFamily(view));
  },
  run: ({ view }) => {
    const rows = view.campaigns?.own ?? [];
    return {
      replies: [say('campaign.thanks')],
      commands: rows.length === 0 ? [] : [{ type: 'know-notice', rows }],
    };
  },
};

/** 收到, 晓得了: the same of a family to which a notice went that it has not answered; at any other time a thank-you. */
export const readWord: CommandWord = {
  id: 'safety-read',
  words: ['收到', '收到了', '晓得了', '晓得', '知道', '知道啦', '看到了', '明白了'],
  allowed: (view) => isFamily(view) && (view.campaigns?.own ?? []).length > 0,
  run: (input) => knownWord.run(input),
};

/** 来源: which documents stand behind the safety notices, in full. Short words for whoever reads slowly name none. */
export const noticeSourceWord: CommandWord = {
  id: 'safety-source',
  words: ['来源', 'source', 'sources'],
  allowed: (view) => isFamily(view) || view.role === 'director',
  run: () => ({ replies: [say('campaign.every-source', { sources: everySource() })], commands: [] }),
};

/** 有事要说, under a notice: whom to call, and that somebody listens here. */
export const askAfterNoticeWord: CommandWord = {
  id: 'safety-ask',
  words: ['有事要说', 'i have something to say'],
  allowed: isFamily,
  run: ({ view }) => {
    const home = view.home?.standing === 'bound' ? view.home : undefined;
    const all = (home?.children ?? []).flatMap(({ directors }) => directors);
    const directors = [...new Map(all.map((one) => [one.workerId, one])).values()].map(
      ({ name, phone }): Say => (phone === null ? plain(name) : say('campaign.director', { name, phone })),
    );
    return {
      replies: [
        directors.length === 0
          ? say('campaign.ask-answer-nobody')
          : say('campaign.ask-answer', { directors }),
      ],
      commands: [],
    };
  },
};
