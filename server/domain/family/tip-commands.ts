import type { HomePerson } from './home.ts';

type Person = Pick<HomePerson, 'kind' | 'id'>;

/** 小知识, asked for. */
export interface GiveTip {
  readonly type: 'give-tip';
  readonly tipId: string;
  readonly persons: readonly Person[];
}

/** 有用, 没用. */
export interface AnswerTip {
  readonly type: 'answer-tip';
  readonly tipId: string;
  readonly answer: 'useful' | 'useless';
  readonly persons: readonly Person[];
}

/** 退订, 订阅: tips and weekly reminders stop or come again; nothing else does. */
export interface ChooseTips {
  readonly type: 'choose-tips';
  readonly wanted: boolean;
  readonly persons: readonly Person[];
}

/** 老人模式, chosen by a director for the phones of an adult. */
export interface SpeakShort {
  readonly type: 'speak-short';
  readonly accountIds: readonly string[];
}

export type TipCommand = GiveTip | AnswerTip | ChooseTips | SpeakShort;
