import type { CampaignDetail, CampaignLine } from '../../server/domain/family/safety-view.ts';
import { stillWanted } from '../../server/domain/education/safety-event.ts';
import { AGE_STEPS, type AgeBand } from '../../server/domain/family/audience.ts';
import { nameOf, noticeWords, sourcesInFull } from '../../server/domain/family/campaign-words.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { commandOption, plain, say, type Option, type Reply, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { progressOf, stateOf, visitsToldIn } from './campaign-progress.ts';

/** So many notices stand in a list with a button each. */
const LISTED = 5;

export const isCountyDesk = ({ role }: View): boolean => role === 'county-desk';
/** Who reads what became of a notice. */
export const seesNotices = ({ role }: View): boolean =>
  ['county-desk', 'supervisor', 'deputy'].includes(role);

/** 安全通知: what waits for the desk's word, otherwise what has become of the last ones. */
export const campaignWord: CommandWord = {
  id: 'campaign',
  words: ['安全通知', 'safety notice', 'safety notices'],
  allowed: seesNotices,
  run: ({ view }) => {
    const { campaigns = [], shown = null } = view.campaigns?.desk ?? {};
    if (shown?.state === 'proposed' && isCountyDesk(view)) return answer(...cardOf(shown, view, 0));
    return shown === null ? answer(listOf(campaigns, view)) : answer(progressOf(shown, view));
  },
};

/** 全部安全通知: the list, although one waits. */
export const campaignListWord: CommandWord = {
  id: 'campaign-list',
  words: ['全部安全通知', 'all safety notices'],
  allowed: seesNotices,
  run: ({ view }) => answer(listOf(view.campaigns?.desk?.campaigns ?? [], view)),
};

/** [发出]: only what was read goes: where the count has changed since, it is asked again. */
export const sendCampaignWord: CommandWord = {
  id: 'campaign-send',
  words: ['发出', 'send it'],
  allowed: isCountyDesk,
  run: ({ target, view }) => {
    const shown = view.campaigns?.desk?.shown ?? null;
    const over = unless(shown, view);
    if (shown === null || over !== null) return answer(over ?? say('campaign.none-waiting'));
    const people = peopleOf(shown);
    const read = target?.split('.')[1];
    if (read === undefined) return answer(...cardOf(shown, view, 0));
    if (Number(read) !== people) return answer(say('campaign.count-changed'), ...cardOf(shown, view, 0));
    return {
      replies: [
        say(shown.dueOn <= view.today ? 'campaign.sending' : 'campaign.will-go', {
          name: nameOf(shown),
          on: shown.dueOn,
          count: people,
        }),
      ],
      commands: [
        {
          type: 'answer-campaign',
          campaign: { id: shown.id, rev: shown.rev },
          answer: 'approved',
          people,
        },
      ],
    };
  },
};

/** [不发]. */
export const declineCampaignWord: CommandWord = {
  id: 'campaign-not',
  words: ['不发安全通知', 'do not send it'],
  allowed: isCountyDesk,
  run: ({ view }) => {
    const shown = view.campaigns?.desk?.shown ?? null;
    const over = unless(shown, view);
    if (shown === null || over !== null) return answer(over ?? say('campaign.none-waiting'));
    return {
      replies: [say('campaign.declined', { name: nameOf(shown) })],
      commands: [
        {
          type: 'answer-campaign',
          campaign: { id: shown.id, rev: shown.rev },
          answer: 'declined',
          people: peopleOf(shown),
        },
      ],
    };
  },
};

/** [看看别的年龄]: the words for children of the next age. */
export const campaignAgesWord: CommandWord = {
  id: 'campaign-ages',
  words: ['看看别的年龄', 'other ages'],
  allowed: isCountyDesk,
  run: ({ target, view }) => {
    const shown = view.campaigns?.desk?.shown ?? null;
    const over = unless(shown, view);
    if (shown === null || over !== null) return answer(over ?? say('campaign.none-waiting'));
    return answer(...cardOf(shown, view, Number(target?.split('.')[1] ?? '1')));
  },
};

/** What is said instead where it is answered already; null while it waits. */
function unless(shown: CampaignDetail | null, view: View): Reply | null {
  return shown === null || shown.state === 'proposed'
    ? null
    : say('campaign.answered', { name: nameOf(shown), state: stateOf(shown, view.today) });
}

