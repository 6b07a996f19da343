import type { Readiness } from '../http/health.ts';
import { agesOf, latestOf, stoppedJobs, type Beats, type StoppedJob } from '../jobs/heartbeats.ts';
import { depthByLane } from '../store/outbox.ts';
import { oldestPending } from '../store/inbox.ts';
import { lastProof } from '../store/reachability-proof.ts';
import { readSetting } from '../store/settings.ts';
import type { World } from './world.ts';

/** A message that waited so long, or a plan that old, means that the service is not doing its work (our default). */
const INBOX_AGE_LIMIT_MS = 60_000;
const PLAN_AGE_LIMIT_MS = 26 * 3_600_000;
/** What families write is read every minute; after so long nobody reads it (our default). */
const KF_AGE_LIMIT_MS = 10 * 60_000;

/** Whether the service can do its work, and what stands in its way. */
export interface Standing extends Readiness {
  /** The jobs that have stopped, in whichever process does the work. */
  stopped(): Promise<readonly StoppedJob[]>;
}

/** Whether the service can do its work, and the numbers behind it. */
export function readinessOf(world: World, jobs: readonly string[]): Standing {
  const { store, clock, realClock, metrics, heartbeats } = world;
  metrics.observe(async () => ({
    inboxAgeSeconds: ageMs(await oldestPending(store), clock.now()) / 1000,
    outboxDepth: Object.fromEntries(await depthByLane(store)),
    channelFaults: faultsOf(world),
    kfReadAt: await kfReadAt(world),
    proof: await lastProof(store),
    jobAgeSeconds: agesOf(jobs, await beatsOf(world), heartbeats.startedAt, realClock.now()),
  }));
  const stopped = async (): Promise<readonly StoppedJob[]> =>
    stoppedJobs(jobs, await beatsOf(world), heartbeats.startedAt, realClock.now());
  return {
    stopped,
    check: async () => {
      const now = clock.now();
      const planned = await readSetting(store, 'planner-succeeded-at'); // a database that does not answer fails here
      const checks = {
        channel: world.channels.size > 0,
        planner: planned !== null && now.getTime() - Date.parse(planned) <= PLAN_AGE_LIMIT_MS,
        inbox: ageMs(await oldestPending(store), now) <= INBOX_AGE_LIMIT_MS,
        ...(await kfCheck(world)),
        ...Object.fromEntries((await stopped()).map(({ job }) => [jobCheck(job), false])),
        ...Object.fromEntries(faultsOf(world).map(({ channel, code }) => [`${channel}-${code}`, false])),
      };
      return { ready: Object.values(checks).every(Boolean), checks };
    },
  };
}

/** Whether what families write is read, by whichever process: of the database alone it is known. */
async function kfCheck(world: World): Promise<Readonly<Record<string, boolean>>> {
  if (!world.channels.has('kf')) return {};
  const readAt = await kfReadAt(world);
  const ageOfIt = readAt === null ? Infinity : world.realClock.now().getTime() - readAt.getTime();
  return { kf: ageOfIt <= KF_AGE_LIMIT_MS };
}

async function kfReadAt({ store, channels }: World): Promise<Date | null> {
  const at = channels.has('kf') ? await readSetting(store, 'kf-read-at') : null;
  return at === null ? null : new Date(at);
}

/** The name of a job among the checks. */
export function jobCheck(job: string): string {
  return `job-${job.replaceAll(' ', '-')}`;
}

/** What this process and the one that does the work know of the jobs. */
async function beatsOf({ store, heartbeats }: World): Promise<Beats> {
  const kept = await readSetting(store, 'heartbeats');
  return latestOf(heartbeats.all(), JSON.parse(kept ?? '{}') as Beats);
}

/** What a platform refuses until an administrator acts, as this process met it: the active one sends. */
function faultsOf({ channels }: World): readonly { readonly channel: string; readonly code: string }[] {
  return [...channels.values()].flatMap(({ name, health }) =>
    (health?.faults() ?? []).map((code) => ({ channel: name, code: String(code) })),
  );
}

function ageMs(at: string | null, now: Date): number {
  return at === null ? 0 : Math.max(0, now.getTime() - Date.parse(at));
}
