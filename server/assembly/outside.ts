import type { Way } from '../domain/family/arrival.ts';
import type { Say } from '../domain/say.ts';
import { faultOf } from '../platform/logger.ts';
import { languageOf, type World } from './world.ts';

/** The ways outside the chats. Their answer is known at once. */
export type OutsideWay = Exclude<Way, 'chat' | 'director'>;

/** Whom it goes to, and the row it is about, for the log. */
interface OutsideTo {
  readonly rowId: string;
  readonly personId: string;
  readonly phone: string | null;
}

/**
 * Sends an SMS or a message of the platform, in words without buttons, and says whether it went. What breaks on the way counts as not sent, so
 * that the next way is tried: one provider that is down must not stop the others.
 */
export async function sendOutside(
  { senders, wording, logger }: Pick<World, 'senders' | 'wording' | 'logger'>,
  way: OutsideWay,
  { rowId, personId, phone }: OutsideTo,
  words: Say,
): Promise<boolean> {
  const text = wording.render(languageOf({ language: 'zh-CN' }), words);
  try {
    const { kind } =
      way === 'sms'
        ? phone === null
          ? { kind: 'not-sent' }
          : await senders.sms.send(phone, text, { rowId })
        : await senders.subscription.send(personId, text, { rowId });
    return kind === 'sent';
  } catch (error) {
    logger.warn('an outside message failed', { rowId, way, ...faultOf(error) });
    return false;
  }
}
