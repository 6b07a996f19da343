import { commandOption, say, type Option, type Reply, type Say } from './say.ts';

/** A call somebody was asked to make, and which has no outcome yet. */
export interface WaitingCall {
  readonly id: string;
  /** The worry it is about; null where somebody only asked to be called, and then there is no child either. */
  readonly concernId: string | null;
  readonly childId: string;
  readonly childName: string;
  readonly directorId: string;
  /** The name of whoever is to be called. */
  readonly director: string;
  readonly phone: string | null;
  readonly askedAt: string;
  /** Who has called; null while nobody has. */
  readonly made: { readonly byId: string | null; readonly by: string } | null;
  /** The note of the record the worry stands in; null where there is none. */
  readonly note?: string | null;
  /** How many voice messages came with that record and wait for somebody to listen. */
  readonly voices?: number;
  /** What was written while nobody could talk. */
  readonly said: string | null;
}

/** All that is to be talked of with one person: one call. */
export type CallRound = readonly [WaitingCall, ...WaitingCall[]];

/** Numbers choose among at most so many buttons. */
const SHOWN = 8;

/** What this person still has to do: calls nobody has made, and their own of which nobody knows what came of them. */
export function callRounds(calls: readonly WaitingCall[], personId: string | null): readonly CallRound[] {
  const theirs = calls.filter(({ made }) => made === null || made.byId === personId);
  const rounds = new Map<string, CallRound>();
  for (const call of theirs) {
    const key = [call.directorId, call.made === null].join();
    const round = rounds.get(key);
    rounds.set(key, round ? [...round, call] : [call]);
  }
  return [...rounds.values()];
}

/** The calls as they stand before every other list: whom to call, and no child. Null where there are none. */
export function callsReply(rounds: readonly CallRound[]): (Reply & { readonly options: Option[] }) | null {
  const [first] = rounds;
  if (!first) return null;
  const target = rounds.length === 1 ? first[0].id : null;
  return {
    ...say('call.list', {
      count: rounds.length,
      lines: rounds.slice(0, SHOWN).map(([call]) => lineOf(call)),
    }),
    options: [commandOption('call-made', target, say('call.made'))],
  };
}

/** Which of several calls is meant: by whom to call and since when, and nothing else. */
export function whichCall(rounds: readonly CallRound[]): Reply {
  const options = rounds
    .slice(0, SHOWN)
    .map(([{ id, director, askedAt }]) =>
      commandOption('call-made', id, say('call.which-one', { director, at: askedAt })),
    );
  return { ...say('call.which'), options };
}

/** Whom to call and since when. */
export function lineOf({
  director,
  phone,
  askedAt,
  made,
}: Pick<WaitingCall, 'director' | 'phone' | 'askedAt' | 'made'>): Say {
  if (made !== null) return say('call.line-made', { director });
  return phone === null
    ? say('call.line-no-phone', { director, at: askedAt })
    : say('call.line', { director, phone, at: askedAt });
}