/** Everything a person has to see before they send it: the words for one age, for whom they are, and how many. */
function cardOf(shown: CampaignDetail, view: View, nth: number): readonly Reply[] {
  const { audience, id } = shown;
  const bands = audience?.bands ?? [];
  const band = bands[nth % Math.max(bands.length, 1)];
  const sample = (reader: 'guardian' | 'carer' | 'director'): Say =>
    say(`campaign.sample-${reader}`, {
      words: noticeWords(shown, reader, band === undefined ? [] : [band], view.today),
    });
  const others = (view.campaigns?.desk?.campaigns ?? []).filter(
    (one) => one.state === 'proposed' && one.id !== id,
  ).length;
  const card: Reply = {
    ...say('campaign.card', {
      name: nameOf(shown),
      when: shown.dueOn <= view.today ? say('campaign.at-once') : say('campaign.on-day', { on: shown.dueOn }),
      audience: audience === null ? [] : [say('campaign.audience', { ...countsOf(audience) })],
      sources: sourcesInFull(shown, bands),
      others: others > 0 ? [say('campaign.others', { count: others })] : [],
    }),
    options: [
      commandOption('campaign-send', `${id}.${String(peopleOf(shown))}`, say('campaign.send')),
      commandOption('campaign-not', id, say('campaign.leave')),
      ...(bands.length > 1
        ? [commandOption('campaign-ages', `${id}.${String(nth + 1)}`, say('campaign.other-ages'))]
        : []),
      ...(others > 0 ? [commandOption('campaign-list', null, say('campaign.list-button'))] : []),
    ],
  };
  const ages = band === undefined ? [] : [say('campaign.sample', { ages: agesOf(band) })];
  return [...ages, sample('carer'), sample('guardian'), sample('director'), card];
}

function agesOf(band: AgeBand): Say {
  const place = AGE_STEPS.findIndex((step) => step.band === band);
  const next = AGE_STEPS[place + 1];
  return say('campaign.ages', { from: AGE_STEPS[place]?.from ?? 0, until: next ? next.from - 1 : 17 });
}

function countsOf({
  children,
  guardians,
  carers,
  directors,
  byChat,
  byDirector,
}: NonNullable<CampaignDetail['audience']>) {
  return { children, families: guardians + carers, guardians, carers, directors, byChat, byDirector };
}

function peopleOf({ audience }: Pick<CampaignDetail, 'audience'>): number {
  return audience === null ? 0 : audience.guardians + audience.carers + audience.directors;
}

function listOf(campaigns: readonly CampaignLine[], view: View): Reply {
  const visits = visitsToldIn(view);
  const about = { taught: taughtIn(view), visits: visits === null ? [] : [visits.line] };
  if (campaigns.length === 0) return { ...say('campaign.none', about), options: visits?.options ?? [] };
  const lines = campaigns.slice(0, LISTED).map((one) => lineOf(one, view.today));
  return {
    ...say('campaign.list', { lines, ...about }),
    options: [
      ...campaigns.slice(0, LISTED).map((one) => buttonOf(one, campaigns)),
      ...(visits?.options ?? []),
    ],
  };
}

/** What was taught this year in villages and schools, next to what was written to families. */
function taughtIn({ safety, today }: View): readonly Say[] {
  if (safety === undefined) return [];
  const { lectures, before } = stillWanted(safety, today);
  const held = safety.events.filter(
    ({ kind, heldOn }) => kind === 'county-event' && heldOn.slice(0, 4) === today.slice(0, 4),
  );
  return [
    say('campaign.taught', { held: held.length, kind: say(`campaign.kind-${before.kind}-break`), lectures }),
  ];
}

function lineOf(one: CampaignLine, today: LocalDate): Say {
  const { coverage } = one;
  return say('campaign.list-line', {
    name: one.words === null ? nameOf(one) : say('campaign.storm-name', { words: plain(one.words) }),
    on: one.dueOn,
    state: stateOf(one, today),
    counts:
      coverage === null
        ? []
        : [
            say('campaign.list-counts', {
              reached: coverage.confirmed + coverage.accepted + coverage.told,
              left: coverage.left,
            }),
          ],
  });
}

/** By its day, and where another goes on the same day by what it is for. */
function buttonOf(one: CampaignLine, all: readonly CampaignLine[]): Option {
  const label = one.state === 'proposed' ? 'campaign.look' : 'campaign.progress-button';
  const isShared = all.some(({ id, dueOn }) => id !== one.id && dueOn === one.dueOn);
  const kind = isShared ? [say('campaign.of-kind', { kind: say(`campaign.kind-${one.kind}`) })] : [];
  return commandOption('campaign', one.id, say(label, { on: one.dueOn, kind }));
}

function answer(...replies: readonly Reply[]): CommandRun {
  return { replies, commands: [] };
}
