import { UNREACHED } from '../../server/domain/family/arrival.ts';
import { nameOf } from '../../server/domain/family/campaign-words.ts';
import type { Coverage } from '../../server/domain/family/coverage.ts';
import type { CampaignDetail, LeftPerson } from '../../server/domain/family/safety-view.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { commandOption, plain, say, type Option, type Reply, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { pageOf } from './page.ts';

/** So many names stand on a page. */
const NAMES_PER_PAGE = 10;

/** A page of those left. */
function leftReply(
  left: readonly LeftPerson[],
  page: number,
  screen: string,
  more: (page: number) => Option,
): CommandRun {
  const people = left.slice(page * NAMES_PER_PAGE, (page + 1) * NAMES_PER_PAGE);
  const isMore = left.length > (page + 1) * NAMES_PER_PAGE;
  const lines = people.map(({ name, children, director }) =>
    say('campaign.left-line', {
      name,
      children: children.map(plain),
      director: director ?? say('campaign.no-director'),
    }),
  );
  return {
    replies: [{ ...say('campaign.left', { lines }), options: isMore ? [more(page + 1)] : [] }],
    commands: [{ type: 'note-access', screen, childIds: people.flatMap(({ childIds }) => childIds) }],
  };
}

const maySee = ({ role }: View): boolean => ['county-desk', 'supervisor', 'deputy'].includes(role);
const isOfTownship = ({ role }: View): boolean => role === 'supervisor' || role === 'deputy';

/** Where a notice stands; approved ahead of its day it has not begun. */
export function stateOf({ state, dueOn }: Pick<CampaignDetail, 'state' | 'dueOn'>, today: LocalDate): Say {
  return say(`campaign.state-${state === 'approved' && dueOn > today ? 'scheduled' : state}`);
}

/** What became of a notice, in numbers; by township for the desk. */
export function progressOf(shown: CampaignDetail, view: View): Reply {
  const { coverage, id, state } = shown;
  const about = { name: nameOf(shown), on: shown.dueOn, state: stateOf(shown, view.today) };
  if (coverage === null) return say('campaign.nothing-yet', about);
  const options: Option[] = [
    ...(state === 'approved' && shown.waitsForDirectors
      ? [commandOption('campaign-remind', id, say('campaign.remind'))]
      : []),
    ...(isOfTownship(view) && shown.left.length > 0
      ? [commandOption('campaign-left', `${id}.0`, say('campaign.see-left'))]
      : []),
  ];
  return {
    ...say('campaign.progress', {
      ...about,
      lines: linesOf(coverage),
      townships: isOfTownship(view) ? [] : shown.townships.map(townshipLine),
    }),
    options,
  };
}

/** [再提醒一次]: the directors who still have somebody to tell. */
export const remindCampaignWord: CommandWord = {
  id: 'campaign-remind',
  words: ['再提醒一次', 'remind once more'],
  allowed: maySee,
  run: ({ view }) => {
    const shown = view.campaigns?.desk?.shown ?? null;
    if (shown === null) return { replies: [say('campaign.which')], commands: [] };
    if (shown.state !== 'approved' || !shown.waitsForDirectors)
      return { replies: [say('campaign.nobody-to-remind')], commands: [] };
    return {
      replies: [say('campaign.reminding')],
      commands: [{ type: 'remind-campaign', campaign: { id: shown.id, rev: shown.rev } }],
    };
  },
};

/** Who is left, by name: for the supervisor of the township alone; one access row a page. */
export const leftOfCampaignWord: CommandWord = {
  id: 'campaign-left',
  words: ['看看还有谁', 'who is left'],
  allowed: isOfTownship,
  run: ({ target, view }): CommandRun => {
    const shown = view.campaigns?.desk?.shown ?? null;
    if (shown === null) return { replies: [say('campaign.which')], commands: [] };
    const { left, id } = shown;
    if (left.length === 0) return { replies: [say('campaign.nobody-left')], commands: [] };
    const page = pageOf(target?.split('.')[1] ?? null, left.length, NAMES_PER_PAGE);
    return leftReply(left, page, 'campaign-left', (next) =>
      commandOption('campaign-left', `${id}.${String(next)}`, say('dialog.more')),
    );
  },
};

/** What has become of the visits that were changed: one line, and who is left behind a button. */
export function visitsToldIn({
  campaigns,
}: View): { readonly line: Say; readonly options: readonly Option[] } | null {
  const visits = campaigns?.desk?.visits ?? null;
  if (visits === null) return null;
  const { total, left } = visits.coverage;
  const unreached = unreachedOf(visits.coverage);
  return {
    line: say('campaign.visits', {
      reached: total - left - unreached,
      left,
      unreached: unreached > 0 ? [say('campaign.visits-unreached', { count: unreached })] : [],
    }),
    options: visits.left.length > 0 ? [commandOption('visits-left', null, say('campaign.visits-left'))] : [],
  };
}

/** Whose visit was changed and who does not know it yet, by name: for the supervisor of the township alone. */
export const leftOfVisitsWord: CommandWord = {
  id: 'visits-left',
  words: ['走访有变', 'changed visits'],
  allowed: isOfTownship,
  run: ({ target, view }): CommandRun => {
    const left = view.campaigns?.desk?.visits?.left ?? [];
    if (left.length === 0) return { replies: [say('campaign.nobody-left')], commands: [] };
    return leftReply(left, pageOf(target, left.length, NAMES_PER_PAGE), 'visits-left', (next) =>
      commandOption('visits-left', String(next), say('dialog.more')),
    );
  },
};

function linesOf({ confirmed, accepted, told, left, unreached }: Coverage): readonly Say[] {
  const line = (key: string, count: number): readonly Say[] => (count > 0 ? [say(key, { count })] : []);
  return [
    ...line('campaign.count-confirmed', confirmed),
    ...line('campaign.count-accepted', accepted),
    ...line('campaign.count-told', told),
    ...UNREACHED.flatMap((reason) => line(`campaign.count-${reason}`, unreached[reason])),
    ...line('campaign.count-left', left),
  ];
}

function townshipLine({ name, coverage }: CampaignDetail['townships'][number]): Say {
  const unreached = unreachedOf(coverage);
  const { total, left } = coverage;
  return say('campaign.township', { name, total, reached: total - left - unreached, unreached, left });
}

function unreachedOf({ unreached }: Coverage): number {
  return UNREACHED.reduce((sum, reason) => sum + unreached[reason], 0);
}
