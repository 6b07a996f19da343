import type { Command } from '../server/domain/commands.ts';
import type { CampaignCommand } from '../server/domain/family/campaign-commands.ts';

const OF_CAMPAIGNS: ReadonlySet<Command['type']> = new Set([
  'answer-campaign',
  'start-storm',
  'remind-campaign',
  'know-notice',
  'pass-notice',
]);

/** Whether a command is about safety notices. */
export function isOfCampaign(command: Command): command is CampaignCommand {
  return OF_CAMPAIGNS.has(command.type);
}
