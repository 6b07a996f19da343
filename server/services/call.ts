import type { AnswerConcern, CallMade, CallOutcome } from '../domain/commands.ts';
import {
  CALL_AGAIN_MINUTES,
  CALL_LADDER_POLICY,
  nextPageAfter,
  type LadderPolicy,
} from '../domain/escalation/ladder.ts';
import { commandOption, say, type Say } from '../domain/say.ts';
import type { CallRequestRow, ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, insertOnce, update, type Guard, type Write } from './batch.ts';
import type { LoadedCall, RoleHolder } from './loaded.ts';
import { receiversOf } from './rungs.ts';

const MINUTE_MS = 60_000;

type CallLadder = Pick<LadderPolicy, 'steps' | 'pages'>;
const SNAPSHOT: CallLadder = { steps: CALL_LADDER_POLICY.steps, pages: CALL_LADDER_POLICY.pages };

/** Who is to be called, and where the people live who may do it. */
export interface Called {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly areaCode: string | null;
}

/**
 * Worries that could not be told become calls in the same commit: each worry its own, one message for all of them. A
 * worry whose call is under way gets no second one; what was written meanwhile is added to it.
 */
export function askCalls(
  worries: readonly AnswerConcern[],
  acting: Acting,
  called: Called,
  holders: readonly RoleHolder[],
  underWay: ReadonlyMap<string, CallRequestRow>,
): Decision {
  const calls = worries
    .filter(({ concernId }) => !underWay.has(concernId))
    .map((worry) => callOf(worry, acting, called));
  const added = worries.flatMap((worry) => addedTo(underWay.get(worry.concernId), worry.said ?? null));
  if (calls.length === 0)
    return decided(
      added.map(({ write }) => write),
      [],
      added.map(({ guard }) => guard),
    );
  const first = askFor(calls, acting, called, holders);
  return decided(
    [
      ...calls.map((call) => insert('CallRequest', { ...call, ...first.next })),
      ...calls.map((call) => audit(acting, 'ask-call', call.id, { concernId: call.concernId })),
      ...added.map(({ write }) => write),
      ...first.writes,
    ],
    first.outgoing,
    added.map(({ guard }) => guard),
  );
}

function callOf({ concernId, said }: AnswerConcern, acting: Acting, called: Called): CallRequestRow {
  const at = acting.at.toISOString();
  return {
    id: acting.newId(),
    concernId,
    directorId: called.id,
    areaCode: called.areaCode,
    askedAt: at,
    ladder: JSON.stringify(SNAPSHOT),
    asksSent: 0,
    nextAskAt: at,
    state: 'open',
    answeredAt: null,
    answeredBy: null,
    outcome: null,
    said: said ?? null,
    words: null,
    openFor: concernId,
    rev: 1,
  };
}

function addedTo(call: CallRequestRow | undefined, said: string | null): { write: Write; guard: Guard }[] {
  if (call === undefined || said === null) return [];
  const both = call.said === null ? said : `${call.said}；${said}`;
  return [{ write: update('CallRequest', call.id, { said: both, rev: call.rev + 1 }), guard: guardOf(call) }];
}

/** One question to whoever should call now, or to whoever called and has not said what came of it. */
export interface Asking {
  readonly writes: readonly Write[];
  readonly outgoing: readonly Outgoing[];
  readonly next: Pick<CallRequestRow, 'asksSent' | 'nextAskAt'>;
}

/**
 * The question that is due about calls to one person that were asked for together. A role nobody fills is passed over at
 * once, and the county desk is told.
 */
