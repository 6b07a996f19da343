import type { SafetyLooking } from '../../server/domain/family/safety-view.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { DialogEvent } from '../dialog/event.ts';
import type { Session } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import {
  campaignAgesWord,
  campaignListWord,
  campaignWord,
  declineCampaignWord,
  seesNotices,
  sendCampaignWord,
} from './campaign.ts';
import { leftOfCampaignWord, leftOfVisitsWord, remindCampaignWord } from './campaign-progress.ts';
import { forwardAllWord, forwardLostWord, forwardToldWord, forwardWord } from './forward.ts';
import { askAfterNoticeWord, knownWord, readWord } from './notice-known.ts';
import { mayNotify } from './notice.ts';
import { storm, stormWord } from './storm.ts';
import { mayPlan } from './visit-plan.ts';

const DESK: readonly CommandWord[] = [
  campaignWord,
  campaignListWord,
  sendCampaignWord,
  declineCampaignWord,
  campaignAgesWord,
  remindCampaignWord,
  leftOfCampaignWord,
  leftOfVisitsWord,
];
const FORWARD: readonly CommandWord[] = [forwardWord, forwardToldWord, forwardLostWord, forwardAllWord];
const OWN: readonly CommandWord[] = [knownWord, readWord, askAfterNoticeWord];

/** What a turn looks at of the safety notices; `option` is the button it presses. Most turns look at nothing. */
export function looksAtCampaigns(
  event: DialogEvent,
  option: string | undefined,
  session: Session,
  view: View,
): SafetyLooking | null {
  const asks = (words: readonly CommandWord[]): boolean =>
    words.some((word) => isButton(word, option) || isSaid(word, event));
  if (mayNotify(view)) {
    if (session.frames.some(({ flow }) => flow === storm.id) || asks([stormWord])) return { what: 'storm' };
  }
  if (seesNotices(view) && asks(DESK)) return { what: 'desk', campaignId: targetOf(option) };
  // In the middle of something else these words answer the question that is open.
  if (option === undefined && session.frames.length > 0) return null;
  if ((view.role === 'director' || mayPlan(view)) && asks(FORWARD)) return { what: 'forward' };
  return asks(OWN) ? { what: 'own' } : null;
}

function isButton({ id }: CommandWord, option: string | undefined): boolean {
  return option === `c:${id}` || option?.startsWith(`c:${id}:`) === true;
}

function isSaid({ words, takesRest = 'nothing' }: CommandWord, event: DialogEvent): boolean {
  if (event.kind !== 'text') return false;
  const said = bareWord(event.text);
  return words.some((word) => (takesRest === 'nothing' ? said === word : said.startsWith(word)));
}

/** The notice a button carries, before what else it carries. */
function targetOf(option: string | undefined): string | null {
  const target = option?.split(':')[2]?.split('.')[0];
  return target === undefined || target === '' ? null : target;
}
