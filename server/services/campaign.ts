import type { CampaignCommand, PassNotice, StartStorm } from '../domain/family/campaign-commands.ts';
import { CAMPAIGN_POLICY } from '../domain/family/campaign.ts';
import { addDays } from '../domain/local-date.ts';
import { allOf, audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';

/** What people say about safety notices. `areaCode` is where a worker works. */
export function decideCampaign(command: CampaignCommand, acting: Acting, areaCode: string | null): Decision {
  const at = acting.at.toISOString();
  switch (command.type) {
    case 'answer-campaign': {
      const { campaign, answer, people } = command;
      const { personId: answeredBy } = acting;
      if (answeredBy === null) return decided([]);
      const set = { state: answer, answeredBy, answeredAt: at, people, rev: campaign.rev + 1 };
      return decided(
        [update('Campaign', campaign.id, set), audit(acting, `campaign-${answer}`, campaign.id, { people })],
        [],
        [{ table: 'Campaign', ...campaign }],
      );
    }
    case 'start-storm':
      return startStorm(command, acting, areaCode);
    case 'remind-campaign': {
      const { campaign } = command;
      return decided(
        [
          update('Campaign', campaign.id, { remindOn: acting.today, rev: campaign.rev + 1 }),
          audit(acting, 'campaign-remind', campaign.id, {}),
        ],
        [],
        [{ table: 'Campaign', ...campaign }],
      );
    }
    case 'know-notice':
      return allOf(
        command.rows.map(({ id, rev }) =>
          decided(
            [
              update('CampaignPerson', id, {
                state: 'confirmed',
                lookOn: null,
                at,
                byId: acting.personId,
                rev: rev + 1,
              }),
            ],
            [],
            [{ table: 'CampaignPerson', id, rev }],
          ),
        ),
      );
    case 'pass-notice':
      return passNotice(command, acting);
  }
}

/** Nobody but the person who wrote it answers for it: their word sends it. */
function startStorm(
  { campaignId, words, people }: StartStorm,
  acting: Acting,
  areaCode: string | null,
): Decision {
  const { personId, today } = acting;
  if (personId === null || areaCode === null) return decided([]);
  const at = acting.at.toISOString();
  const untilOn = addDays(today, CAMPAIGN_POLICY.stormDays);
  return decided([
    insert('Campaign', {
      id: campaignId,
      key: `storm:${campaignId}`,
      areaCode,
      kind: 'typhoon',
      daysBefore: 0,
      stages: null,
      ...{ fromOn: today, untilOn, dueOn: today, lastOn: untilOn },
      occasions: '[]',
      words,
      state: 'approved',
      ...{ proposedAt: at, askedAgainOn: null, answeredBy: personId, answeredAt: at, people },
      ...{ spreadAt: null, remindOn: null, endedAt: null, rev: 1 },
    }),
    audit(acting, 'campaign-storm', campaignId, { areaCode, words, people }),
  ]);
}

function passNotice({ rows, outcome }: PassNotice, acting: Acting): Decision {
  const at = acting.at.toISOString();
  const about = { lookOn: null, at, byId: acting.personId };
  return allOf(
    rows.map(({ id, rev }) =>
      decided(
        [
          outcome === 'told'
            ? update('CampaignPerson', id, { ...about, state: 'told', rev: rev + 1 })
            : update('CampaignPerson', id, { ...about, state: 'unreachable', reason: outcome, rev: rev + 1 }),
        ],
        [],
        [{ table: 'CampaignPerson', id, rev }],
      ),
    ),
  );
}
