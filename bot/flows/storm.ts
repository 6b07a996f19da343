import { z } from 'zod';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { CAMPAIGN_POLICY } from '../../server/domain/family/campaign.ts';
import { noticeWords, sourcesInFull } from '../../server/domain/family/campaign-words.ts';
import { shanghaiMinutes } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, filled, type CommandWord, type Flow, type FlowEnd } from '../dialog/flow.ts';
import { textOf } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { mayNotify, namesChild } from './notice.ts';

/** After an hour without a word nothing is sent (our default). */
const PATIENCE_MS = 3_600_000;

/** 台风: a warning to the families of an area, in a person's words and with what to do at home; it goes at once. */
export const storm: Flow = {
  id: 'storm',
  version: 1,
  patienceMs: PATIENCE_MS,
  onSilence: () => ({ replies: [], commands: [] }),
  onCancel: () => ({ replies: [say('storm.not-sent')], commands: [] }),
  slots: [
    {
      id: 'words',
      freeText: true,
      schema: z.string().min(2).max(CAMPAIGN_POLICY.mostCharacters),
      missed: 'storm.ask',
      ask: () => say('storm.ask'),
      choices: () => [],
      shows: (_frame, { sought = [] }) => ({ screen: 'storm', childIds: sought.map(({ id }) => id) }),
      read: (heard, _frame, view) => (whyNot(heard, view) === null ? heard.text.trim() : undefined),
      refuses: (heard, _frame, view) => whyNot(heard, view),
    },
    {
      id: 'confirm',
      schema: z.boolean(),
      ask: (frame, view) => {
        const count = view.campaigns?.storm;
        const bands = count?.bands ?? [];
        const facts = factsWith(textOf(frame, 'words'), view);
        return say('storm.preview', {
          area: view.areaName,
          families: (count?.guardians ?? 0) + (count?.carers ?? 0),
          directors: count?.directors ?? 0,
          byChat: count?.byChat ?? 0,
          byDirector: count?.byDirector ?? 0,
          words: noticeWords(facts, 'carer', bands, view.today),
          sources: sourcesInFull(facts, bands),
        });
      },
      choices: () => [
        { code: 'yes', value: true, label: say('campaign.send') },
        { code: 'no', value: false, label: say('campaign.leave') },
      ],
      read: ({ text }) => {
        const word = bareWord(text);
        if (/^(发出|发送|发吧?|确认|send|yes)$/u.test(word)) return true;
        return /^(不发|不发了|不用了?|算了|no)$/u.test(word) ? false : undefined;
      },
    },
    // How many it was for when it was shown: never asked.
    { id: 'people', schema: z.number(), ask: () => say('storm.ask'), choices: () => [] },
  ],
  next: ({ slots }) => ['words', 'confirm'].find((id) => slots[id] === undefined) ?? null,
  settle: (frame, _heard, view) =>
    frame.slots.words === undefined || frame.slots.people !== undefined
      ? frame
      : filled(frame, 'people', peopleIn(view)),
  finish: (frame, view, context): FlowEnd => {
    if (frame.slots.confirm !== true) return { replies: [say('storm.not-sent')], commands: [] };
    const words = textOf(frame, 'words');
    const people = peopleIn(view);
    if (frame.slots.people !== people)
      return {
        replies: [],
        commands: [],
        because: say('campaign.count-changed'),
        then: [begin(storm, { words, people })],
      };
    return {
      replies: [say(isNight(context.now) ? 'storm.sent-night' : 'storm.sent', { count: people })],
      commands: [{ type: 'start-storm', campaignId: context.newId(), words, people }],
    };
  },
};

export const stormWord: CommandWord = {
  id: 'storm',
  words: ['台风', 'typhoon'],
  takesRest: 'after-break',
  allowed: mayNotify,
  run: ({ target, heard, view }) => {
    if (peopleIn(view) === 0) return { replies: [say('storm.nobody')], commands: [] };
    const why = target === null || heard === null ? null : whyNot({ ...heard, text: target }, view);
    const known = target === null || why !== null ? {} : { words: target.trim(), people: peopleIn(view) };
    return {
      ...{ replies: [], commands: [], then: [begin(storm, known)] },
      ...(why === null ? {} : { because: why }),
    };
  },
};

/** In the quiet hours of whoever chose none; then nothing arrives before the morning. */
function isNight(now: Date): boolean {
  const minutes = shanghaiMinutes(now);
  return minutes >= ACCOUNT_DEFAULTS.quietFromMinutes || minutes < ACCOUNT_DEFAULTS.quietUntilMinutes;
}

function factsWith(words: string, { today }: View) {
  return { kind: 'typhoon', daysBefore: 0, fromOn: today, untilOn: today, words } as const;
}

function peopleIn({ campaigns }: View): number {
  const count = campaigns?.storm;
  return count === undefined ? 0 : count.guardians + count.carers + count.directors;
}

function whyNot(heard: Heard, view: View): Say | null {
  if (Array.from(heard.text).length > CAMPAIGN_POLICY.mostCharacters)
    return say('storm.too-long', { most: CAMPAIGN_POLICY.mostCharacters });
  return namesChild(heard.text, view) ? say('notice.names-a-child') : null;
}
