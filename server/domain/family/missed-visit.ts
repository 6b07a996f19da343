import { commandOption, say, type Option, type Say } from '../say.ts';
import { timeSaid, type VisitTime } from './visit.ts';

/** A visit that was agreed on, whose day is over and of which nothing is on record. */
export interface MissedVisit extends VisitTime {
  readonly childId: string;
  readonly directorId: string;
}

interface NamedChild {
  readonly id: string;
  readonly name: string;
}

export function missedLine({ name }: NamedChild, when: VisitTime): Say {
  return say('todo.visit-missed', { child: name, when: timeSaid(when) });
}

/** It was made and is told now, or another day is named. */
export function missedOptions({ id, name }: NamedChild): readonly Option[] {
  return [
    commandOption('visit', id, say('todo.visit', { name })),
    commandOption('visit-plan', id, say('todo.visit-again', { name })),
  ];
}
