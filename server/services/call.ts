import { CALL_LADDER_POLICY, nextPageAfter, type LadderPolicy } from '../domain/escalation/ladder.ts';
import { commandOption, say, type Say } from '../domain/say.ts';
import { lineOf } from '../domain/waiting-call.ts';
import type { CallRequestRow, ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, insertOnce, update, type Guard, type Write } from './batch.ts';
import type { RoleHolder } from './loaded.ts';
import { receiversOf } from './rungs.ts';

export const MINUTE_MS = 60_000;
/** Whoever was asked to call somebody so lately is asked once for all that is to be talked of (our default). */
export const ASKED_JUST_NOW_MS = 10 * MINUTE_MS;
/** So many people to call stand in one message; 待办 shows the others. */
const LIST_LIMIT = 8;

/** What a call keeps of the policy it began under. */
export type CallLadder = Pick<LadderPolicy, 'steps' | 'pages'>;
const SNAPSHOT: CallLadder = { steps: CALL_LADDER_POLICY.steps, pages: CALL_LADDER_POLICY.pages };

/** Who is to be called, and where the people live who may do it. */
export interface Called {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly areaCode: string | null;
}

/** What somebody is to be called about: a worry, or (null) whatever they want to say. */
export interface CallWanted {
  readonly concernId: string | null;
  readonly said?: string | null;
}

/**
 * Worries that could not be told become calls in the same commit: each worry its own, one message for all of them. A
 * worry whose call is under way gets no second one; what was written meanwhile is added to it. Another call to the same
 * person within minutes goes with the one that was asked for just now, and nobody reads of it twice.
 */
export function askCalls(
  wanted: readonly CallWanted[],
  acting: Acting,
  called: Called,
  holders: readonly RoleHolder[],
  underWay: ReadonlyMap<string, CallRequestRow>,
): Decision {
  const about = ({ concernId }: CallWanted): string => concernId ?? called.id;
  const calls = wanted
    .filter((one) => !underWay.has(about(one)))
    .map((one) => ({ ...callOf(one, acting, called), openFor: about(one) }));
  const added = wanted.flatMap((one) => addedTo(underWay.get(about(one)), one.said ?? null));
  if (calls.length === 0)
    return decided(
      added.map(({ write }) => write),
      [],
      added.map(({ guard }) => guard),
    );
  const beside = askedJustNow(underWay, acting, called);
  const first = beside
    ? goesWith(beside, { calls, called, holders }, acting)
    : askFor({ calls, called, holders }, acting);
  return decided(
    [
      ...calls.map((call) => insert('CallRequest', { ...call, ...first.next })),
      ...calls.map((call) => audit(acting, 'ask-call', call.id, { concernId: call.concernId })),
      ...added.map(({ write }) => write),
      ...first.writes,
    ],
    [...first.questions.map(questionOf), ...first.outgoing],
    [...added.map(({ guard }) => guard), ...(beside ? [guardOf(beside)] : [])],
  );
}

/** The call to the same person that somebody was asked to make minutes ago and has not made. */
function askedJustNow(
  underWay: ReadonlyMap<string, CallRequestRow>,
  { at }: Acting,
  { id }: Called,
): CallRequestRow | undefined {
  return [...underWay.values()].find(
    ({ directorId, state, askedAt }) =>
      directorId === id && state === 'open' && at.getTime() - Date.parse(askedAt) < ASKED_JUST_NOW_MS,
  );
}

/** Whoever was asked for that call answers for these as well; the next question is one for all of them. */
function goesWith({ asksSent, nextAskAt }: CallRequestRow, round: DueRound, acting: Acting): Asking {
  const { writes, next } = askFor(round, acting);
  return { writes, questions: [], outgoing: [], next: { asksSent, nextAskAt: nextAskAt ?? next.nextAskAt } };
}

function callOf(
  { concernId, said }: CallWanted,
  acting: Acting,
  called: Called,
): Omit<CallRequestRow, 'openFor'> {
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
    rev: 1,
  };
}

function addedTo(call: CallRequestRow | undefined, said: string | null): { write: Write; guard: Guard }[] {
  if (call === undefined || said === null) return [];
  const both = call.said === null ? said : `${call.said}；${said}`;
  return [{ write: update('CallRequest', call.id, { said: both, rev: call.rev + 1 }), guard: guardOf(call) }];
}

/** Calls to one person that are due together, and who may be asked to make them. */
export interface DueRound {
  readonly calls: readonly CallRequestRow[];
  readonly called: Pick<Called, 'name' | 'phone'>;
  readonly holders: readonly RoleHolder[];
}

