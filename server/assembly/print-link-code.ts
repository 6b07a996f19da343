import { codeFrom } from '../domain/family/invitation.ts';
import type { Acting } from '../services/acting.ts';
import { makeLinkCode } from '../services/link-account.ts';
import type { Entering } from './enter-file.ts';

/** Where nobody is known yet by any channel, whoever runs the service makes the first code. */
const OPERATOR = 'operator';

/** What the operator reads, and whether there is a code. */
export interface PrintedCode {
  readonly made: boolean;
  readonly lines: readonly string[];
}

/**
 * A code of ten minutes for the worker with this staff number, to be read out to them; the same as 绑定手机 makes, and as
 * the trail keeps it. Nobody is named in what is printed.
 */
export async function printLinkCode(staffNumber: string, entering: Entering): Promise<PrintedCode> {
  const { store, at, today } = entering;
  const newId = (): string => entering.newId();
  const worker = await store.client.worker.findUnique({
    where: { code: staffNumber },
    select: { id: true, state: true },
  });
  if (worker?.state !== 'active')
    return {
      made: false,
      lines: ['没有在岗的人用这个工号。', 'Nobody who is active has this staff number.'],
    };
  const code = codeFrom(newId());
  const digest = (text: string): string => store.sealing.blindIndex('audit', text);
  const acting: Acting = { at, today, personId: worker.id, accountId: OPERATOR, newId, digest };
  await store.commit(makeLinkCode({ type: 'make-link-code', code }, acting));
  return {
    made: true,
    lines: [
      `请本人10分钟内在 Telegram 里发给机器人：绑定 ${code}`,
      `Within 10 minutes its owner sends the bot on Telegram: bind ${code}`,
    ],
  };
}
