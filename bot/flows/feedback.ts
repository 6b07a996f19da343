import { z } from 'zod';
import { textOf } from '../dialog/session.ts';
import { begin, type CommandWord, type Flow } from '../dialog/flow.ts';
import { say } from '../../server/domain/say.ts';

/** 投诉建议: a word that works is required of software for public servants (国办函〔2026〕12号, as reprinted). */
export const feedback: Flow = {
  id: 'feedback',
  version: 1,
  patienceMs: 3_600_000,
  slots: [
    {
      id: 'text',
      freeText: true,
      schema: z.string().min(2).max(2000),
      ask: () => say('feedback.ask'),
      choices: () => [],
      read: (heard) => heard.text.trim().slice(0, 2000),
    },
  ],
  next: ({ slots }) => (slots.text === undefined ? 'text' : null),
  finish: (frame, _view, context) => ({
    replies: [say('feedback.thanks')],
    commands: [{ type: 'give-feedback', feedbackId: context.newId(), text: textOf(frame, 'text') }],
  }),
};

export const feedbackWord: CommandWord = {
  id: 'feedback',
  words: ['投诉建议', '投诉', '建议', '意见', 'feedback'],
  takesRest: 'after-break',
  allowed: () => true,
  run: ({ target }) => ({
    replies: [],
    commands: [],
    then: [begin(feedback, target === null ? {} : { text: target.slice(0, 2000) })],
  }),
};
