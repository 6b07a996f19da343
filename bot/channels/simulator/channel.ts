import type { Channel, ChannelMessage } from '../channel.ts';

/** Where the simulator's phones keep what they received. */
export interface SimulatorPhones {
  /** Whether anybody has this address. */
  knows(address: string): Promise<boolean>;
  /** Keeps a message once, however often it is delivered. */
  receive(message: ChannelMessage): Promise<void>;
}

/** The channel that needs no account: a message is "sent" when the invented phone has stored it. */
export function simulatorChannel(phones: SimulatorPhones): Channel {
  return {
    name: 'simulator',
    send: async (message) => {
      try {
        if (!(await phones.knows(message.address)))
          return { kind: 'failed', retryable: false, reason: 'unreachable' };
        await phones.receive(message);
        return { kind: 'accepted' };
      } catch {
        return { kind: 'failed', retryable: true, reason: 'fault' };
      }
    },
  };
}
