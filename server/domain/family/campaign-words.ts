import { commandOption, plain, say, type Reply, type Say } from '../say.ts';
import { addDays, type LocalDate } from '../local-date.ts';
import type { AgeBand } from './audience.ts';
import { CAMPAIGN_POLICY, type CampaignFacts } from './campaign.ts';
import {
  linesFor,
  SAFETY_TOPICS,
  sourceOf,
  sourcesFor,
  type SafetyReader,
  type SafetySource,
} from './safety-topics.ts';

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
  const most = mostLines(facts);
  const lines = linesFor(facts.kind, bands, reader, most).map((key) =>
    say('campaign.line', { line: say(key) }),
  );
  const source = sourceLine(sourcesFor(facts.kind, bands, reader, most));
  const title = facts.words === null ? titleOf(facts, today) : say('campaign.storm-title');
  const words = facts.words === null ? [] : [plain(facts.words)];
  if (reader !== 'director') return say('campaign.to-family', { title, words, lines, source });
  return say('campaign.to-director', { name: nameOf(facts), words, lines, source });
}

/** Whoever reads a notice sees in one short line where it comes from: so many documents by their short names (our default). */
const NAMED_SOURCES = 2;

function sourceLine(all: readonly SafetySource[]): readonly Say[] {
  const documents = all.filter((source) => source !== 'own');
  if (all.length === 0) return [];
  if (documents.length === 0) return [say('campaign.source-own')];
  const sources = documents.slice(0, NAMED_SOURCES).map((source) => say(`safety-source-short.${source}`));
  return [say(documents.length > NAMED_SOURCES ? 'campaign.source-more' : 'campaign.source', { sources })];
}

/** The same in full, for whoever answers for a notice: every document behind it, with its article. */
export function sourcesInFull(facts: NoticeFacts, bands: readonly AgeBand[]): readonly Say[] {
  const most = mostLines(facts);
  const readers = ['carer', 'guardian', 'director'] as const;
  const all = readers.flatMap((reader) => sourcesFor(facts.kind, bands, reader, most));
  const sources = documentsOf(all);
  return [sources.length === 0 ? say('campaign.source-own') : say('campaign.sources', { sources })];
}

/** 来源: every document behind the safety notices, whichever came. */
export function everySource(): readonly Say[] {
  return documentsOf(SAFETY_TOPICS.map(sourceOf));
}

function documentsOf(all: readonly SafetySource[]): readonly Say[] {
  return [...new Set(all)]
    .filter((source) => source !== 'own')
    .map((source) => say(`safety-source.${source}`));
}

function mostLines({ words }: Pick<NoticeFacts, 'words'>): number {
  return CAMPAIGN_POLICY.mostLines - (words === null ? 0 : 1);
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
