import { z } from 'zod';
import type { ChannelHealth, ChannelMessage, SendResult } from '../channel.ts';
import { NOBODY_THERE, REST_MS } from './alarm.ts';
import { OutOfReach } from './out-of-reach.ts';
import type { Answer } from './reaction.ts';

/** The company has sent more than it may: nothing goes through until the minute is over (documents 90312 and 90313). */
const TOO_MANY = 45_009;
const WINDOW_MS = 60_000;
/** What WeCom says of a card under an id it has had before (document 90313). Ours are in the right form, and made once. */
export const NAME_TAKEN = 42_014;

const reached = z.looseObject({ invaliduser: z.string().optional(), unlicenseduser: z.string().optional() });

const withCode = z.looseObject({ response_code: z.string().min(1).max(512) });

/** Whom an answer is about, and how urgent it was. */
type Reader = Pick<ChannelMessage, 'address' | 'lane'>;
type Later = Extract<SendResult, { kind: 'later' }>;

export interface AnswersPorts {
  readonly health: ChannelHealth;
  readonly nowMs: () => number;
  /** Nobody at all is in the app's reach. */
  readonly raise: () => void;
}

/** What `message/send` is answered with, and what follows for the messages after it. */
export class Answers {
  readonly #ports: AnswersPorts;
  readonly #outOfReach = new OutOfReach();
  #closedUntilMs = 0;

  constructor(ports: AnswersPorts) {
    this.#ports = ports;
  }

  /** Null where a message may be tried. */
  closed(): Later | null {
    if (this.#restMs() > 0) return untilMended(this.#restMs());
    const closedMs = this.#closedUntilMs - this.#ports.nowMs();
    return closedMs > 0 ? { kind: 'later', because: 'limit', afterMs: closedMs } : null;
  }

  ended({ address, lane }: Reader, answer: Answer): SendResult {
    const { nowMs, raise } = this.#ports;
    if (answer.reaction === 'settings') return untilMended(this.#restMs() || REST_MS);
    // An earlier try of this row arrived; sent again with other bytes, its card is refused and not only dropped.
    if (answer.code === NAME_TAKEN) return { kind: 'accepted' };
    if (answer.code === TOO_MANY) {
      this.#closedUntilMs = nowMs() + WINDOW_MS;
      return { kind: 'later', because: 'limit', afterMs: WINDOW_MS };
    }
    const result = resultOf(answer, address);
    if (result.kind === 'accepted') this.#outOfReach.reached(address, nowMs());
    if (answer.code !== NOBODY_THERE) return result;
    const verdict = this.#outOfReach.refused(address, nowMs());
    if (verdict.of === 'person') return result;
    if (verdict.of === 'everybody') raise();
    return untilMended(lane === 'urgent' ? REST_MS : verdict.afterMs);
  }

  #restMs(): number {
    return this.#ports.health.restMs() ?? 0;
  }
}

function untilMended(afterMs: number): Later {
  return { kind: 'later', because: 'settings', afterMs };
}

/** Accepted is not yet reached: WeCom names those it passed over in the same breath. */
export function resultOf({ reaction, body }: Answer, address: string): SendResult {
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
