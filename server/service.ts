import type { Channel } from '../bot/channels/channel.ts';
import { Conversation } from '../bot/conversation.ts';
import { simulatorChannel } from '../bot/channels/simulator/channel.ts';
import { linkingRepertoire, repertoire } from '../bot/flows/repertoire.ts';
import { seedDemo } from '../prisma/seed/demo-county.ts';
import { conversationPorts } from './assembly/conversation-ports.ts';
import { jobsOf } from './assembly/jobs.ts';
import { outboxPorts } from './assembly/outbox-ports.ts';
import { readinessOf } from './assembly/readiness.ts';
import { watchdogOf } from './assembly/watchdog.ts';
import { simulatorDoor } from './assembly/simulator-door.ts';
import { telegramOf, telegramWorkOf } from './assembly/telegram.ts';
import { wecomOf, wecomWorkOf } from './assembly/wecom.ts';
import { wecomLogin } from './assembly/wecom-login.ts';
import type { World } from './assembly/world.ts';
import type { Settings } from './config.ts';
import { workingDaysOf } from './domain/calendar/working-days.ts';
import { shanghaiDate } from './domain/local-date.ts';
import { buildServer } from './http/server.ts';
import { OutboxWorker } from './jobs/outbox-worker.ts';
import { ActiveWork } from './jobs/active-work.ts';
import { Heartbeats } from './jobs/heartbeats.ts';
import { Lease } from './jobs/lease.ts';
import { Rhythm, type Job } from './jobs/rhythm.ts';
import { SheetPress } from './paper/sheet-press.ts';
import { readHolidayTable } from './platform/chinese-calendar.ts';
import { BusinessClock, type Clock } from './platform/clock.ts';
import { holderName, isGone } from './platform/holder.ts';
import { uuidIds } from './platform/ids.ts';
import { faultOf, type Logger } from './platform/logger.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { loggingRinger, type Ringer } from './platform/ringer.ts';
import { loggingSenders, type OutsideSenders } from './platform/senders.ts';
import { after, breathe, sleep } from './platform/waiting.ts';
import { loadWording } from './platform/wording.ts';
import { registerSimulator } from './simulator/routes.ts';
import { StaleBatch } from './store/commit.ts';
import { loadSealing } from './store/keys.ts';
import { fence, leaseOn } from './store/lease.ts';
import { readSetting, settingWrite } from './store/settings.ts';
import { phonesOn } from './store/simulator.ts';
import { agendaOf } from './store/agenda.ts';
import { openStore, type Store } from './store/store.ts';
import { registerTelegram } from './telegram/routes.ts';
import { registerWecomLogin } from './wecom/login-routes.ts';
import { registerWecom } from './wecom/routes.ts';

/** A service that runs, with the parts a test may want to hold. */
export interface Service {
  readonly app: Awaited<ReturnType<typeof buildServer>>;
  readonly world: World;
  readonly rhythm: Rhythm;
  readonly conversation: Conversation;
  /** One tick: keeps or takes the lease and, holding it, does what is due. */
  beat(): Promise<void>;
  /** What is urgent and due, beside a beat that takes long. */
  beside(): Promise<void>;
  /** One look of the watchdog; it waits for no beat. */
  look(): Promise<void>;
  /** Stops taking work, finishes what is under way, closes the database. */
  stop(): Promise<void>;
}

/** Puts the parts together: store, clocks, conversation, jobs, doors. Nothing listens and nothing ticks yet. */
export async function openService(
  settings: Settings,
  logger: Logger,
  realClock: Clock,
  ringer: Ringer = loggingRinger(logger),
  senders: OutsideSenders = loggingSenders(logger),
): Promise<Service> {
  const store = await openStore(settings.database.databaseUrl, loadSealing(settings), { sleep }, () =>
    uuidIds.next(),
  );
  const lease = new Lease(leaseOn(store, { now: () => realClock.now(), isGone }), holderName(uuidIds.next()));
  const metrics = createMetrics();
  const { wecom, telegram, platforms } = platformsOf(settings, store, logger, realClock, metrics);
  const world = {
    ...(await worldOf(store, lease, settings, logger, realClock, platforms)),
    ...{ ringer, senders, metrics },
  };
  if (!settings.production) await seedWhenEmpty(world);
  const outbox = new OutboxWorker(outboxPorts(world));
  const conversation = new Conversation(
    conversationPorts(world, (rows) => outbox.deliver(rows)),
    telegram ? linkingRepertoire : repertoire,
  );
  const wecomWork = wecom && wecomWorkOf(world, wecom, { conversation, outbox, breathe });
  const telegramWork = telegram && telegramWorkOf(world, telegram, conversation);
  const jobs = [
    ...(wecomWork?.jobs ?? []),
    ...(telegramWork?.jobs ?? []),
    ...jobsOf(world, conversation, outbox, breathe),
    ...(wecomWork?.lastJobs ?? []),
  ];
  const rhythm = rhythmOf(world, jobs);
  const readiness = readinessOf(
    world,
    jobs.map(({ name }) => name),
  );
  const watchdog = watchdogOf(world, readiness, lease, settings.operatorAlarmUrl);
  const active = new ActiveWork(lease, conversation, rhythm, outbox);
  await active.begin();
  const app = await buildServer({
    logger,
    readiness,
    metrics,
    register: async (server) => {
      const follow = () => followClock(world);
      if (settings.simulator)
        await registerSimulator(server, simulatorDoor(world, conversation, rhythm, follow), {
          hosts: settings.publicHost === null ? [] : [settings.publicHost],
        });
      if (wecomWork) await registerWecom(server, wecomWork.door);
      if (telegramWork?.door) await registerTelegram(server, telegramWork.door.secret, telegramWork.door);
      const { publicOrigin } = settings;
      if (wecom) await registerWecomLogin(server, wecomLogin(world, { ...wecom.login, publicOrigin }));
    },
  });
  const stop = async (): Promise<void> => {
    await app.close();
    await telegramWork?.stop();
    await rhythm.stop();
    await conversation.stop();
    await outbox.atRest();
    await world.press.close();
    await lease.release();
    await store.close();
  };
  const beat = (): Promise<void> => beatOf(settings, world, active);
  const beside = (): Promise<void> => active.beside();
  return { app, world, rhythm, conversation, beat, beside, look: () => watchdog.look(), stop };
}

