import type { KeepForListening } from '../domain/commands.ts';
import { nextPageAfter, type LadderPolicy } from '../domain/escalation/ladder.ts';
import {
  HELP_LISTENING_LADDER_POLICY,
  LISTENING_LADDER_POLICY,
  type ListenerRole,
} from '../domain/escalation/listening-ladder.ts';
import { commandOption, say } from '../domain/say.ts';
import type { ChatAccountRow, ListeningRow } from '../store/generated/tables.ts';
import { decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insertOnce, update, type Write } from './batch.ts';
import { receiversOf } from './rungs.ts';

const MINUTE_MS = 60_000;

/** What a message that waits keeps of the policy it began under. */
export interface ListeningLadder extends Pick<LadderPolicy<ListenerRole>, 'steps' | 'pages'> {
  /** Its sender had called for help: nobody's sleep is spared. */
  readonly afterHelp: boolean;
  /** Whom the sender keeps from a report of theirs: they hear of this as little. */
  readonly keptFrom: readonly string[];
}

/** Somebody who may be asked to listen. */
export interface Listener {
  readonly workerId: string;
  readonly role: ListenerRole;
  readonly account: ChatAccountRow | null;
}

export function listeningLadder({ ladder }: Pick<ListeningRow, 'ladder'>): ListeningLadder {
  if (ladder !== null) return JSON.parse(ladder) as ListeningLadder;
  const { steps, pages } = LISTENING_LADDER_POLICY;
  return { steps, pages, afterHelp: false, keptFrom: [] };
}

/** A record's message waits for the supervisor without haste. */
export function recordWaits(acting: Acting, fileId: string, areaCode: string, childId: string): Write {
  return waits(acting, { fileId, source: 'record', areaCode, childId, climbAt: null, ladder: null });
}

/** A family's is told at once, and climbs until somebody has listened. */
export function familyWaits(
  acting: Acting,
  fileId: string,
  areaCode: string,
  { afterHelp, keptFrom }: KeepForListening,
): Write {
  const { steps, pages } = afterHelp ? HELP_LISTENING_LADDER_POLICY : LISTENING_LADDER_POLICY;
  const ladder: ListeningLadder = { steps, pages, afterHelp, keptFrom };
  const climbAt = acting.at.toISOString();
  return waits(acting, {
    ...{ fileId, source: 'family', areaCode, childId: null, climbAt },
    ladder: JSON.stringify(ladder),
  });
}

function waits(
  acting: Acting,
  about: Pick<ListeningRow, 'fileId' | 'source' | 'areaCode' | 'childId' | 'climbAt' | 'ladder'>,
): Write {
  const receivedAt = acting.at.toISOString();
  return insertOnce('Listening', {
    ...about,
    receivedAt,
    askedAbove: null,
    playedAt: null,
    playedBy: null,
    rev: 1,
  });
}

/**
 * The page that is due about a message nobody has listened to, to every rung it has reached; guarded, so that whoever
 * listens meanwhile wins. Once the county desk is asked, the message lies open to the county as well.
 */
export function climbListening(
  row: ListeningRow,
  at: Date,
  listeners: readonly Listener[],
  countyCode: string | null,
  sleeps: (account: ChatAccountRow) => boolean,
): Decision {
  const { steps, pages, afterHelp, keptFrom } = listeningLadder(row);
  const received = new Date(row.receivedAt);
  const minutes = Math.floor((at.getTime() - received.getTime()) / MINUTE_MS);
  const { reached } = receiversOf(steps, minutes, keptFrom, listeners);
  const isFirst = row.climbAt === row.receivedAt;
  const spared = (account: ChatAccountRow): boolean => !isFirst && !afterHelp && sleeps(account);
  const accounts = new Map(
    reached.flatMap(({ account }) => (account === null ? [] : [[account.id, account]])),
  );
  const isAbove = reached.some(({ role }) => role === 'county-desk');
  return decided(
    [
      update('Listening', row.fileId, {
        climbAt: nextPageAfter(received, 1, pages, at).toISOString(),
        askedAbove: isAbove ? countyCode : row.askedAbove,
        rev: row.rev + 1,
      }),
    ],
    [...accounts.values()]
      .filter((account) => !spared(account))
      .map((account) => pageOf(row, account, isFirst)),
    [{ table: 'Listening', id: row.fileId, rev: row.rev }],
  );
}

function pageOf(row: ListeningRow, account: ChatAccountRow, isFirst: boolean): Outgoing {
  const { afterHelp } = listeningLadder(row);
  return {
    account,
    lane: afterHelp ? 'urgent' : 'reply',
    key: `listen:${row.fileId}:${row.climbAt ?? ''}:${account.id}`,
    reply: {
      ...say(isFirst ? 'listen.family-sent' : 'listen.family-unheard', { at: row.receivedAt }),
      options: [commandOption('listen', null, say('listen.button'))],
    },
    refs: { fileId: row.fileId },
  };
}
