import type { Channel, ChannelMessage, SendResult } from '../channel.ts';
import type { WecomApi } from './api.ts';
import { REST_MS } from './alarm.ts';
import { kfPayloadsOf, ownId } from './kf-message.ts';
import type { KfRoom } from './kf-window.ts';
import type { Answer } from './reaction.ts';

/** What the channel needs besides WeCom itself. */
export interface KfChannelPorts {
  /** Whether these messages may go to a guardian now; those that may are counted before they are tried. */
  take(externalUserId: string, ownIds: readonly string[], isUrgent: boolean): Promise<KfRoom>;
  /** The code that allowed a welcome is used up. */
  welcomed(externalUserId: string): Promise<void>;
}

const SEND = '/cgi-bin/kf/send_msg';

/** The code is over, or was used (document 90313). */
const CODE_OVER = 95_007;
/** The chat is in no state to be written to, or the two days are over (document 90313). */
const STATE_FORBIDS = 95_018;

/** Messages to guardians in WeChat through an account of 微信客服 (documents 94677, 95122). */
export function kfChannel(
  api: Pick<WecomApi, 'post' | 'health'>,
  openKfId: string,
  ports: KfChannelPorts,
): Channel {
  const app = api.health(SEND);
  const restMs = (): number => app.restMs() ?? 0;
  const ended = (answer: Answer): SendResult =>
    answer.reaction === 'settings' ? untilMended(restMs() || REST_MS) : resultOf(answer);
  const send = async (message: ChannelMessage): Promise<SendResult> => {
    if (message.files !== undefined && message.files.length > 0) return REFUSED;
    if (restMs() > 0) return untilMended(restMs()); // and none of the few messages is used up by it
    const payloads = kfPayloadsOf(message).map((payload, part) => ({
      msgid: ownId(message.outboxId, part),
      ...payload,
    }));
    const ids = payloads.map(({ msgid }) => msgid);
    const room = await ports.take(message.address, ids, message.lane === 'urgent');
    if (room.kind === 'stranger') return { kind: 'failed', retryable: false, reason: 'unreachable' };
    if (room.kind === 'closed' || room.kind === 'taken')
      return { kind: 'failed', retryable: false, reason: room.kind };
    const [first] = payloads;
    if (room.kind === 'welcome' && first !== undefined) {
      const answer = await api.post('/cgi-bin/kf/send_msg_on_event', { code: room.code, ...first });
      const isOver = answer.code === CODE_OVER;
      if (isOver || answer.reaction === 'done') await ports.welcomed(message.address);
      return isOver ? send(message) : ended(answer); // without the code it goes if they wrote, or not at all
    }
    for (const payload of payloads) {
      const to = { touser: message.address, open_kfid: openKfId };
      const result = ended(await api.post(SEND, { ...to, ...payload }));
      if (result.kind !== 'accepted') return result; // tried again, the parts that arrived are known by their ids
    }
    return { kind: 'accepted' };
  };
  // The channel of the members tells the codes: it is one app.
  return { name: 'kf', health: { faults: () => [], restMs: () => app.restMs() }, send };
}

function untilMended(afterMs: number): SendResult {
  return { kind: 'later', because: 'settings', afterMs };
}

const REFUSED: SendResult = { kind: 'failed', retryable: false, reason: 'refused' };

/** Accepted is not yet arrived: what fails afterwards is told by an event. */
function resultOf({ reaction, code }: Answer): SendResult {
  switch (reaction) {
    case 'done':
      return { kind: 'accepted' };
    case 'later':
      return { kind: 'failed', retryable: true, reason: 'busy' };
    case 'window':
      return { kind: 'failed', retryable: false, reason: code === STATE_FORBIDS ? 'taken' : 'closed' };
    case 'person':
      return { kind: 'failed', retryable: false, reason: 'unreachable' };
    case 'ours':
      return REFUSED;
    default:
      return { kind: 'failed', retryable: true, reason: 'fault' };
  }
}

type Reason = Extract<SendResult, { kind: 'failed' }>['reason'];

/** Why a message that was taken has not arrived, by the fail_type of its event (document 94670). */
export function whyUndelivered(failType: number): { readonly reason: Reason; readonly isSetting: boolean } {
  const isSetting = SETTING_FAILS.includes(failType);
  if (CLOSED_FAILS.includes(failType)) return { reason: 'closed', isSetting };
  if (failType === REJECTED) return { reason: 'unreachable', isSetting };
  return { reason: isSetting ? 'refused' : 'fault', isSetting };
}

/** More than 48 hours, the chat is over, more than five. */
const CLOSED_FAILS: readonly number[] = [4, 5, 6];
/** The account is deleted, the app is closed, the company is not verified or has no 视频号. */
const SETTING_FAILS: readonly number[] = [1, 2, 7, 8, 9];
/** The guardian wants no messages. */
const REJECTED = 10;
