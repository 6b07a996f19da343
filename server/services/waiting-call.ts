import type { WaitingCall } from '../domain/waiting-call.ts';
import type { LoadedCall } from './loaded.ts';

/** A loaded call as lists and conversations read it. */
export function waitingCall({
  call,
  director,
  madeBy,
  childId,
  childName,
  note = null,
  voices = 0,
}: LoadedCall): WaitingCall {
  const { id, concernId, directorId, askedAt, said } = call;
  const { name, phone } = director;
  const made = call.state === 'made' ? { byId: call.answeredBy, by: madeBy } : null;
  return {
    id,
    concernId,
    childId,
    childName,
    directorId,
    director: name,
    phone,
    askedAt,
    made,
    said,
    note,
    voices,
  };
}