export function askFor(
  calls: readonly CallRequestRow[],
  acting: Acting,
  called: Pick<Called, 'name' | 'phone'>,
  holders: readonly RoleHolder[],
): Asking {
  const [lead] = calls;
  if (!lead) throw new Error('a question about no call');
  const { steps, pages } = JSON.parse(lead.ladder) as CallLadder;
  const minutes = Math.floor((acting.at.getTime() - Date.parse(lead.askedAt)) / MINUTE_MS);
  const rungs = receiversOf(steps, minutes, lead.directorId, holders);
  const caller =
    lead.state === 'made' ? rungs.reached.find((h) => h.workerId === lead.answeredBy) : undefined;
  const reached = caller ? [caller] : rungs.reached;
  const emptyRoles = caller ? [] : rungs.emptyRoles;
  const desks = holders.filter((h) => h.role === 'county-desk' && h.workerId !== lead.directorId);
  const since = new Date(lead.state === 'made' ? (lead.answeredAt ?? lead.askedAt) : lead.askedAt);
  return {
    writes: reached.flatMap((holder) => calls.map((call) => recipient(call, holder, acting))),
    outgoing: [
      ...reached.flatMap(({ account, workerId }) =>
        account === null ? [] : [question(lead, called, account, workerId)],
      ),
      ...emptyRoles.flatMap((role) =>
        desks.flatMap(({ account, workerId }) =>
          account === null ? [] : [nobodyThere(lead, say(`role.${role}`), role, called, account, workerId)],
        ),
      ),
    ],
    next: {
      asksSent: lead.asksSent + 1,
      nextAskAt: nextPageAfter(since, 1, pages, acting.at).toISOString(),
    },
  };
}

/** The next question as a batch of its own; guarded, so that 打过了 in between wins. */
export function climbCalls(
  calls: readonly CallRequestRow[],
  acting: Acting,
  called: Pick<Called, 'name' | 'phone'>,
  holders: readonly RoleHolder[],
): Decision {
  const { writes, outgoing, next } = askFor(calls, acting, called, holders);
  const steps = calls.map((call) => update('CallRequest', call.id, { ...next, rev: call.rev + 1 }));
  return decided([...steps, ...writes], outgoing, calls.map(guardOf));
}

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

/** No child and no reason: it is read on locked screens, and the one to be called is not alone. */
function question(
  lead: CallRequestRow,
  { name, phone }: Pick<Called, 'name' | 'phone'>,
  account: ChatAccountRow,
  workerId: string,
): Outgoing {
  const asked =
    phone === null
      ? say('concern.call-request-no-phone', { name })
      : say('concern.call-request', { name, phone });
  const isLate = lead.asksSent > 0;
  const why = lead.outcome === 'no-answer' ? 'call.no-answer-yet' : 'call.nobody-yet';
  const reply =
    lead.state === 'made'
      ? say('call.what-came', { director: name })
      : isLate
        ? say('call.again', { asked, why: say(why, { at: lead.askedAt }) })
        : asked;
  const label = say(lead.state === 'made' ? 'call.tell' : 'call.made');
  return {
    account,
    lane: 'urgent',
    key: `call:${lead.id}:${String(lead.asksSent)}:${workerId}`,
    reply: { ...reply, options: [commandOption('call-made', lead.id, label)] },
    refs: { callId: lead.id, ask: lead.asksSent, state: lead.state },
  };
}

/** Told to the desk once a call and role. */
function nobodyThere(
  lead: CallRequestRow,
  role: Say,
  roleId: string,
  { name }: Pick<Called, 'name'>,
  account: ChatAccountRow,
  workerId: string,
): Outgoing {
  return {
    account,
    lane: 'urgent',
    key: `call-nobody:${lead.id}:${roleId}:${workerId}`,
    reply: say('call.nobody', { director: name, role }),
    refs: { callId: lead.id, state: 'open' },
  };
}

function recipient(call: CallRequestRow, { workerId, role }: RoleHolder, acting: Acting): Write {
  const toldAt = acting.at.toISOString();
  return insertOnce('CallRecipient', { id: acting.newId(), callId: call.id, workerId, role, toldAt });
}

function guardOf({ id, rev }: CallRequestRow): Guard {
  return { table: 'CallRequest', id, rev };
}
