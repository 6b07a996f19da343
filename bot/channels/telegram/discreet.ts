import type { Channel, ChannelMessage } from '../channel.ts';

/** What a channel needs to know that lets nothing personal through. */
export interface DiscreetPorts {
  /** Whether a line stands in the sentences of the program word for word, so that nobody's name can be in it. */
  readonly isFixed: (line: string) => boolean;
  /** What a reader is told instead, in their language. */
  elsewhere(address: string): Promise<string>;
}

const CASE_NUMBER = /R-\d{4}-\d{6}/gu;

/**
 * A channel that carries codes and buttons only (docs/decisions/0040). Of a message go the words that stand in the
 * sentences of the program as they are; otherwise its case numbers, and where to read it. No file goes.
 */
export function discreetChannel(channel: Channel, ports: DiscreetPorts): Channel {
  return {
    ...channel,
    send: async (message) => channel.send(discreet(message, ports, await ports.elsewhere(message.address))),
  };
}

function discreet(message: ChannelMessage, { isFixed }: DiscreetPorts, elsewhere: string): ChannelMessage {
  const { outboxId, address, lane, at, text, files = [] } = message;
  const isWhole = files.length === 0 && text.split('\n').every((line) => line.trim() === '' || isFixed(line));
  const numbers = [...new Set(text.match(CASE_NUMBER) ?? [])];
  const options = message.options.map(({ id, label }, n) => ({
    id,
    label: isFixed(label.replace(CASE_NUMBER, '').trim()) ? label : String(n + 1),
  }));
  return { outboxId, address, lane, at, options, text: isWhole ? text : [elsewhere, ...numbers].join('\n') };
}
