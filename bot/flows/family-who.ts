import { z } from 'zod';
import type { HomePerson } from '../../server/domain/family/home.ts';
import { plain, say } from '../../server/domain/say.ts';
import type { Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';

/** Who of those behind a shared phone is meant. */
export function whoSlot(question: string): Slot {
  return {
    id: 'who',
    schema: z.string().min(1),
    ask: () => say(question),
    choices: (_frame, { home }) =>
      home?.persons.map(({ id, name }) => ({ code: id, value: id, label: plain(name) })) ?? [],
    read: ({ text }, _frame, { home }) => home?.persons.find(({ name }) => text.includes(name))?.id,
  };
}

/** Whoever was named, or the only one there is. */
export function whoOf({ slots }: Frame, { home, personId }: View): HomePerson | undefined {
  const persons = home?.persons ?? [];
  return (
    persons.find(({ id }) => id === slots.who) ?? persons.find(({ id }) => id === personId) ?? persons[0]
  );
}
