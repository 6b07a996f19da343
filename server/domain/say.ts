/**
 * What the bot says, before any language: a key of `prompts/`, and values. A value may itself be something to say
 * (a weekday, a duty), so that whole sentences are put together by the translator and never by code.
 */
export interface Say {
  readonly key: string;
  readonly vars?: Readonly<Record<string, SayValue>>;
}

export type SayValue = string | number | Say | readonly Say[];

/** One choice under a message. `id` is what comes back; it is short (at most 64 bytes) and never the visible label. */
export interface Option {
  readonly id: string;
  readonly label: Say;
  /** No number presses it: a digit may be a slip. */
  readonly opensReport?: true;
}

/** What stands between two entries of lists that were sent off together. */
export const BETWEEN_CHOSEN = '+';

/** One of several things that are chosen together; what stands now is chosen already. */
export interface OptionList {
  readonly id: string;
  readonly title: Say;
  readonly chosen: string;
  readonly options: readonly Option[];
}

export interface Reply extends Say {
  readonly options?: readonly Option[];
  /** Where a channel can show lists side by side they stand for the options; `id` and what was chosen come back as one. */
  readonly lists?: { readonly id: string; readonly lists: readonly OptionList[] };
  /** Files that go with the message, for its reader alone; their names tell no child. */
  readonly files?: readonly SaidFile[];
  /** An urgent reply overtakes everything that waits for the same person. */
  readonly urgent?: boolean;
}

/** A file of a message, before any language. */
export interface SaidFile {
  readonly id: string;
  readonly name: Say;
  readonly mime: string;
}

/** A text as it stands (a name, a quoted word), where a Say is wanted. */
export function plain(text: string): Say {
  return { key: 'plain', vars: { text } };
}

/** A sentence by key. */
export function say(key: string, vars?: Readonly<Record<string, SayValue>>): Say {
  return vars === undefined ? { key } : { key, vars };
}

/** A button that carries its target and never expires. */
export function commandOption(commandId: string, target: string | null, label: Say): Option {
  return { id: target === null ? `c:${commandId}` : `c:${commandId}:${target}`, label };
}
