import type { TableName } from './generated/tables.ts';
import { AFTER_ANSWER_KEY, ANSWER_KEY } from './outbox.ts';
import type { Store } from './store.ts';

/**
 * What jobs wait for, by the name of the job: the first instant of business time at which one has something to do, ''
 * for now, null where nothing waits for it. Each may say "now" without need, and then its job finds nothing; none may be later than its job. What waits on the
 * real clock is therefore due as long as it is there.
 */
const FIRSTS: Readonly<Record<string, string>> = {
  calls: firstOf('CallRequest', 'nextAskAt', `"state" IN ('open', 'made')`),
  wake: firstOf('DialogSession', 'wakeAt'),
  turns: now(`SELECT 1 FROM "Inbox" WHERE "state" = 'new' AND "awaits" IS NULL`),
  listening: firstOf('Listening', 'climbAt', '"playedAt" IS NULL'),
  bindings: firstOf('Binding', 'nextAskAt', `"state" = 'asked'`),
  'family requests': firstOf('FamilyRequest', 'nextAskAt', `"state" = 'open'`),
  visits: firstOf('VisitAppointment', 'nextAt'),
  letters: firstOf('FamilyLetter', 'nextAt'),
  'visit changes': eitherOf(
    now(`SELECT 1 FROM "VisitTelling" WHERE "state" = 'queued'`),
    firstOf('VisitTelling', 'nextAt'),
  ),
  outbox: eitherOf(
    now(`SELECT 1 FROM "Outbox" WHERE "state" = 'sending'`),
    firstOf('Outbox', 'notBefore', `"state" = 'queued'`),
  ),
  broadcast: firstOf('Outbox', 'notBefore', `"state" = 'queued' AND "lane" = 'broadcast'`),
  rings: now(`SELECT 1 FROM "Ring" WHERE "state" IN ('waiting', 'ringing')
    UNION ALL SELECT 1 FROM "MandatoryReport" WHERE "state" = 'open'`),
  unheard: now(`SELECT 1 FROM "Outbox"
    WHERE "key" >= '${ANSWER_KEY}' AND "key" < '${AFTER_ANSWER_KEY}' AND "state" = 'failed'`),
  notices: now(`SELECT 1 FROM "Notice" WHERE "spreadAt" IS NULL AND "recallAskedAt" IS NULL`),
  'notice-recall': now(`SELECT 1 FROM "Notice" WHERE "recallAskedAt" IS NOT NULL AND "recallToldAt" IS NULL`),
  'audit seal': now(`SELECT 1 FROM "AuditEvent" WHERE "seq" >
    COALESCE((SELECT "throughSeq" FROM "AuditSeal" ORDER BY "seq" DESC LIMIT 1), 0)`),
};

const SQL = `SELECT ${Object.entries(FIRSTS)
  .map(([job, first]) => `(${first}) AS "${job}"`)
  .join(', ')}`;

/** One look at the database in place of one for every job. */
export async function agendaOf({ client }: Store): Promise<ReadonlyMap<string, string | null>> {
  const [row] = await client.$queryRawUnsafe<Record<string, string | null>[]>(SQL);
  return new Map(Object.entries(row ?? {}));
}

function firstOf(table: TableName, column: string, where = 'TRUE'): string {
  return `SELECT MIN("${column}") FROM "${table}" WHERE ${where}`;
}

function now(select: string): string {
  return `SELECT CASE WHEN EXISTS (${select}) THEN '' END`;
}

function eitherOf(one: string, other: string): string {
  return `SELECT COALESCE((${one}), (${other}))`;
}
