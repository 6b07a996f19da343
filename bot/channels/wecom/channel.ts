import { z } from 'zod';
import type { Channel, ChannelMessage, MessageFile, SendResult } from '../channel.ts';
import { NOBODY_THERE, REST_MS } from './alarm.ts';
import type { WecomApi } from './api.ts';
import { namedAgain, payloadsOf, type Payload } from './card.ts';
import { OutOfReach } from './out-of-reach.ts';
import { HOUR_MS, type Pace } from './pace.ts';
import type { Answer } from './reaction.ts';
import { Uploads } from './uploads.ts';

/** The longest WeCom remembers what it was sent (document 90236). */
const DUPLICATE_CHECK_SECONDS = 14_400;

/** The company has sent more than it may: nothing goes through until the minute is over (documents 90312 and 90313). */
const TOO_MANY = 45_009;
const WINDOW_MS = 60_000;

const SEND = '/cgi-bin/message/send';

/** What WeCom says of a card under an id it has had before (document 90313). Ours are in the right form, and made once. */
const NAME_TAKEN = 42_014;
/** How often a page may have been sent before, each time in other words (our default: one crash is rare, two rarer). */
const NAMES = 3;

const reached = z.looseObject({ invaliduser: z.string().optional(), unlicenseduser: z.string().optional() });

const withCode = z.looseObject({ response_code: z.string().min(1).max(512) });

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
  let closedUntilMs = 0;
  const health = api.health(SEND);
  const restMs = (): number => health.restMs() ?? 0;
  const outOfReach = new OutOfReach();
  const nowMs = (): number => ports.realNow().getTime();
  const post = (message: ChannelMessage, payload: object): Promise<Answer> => {
    const to = { touser: message.address, agentid: agentId };
    const checked = { enable_duplicate_check: 1, duplicate_check_interval: DUPLICATE_CHECK_SECONDS };
    return api.post(SEND, { ...to, ...checked, ...payload });
  };
  const ended = (message: ChannelMessage, answer: Answer): SendResult => {
    if (answer.reaction === 'settings') return untilMended(restMs() || REST_MS);
    // An earlier try of this row arrived; sent again with other bytes, its card is refused and not only dropped.
    if (answer.code === NAME_TAKEN) return { kind: 'accepted' };
    if (answer.code === TOO_MANY) {
      closedUntilMs = nowMs() + WINDOW_MS;
      return { kind: 'later', afterMs: WINDOW_MS };
    }
    const result = resultOf(answer, message);
    if (result.kind === 'accepted') outOfReach.reached(message.address, nowMs());
    if (answer.code !== NOBODY_THERE) return result;
    const verdict = outOfReach.refused(message.address, nowMs());
    if (verdict.of === 'person') return result;
    if (verdict.of === 'everybody') api.raise(SEND, NOBODY_THERE);
    return untilMended(message.lane === 'urgent' ? REST_MS : verdict.afterMs);
  };
  const uploads = new Uploads(DUPLICATE_CHECK_SECONDS * 1000);
  const sendFile = async (message: ChannelMessage, file: MessageFile): Promise<SendResult> => {
    const bytes = await ports.fileBytes(file.id);
    if (bytes === null) return { kind: 'failed', retryable: false, reason: 'refused' };
    const media = uploads.of(message.outboxId, file.id, nowMs()) ?? (await upload(api, file, bytes));
    if (typeof media !== 'string') return resultOf(media, message);
    uploads.keep(message.outboxId, file.id, media, nowMs());
    return ended(message, await post(message, { msgtype: 'file', file: { media_id: media } }));
  };
  const recall = async (message: ChannelMessage): Promise<void> => {
    const sent = await ports.sentSince(message.address, new Date(nowMs() - HOUR_MS));
    const times = sent.flatMap(({ at, ...one }) =>
      Array<number>(piecesOf({ ...message, files: [], ...one })).fill(at.getTime()),
    );
    pace.remember(message.address, times);
  };
  return {
    name: 'wecom',
    health,
    send: async (message) => {
      if (restMs() > 0) return untilMended(restMs()); // and the reader's pace is not used up by it
      const payloads = payloadsOf(message);
      const { address, lane, files = [] } = message;
      const count = piecesOf(message);
      if (!pace.knows(address)) await recall(message);
      const closedMs = closedUntilMs - nowMs();
      const waitMs = closedMs > 0 ? closedMs : pace.take(address, count, lane === 'urgent', nowMs());
      if (waitMs > 0) return { kind: 'later', afterMs: waitMs };
      const steps = [
        ...payloads.map((payload) => async () => ended(message, await postNamed(post, message, payload))),
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

function untilMended(afterMs: number): SendResult {
  return { kind: 'later', because: 'settings', afterMs };
}

/** How many messages WeCom counts where we count one. */
function piecesOf(message: ChannelMessage): number {
  return payloadsOf(message).length + (message.files?.length ?? 0);
}

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

/** Accepted is not yet reached: WeCom names those it passed over in the same breath. */
function resultOf({ reaction, body }: Answer, { address }: ChannelMessage): SendResult {
  switch (reaction) {
    case 'done': {
      const { invaliduser = '', unlicenseduser = '' } = reached.parse(body);
      const passedOver = `${invaliduser}|${unlicenseduser}`.toLowerCase().split('|');
      return passedOver.includes(address.toLowerCase())
        ? { kind: 'failed', retryable: false, reason: 'unreachable' }
        : { kind: 'accepted', ...cardCodeOf(body) };
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

/** Cards that ask come with a code (document 90236). */
function cardCodeOf(body: Answer['body']): { readonly cardCode?: string } {
  const read = withCode.safeParse(body);
  return read.success ? { cardCode: read.data.response_code } : {};
}
