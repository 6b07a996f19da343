import type { AttachToChild, AttachToRecord, AttachToReport, KeepForListening } from '../domain/commands.ts';
import type { Sent } from '../domain/files/file-ref.ts';
import { commandOption, say } from '../domain/say.ts';
import type { AttachmentRow, ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, type Write } from './batch.ts';
import { familyWaits, recordWaits } from './listening.ts';

/** What was sent with a record; a voice message waits for the supervisor to listen, whenever that is. */
export function attachToRecord(
  { contactId, childId, sent }: AttachToRecord,
  acting: Acting,
  villageCode: string | null,
): Decision {
  const isVoice = sent.kind === 'voice' && villageCode !== null;
  return decided([
    attachment(acting, sent, { contactId, childId }),
    ...(isVoice ? [recordWaits(acting, sent.file.id, villageCode, childId)] : []),
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
  command: KeepForListening,
  acting: Acting,
  areaCode: string | null,
): Decision {
  const { sent } = command;
  if (sent.kind === 'location' || areaCode === null) return decided([attachment(acting, sent, {})]);
  return decided([
    attachment(acting, sent, {}),
    familyWaits(acting, sent.file.id, areaCode, command),
    audit(acting, 'keep-for-listening', sent.file.id, {}),
  ]);
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
