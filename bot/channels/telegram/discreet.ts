import type { Channel, ChannelMessage } from '../channel.ts';

/** What a reader is told in the place of what may not be told. */
export interface Instead {
  readonly text: string;
  /** It names by code whom to call: then it is also told below words that go as they are. */
  readonly isByCode: boolean;
  /** Labels without a name, by the id of the option. */
  readonly labels: ReadonlyMap<string, string>;
}

/** What a channel needs to know that lets nothing personal through. */
export interface DiscreetPorts {
  /** Whether a line tells of nobody: it is made of the sentences of the program, and of numbers. */
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
    send: async (message) => channel.send(discreet(message, ports, await ports.instead(message))),
  };
}

/** No lists and no files. */
function discreet(message: ChannelMessage, { isFixed }: DiscreetPorts, instead: Instead): ChannelMessage {
  const { outboxId, address, lane, at, text, files = [] } = message;
  const isWhole = files.length === 0 && text.split('\n').every((line) => line.trim() === '' || isFixed(line));
  const numbers = isWhole ? [] : new Set(text.match(CASE_NUMBER) ?? []);
  const told = [
    ...(isWhole ? [text] : []),
    ...(isWhole && !instead.isByCode ? [] : [instead.text]),
    ...numbers,
  ];
  const options = message.options.map(({ id, label }, n) => ({
    id,
    label: isPlain(label, isFixed) ? label : (instead.labels.get(id) ?? String(n + 1)),
  }));
  return { outboxId, address, lane, at, options, text: told.join('\n') };
}

function isPlain(label: string, isFixed: DiscreetPorts['isFixed']): boolean {
  return isFixed(label) || isFixed(label.replace(CASE_NUMBER, ''));
}
