import { nextPageAfter } from '../domain/escalation/ladder.ts';
import {
  aboveDirector,
  HELP_LISTENING_LADDER_POLICY,
  LISTENING_LADDER_POLICY,
} from '../domain/escalation/listening-ladder.ts';
import type {
  AnswerFamilyRequest,
  ChangeFamilyPhone,
  OpenFamilyRequest,
} from '../domain/family/request-commands.ts';
import { commandOption, say } from '../domain/say.ts';
import type { ChatAccountRow, FamilyRequestRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, update } from './batch.ts';
import type { Listener, ListeningLadder } from './listening.ts';
import { receiversOf } from './rungs.ts';

const MINUTE_MS = 60_000;
/** So much of what one family adds to one request is kept (our default). */
const WORDS_LIMIT = 4000;

/** The keys under which a number is looked for; `merge` is null where another person has that very name and number. */
export interface PhoneKeys {
  readonly phoneIndex: string;
  readonly mergeIndex: string | null;
}

/** A family's request is a task for a person from this moment on; said again, it is the same task. */
export function openFamilyRequest(
  command: OpenFamilyRequest,
  acting: Acting,
  areaCode: string | null,
): Decision {
  const { requestId, kind, text, about, person, addsTo } = command;
  if (addsTo !== null) return moreWords(command, addsTo);
  if (areaCode === null) return decided([]);
  const at = acting.at.toISOString();
  const row: FamilyRequestRow = {
    id: requestId,
    at,
    accountId: acting.accountId,
    personKind: person?.kind ?? null,
    personId: person?.id ?? null,
    childId: about.childIds[0] ?? null,
    kind,
    text,
    about: JSON.stringify(about),
    areaCode,
    state: 'open',
    ladder: JSON.stringify(ladderOf(command)),
    asksSent: 0,
    nextAskAt: at,
    askedIds: '[]',
    answeredBy: null,
    answeredAt: null,
    outcome: null,
    rev: 1,
  };
  return decided([insert('FamilyRequest', row), audit(acting, 'open-family-request', requestId, { kind })]);
}

function moreWords({ text, about }: OpenFamilyRequest, to: { id: string; text: string | null; rev: number }) {
  const words = [to.text, text].flatMap((one) => one ?? []).join('；');
  return decided(
    [
      update('FamilyRequest', to.id, {
        text: words === '' ? null : words.slice(-WORDS_LIMIT),
        about: JSON.stringify(about),
        rev: to.rev + 1,
      }),
    ],
    [],
    [{ table: 'FamilyRequest', id: to.id, rev: to.rev }],
  );
}

function ladderOf({ kind, afterHelp, isPressing, keptFrom }: OpenFamilyRequest): ListeningLadder {
  const policy = isPressing ? HELP_LISTENING_LADDER_POLICY : LISTENING_LADDER_POLICY;
  const steps = kind === 'call-above' ? aboveDirector(policy) : policy.steps;
  return { steps, pages: policy.pages, afterHelp, keptFrom };
}

/**
 * Asks everybody whom the ladder has reached by now; guarded, so that whoever answers meanwhile wins. Whoever was asked may
 * read it from then on.
 */
export function climbFamilyRequest(
  row: FamilyRequestRow,
  at: Date,
  askable: readonly Listener[],
  keptFrom: readonly string[],
  sleeps: (account: ChatAccountRow) => boolean,
): Decision {
  const { steps, pages, afterHelp } = JSON.parse(row.ladder) as ListeningLadder;
  const begun = new Date(row.at);
  const minutes = Math.floor((at.getTime() - begun.getTime()) / MINUTE_MS);
  const { reached } = receiversOf(steps, minutes, keptFrom, askable);
  const isFirst = row.asksSent === 0;
  const spared = (account: ChatAccountRow): boolean => !isFirst && !afterHelp && sleeps(account);
  const accounts = new Map(
    reached.flatMap(({ account }) => (account === null ? [] : [[account.id, account]])),
  );
  const before = JSON.parse(row.askedIds) as readonly string[];
  const askedIds = [...new Set([...before, ...reached.map(({ workerId }) => workerId)])];
  return decided(
    [
      update('FamilyRequest', row.id, {
        nextAskAt: nextPageAfter(begun, 1, pages, at).toISOString(),
        asksSent: row.asksSent + 1,
        askedIds: JSON.stringify(askedIds),
        rev: row.rev + 1,
      }),
    ],
    [...accounts.values()]
      .filter((account) => !spared(account))
      .map((account) => askOf(row, account, isFirst, afterHelp)),
    [{ table: 'FamilyRequest', id: row.id, rev: row.rev }],
  );
}

/** No name, no story: it is read on a locked screen. What waits for one reader at one instant is one message. */
function askOf(
  row: FamilyRequestRow,
  account: ChatAccountRow,
  isFirst: boolean,
  afterHelp: boolean,
): Outgoing {
  const lane = afterHelp ? 'urgent' : 'reply';
  const at = row.nextAskAt ?? row.at;
  const options = [commandOption('family-asks', null, say('family-asks.button'))];
  return isFirst
    ? {
        ...{ account, lane, key: `family-request:${row.id}:${account.id}` },
        reply: { ...say('family-asks.first', { at: row.at }), options },
        refs: { requestId: row.id },
      }
    : {
        ...{ account, lane, key: `family-request:again:${lane}:${at}:${account.id}` },
        reply: { ...say('family-asks.again', { at }), options },
        refs: {},
      };
}

/** What came of it. Where nobody was reached it stays open and goes on climbing. */
export function answerFamilyRequest(
  { requestId, rev, isDone, outcome }: AnswerFamilyRequest,
  acting: Acting,
): Decision {
  const ended = {
    state: 'done',
    nextAskAt: null,
    answeredBy: acting.personId,
    answeredAt: acting.at.toISOString(),
  } as const;
  return decided(
    [
      update('FamilyRequest', requestId, { ...(isDone ? ended : {}), outcome, rev: rev + 1 }),
      audit(acting, 'answer-family-request', requestId, { isDone }),
    ],
    [],
    [{ table: 'FamilyRequest', id: requestId, rev }],
  );
}

/**
 * The new number of a person, under which the import finds them as well, where no other has it with the same name. Whoever
 * told it hears that it is done; the number itself is not said again, for others may read that phone.
 */
export function changeFamilyPhone(
  { requestId, childIds, person, phone }: ChangeFamilyPhone,
  acting: Acting,
  { keys, account }: { readonly keys: PhoneKeys | undefined; readonly account: ChatAccountRow | undefined },
): Decision {
  if (keys === undefined) return decided([]);
  const { phoneIndex, mergeIndex } = keys;
  const set = { phone, phoneIndex, ...(mergeIndex === null ? {} : { mergeIndex }) };
  const isTheirs = account?.personKind === 'guardian' || account?.personKind === 'carer';
  const told: Outgoing[] = isTheirs
    ? [
        {
          ...{ account, lane: 'reply', key: `family-phone:${requestId}` },
          reply: say('family-phone.changed'),
          refs: { family: childIds.join(',') },
        },
      ]
    : [];
  return decided(
    [
      update(person.kind === 'guardian' ? 'Guardian' : 'Carer', person.id, set),
      audit(acting, 'change-family-phone', person.id, { requestId }),
    ],
    told,
  );
}
