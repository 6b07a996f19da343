import type { RecallNotice, SendNotice } from '../domain/commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';

/** 通知 and 撤回通知. `areaCode` is where the author works. */
export function decideNotice(
  command: SendNotice | RecallNotice,
  acting: Acting,
  areaCode: string | null,
): Decision {
  return command.type === 'send-notice'
    ? sendNotice(command, acting, areaCode)
    : recallNotice(command, acting);
}

/** 通知: kept with its author; who receives it is found out by the job that spreads it. */
function sendNotice({ noticeId, text }: SendNotice, acting: Acting, areaCode: string | null): Decision {
  const { personId } = acting;
  if (personId === null || areaCode === null) return decided([]);
  const at = acting.at.toISOString();
  const none = { spreadAt: null, recallAskedAt: null, recallToldAt: null };
  const about = { authorId: personId, accountId: acting.accountId, areaCode, text };
  return decided([
    insert('Notice', { id: noticeId, at, ...about, ...none }),
    audit(acting, 'send-notice', noticeId, { areaCode, text }),
  ]);
}

/** 撤回通知: a job takes back what can be, and tells the author what came of it. */
function recallNotice({ noticeId }: RecallNotice, acting: Acting): Decision {
  return decided([
    update('Notice', noticeId, { recallAskedAt: acting.at.toISOString() }),
    audit(acting, 'recall-notice', noticeId, {}),
  ]);
}
