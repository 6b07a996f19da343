import { z } from 'zod';
import type { Channel, ChannelMessage, MessageFile, SendResult } from '../channel.ts';
import { NOBODY_THERE } from './alarm.ts';
import { Answers, NAME_TAKEN, resultOf } from './answers.ts';
import type { WecomApi } from './api.ts';
import { namedAgain, payloadsOf, type Payload } from './card.ts';
import { joinedMessages } from './joined.ts';
import { HOUR_MS, type Pace } from './pace.ts';
import type { Answer } from './reaction.ts';
import { Uploads } from './uploads.ts';

/** The longest WeCom remembers what it was sent (document 90236). */
const DUPLICATE_CHECK_SECONDS = 14_400;

const SEND = '/cgi-bin/message/send';

/** How often a page may have been sent before, each time in other words (our default: one crash is rare, two rarer). */
const NAMES = 3;

const uploaded = z.looseObject({ media_id: z.string().min(1) });

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
  const health = api.health(SEND);
  const nowMs = (): number => ports.realNow().getTime();
  const answers = new Answers({
    health,
    nowMs,
    raise: () => {
      api.raise(SEND, NOBODY_THERE);
    },
  });
  const postTo = (touser: string, payload: object): Promise<Answer> => {
    const checked = { enable_duplicate_check: 1, duplicate_check_interval: DUPLICATE_CHECK_SECONDS };
    return api.post(SEND, { touser, agentid: agentId, ...checked, ...payload });
  };
  const post = (message: ChannelMessage, payload: object): Promise<Answer> =>
    postTo(message.address, payload);
  const uploads = new Uploads(DUPLICATE_CHECK_SECONDS * 1000);
  const sendFile = async (message: ChannelMessage, file: MessageFile): Promise<SendResult> => {
    const bytes = await ports.fileBytes(file.id);
    if (bytes === null) return { kind: 'failed', retryable: false, reason: 'refused' };
    const media = uploads.of(message.outboxId, file.id, nowMs()) ?? (await upload(api, file, bytes));
    if (typeof media !== 'string') return resultOf(media, message.address);
    uploads.keep(message.outboxId, file.id, media, nowMs());
    return answers.ended(message, await post(message, { msgtype: 'file', file: { media_id: media } }));
  };
  const admit = async (address: string, pieces: number, urgent: boolean): Promise<number> => {
    if (!pace.knows(address)) pace.remember(address, await timesOf(ports, address, nowMs()));
    return pace.take(address, pieces, urgent, nowMs());
  };
  const joins = joinedMessages({
    api,
    closed: () => answers.closed(),
    admit: (address) => admit(address, 1, false),
    post: postTo,
    ended: (address, answer) => answers.ended({ address, lane: 'broadcast' }, answer),
  });
  return {
    name: 'wecom',
    health,
    joins,
    send: async (message) => {
      const closed = answers.closed(); // and the reader's pace is not used up by it
      if (closed !== null) return closed;
      const payloads = payloadsOf(message);
      const { address, lane, files = [] } = message;
      const waitMs = await admit(address, piecesOf(message), lane === 'urgent');
      if (waitMs > 0) return { kind: 'later', afterMs: waitMs };
      const steps = [
        ...payloads.map(
          (payload) => async () => answers.ended(message, await postNamed(post, message, payload)),
        ),
        ...files.map((file) => () => sendFile(message, file)),
      ];
      let accepted: SendResult = { kind: 'accepted' };
      for (const step of steps) {
        const result = await step();
        if (result.kind !== 'accepted') return result; // tried again, the parts that arrived are dropped as known
        accepted = { ...accepted, ...result };
      }
      return accepted;
    },
  };
}

/** Of a page nobody takes WeCom's word that it came before: it goes again under another name. */
async function postNamed(
  post: (message: ChannelMessage, payload: object) => Promise<Answer>,
  message: ChannelMessage,
  payload: Payload,
): Promise<Answer> {
  let answer = await post(message, payload);
  if (payload.msgtype !== 'template_card' || message.lane !== 'urgent') return answer;
  for (let nth = 1; answer.code === NAME_TAKEN && nth <= NAMES; nth += 1)
    answer = await post(message, { ...payload, template_card: namedAgain(payload.template_card, nth) });
  return answer;
}

/** How many messages WeCom counts where we count one. */
function piecesOf(message: ChannelMessage): number {
  return payloadsOf(message).length + (message.files?.length ?? 0);
}

/** When this member was sent something within the hour, by whichever process. */
async function timesOf(ports: WecomChannelPorts, address: string, nowMs: number): Promise<readonly number[]> {
  const sent = await ports.sentSince(address, new Date(nowMs - HOUR_MS));
  return sent.flatMap(({ at, ...one }) =>
    Array<number>(piecesOf({ ...FORMER, address, at: '', ...one })).fill(at.getTime()),
  );
}

/** What counts nothing of a message that went out before. */
const FORMER = { outboxId: '', lane: 'reply', chosenLabel: '✓' } as const;

/** Whether a card was changed; `used-up`: it cannot be changed with this code; otherwise nobody knows. */
export type Shown = 'shown' | 'used-up' | 'nobody-knows';

export interface CardChange {
  readonly from: string;
  readonly responseCode: string;
  readonly label: string;
  /** Of a card that was ticked: how it looks from now on. */
  readonly card?: object | null;
}

/**
 * Puts words in the place of a card's buttons, or another card in the place of one that was ticked, so that it cannot be
 * pressed any more (document 94888). A card is only a look.
 */
export async function showOnCard(
  api: WecomApi,
  agentId: number,
  { from, responseCode, label, card = null }: CardChange,
): Promise<Shown> {
  const { reaction } = await api.post('/cgi-bin/message/update_template_card', {
    userids: [from],
    agentid: agentId,
    response_code: responseCode,
    ...(card === null ? { button: { replace_name: label } } : { template_card: card }),
  });
  if (reaction === 'done') return 'shown';
  return reaction === 'ours' || reaction === 'person' ? 'used-up' : 'nobody-knows';
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
