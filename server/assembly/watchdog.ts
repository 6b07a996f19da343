import type { Lease } from '../jobs/lease.ts';
import type { AlarmNotice, AlarmRow, Fault } from '../jobs/operator-alarms.ts';
import { Watchdog, type Told } from '../jobs/watchdog.ts';
import { httpClient } from '../platform/http-client.ts';
import { faultOf } from '../platform/logger.ts';
import { postAlarm } from '../platform/operator-webhook.ts';
import { within } from '../platform/waiting.ts';
import { lastProof } from '../store/reachability-proof.ts';
import { readSetting, settingWrite, type SettingKey } from '../store/settings.ts';
import { jobCheck, type Standing } from './readiness.ts';
import type { World } from './world.ts';

/** A database that does not answer within so long counts as one that does not answer (our default). */
const PATIENCE_MS = 5_000;

/**
 * The watchdog on the real store and clocks. It writes past the lease: a look must never take the work away from a process
 * that could take it over, and may itself stand beside a job that hangs.
 */
export function watchdogOf(
  world: World,
  standing: Standing,
  lease: Pick<Lease, 'rev' | 'isHeldByAnother'>,
  alarmUrl: string | null,
): Watchdog {
  const { store, realClock, heartbeats, logger } = world;
  const read = async (key: SettingKey): Promise<string | null> =>
    within(PATIENCE_MS, readSetting(store, key));
  const keep = async (key: SettingKey, value: object): Promise<void> =>
    within(PATIENCE_MS, store.commit({ guards: [], writes: [settingWrite(key, JSON.stringify(value))] }));
  return new Watchdog({
    now: () => realClock.now(),
    beats: () => heartbeats.all(),
    keepBeats: (beats) => keep('heartbeats', beats),
    speaks: async () => lease.rev !== null || !(await within(PATIENCE_MS, lease.isHeldByAnother())),
    faults: async () => [...(await faultsNow(standing)), ...(await nobodyThere(world))],
    alarms: async () => JSON.parse((await read('operator-alarms')) ?? '[]') as AlarmRow[],
    keepAlarms: (rows) => keep('operator-alarms', rows),
    tell: (notice) => tell(world, alarmUrl, notice),
    failed: (what, error) => {
      logger.error('watchdog cannot see', { what, ...faultOf(error) });
    },
  });
}

/** Every check of /readyz that fails is a fault; of jobs that wait for one that hangs, that one alone. */
async function faultsNow(standing: Standing): Promise<readonly Fault[]> {
  try {
    const [{ checks }, stopped] = await within(
      PATIENCE_MS,
      Promise.all([standing.check(), standing.stopped()]),
    );
    const jobs = new Map(stopped.map((one) => [jobCheck(one.job), one]));
    return Object.keys(checks)
      .filter((code) => checks[code] !== true && jobs.get(code)?.isToBlame !== false)
      .map((code) => ({ code, since: jobs.get(code)?.since ?? null }));
  } catch {
    return [{ code: 'readiness', since: null }];
  }
}

/** Somewhere nobody at all would read a report, by the last proof: no fault of the service, and an alarm all the same. */
async function nobodyThere({ store }: World): Promise<readonly Fault[]> {
  const proof = await within(PATIENCE_MS, lastProof(store)).catch(() => null);
  return proof !== null && proof.counts.nobody > 0 ? [{ code: 'nobody-reachable', since: proof.at }] : [];
}

async function tell({ logger }: World, url: string | null, notice: AlarmNotice): Promise<Told> {
  const { code, since } = notice;
  if (notice.over) logger.info('operator alarm over', { code, since });
  else logger.error('operator alarm', { code, since });
  if (url === null) return 'taken';
  const told = await postAlarm(url, notice, httpClient);
  // The address may hold a key: it stands in no log.
  if (told !== 'taken') logger.warn('operator alarm not taken', { code, told });
  return told;
}
