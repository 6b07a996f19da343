import { z } from 'zod';
import { plain, say } from '../../server/domain/say.ts';
import { type Context, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { tellsTrouble } from '../understanding/trouble-words.ts';
import { lookedAgain, lookOptions } from './ask-danger.ts';
import { namedIn } from './trip-slots.ts';

/** The answer that nothing of it is kept. */
const NOTHING = 'none';
/** So many children are offered; of more than that somebody says the name. */
const OFFERED = 6;
/** 是乐乐的事: longer words tell a story of their own. */
const LONGEST_ANSWER = 10;

/** The words of a record that was none after all. */
export function wordsTold(frame: Frame): string {
  return textOf(frame, 'note') || textOf(frame, 'said') || textOf(frame, 'words');
}

/** 昨天打架的是乐乐, heard of and not seen: there is no record, and it is offered to be kept with a day to look. */
export function mayKeep(frame: Frame, ids: readonly string[]): boolean {
  return ids.length > 0 && tellsTrouble(wordsTold(frame));
}

/** Whose trouble it was, among the children these words speak of; or that it need not be kept. */
export function keepSlot(idsOf: (frame: Frame, view: View) => readonly string[]): Slot {
  const known = (frame: Frame, view: View) =>
    [...new Set(idsOf(frame, view))].flatMap((id) => childOf(view, id) ?? []).slice(0, OFFERED);
  return {
    id: 'keep',
    schema: z.string(),
    missed: 'record.choose-below',
    ask: (frame, view) => {
      const [only, ...more] = known(frame, view);
      return more.length === 0
        ? say('free-words.ask-keep-one', { child: only?.name ?? '' })
        : say('free-words.ask-keep');
    },
    choices: (frame, view) => {
      const children = known(frame, view);
      const isOne = children.length === 1;
      return [
        ...children.map(({ id, name }) => ({
          code: id,
          value: id,
          label: isOne ? say('free-words.keep') : plain(name),
        })),
        { code: NOTHING, value: NOTHING, label: say('free-words.keep-nothing') },
      ];
    },
    shows: (frame, view) => ({ screen: 'record-card', childIds: known(frame, view).map(({ id }) => id) }),
    read: (heard, frame, view) => {
      const word = bareWord(heard.text);
      // Danger in the answer is asked about, and answers nothing here.
      if (heard.signals.length > 0 || word.length > LONGEST_ANSWER) return undefined;
      if (/^(不用|不要|不记|算了|没有?|不用记|no)/u.test(word)) return NOTHING;
      const children = known(frame, view);
      const [only, ...more] = children;
      if (more.length === 0 && /^(记|记下|要|好的?|是的?|对的?|嗯+|yes)$/u.test(word)) return only?.id;
      return children.find(({ id }) => namedIn(heard).includes(id))?.id;
    },
  };
}

/** It is on record with its words, and the director looks at the child on a day; null where nothing is kept. */
export function keptTold(frame: Frame, view: View, context: Context): FlowEnd | null {
  const { keep } = frame.slots;
  if (typeof keep !== 'string' || childOf(view, keep) === undefined) return null;
  const told = { childId: keep, words: wordsTold(frame), isDenied: true };
  const { on, followUpId, commands } = lookedAgain(told, view, context);
  const options = lookOptions(followUpId);
  return { replies: [{ ...say('free-words.kept', { on }), options }], commands };
}
