import { z } from 'zod';
import type { Channel, ChannelMessage, MessageFile, SendResult } from '../channel.ts';
import type { WecomApi } from './api.ts';
import { payloadsOf, type Payload } from './card.ts';
import { HOUR_MS, type Pace } from './pace.ts';
import type { Answer } from './reaction.ts';
import { Uploads } from './uploads.ts';

/** The longest WeCom remembers what it was sent (document 90236). */
const DUPLICATE_CHECK_SECONDS = 14_400;

/** The company has sent more than it may: nothing goes through until the minute is over (documents 90312 and 90313). */
const TOO_MANY = 45_009;
const WINDOW_MS = 60_000;

/** What WeCom says of a card under an id it has had before (document 90313). Ours are in the right form, and made once. */
const CARD_ID_REFUSED = 42_014;

const reached = z.looseObject({ invaliduser: z.string().optional(), unlicenseduser: z.string().optional() });

const uploaded = z.looseObject({ media_id: z.string().min(1) });

interface FilePayload {
  readonly msgtype: 'file';
  readonly file: { readonly media_id: string };
}

/** A message that went out before. */
export type Sent = Pick<ChannelMessage, 'text' | 'options' | 'files'> & { readonly at: Date };

/** What the channel needs besides WeCom itself. */
export interface WecomChannelPorts {
  /** What this address was sent since, by whichever process, oldest first; what is on its way is left out. */
  sentSince(address: string, since: Date): Promise<readonly Sent[]>;
  /** The bytes of a file that goes with a message; null where it is not there any more. */
  fileBytes(id: string): Promise<Buffer | null>;
  realNow(): Date;
}

/** Messages to members of the company through an app of its own. */
export function wecomChannel(api: WecomApi, agentId: number, pace: Pace, ports: WecomChannelPorts): Channel {
  let closedUntilMs = 0;
  const send = async (message: ChannelMessage, payload: Payload | FilePayload): Promise<SendResult> => {
    const to = { touser: message.address, agentid: agentId };
    const checked = { enable_duplicate_check: 1, duplicate_check_interval: DUPLICATE_CHECK_SECONDS };
    const answer = await api.post('/cgi-bin/message/send', { ...to, ...checked, ...payload });
    // An earlier try of this row arrived; sent again with other bytes, its card is refused and not only dropped.
    if (answer.code === CARD_ID_REFUSED && payload.msgtype === 'template_card') return { kind: 'accepted' };
    if (answer.code !== TOO_MANY) return resultOf(answer, message);
    closedUntilMs = ports.realNow().getTime() + WINDOW_MS;
    return { kind: 'later', afterMs: WINDOW_MS };
  };
  const uploads = new Uploads(DUPLICATE_CHECK_SECONDS * 1000);
  const sendFile = async (message: ChannelMessage, file: MessageFile): Promise<SendResult> => {
    const bytes = await ports.fileBytes(file.id);
    if (bytes === null) return { kind: 'failed', retryable: false, reason: 'refused' };
    const nowMs = ports.realNow().getTime();
    const media = uploads.of(message.outboxId, file.id, nowMs) ?? (await upload(api, file, bytes));
    if (typeof media !== 'string') return resultOf(media, message);
    uploads.keep(message.outboxId, file.id, media, nowMs);
    return send(message, { msgtype: 'file', file: { media_id: media } });
  };
  const recall = async (message: ChannelMessage, nowMs: number): Promise<void> => {
    const sent = await ports.sentSince(message.address, new Date(nowMs - HOUR_MS));
    const times = sent.flatMap(({ at, ...one }) =>
      Array<number>(piecesOf({ ...message, files: [], ...one })).fill(at.getTime()),
    );
    pace.remember(message.address, times);
  };
  return {
    name: 'wecom',
    send: async (message) => {
      const payloads = payloadsOf(message);
      const { address, lane, files = [] } = message;
      const count = piecesOf(message);
      const nowMs = ports.realNow().getTime();
      if (!pace.knows(address)) await recall(message, nowMs);
      const closedMs = closedUntilMs - nowMs;
      const waitMs = closedMs > 0 ? closedMs : pace.take(address, count, lane === 'urgent', nowMs);
      if (waitMs > 0) return { kind: 'later', afterMs: waitMs };
      const steps = [
        ...payloads.map((payload) => () => send(message, payload)),
        ...files.map((file) => () => sendFile(message, file)),
      ];
      for (const step of steps) {
        const result = await step();
        if (result.kind !== 'accepted') return result; // tried again, the parts that arrived are dropped as known
      }
      return { kind: 'accepted' };
    },
  };
}

/** How many messages WeCom counts where we count one. */
function piecesOf(message: ChannelMessage): number {
  return payloadsOf(message).length + (message.files?.length ?? 0);
}

/** Shows on the card which of its buttons was pressed; the card cannot be pressed any more. A card is only a look. */
export async function showChoice(
  api: WecomApi,
  agentId: number,
  {
    from,
    responseCode,
    label,
  }: { readonly from: string; readonly responseCode: string; readonly label: string },
): Promise<void> {
  await api.post('/cgi-bin/message/update_template_card', {
    userids: [from],
    agentid: agentId,
    response_code: responseCode,
    button: { replace_name: label },
  });
}

/** The id of a file that WeCom has taken; otherwise why not (document 90253). */
async function upload(api: WecomApi, file: MessageFile, bytes: Buffer): Promise<string | Answer> {
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(bytes)], { type: file.mime }), file.name);
  const answer = await api.post('/cgi-bin/media/upload', form);
  const media = uploaded.safeParse(answer.body);
  if (media.success) return media.data.media_id;
  return answer.reaction === 'done' ? UNREAD : answer;
}

const UNREAD: Answer = { reaction: 'unknown', code: null, body: {} };

/** Accepted is not yet reached: WeCom names those it passed over in the same breath. */
function resultOf({ reaction, body }: Answer, { address }: ChannelMessage): SendResult {
  switch (reaction) {
    case 'done': {
      const { invaliduser = '', unlicenseduser = '' } = reached.parse(body);
      const passedOver = `${invaliduser}|${unlicenseduser}`.toLowerCase().split('|');
      return passedOver.includes(address.toLowerCase())
        ? { kind: 'failed', retryable: false, reason: 'unreachable' }
        : { kind: 'accepted' };
    }
    case 'later':
      return { kind: 'failed', retryable: true, reason: 'busy' };
    case 'person':
      return { kind: 'failed', retryable: false, reason: 'unreachable' };
    case 'ours':
      return { kind: 'failed', retryable: false, reason: 'refused' };
    default:
      return { kind: 'failed', retryable: true, reason: 'fault' };
  }
}
