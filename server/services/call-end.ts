import type { AnswerConcern, CallMade, CallOutcome } from '../domain/commands.ts';
import { CALL_AGAIN_MINUTES, nextPageAfter } from '../domain/escalation/ladder.ts';
import { say, type Say } from '../domain/say.ts';
import type { CallRequestRow, ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { update } from './batch.ts';
import { guardOf, MINUTE_MS, type CallLadder } from './call.ts';
import type { LoadedCall } from './loaded.ts';

/**
 * 打过了: nobody else is asked while its outcome is awaited. The others hear who called, and so does whoever was to be
 * called: if that person knows of no call, they can say so. Nothing here says what it is about.
 */
export function callMade(
  { callIds }: CallMade,
  acting: Acting,
  loaded: readonly LoadedCall[],
  people: {
    readonly by: { readonly name: string; readonly phone: string | null };
    readonly director: ChatAccountRow | null;
    readonly others: readonly ChatAccountRow[];
  },
): Decision {
  const made = loaded.filter(({ call }) => callIds.includes(call.id) && call.state === 'open');
  const [first] = made;
  if (!first) return decided([]);
  const at = acting.at.toISOString();
  const change = {
    state: 'made' as const,
    answeredAt: at,
    answeredBy: acting.personId,
    nextAskAt: new Date(acting.at.getTime() + CALL_AGAIN_MINUTES * MINUTE_MS).toISOString(),
  };
  const { name, phone } = people.by;
  const toDirector =
    phone === null ? say('call.to-director-no-phone', { name }) : say('call.to-director', { name, phone });
  const toOthers = say('call.to-others', { name, director: first.director.name });
  const tell = (account: ChatAccountRow, lane: Outgoing['lane'], reply: Say): Outgoing => ({
    account,
    lane,
    key: `call-made:${first.call.id}:${at}:${account.id}`,
    reply,
    refs: { callId: first.call.id },
  });
  return decided(
    [
      ...made.map(({ call }) => update('CallRequest', call.id, { ...change, rev: call.rev + 1 })),
      ...made.map(({ call }) => audit(acting, 'call-made', call.id, {})),
    ],
    [
      ...(people.director ? [tell(people.director, 'reply', toDirector)] : []),
      ...people.others.map((account) => tell(account, 'urgent', toOthers)),
    ],
    made.map(({ call }) => guardOf(call)),
  );
}

/** What came of it where the one to be called told of it meanwhile: nobody need call any more. */
const TOLD: Readonly<
  Record<Exclude<AnswerConcern['answer'], 'call-asked' | 'open'>, CallRequestRow['outcome']>
> = {
  reported: 'report',
  'follow-up': 'follow-up',
  closed: 'well',
};

/** The end of a call nobody has made yet, when the person who was to be called has answered for the worry themselves. */
export function toldOneself(
  { answer }: AnswerConcern,
  acting: Acting,
  call: CallRequestRow | undefined,
): Decision {
  if (
    answer === 'call-asked' ||
    answer === 'open' ||
    call?.state !== 'open' ||
    call.directorId !== acting.personId
  )
    return decided([]);
  const end = {
    state: 'closed' as const,
    answeredAt: acting.at.toISOString(),
    answeredBy: acting.personId,
    outcome: TOLD[answer],
    nextAskAt: null,
    openFor: null,
    rev: call.rev + 1,
  };
  return decided(
    [update('CallRequest', call.id, end), audit(acting, 'call-outcome', call.id, { outcome: end.outcome })],
    [],
    [guardOf(call)],
  );
}

/** What came of it. 没接 opens it again; everything else closes it. */
export function callOutcome(
  { callId, outcome, words }: CallOutcome,
  acting: Acting,
  loaded: readonly LoadedCall[],
): Decision {
  const call = loaded.find((l) => l.call.id === callId)?.call;
  if (!call) return decided([]);
  const isOpen = outcome === 'no-answer';
  const end = isOpen
    ? { state: 'open' as const, nextAskAt: againAt(call, acting.at) }
    : { state: 'closed' as const, nextAskAt: null, openFor: null };
  const kept = words === null ? {} : { words: call.words === null ? words : `${call.words}；${words}` };
  return decided(
    [
      update('CallRequest', callId, { ...end, ...kept, outcome, rev: call.rev + 1 }),
      audit(acting, 'call-outcome', callId, { outcome }),
    ],
    [],
    [guardOf(call)],
  );
}

/** 没接: after half an hour, or when the schedule asks anyway, whichever comes first. */
function againAt(call: CallRequestRow, now: Date): string {
  const { pages } = JSON.parse(call.ladder) as CallLadder;
  const scheduled = nextPageAfter(new Date(call.askedAt), 1, pages, now);
  const soon = new Date(now.getTime() + CALL_AGAIN_MINUTES * MINUTE_MS);
  return (scheduled < soon ? scheduled : soon).toISOString();
}
