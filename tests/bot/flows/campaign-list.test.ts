import { describe, expect, it } from 'vitest';
import { campaignListWord } from '../../../bot/flows/campaign.ts';
import type { CampaignLine } from '../../../server/domain/family/safety-view.ts';
import type { LocalDate } from '../../../server/domain/local-date.ts';
import { loadWording } from '../../../server/platform/wording.ts';
import { EMPTY_SESSION } from '../../../bot/dialog/session.ts';
import { viewOf } from '../stage.ts';

const day = (text: string): LocalDate => text as LocalDate;
const BREAK = { fromOn: day('2027-01-30'), untilOn: day('2027-02-26'), words: null, rev: 1, coverage: null };
const line = (id: string, kind: CampaignLine['kind'], on: string): CampaignLine => ({
  ...BREAK,
  ...{ id, kind, daysBefore: 1, dueOn: day(on), state: 'proposed' },
});

/** The buttons below 全部安全通知 of a desk. */
function buttons(campaigns: readonly CampaignLine[], language: 'zh-CN' | 'en'): readonly string[] {
  const view = {
    ...viewOf('county-desk'),
    campaigns: { own: [], desk: { campaigns, shown: null, visits: null } },
  };
  const context = { now: new Date('2027-01-20T02:00:00Z'), newId: () => 'id' };
  const input = { target: null, heard: null, view, session: EMPTY_SESSION, context };
  const { replies } = campaignListWord.run(input as unknown as Parameters<typeof campaignListWord.run>[0]);
  const wording = loadWording();
  return replies.flatMap(({ options = [] }) => options.map(({ label }) => wording.render(language, label)));
}

describe('the list of safety notices', () => {
  const winter = line('a', 'winter-break', '2027-01-29');
  const spring = line('b', 'spring-festival', '2027-01-29');
  const term = line('c', 'term-start', '2027-02-24');

  it('tells two of one day apart by what they are for', () => {
    expect(buttons([term, winter, spring], 'zh-CN')).toEqual([
      '看2月24日的',
      '看1月29日寒假的',
      '看1月29日春节的',
    ]);
    expect(buttons([winter, spring], 'en')).toEqual([
      'See the one of 29 Jan, Winter break',
      'See the one of 29 Jan, Spring Festival',
    ]);
  });
});
