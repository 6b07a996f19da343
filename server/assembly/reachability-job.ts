import {
  countsOf,
  FINDING_KINDS,
  gapsOf,
  rememberedAs,
  type Finding,
} from '../domain/escalation/reachability.ts';
import { newsOf, type News } from '../domain/escalation/told-again.ts';
import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import { commandOption, say, type Reply } from '../domain/say.ts';
import { nextPlanAt } from '../jobs/plan-day.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { allCounties } from '../store/lookups.ts';
import { roleHolders } from '../store/people.ts';
import { countyFindings } from '../store/reachability.ts';
import { doneUntil } from '../store/settings.ts';
import { lastProof, proofWrite, toldBefore, toldWrite } from '../store/reachability-proof.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

/**
 * Every night, county by county: would an alert reach somebody? The desk hears of it in numbers, once what it hears has
 * changed; whoever runs the service reads in the log and the metrics where nobody at all is there.
 */
export function reachabilityJob(world: World, breathe: () => Promise<void>): Job {
  const { store, clock, realClock } = world;
  const provedOn = doneUntil(
    () => shanghaiDate(clock.now()),
    async () => (await lastProof(store))?.on ?? null,
  );
  return {
    name: 'reachability',
    nextAt: async () => nextPlanAt(await provedOn()),
    run: async () => {
      const today = shanghaiDate(clock.now());
      const before = await provedOn();
      if (before !== null && before >= today) return 0;
      const all: Finding[] = [];
      const byCounty: Record<string, ReturnType<typeof gapsOf>> = {};
      for (const code of await allCounties(store)) {
        const findings = await proveCounty(world, code, today);
        if (findings.length > 0) byCounty[code] = gapsOf(findings);
        all.push(...findings);
        await breathe();
      }
      const proof = { on: today, at: realClock.now().toISOString(), counts: countsOf(all), byCounty };
      await world.commit({ guards: [], writes: [proofWrite(proof)] });
      return 1;
    },
  };
}

async function proveCounty(world: World, county: string, today: LocalDate): Promise<readonly Finding[]> {
  const { store, primary, channels, logger } = world;
  const ways = primary.filter((way) => channels.has(way));
  const findings = await countyFindings(store, county, today, ways.length > 0 ? ways : null);
  const { nobody } = countsOf(findings);
  if (nobody > 0) logger.error('an alert would reach nobody', { county, areas: nobody });
  const news = newsOf(findings, await toldBefore(store, county), today);
  if (news === null) return findings;
  const accounts = await readersIn(world, county, findings, today);
  // What could not be told is still news tomorrow.
  if (accounts.length === 0) logger.error('nobody to tell whom an alert would not reach', { county });
  else await tell(world, county, findings, news, accounts, today);
  return findings;
}

async function tell(
  world: World,
  county: string,
  findings: readonly Finding[],
  news: News,
  accounts: readonly ChatAccountRow[],
  today: LocalDate,
): Promise<void> {
  const reply = morningOf(findings, news);
  const rows = accounts.map((account) => {
    const key = `reachability:${county}:${today}:${account.id}`;
    return queuedRow(world, { account, lane: 'reminder', key, reply, refs: { county } });
  });
  const told = toldWrite(county, { on: today, gaps: findings.map(rememberedAs) });
  await world.commit({ guards: [], writes: [told, ...rows] });
}

/** The county's desk; where nothing reaches it, the county's leader as well. */
async function readersIn(
  { store, primary }: World,
  county: string,
  findings: readonly Finding[],
  today: LocalDate,
): Promise<readonly ChatAccountRow[]> {
  const isDeskMissing = findings.some(({ role, areaCode }) => role === 'county-desk' && areaCode === county);
  const roles = isDeskMissing ? ['county-desk', 'county-leader'] : ['county-desk'];
  const holders = await roleHolders(store, [county], today, primary);
  const accounts = holders.flatMap(({ role, account }) =>
    account !== null && roles.includes(role) ? [account] : [],
  );
  return [...new Map(accounts.map((account) => [account.id, account])).values()];
}

/** Numbers only: it may stand on a locked screen. */
function morningOf(findings: readonly Finding[], { fresh, mended }: News): Reply {
  if (findings.length === 0) return say('reachability.all-mended');
  const counts = countsOf(findings);
  const lines = FINDING_KINDS.filter((kind) => counts[kind] > 0).map((kind) =>
    say(`reachability.count-${kind}`, { count: counts[kind] }),
  );
  const changes = [
    ...(fresh > 0 ? [say('reachability.fresh', { count: fresh })] : []),
    ...(mended > 0 ? [say('reachability.mended', { count: mended })] : []),
  ];
  return {
    ...say('reachability.morning', { lines, changes }),
    options: [commandOption('unreached', null, say('reachability.button'))],
  };
}
