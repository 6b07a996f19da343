import { shanghaiDate, type LocalDate } from '../server/domain/local-date.ts';
import type { InboxMessage } from '../server/services/loaded.ts';
import type { DialogEvent } from './dialog/event.ts';
import type { Session } from './dialog/session.ts';
import { labelledOption } from './dialog/words.ts';
import { understand } from './understanding/understand.ts';
import type { LoadedTurn } from './views.ts';

/** So much of a text is looked at for names and days; all of it is kept. A page of prose must not hold up the others. */
const HEARD_LIMIT = 1_500;

/** What a stored message means to the dialog: words with what was understood of them, a button, or a wake. */
export function eventOf(
  { body }: InboxMessage,
  turn: LoadedTurn,
  today: LocalDate,
  session: Session,
): DialogEvent {
  if (body.kind === 'wake') return { kind: 'wake' };
  if (body.sent !== undefined) return body.sent;
  if (body.kind === 'option') return { kind: 'option', option: body.text };
  const pressed = labelledOption(body.text, session.offered, session.labels);
  const isOpen = pressed?.startsWith('c:') === true || session.frames.length > 0;
  if (pressed !== undefined && isOpen) return { kind: 'option', option: pressed };
  const sentOn = sentOnOf(body, today);
  const heard = understand(body.text.slice(0, HEARD_LIMIT), {
    today: sentOn ?? today,
    caseload: turn.view.caseload,
  });
  return {
    kind: 'text',
    text: body.text,
    heard: {
      ...heard,
      text: body.text,
      ...(sentOn === null ? {} : { sentOn }),
    },
  };
}

/** The day a message was written, where it lay without a signal until a later one; null where it came at once. */
function sentOnOf({ sentAt }: InboxMessage['body'], today: LocalDate): LocalDate | null {
  const sentOn = sentAt === undefined ? today : shanghaiDate(new Date(sentAt));
  return sentOn < today ? sentOn : null;
}