async function beatOf({ simulator }: Settings, world: World, active: ActiveWork): Promise<void> {
  if (simulator) await followClock(world);
  await active.beat();
}

/** The jobs in their rhythm; one that fails stands in the log and stops no other. */
function rhythmOf(world: World, jobs: readonly Job[]): Rhythm {
  return new Rhythm({
    jobs,
    agenda: () => agendaOf(world.store),
    pulse: world.heartbeats,
    now: () => world.clock.now(),
    moveTo: (instant) => moveClock(world, instant),
    breathe,
    failed: (job, error) => {
      world.logger.error('job failed', { job, ...faultOf(error) });
    },
  });
}

/** What is set up of the platforms. */
function platformsOf(settings: Settings, store: Store, logger: Logger, realClock: Clock, metrics: Metrics) {
  const wecom = settings.wecom && wecomOf(settings.wecom, store, logger, realClock);
  const telegram = settings.telegram && telegramOf(settings.telegram, store, logger, realClock, metrics);
  return {
    wecom,
    telegram,
    platforms: [...(wecom?.channels ?? []), ...(telegram ? [telegram.channel] : [])],
  };
}

async function worldOf(
  store: Store,
  lease: Lease,
  settings: Settings,
  logger: Logger,
  realClock: Clock,
  platforms: readonly Channel[],
): Promise<Omit<World, 'ringer' | 'senders' | 'metrics'>> {
  const offsetMs = settings.simulator ? await storedOffsetMs(store) : 0;
  const clock = new BusinessClock(realClock, offsetMs);
  const year = Number(shanghaiDate(clock.now()).slice(0, 4));
  return {
    store,
    isActive: async () => lease.rev !== null || (await lease.keep()),
    commit: async (batch, options) => {
      if (lease.rev === null) await lease.keep(); // a long pause of this process may have let it run out
      if (lease.rev === null) throw new StaleBatch('another process is active');
      await store.commit({ ...batch, guards: [...batch.guards, fence(lease.rev)] }, options);
    },
    clock,
    realClock,
    ids: uuidIds,
    logger,
    heartbeats: new Heartbeats(() => realClock.now()),
    wording: loadWording(),
    press: new SheetPress(after),
    workingDays: workingDaysOf(readHolidayTable(year + 3)),
    primary: waysOf(settings),
    channels: new Map(channelsOf(store, settings, platforms).map((channel) => [channel.name, channel])),
  };
}

/** WeCom where it is set up, then Telegram where somebody is linked there, otherwise the simulator. */
function waysOf({ wecom, telegram }: Settings): World['primary'] {
  return [
    ...(wecom ? (['wecom'] as const) : []),
    ...(telegram ? (['telegram'] as const) : []),
    ...(wecom ? [] : (['simulator'] as const)),
  ];
}

/** In production the simulator reaches nobody: rows wait instead of counting as sent, and /readyz says so. */
function channelsOf(
  store: Store,
  { simulator }: Settings,
  platforms: readonly Channel[],
): readonly Channel[] {
  return [...(simulator ? [simulatorChannel(phonesOn(store))] : []), ...platforms];
}

/** Outside production an empty database gets an invented county, so marked. */
async function seedWhenEmpty({ store, clock, ids }: World): Promise<void> {
  if ((await store.client.area.findFirst({ select: { code: true } })) !== null) return;
  await seedDemo(store, shanghaiDate(clock.now()), () => ids.next());
}

/** A clock that another process on this database has moved is followed: there is one business time. */
async function followClock({ store, clock }: World): Promise<void> {
  clock.follow(await storedOffsetMs(store));
}

async function storedOffsetMs(store: Store): Promise<number> {
  return Number((await readSetting(store, 'clock-offset-ms')) ?? '0');
}

async function moveClock({ store, clock }: World, instant: Date): Promise<void> {
  if (!clock.advanceTo(instant)) return;
  await store.commit({ guards: [], writes: [settingWrite('clock-offset-ms', String(clock.offsetMs))] });
}
