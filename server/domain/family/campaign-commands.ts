import type { Unreached } from './arrival.ts';

interface RowRef {
  readonly id: string;
  readonly rev: number;
}

/** [发出] or [不发]: a named person answers for a notice. */
export interface AnswerCampaign {
  readonly type: 'answer-campaign';
  readonly campaign: RowRef;
  readonly answer: 'approved' | 'declined';
  /** Whom it was for when they answered. */
  readonly people: number;
}

/** 台风: a warning in a person's words, for the families of their area at once. */
export interface StartStorm {
  readonly type: 'start-storm';
  readonly campaignId: string;
  readonly words: string;
  readonly people: number;
}

/** 再提醒一次: directors are asked once more, on the same day once. */
export interface RemindCampaign {
  readonly type: 'remind-campaign';
  readonly campaign: RowRef;
}

/** 知道了, by whoever holds the phone. */
export interface KnowNotice {
  readonly type: 'know-notice';
  readonly rows: readonly RowRef[];
}

/** 已转告 or 联系不上, by the director. */
export interface PassNotice {
  readonly type: 'pass-notice';
  readonly rows: readonly RowRef[];
  readonly outcome: 'told' | Extract<Unreached, 'no-phone' | 'not-found' | 'refused'>;
}

export type CampaignCommand = AnswerCampaign | StartStorm | RemindCampaign | KnowNotice | PassNotice;
