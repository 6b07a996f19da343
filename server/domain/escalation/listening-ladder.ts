import type { LocalDate } from '../local-date.ts';
import type { LadderPolicy, LadderRole } from './ladder.ts';

/** Whoever answers for the village listens first; the roles above join. */
export type ListenerRole = 'director' | LadderRole;

/**
 * A family's voice message or photo that nobody has listened to or looked at: it climbs until somebody has, for ever. No
 * source gives a number of minutes; a person who is told something answers within hours.
 */
export const LISTENING_LADDER_POLICY: LadderPolicy<ListenerRole> = {
  id: 'listening-ladder',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  steps: [
    { afterMinutes: 0, role: 'director' },
    { afterMinutes: 120, role: 'supervisor' },
    { afterMinutes: 240, role: 'deputy' },
    { afterMinutes: 24 * 60, role: 'county-desk' },
  ],
  pages: {
    firstEveryMinutes: 120,
    firstForMinutes: 240,
    thenEveryMinutes: 120,
    thenUntilMinutes: 240,
    atLastDailyMinutes: [8 * 60],
  },
};

/** The same of somebody who called for help (求助) and whose report has not ended: what they send now may be of that. */
export const HELP_LISTENING_LADDER_POLICY: LadderPolicy<ListenerRole> = {
  id: 'help-listening-ladder',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  steps: [
    { afterMinutes: 0, role: 'director' },
    { afterMinutes: 10, role: 'supervisor' },
    { afterMinutes: 20, role: 'deputy' },
    { afterMinutes: 30, role: 'county-desk' },
  ],
  pages: {
    firstEveryMinutes: 10,
    firstForMinutes: 60,
    thenEveryMinutes: 60,
    thenUntilMinutes: 12 * 60,
    atLastDailyMinutes: [8 * 60, 13 * 60, 19 * 60],
  },
};

/** The same steps without the director, from now on: of what the director is not told. */
export function aboveDirector({ steps }: Pick<LadderPolicy<ListenerRole>, 'steps'>): typeof steps {
  const above = steps.filter(({ role }) => role !== 'director');
  const first = Math.min(...above.map(({ afterMinutes }) => afterMinutes));
  return above.map(({ afterMinutes, role }) => ({ afterMinutes: afterMinutes - first, role }));
}
