import type { Channel, MessageFile } from '../../../../bot/channels/channel.ts';

/** What a reader sees of one message, or of one part of it. */
export interface OnPhone {
  readonly text: string;
  /** What can be pressed. */
  readonly choices: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** What a platform can and cannot do for anybody, told before it is asked. Whatever stands here is asked of the channel as well. */
export interface PlatformAbilities {
  readonly files: boolean;
  /** Whether a question below several messages of words has answers to press, or numbers to write. */
  readonly longQuestions: 'pressed' | 'numbered';
  /** So many messages may go before the reader writes again, and one more of what is urgent; null: any number. */
  readonly beforeReaderWrites: number | null;
  /** Whether it knows a message again that is sent once more because the answer to it was lost. */
  readonly knowsRepeats: boolean;
}

export const EVERYTHING: PlatformAbilities = {
  files: true,
  longQuestions: 'pressed',
  beforeReaderWrites: null,
  knowsRepeats: true,
};

/** A channel, the platform behind it, and two addresses on it. What the contract asks is asked of every platform alike. */
export interface ChannelWorld {
  readonly channel: Channel;
  /** Somebody who is reached. */
  readonly reader: string;
  /** Nobody. */
  readonly stranger: string;
  /** What has arrived, oldest first. */
  phone(address: string): Promise<readonly OnPhone[]>;
  /** Presses what stands under the newest choices of the reader; which option the service has stored as said. */
  press(label: string): Promise<string | null>;
  /** The reader writes something, and has been answered when this resolves. */
  write(): Promise<void>;
  /** A file of the reader's that the service keeps. */
  keepFile(file: MessageFile, bytes: Buffer): Promise<void>;
  /** From now on the platform answers nobody and does nothing; `null`: it is well again. */
  breakDown(how: 'down' | null): void;
  /** The next message arrives and the answer is lost; where it goes in several pieces, after so many of them. */
  loseAnswer(after: number): void;
  /** Lets real time pass. */
  pass(ms: number): void;
  close(): Promise<void>;
}
