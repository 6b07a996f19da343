import type { Channel, ChannelMessage } from '../channel.ts';

/** What a reader is told in the place of what may not be told. */
export interface Instead {
  /** Where all of it can be asked; where somebody is to be called, whom. */
  readonly text: string;
  /** The same, below the lines that may go. */
  readonly rest: string;
  /** It names by code whom to call: then it is also told below words that go as they are. */
  readonly isByCode: boolean;
  /** Labels without a name, by the id of the option. */
  readonly labels: ReadonlyMap<string, string>;
}

/** A name that means one person to this reader, and what stands in its place. */
export interface Coded {
  readonly name: string;
  readonly code: string;
  readonly isChild: boolean;
}

/** What a channel needs to know that lets nothing personal through. */
export interface DiscreetPorts {
  /** Whether a line tells of nobody: it is made of the sentences of the program, of numbers, and of these codes. */
  readonly isFixed: (line: string, codes: readonly string[]) => boolean;
  /** What a reader is told instead, in their language: where to read it, and by code whom it is about. */
  instead(message: ChannelMessage): Promise<Instead>;
  /** The people a reader works for and with, by name; asked only where a message holds more than fixed lines. */
  coded(message: ChannelMessage): Promise<readonly Coded[]>;
}

const CASE_NUMBER = /R-\d{4}-\d{6}/gu;

/**
 * A channel that carries codes and buttons only (docs/decisions/0040). In the place of a name of the people the reader works
 * for and with stands a code; each line that then is made of the sentences of the program goes. Of everything else go its case
 * numbers, by code whom to call, and where to read it. No file goes.
 */
export function discreetChannel(channel: Channel, ports: DiscreetPorts): Channel {
  return {
    ...channel,
    takesNoWords: true,
    send: async (message) => {
      const all = [...message.text.split('\n'), ...message.options.map(({ label }) => label)];
      const isPlain = all.every((line) => line.trim() === '' || ports.isFixed(line, []));
      const instead = await ports.instead(message);
      const coded = isPlain ? [] : await ports.coded(message);
      return channel.send(discreet(message, ports, instead, coded));
    },
  };
}

/** No lists and no files. */
function discreet(
  message: ChannelMessage,
  ports: DiscreetPorts,
  instead: Instead,
  coded: readonly Coded[],
): ChannelMessage {
  const { outboxId, address, lane, at, files = [] } = message;
  const codes = codesIn(coded);
  const isFixed = (line: string, known = codes): boolean => line.trim() === '' || ports.isFixed(line, known);
  const lines = message.text.split('\n').map((line) => (isFixed(line) ? line : withCodes(line, coded)));
  const numbers = new Set(lines.join('\n').match(CASE_NUMBER) ?? []);
  const isWhole = files.length === 0 && lines.every((line) => isFixed(line));
  // What somebody is reported for is not told beside a child's code.
  const open = numbers.size === 0 ? codes : codesIn(coded.filter(({ isChild }) => !isChild));
  const some = instead.isByCode ? '' : joined(lines.filter((line) => isFixed(line, open)));
  const told = isWhole
    ? [lines.join('\n'), ...(instead.isByCode ? [instead.text] : [])]
    : [
        ...(some === '' ? [instead.text] : [some, instead.rest]),
        ...[...numbers].filter((number) => !some.includes(number)),
      ];
  const options = message.options.map(({ id, label }, n) => {
    const own = isFixed(label) ? label : withCodes(label, coded);
    const isPlain = isFixed(own) || isFixed(own.replace(CASE_NUMBER, ''));
    const [code, ...more] = codes.filter((one) => own.includes(one));
    const isOne = code !== undefined && more.length === 0;
    return { id, label: isPlain ? own : (instead.labels.get(id) ?? (isOne ? code : String(n + 1))) };
  });
  return { outboxId, address, lane, at, options, text: told.join('\n') };
}

function codesIn(coded: readonly Coded[]): readonly string[] {
  return [...new Set(coded.map(({ code }) => code))];
}

/** Without the holes that lines leave which stay behind. */
function joined(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
}

/** The longest name first: 小明 may stand in 李小明. */
function withCodes(text: string, coded: readonly Coded[]): string {
  return [...coded]
    .sort((a, b) => b.name.length - a.name.length)
    .reduce((rest, { name, code }) => rest.replaceAll(name, code), text);
}
