import type { Channel, ChannelMessage } from '../channel.ts';

/** What a reader is told in the place of what may not be told. */
export interface Instead {
  readonly text: string;
  /** It names by code whom to call: then it is also told below words that go as they are. */
  readonly isByCode: boolean;
  /** Labels without a name, by the id of the option. */
  readonly labels: ReadonlyMap<string, string>;
  /** The reader's own children by the names they go by, each of which means one child. */
  readonly children: readonly { readonly name: string; readonly code: string }[];
}

/** What a channel needs to know that lets nothing personal through. */
export interface DiscreetPorts {
  /** Whether a line tells of nobody: it is made of the sentences of the program, of numbers, and of these codes. */
  readonly isFixed: (line: string, codes: readonly string[]) => boolean;
  /** What a reader is told instead, in their language: where to read it, and by code whom it is about. */
  instead(message: ChannelMessage): Promise<Instead>;
}

const CASE_NUMBER = /R-\d{4}-\d{6}/gu;

/**
 * A channel that carries codes and buttons only (docs/decisions/0040). In the place of a name of the reader's own children
 * stands the child's code; what then is made of the sentences of the program goes. Of everything else go its case numbers, by code
 * whom to call, and where to read it. No file goes.
 */
export function discreetChannel(channel: Channel, ports: DiscreetPorts): Channel {
  return {
    ...channel,
    send: async (message) => channel.send(discreet(message, ports, await ports.instead(message))),
  };
}

/** No lists and no files. */
function discreet(message: ChannelMessage, ports: DiscreetPorts, instead: Instead): ChannelMessage {
  const { outboxId, address, lane, at, files = [] } = message;
  const codes = [...new Set(instead.children.map(({ code }) => code))];
  const isFixed = (line: string): boolean => line.trim() === '' || ports.isFixed(line, codes);
  const lines = message.text.split('\n').map((line) => (isFixed(line) ? line : withCodes(line, instead)));
  const text = lines.join('\n');
  const isWhole = files.length === 0 && lines.every(isFixed);
  const numbers = isWhole ? [] : new Set(text.match(CASE_NUMBER) ?? []);
  const told = [
    ...(isWhole ? [text] : []),
    ...(isWhole && !instead.isByCode ? [] : [instead.text]),
    ...numbers,
  ];
  const options = message.options.map(({ id, label }, n) => {
    const coded = isFixed(label) ? label : withCodes(label, instead);
    const isPlain = isFixed(coded) || isFixed(coded.replace(CASE_NUMBER, ''));
    const [code, ...more] = codes.filter((one) => coded.includes(one));
    const isOne = code !== undefined && more.length === 0;
    return { id, label: isPlain ? coded : (instead.labels.get(id) ?? (isOne ? code : String(n + 1))) };
  });
  return { outboxId, address, lane, at, options, text: told.join('\n') };
}

/** The longest name first: 小明 may stand in 李小明. */
function withCodes(text: string, { children }: Instead): string {
  return [...children]
    .sort((a, b) => b.name.length - a.name.length)
    .reduce((rest, { name, code }) => rest.replaceAll(name, code), text);
}
