import type { PrintForm } from '../domain/commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert } from './batch.ts';

/** Keeps a paper form: its bytes for the one who asked, and which child stands at which number. */
export function printForm(command: PrintForm, acting: Acting, pdf: Buffer): Decision {
  const { formId, fileId, tripOn, childIds } = command;
  const at = acting.at.toISOString();
  const body = pdf.toString('base64');
  return decided([
    insert('StoredFile', {
      id: fileId,
      kind: 'document',
      mime: 'application/pdf',
      sizeBytes: pdf.length,
      durationSeconds: null,
      ownerAccountId: acting.accountId,
      createdAt: at,
      body,
      digest: acting.digest(body),
    }),
    insert('PaperForm', {
      id: formId,
      workerId: acting.personId ?? '',
      printedAt: at,
      tripOn,
      fileId,
      body: JSON.stringify(childIds),
    }),
    audit(acting, 'print-form', formId, { fileId, tripOn, childIds }),
  ]);
}
