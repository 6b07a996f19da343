import type { ChatAccountRow, MandatoryReportRow } from '../store/generated/tables.ts';
import type { Outgoing } from './acting.ts';

/** What is said of a report, to whom, once under this key. */
interface Told extends Pick<Outgoing, 'key' | 'reply'> {
  readonly account: ChatAccountRow;
  /** Which page it is, where it is one. */
  readonly page?: number;
  /** Where it can wait until its reader is awake. */
  readonly lane?: 'reminder';
}

/**
 * Every message about a report to somebody who has not just spoken. It refers to the report, so that whoever must not hear
 * of it meanwhile does not get it; it waits for nothing, unless it is a drill: a drill wakes nobody.
 */
export function aboutReport(
  { id, drill }: Pick<MandatoryReportRow, 'id' | 'drill'>,
  { account, key, reply, page, lane }: Told,
): Outgoing {
  return {
    account,
    lane: drill ? 'reminder' : (lane ?? 'urgent'),
    key,
    reply,
    refs: { reportId: id, ...(page === undefined ? {} : { page }) },
  };
}
