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

export type TipCommand = GiveTip | AnswerTip | ChooseTips;
