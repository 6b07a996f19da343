import type { AttachToRecord, Command } from '../../server/domain/commands.ts';
import type { Sent } from '../../server/domain/files/file-ref.ts';
import { say, type Say } from '../../server/domain/say.ts';
import { filled } from '../dialog/flow.ts';
import type { Frame, SlotValue } from '../dialog/session.ts';

/** So many files and places go with one record. */
const SENT_LIMIT = 9;

/** What was sent during a conversation, in order. Only the engine writes this slot. */
export function sentIn(frame: Frame): readonly Sent[] {
  const { sent } = frame.slots;
  return Array.isArray(sent) ? (sent as unknown as readonly Sent[]) : [];
}

/** The frame with one more thing that was sent. */
export function withSent(frame: Frame, sent: Sent): Frame {
  return filled(
    frame,
    'sent',
    JSON.parse(JSON.stringify([...sentIn(frame), sent].slice(-SENT_LIMIT))) as SlotValue,
  );
}

/** Whether a voice message is among what was sent. */
export function hasVoice(frame: Frame): boolean {
  return sentIn(frame).some(({ kind }) => kind === 'voice');
}

/** What was sent, each in a word: 语音12秒, 照片, 位置. */
export function sentNames(sent: readonly Sent[]): readonly Say[] {
  return sent.map((one) => {
    if (one.kind === 'location') return say('file.location');
    const { kind, seconds } = one.file;
    return seconds === null ? say(`file.${kind}`) : say(`file.${kind}-seconds`, { seconds });
  });
}

/** The line of the card; none where nothing was sent. */
export function sentLines(frame: Frame): readonly Say[] {
  const sent = sentIn(frame);
  return sent.length === 0 ? [] : [say('voice.card-line', { sent: sentNames(sent) })];
}

/** What was sent goes with the record. */
export function attached(
  frame: Frame,
  record: { readonly contactId: string; readonly childId: string },
): Command[] {
  const { contactId, childId } = record;
  return sentIn(frame).map((sent): AttachToRecord => ({
    type: 'attach-to-record',
    contactId,
    childId,
    sent,
  }));
}
