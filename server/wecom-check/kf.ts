import { z } from 'zod';
import { say } from '../domain/say.ts';
import { openBecause, type Asking } from './answers.ts';
import { mend, well, type Finding } from './finding.ts';

/** The app may not use 微信客服 (document 90313). */
const MAY_NOT: readonly (number | null)[] = [48_002, 60_011, 95_017];
/** So many accounts come at once, and a company has 5,000 at most (document 94661). */
const PAGE = 100;
const MOST = 5_000;

const accountsBody = z.looseObject({
  account_list: z.array(z.looseObject({ open_kfid: z.string() })).default([]),
});

/** Is the account of 微信客服 that families write to ours to use? */
export async function checkKf(asking: Asking, openKfId: string | null): Promise<Finding> {
  if (openKfId === null) return well('kf', say('wecom-check.kf-off'), say('wecom-check.kf-off-step'));
  for (let offset = 0; offset < MOST; offset += PAGE) {
    const answer = await asking.post('/cgi-bin/kf/account/list', { offset, limit: PAGE });
    if (answer.code !== null && MAY_NOT.includes(answer.code))
      return mend(
        'kf',
        say('wecom-check.kf-forbidden', { code: answer.code }),
        say('wecom-check.kf-forbidden-step'),
      );
    const page = accountsBody.safeParse(answer.body);
    if (answer.reaction !== 'done' || !page.success) return openBecause('kf', answer);
    const accounts = page.data.account_list;
    if (accounts.some(({ open_kfid: id }) => id === openKfId)) return well('kf', say('wecom-check.kf-well'));
    if (accounts.length < PAGE) break;
  }
  return mend('kf', say('wecom-check.kf-absent'), say('wecom-check.kf-absent-step'));
}
