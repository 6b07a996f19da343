import type { Option, Say } from '../server/domain/say.ts';
import type { Outgoing } from '../server/services/acting.ts';
import { answersByNumber, inButtonWords, inElderWords } from './elder-words.ts';
import type { MessageFile, MessageLists } from './channels/channel.ts';

/** A message in the words of its reader. */
export interface Rendered {
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly lists?: MessageLists;
  readonly files?: readonly MessageFile[];
}

/** The sentences of all languages. */
export interface Sentences {
  render(language: string, say: Say): string;
  hasSentence(key: string): boolean;
  /** Whether what people write on a channel is turned away. */
  takesNoWords?(channel: string): boolean;
}

/** A message put into words: its text, its buttons, the names of its files. */
export function renderedOf({ reply, account }: Outgoing, sentences: Sentences): Rendered {
  const has = (key: string): boolean => sentences.hasSentence(key);
  const byButtons = sentences.takesNoWords?.(account.channel) === true;
  const words = (say: Say): string => {
    const own = inElderWords(say, account, has);
    return sentences.render(account.language, byButtons ? inButtonWords(own, has) : own);
  };
  const { options = [], lists, files } = reply;
  const chosen = (all: readonly Option[]) => all.map(({ id, label }) => ({ id, label: words(label) }));
  const numbers = answersByNumber(options, account);
  return {
    text: numbers === null ? words(reply) : `${words(reply)}\n${words(numbers)}`,
    options: chosen(options),
    ...(lists && {
      lists: {
        id: lists.id,
        lists: lists.lists.map((list) => ({
          ...list,
          title: words(list.title),
          options: chosen(list.options),
        })),
      },
    }),
    ...(files && { files: files.map(({ id, name, mime }) => ({ id, name: words(name), mime })) }),
  };
}
