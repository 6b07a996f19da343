/** 投诉建议 as the county desk reads it: what was said and when, never by whom. */
export interface FeedbackSaid {
  readonly at: string;
  readonly text: string;
}

/** So many of the newest are read at once (our default: one message of any messenger). */
export const FEEDBACK_SHOWN = 5;
