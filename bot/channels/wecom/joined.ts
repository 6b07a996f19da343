import { z } from 'zod';
import type { JoinedMessage, JoinedResult, Joins, SendResult } from '../channel.ts';
import type { WecomApi } from './api.ts';
import { markOf } from './card.ts';
import type { Answer } from './reaction.ts';

/** `touser` holds so many members, joined by `|` (document 90236). */
const MOST = 1_000;
/** A text is cut silently beyond 2,048 bytes (document 90236); the mark that tells calls apart takes some of them. */
const MOST_BYTES = 2_000;
/** A message can be taken back for 24 hours (document 94867). */
const RECALL_MS = 24 * 3_600_000;

const named = z.looseObject({ msgid: z.string().min(1).max(512) });

export interface JoinedPorts {
  readonly api: Pick<WecomApi, 'post'>;
  /** For how long nothing may go at all, in ms; why, where a setting is wrong. */
  readonly closed: () => Extract<SendResult, { kind: 'later' }> | null;
  /** 0 where a message may go to this member now, and counts it; otherwise after how many ms to ask again. */
  readonly admit: (address: string) => Promise<number>;
  readonly post: (touser: string, payload: object) => Promise<Answer>;
  /** What an answer means for one of its receivers. */
  readonly ended: (address: string, answer: Answer) => SendResult;
}

/**
 * The same words to many members in one call. Each of them is paced and answered for alone: who may not be written to
 * just now waits for another call, and whom WeCom passed over is named in its answer.
 */
export function joinedMessages({ api, closed, admit, post, ended }: JoinedPorts): Joins {
  return {
    most: MOST,
    mostBytes: MOST_BYTES,
    recallMs: RECALL_MS,
    send: async (message) => {
      const shut = closed();
      if (shut !== null) return { each: all(message, () => shut), msgid: null };
      const { goes, waits } = await admitted(message, admit);
      if (goes.length === 0) return { each: waits, msgid: null };
      // The same members in the same order make a retry the same to the byte.
      const touser = goes
        .map(({ address }) => address)
        .sort()
        .join('|');
      const text = { content: message.text + markOf(message.callId) };
      const answer = await post(touser, { msgtype: 'text', text });
      const each = new Map(goes.map(({ outboxId, address }) => [outboxId, ended(address, answer)]));
      const read = answer.reaction === 'done' ? named.safeParse(answer.body) : null;
      return { each: new Map([...waits, ...each]), msgid: read?.success === true ? read.data.msgid : null };
    },
    recall: async (msgid) => {
      const { reaction } = await api.post('/cgi-bin/message/recall', { msgid });
      if (reaction === 'done') return 'recalled';
      return reaction === 'ours' || reaction === 'person' ? 'refused' : 'nobody-knows';
    },
  };
}

/** A call that may have arrived goes to exactly those it went to before: all of them wait for the last one. */
async function admitted(
  message: JoinedMessage,
  admit: JoinedPorts['admit'],
): Promise<{ readonly goes: JoinedMessage['to']; readonly waits: ReadonlyMap<string, SendResult> }> {
  const waiting: (readonly [JoinedMessage['to'][number], number])[] = [];
  for (const one of message.to) waiting.push([one, await admit(one.address)]);
  const longestMs = Math.max(...waiting.map(([, waitMs]) => waitMs));
  if (message.isRepeat && longestMs > 0)
    return { goes: [], waits: all(message, () => ({ kind: 'later', afterMs: longestMs })) };
  const held = waiting.filter(([, waitMs]) => waitMs > 0);
  return {
    goes: waiting.flatMap(([one, waitMs]) => (waitMs === 0 ? [one] : [])),
    waits: new Map(held.map(([{ outboxId }, afterMs]) => [outboxId, { kind: 'later', afterMs }])),
  };
}

function all(message: JoinedMessage, result: () => SendResult): JoinedResult['each'] {
  return new Map(message.to.map(({ outboxId }) => [outboxId, result()]));
}
