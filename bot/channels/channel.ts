/** A file that goes with a message; its bytes are read by its id when the channel hands it over. */
export interface MessageFile {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
}

/** Several lists of which one entry each is chosen, sent off together. */
export interface MessageLists {
  /** Comes back before what was chosen. */
  readonly id: string;
  readonly lists: readonly {
    readonly id: string;
    readonly title: string;
    readonly chosen: string;
    readonly options: readonly { readonly id: string; readonly label: string }[];
  }[];
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
  /** In the place of the options, where the channel can show them. */
  readonly lists?: MessageLists;
  /** What the button says that sends a choice off, where a channel shows choices to be ticked; in the reader's language. */
  readonly chosenLabel?: string;
  readonly files?: readonly MessageFile[];
}

/** What a channel said of a message. A closed list; the sender decides on it and never on strings. */
export type SendResult =
  /** `cardCode`: with what the platform lets the card of this message be changed, where it has one. */
  | { readonly kind: 'accepted'; readonly cardCode?: string }
  /**
   * No failure, and it counts as not tried: reader or sender has had as much as the platform allows for now, or the
   * platform turns everything away: until somebody mends a setting, or (`limit`) until the sender's time is over.
   */
  | { readonly kind: 'later'; readonly afterMs: number; readonly because?: 'settings' | 'limit' }
  | {
      readonly kind: 'failed';
      readonly retryable: boolean;
      /** It may have arrived all the same, and the platform would take a second try for another message. */
      readonly perhaps?: true;
      /** `closed`: nothing goes until the reader writes. `taken`: a person is talking with the reader on this channel. */
      readonly reason: 'busy' | 'unreachable' | 'refused' | 'fault' | 'closed' | 'taken';
    };

/** How a platform takes to us: what stands here only an administrator can mend. */
export interface ChannelHealth {
  /** The platform's codes for what is set wrongly; empty while all is well. */
  faults(): readonly number[];
  /** For how long nobody need try to send; 0: one message may find out; null: nothing stands in the way. */
  restMs(): number | null;
}

/** The same words for many, as one message of the platform. */
export interface JoinedMessage {
  /** Made once: the same call tried again is the same to the byte. */
  readonly callId: string;
  readonly text: string;
  readonly to: readonly { readonly outboxId: string; readonly address: string }[];
  /** An earlier try may have arrived: it goes to all of them or to none. */
  readonly isRepeat: boolean;
}

export interface JoinedResult {
  /** What became of each, by the id of its row. */
  readonly each: ReadonlyMap<string, SendResult>;
  /** With what the platform takes the message back; null where it gave nothing. */
  readonly msgid: string | null;
}

/** What a platform said of taking a message back. */
export type Recalled = 'recalled' | 'refused' | 'nobody-knows';

/** Where a platform brings the same words to many at once. */
export interface Joins {
  /** So many receivers at most. */
  readonly most: number;
  /** So many bytes of words at most. */
  readonly mostBytes: number;
  /** For so long it can be taken back. */
  readonly recallMs: number;
  send(message: JoinedMessage): Promise<JoinedResult>;
  recall(msgid: string): Promise<Recalled>;
}

/** One way to reach people. A channel knows no conversation and no other channel. */
export interface Channel {
  readonly name: 'simulator' | 'wecom' | 'kf' | 'telegram';
  readonly health?: ChannelHealth;
  readonly joins?: Joins;
  /** True where buttons are taken and no words. */
  readonly takesNoWords?: boolean;
  send(message: ChannelMessage): Promise<SendResult>;
}
