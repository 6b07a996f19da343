import type { RecordSafetyEvent } from '../domain/education/education-commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert } from './batch.ts';

/** 安全活动: kept; what it takes the place of stays, and the new one names it. */
export function recordSafetyEvent({ event, supersedesId }: RecordSafetyEvent, acting: Acting): Decision {
  const { personId } = acting;
  if (personId === null) return decided([]);
  const { id, kind, areaCode, heldOn, school, audience, words } = event;
  const topics = JSON.stringify(event.topics);
  const at = acting.at.toISOString();
  const row = {
    id,
    kind,
    areaCode,
    heldOn,
    topics,
    school,
    audience,
    words,
    authorId: personId,
    at,
    supersedesId,
  };
  return decided([
    insert('SafetyEvent', row),
    audit(acting, 'record-safety-event', id, { kind, areaCode, heldOn, topics, audience, supersedesId }),
  ]);
}
