/**
 * What to do about an errcode. The codes and their meaning: developer.work.weixin.qq.com, document 90313; which of them
 * are worth another try is our reading of it.
 */
export type Reaction =
  | 'done'
  /** The access token is used up: get another one and try once more. */
  | 'token'
  /** Busy, or over a limit of a minute: try later. */
  | 'later'
  /** Something is set wrongly: an administrator has to act, and trying harder makes it worse. */
  | 'settings'
  /** This person cannot be reached on this channel. */
  | 'person'
  /** 微信客服 lets nothing go to this person until they write, or while somebody else talks with them. */
  | 'window'
  /** What we sent is wrong: sending it again would be wrong again. */
  | 'ours';

const CODES: Readonly<Record<Exclude<Reaction, 'ours'>, readonly number[]>> = {
  done: [0],
  token: [40_014, 42_001],
  later: [-1, 6_000, 45_009, 45_033, 41_063],
  settings: [
    40_001, 40_013, 40_056, 40_091, 41_001, 41_004, 48_002, 50_001, 50_003, 60_020, 301_002, 95_000, 95_004,
    95_017,
  ],
  window: [95_001, 95_002, 95_013, 95_018],
  // 95003: an unverified company serves so many people and no more; those it serves are reached as before.
  person: [40_003, 40_031, 40_096, 43_004, 60_011, 60_111, 81_013, 84_061, 95_003, 701_001, 701_099],
};

const REACTIONS = new Map(
  Object.entries(CODES).flatMap(([reaction, codes]) => codes.map((code) => [code, reaction as Reaction])),
);

export function reactionTo(errcode: number): Reaction {
  return REACTIONS.get(errcode) ?? 'ours';
}

/** How WeCom answered. `code` is its errcode; null where no answer came that could be read. */
export interface Answer {
  readonly reaction: Reaction | 'unknown';
  readonly code: number | null;
  readonly body: Readonly<Record<string, unknown>>;
}
