import type { AttachToChild, AttachToRecord, AttachToReport, KeepForListening } from '../domain/commands.ts';
import type { Sent } from '../domain/files/file-ref.ts';
import { commandOption, say } from '../domain/say.ts';
import type { AttachmentRow, ChatAccountRow, ListeningRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, insertOnce, type Write } from './batch.ts';

/** So long a family's message may wait before the supervisor hears that nobody has listened (our default). */
const CLIMB_AFTER_MS = 2 * 60 * 60_000;

/** What was sent with a record; a voice message waits for the supervisor to listen, whenever that is. */
export function attachToRecord(
  { contactId, childId, sent }: AttachToRecord,
  acting: Acting,
  villageCode: string | null,
): Decision {
  const isVoice = sent.kind === 'voice' && villageCode !== null;
  return decided([
    attachment(acting, sent, { contactId, childId }),
    ...(isVoice
      ? [listening(acting, sent.file.id, { source: 'record', areaCode: villageCode, childId })]
      : []),
    audit(acting, 'attach-to-record', contactId, { kind: sent.kind }),
  ]);
}

/** A photo or a place kept with a child, outside any record; without a child it stays with its sender. */
export function attachToChild({ childId, sent }: AttachToChild, acting: Acting): Decision {
  return decided([
    attachment(acting, sent, { childId }),
    audit(acting, 'attach-to-child', childId ?? acting.accountId, { kind: sent.kind }),
  ]);
}

/**
 * What the reporter sends while telling a report: a line of its story, and the receivers hear that there is something to
 * listen to. Nobody asks for it, and it is proof of nothing.
 */
export function attachToReport(
  { reportId, number, sent }: AttachToReport,
  acting: Acting,
  recipients: readonly ChatAccountRow[],
): Decision {
  const text = sent.kind === 'location' ? sent.place : JSON.stringify(sent.file);
  const at = acting.at.toISOString();
  const entry = insert('ReportEntry', {
    id: acting.newId(),
    reportId,
    at,
    byId: acting.personId,
    kind: sent.kind,
    text,
    value: null,
  });
  const reply = {
    ...say(`listen.report-${sent.kind}`, { number }),
    options: [commandOption('view-report', reportId, say('alerts.view', { number }))],
  };
  return decided(
    [
      entry,
      attachment(acting, sent, { reportId }),
      audit(acting, 'attach-to-report', reportId, { kind: sent.kind }),
    ],
    recipients.map((account) => ({
      account,
      lane: 'urgent' as const,
      key: `sent:${reportId}:${at}:${sent.kind}:${account.id}`,
      reply,
      refs: { reportId },
    })),
  );
}

/** A family's voice message or photo: kept, and a task for a person from this moment on. */
export function keepForListening(
  { sent }: KeepForListening,
  acting: Acting,
  areaCode: string | null,
): Decision {
  if (sent.kind === 'location' || areaCode === null) return decided([attachment(acting, sent, {})]);
  return decided([
    attachment(acting, sent, {}),
    listening(acting, sent.file.id, { source: 'family', areaCode, childId: null }),
    audit(acting, 'keep-for-listening', sent.file.id, {}),
  ]);
}

/** When a family's message that nobody has listened to is told again, one step further up. */
export function nextClimb({ receivedAt, climbAt }: ListeningRow): string | null {
  const later = new Date(Date.parse(receivedAt) + CLIMB_AFTER_MS).toISOString();
  return climbAt === receivedAt ? later : null;
}

function attachment(
  acting: Acting,
  sent: Sent,
  to: { readonly contactId?: string; readonly reportId?: string; readonly childId?: string | null },
): Write {
  const row: AttachmentRow = {
    id: acting.newId(),
    at: acting.at.toISOString(),
    accountId: acting.accountId,
    fileId: sent.kind === 'location' ? null : sent.file.id,
    location: sent.kind === 'location' ? sent.place : null,
    contactId: to.contactId ?? null,
    reportId: to.reportId ?? null,
    childId: to.childId ?? null,
  };
  return insert('Attachment', row);
}

/** A record's message waits without haste; a family's is told at once, and climbs. */
function listening(
  acting: Acting,
  fileId: string,
  about: Pick<ListeningRow, 'source' | 'areaCode' | 'childId'>,
): Write {
  const receivedAt = acting.at.toISOString();
  return insertOnce('Listening', {
    fileId,
    ...about,
    receivedAt,
    climbAt: about.source === 'family' ? receivedAt : null,
    playedAt: null,
    playedBy: null,
    rev: 1,
  });
}