/** One question to whoever should call now, or to whoever called and has not said what came of it. */
interface Question {
  readonly lead: CallRequestRow;
  readonly called: Pick<Called, 'name' | 'phone'>;
  readonly account: ChatAccountRow;
  readonly workerId: string;
}

interface Asking {
  readonly writes: readonly Write[];
  readonly questions: readonly Question[];
  /** To the desk: of a role nobody fills. */
  readonly outgoing: readonly Outgoing[];
  readonly next: Pick<CallRequestRow, 'asksSent' | 'nextAskAt'>;
}

/**
 * The question that is due about calls to one person. A role nobody fills is passed over at once, and the county desk is
 * told. `spares` names whom it is not put to this time.
 */
function askFor(
  { calls, called, holders }: DueRound,
  acting: Acting,
  spares: (holder: RoleHolder, lead: CallRequestRow) => boolean = () => false,
): Asking {
  const [lead] = calls;
  if (!lead) throw new Error('a question about no call');
  const { steps, pages } = JSON.parse(lead.ladder) as CallLadder;
  const minutes = Math.floor((acting.at.getTime() - Date.parse(lead.askedAt)) / MINUTE_MS);
  const rungs = receiversOf(steps, minutes, [lead.directorId], holders);
  const caller =
    lead.state === 'made' ? rungs.reached.find((h) => h.workerId === lead.answeredBy) : undefined;
  const reached = (caller ? [caller] : rungs.reached).filter((holder) => !spares(holder, lead));
  const emptyRoles = caller ? [] : rungs.emptyRoles;
  const desks = holders.filter((h) => h.role === 'county-desk' && h.workerId !== lead.directorId);
  const since = new Date(lead.state === 'made' ? (lead.answeredAt ?? lead.askedAt) : lead.askedAt);
  return {
    writes: reached.flatMap((holder) => calls.map((call) => recipient(call, holder, acting))),
    questions: reached.flatMap(({ account, workerId }) =>
      account === null ? [] : [{ lead, called, account, workerId }],
    ),
    outgoing: emptyRoles.flatMap((role) =>
      desks.flatMap(({ account, workerId }) =>
        account === null ? [] : [nobodyThere(lead, say(`role.${role}`), role, called, account, workerId)],
      ),
    ),
    next: {
      asksSent: lead.asksSent + 1,
      nextAskAt: nextPageAfter(since, 1, pages, acting.at).toISOString(),
    },
  };
}

/**
 * The next questions about everything that is due, as one batch; guarded, so that 打过了 in between wins. Whoever has
 * several people to call reads of all of them in one message.
 */
export function climbCalls(
  rounds: readonly DueRound[],
  acting: Acting,
  spares: (holder: RoleHolder, lead: CallRequestRow) => boolean,
): Decision {
  const asked = rounds.map((round) => ({ round, ...askFor(round, acting, spares) }));
  const steps = asked.flatMap(({ round, next }) =>
    round.calls.map((call) => update('CallRequest', call.id, { ...next, rev: call.rev + 1 })),
  );
  const ofReader = new Map<string, Question[]>();
  for (const question of asked.flatMap(({ questions }) => questions))
    ofReader.set(question.workerId, [...(ofReader.get(question.workerId) ?? []), question]);
  return decided(
    [...steps, ...asked.flatMap(({ writes }) => writes)],
    [...[...ofReader.values()].map(questionsOf), ...asked.flatMap(({ outgoing }) => outgoing)],
    rounds.flatMap(({ calls }) => calls.map(guardOf)),
  );
}

function questionsOf(questions: readonly Question[]): Outgoing {
  const [first, ...more] = questions;
  if (!first) throw new Error('nothing to ask');
  if (more.length === 0) return questionOf(first);
  const lines = questions.slice(0, LIST_LIMIT).map(({ lead: { askedAt, state, answeredBy }, called }) =>
    lineOf({
      director: called.name,
      phone: called.phone,
      askedAt,
      made: state === 'made' ? { byId: answeredBy, by: '' } : null,
    }),
  );
  const reply = say('call.list', { count: questions.length, lines });
  const button = commandOption('call-made', null, say('call.made'));
  const refs = { callIds: questions.map(({ lead }) => lead.id).join() };
  return { ...questionOf(first), reply: { ...reply, options: [button] }, refs };
}

/** No child and no reason: it is read on locked screens, and the one to be called is not alone. */
function questionOf({ lead, called: { name, phone }, account, workerId }: Question): Outgoing {
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

/** That nobody has changed the call since it was read. */
export function guardOf({ id, rev }: CallRequestRow): Guard {
  return { table: 'CallRequest', id, rev };
}
