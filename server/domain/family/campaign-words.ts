import { commandOption, plain, say, type Reply, type Say } from '../say.ts';
import { addDays, type LocalDate } from '../local-date.ts';
import type { AgeBand } from './audience.ts';
import { CAMPAIGN_POLICY, type CampaignFacts } from './campaign.ts';
import { linesFor, type SafetyReader } from './safety-topics.ts';

/** What the words of a notice are made of. */
export interface NoticeFacts extends Pick<CampaignFacts, 'kind' | 'daysBefore' | 'fromOn' | 'untilOn'> {
  /** What somebody wrote above the lines: of a storm that comes. */
  readonly words: string | null;
}

/** What a notice is called in a list. */
export function nameOf({ kind, daysBefore }: Pick<NoticeFacts, 'kind' | 'daysBefore'>): Say {
  const when = daysBefore > 0 ? [say('campaign.days-before', { count: daysBefore })] : [];
  return say('campaign.name', { kind: say(`campaign.kind-${kind}`), when });
}

/** The words for one reader, the same for everybody with children of these ages; no name stands in them. */
export function noticeWords(
  facts: NoticeFacts,
  reader: SafetyReader,
  bands: readonly AgeBand[],
  today: LocalDate,
): Say {
  const most = CAMPAIGN_POLICY.mostLines - (facts.words === null ? 0 : 1);
  const lines = linesFor(facts.kind, bands, reader, most).map((key) =>
    say('campaign.line', { line: say(key) }),
  );
  const title = facts.words === null ? titleOf(facts, today) : say('campaign.storm-title');
  const words = facts.words === null ? [] : [plain(facts.words)];
  if (reader !== 'director') return say('campaign.to-family', { title, words, lines });
  return say('campaign.to-director', { name: nameOf(facts), words, lines });
}

/** The notice to a family in its chat: it can be answered with one tap. */
export function noticeToFamily(
  facts: NoticeFacts,
  reader: 'guardian' | 'carer',
  bands: readonly AgeBand[],
  today: LocalDate,
): Reply {
  return {
    ...noticeWords(facts, reader, bands, today),
    options: [
      commandOption('safety-known', null, say('campaign.known')),
      commandOption('safety-ask', null, say('campaign.ask')),
    ],
  };
}

/** The day before says tomorrow, and only on that day: what comes late must not name a wrong one. */
function titleOf({ kind, fromOn, untilOn }: NoticeFacts, today: LocalDate): Say {
  const days = { from: fromOn, until: untilOn ?? fromOn };
  if (kind === 'flood-season' || kind === 'typhoon') return say(`safety-occasion.${kind}`);
  return say(`safety-occasion.${kind}-${addDays(today, 1) === fromOn ? '1' : '7'}`, days);
}
