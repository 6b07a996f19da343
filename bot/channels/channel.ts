/** A file that goes with a message; its bytes are read by its id when the channel hands it over. */
export interface MessageFile {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
}

/** A message ready to go: rendered, in the reader's language, the same bytes at every attempt. */
export interface ChannelMessage {
  readonly outboxId: string;
  /** Whom the channel knows the reader by. */
  readonly address: string;
  readonly lane: 'urgent' | 'reply' | 'reminder' | 'broadcast';
  readonly at: string;
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly files?: readonly MessageFile[];
}

/** What a channel said of a message. A closed list; the sender decides on it and never on strings. */
export type SendResult =
  | { readonly kind: 'accepted' }
  /** The reader has had as much as the platform allows for now: not tried, and no failure. */
  | { readonly kind: 'later'; readonly afterMs: number }
  | {
      readonly kind: 'failed';
      readonly retryable: boolean;
      /** `closed`: nothing goes until the reader writes. `taken`: a person is talking with the reader on this channel. */
      readonly reason: 'busy' | 'unreachable' | 'refused' | 'fault' | 'closed' | 'taken';
    };

/** One way to reach people. A channel knows no conversation and no other channel. */
export interface Channel {
  readonly name: 'simulator' | 'wecom' | 'kf' | 'telegram';
  send(message: ChannelMessage): Promise<SendResult>;
}
