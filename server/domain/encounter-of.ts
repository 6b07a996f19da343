import type { Encounter } from './cadence/child-facts.ts';
import type { RecordContact } from './commands.ts';

/** A record as the rules of cadence see it. */
export function encounterOf(
  record: Pick<RecordContact, 'contactId' | 'takenOn' | 'mode' | 'childSeen'>,
): Encounter {
  const { contactId, takenOn, mode, childSeen } = record;
  return { id: contactId, on: takenOn, mode, childSeen: childSeen ?? false };
}
