import type { Logger } from './logger.ts';

/** What came of a message outside the chats. */
export type SentOutside = { readonly kind: 'sent' } | { readonly kind: 'not-sent' };

/** What such a message is about, for the log: an id, never a number or words. */
export interface OutsideAbout {
  readonly rowId: string;
}

/**
 * SMS to a family. An implementation answers within some seconds, keeps neither number nor words and logs neither.
 * `opens`: whether it is tried at all.
 */
export interface SmsSender {
  readonly opens: boolean;
  send(phone: string, words: string, about: OutsideAbout): Promise<SentOutside>;
}

/** A message of the platform to somebody who asked for it, outside the window of a chat. */
export interface SubscriptionSender {
  /** Which of these people asked for one that was not used up yet. */
  subscribed(personIds: readonly string[]): Promise<ReadonlySet<string>>;
  send(personId: string, words: string, about: OutsideAbout): Promise<SentOutside>;
}

/** The ways outside the chats. */
export interface OutsideSenders {
  readonly sms: SmsSender;
  readonly subscription: SubscriptionSender;
}

/** Where no provider is set up: the log says that an SMS would have gone, it counts as not sent, and the next way is tried. */
export function loggingSenders(logger: Logger): OutsideSenders {
  return {
    sms: {
      opens: true,
      send: (_phone, _words, { rowId }) => {
        logger.info('would send an sms', { rowId });
        return Promise.resolve({ kind: 'not-sent' });
      },
    },
    subscription: {
      subscribed: () => Promise.resolve(new Set()),
      send: () => Promise.resolve({ kind: 'not-sent' }),
    },
  };
}
