import type { Channel, MessageFile } from '../../../../bot/channels/channel.ts';

/** What a reader sees of one message, or of one part of it. */
export interface OnPhone {
  readonly text: string;
  /** What can be pressed. */
  readonly choices: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

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
