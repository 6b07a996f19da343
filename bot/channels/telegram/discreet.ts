import type { Channel, ChannelMessage } from '../channel.ts';

/** What a reader is told in the place of what may not be told. */
export interface Instead {
  readonly text: string;
  /** Labels without a name, by the id of the option. */
  readonly labels: ReadonlyMap<string, string>;
}

/** What a channel needs to know that lets nothing personal through. */
export interface DiscreetPorts {
  /** Whether a line stands in the sentences of the program word for word, so that nobody's name can be in it. */
  readonly isFixed: (line: string) => boolean;
  /** What a reader is told instead, in their language: where to read it, and by code whom it is about. */
  instead(message: ChannelMessage): Promise<Instead>;
}

const CASE_NUMBER = /R-\d{4}-\d{6}/gu;

/**
 * A channel that carries codes and buttons only (docs/decisions/0040). Of a message go the words that stand in the
 * sentences of the program as they are; otherwise its case numbers, by code whom to call, and where to read it. No file goes.
 */
export function discreetChannel(channel: Channel, ports: DiscreetPorts): Channel {
  return {
    ...channel,
    send: async (message) =>
      channel.send(
        isDiscreet(message, ports) ? bare(message) : discreet(message, ports, await ports.instead(message)),
      ),
  };
}

/** True where a message can go as it is. */
function isDiscreet({ text, options, files = [] }: ChannelMessage, { isFixed }: DiscreetPorts): boolean {
  const isSaid = text.split('\n').every((line) => line.trim() === '' || isFixed(line));
  return files.length === 0 && isSaid && options.every(({ label }) => isPlain(label, isFixed));
}

function discreet(message: ChannelMessage, ports: DiscreetPorts, instead: Instead): ChannelMessage {
  const { text } = message;
  const isWhole = isDiscreet({ ...message, options: [] }, ports);
  const numbers = [...new Set(text.match(CASE_NUMBER) ?? [])];
  const options = message.options.map(({ id, label }, n) => ({
    id,
    label: isPlain(label, ports.isFixed) ? label : (instead.labels.get(id) ?? String(n + 1)),
  }));
  return { ...bare(message), options, text: isWhole ? text : [instead.text, ...numbers].join('\n') };
}

function isPlain(label: string, isFixed: DiscreetPorts['isFixed']): boolean {
  return isFixed(label.replace(CASE_NUMBER, '').trim());
}

/** Only what a message cannot be without: no lists, no files. */
function bare({ outboxId, address, lane, at, text, options }: ChannelMessage): ChannelMessage {
  return { outboxId, address, lane, at, text, options };
}
