import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const TURN_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is asked of the database when somebody reads the metrics, instead of being counted along the way. */
export interface Observed {
  /** Age of the oldest inbox row not yet answered; 0 when there is none. */
  readonly inboxAgeSeconds: number;
  /** Rows still to be sent, by lane. */
  readonly outboxDepth: Readonly<Record<string, number>>;
  /** What a platform refuses until an administrator acts, by its own code. */
  readonly channelFaults?: readonly { readonly channel: string; readonly code: string }[];
  /** When what families wrote was last read to the end; null where it never was, or there is no such channel. */
  readonly kfReadAt?: Date | null;
  /** For how many seconds each job has not come to its end. */
  readonly jobAgeSeconds?: Readonly<Record<string, number>>;
  /** The last proof of whom an alert would reach; null before the first. */
  readonly proof?: { readonly at: string; readonly counts: Readonly<Record<string, number>> } | null;
}

/** What the service tells about itself in numbers; no label ever names a person. */
export interface Metrics {
  readonly contentType: string;
  /** One dialog turn ended so. `seconds` of real time from its message's arrival; null where nothing was answered. */
  turn(result: string, seconds: number | null): void;
  /** Outbox rows of this lane reached this state. */
  sent(lane: string, state: string, rows?: number): void;
  /** A message may have reached its reader twice (at-least-once lanes, after a crash). */
  possiblyRepeated(rows?: number): void;
  plannerSucceeded(at: Date): void;
  /** A call to Telegram ended so. */
  telegramCall(method: string, outcome: string): void;
  /** What the last look at the company's address book found. */
  contacts(found: Readonly<Record<'held' | 'strangers' | 'unseen' | 'elsewhere', number>>): void;
  /** `pull` is called at every reading of the metrics. */
  observe(pull: () => Promise<Observed>): void;
  /** The Prometheus text. A failing `pull` leaves its gauges out and is counted. */
  text(): Promise<string>;
}

/** Metrics with a registry of their own, Node's default ones included. */
export function createMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const counts = countsIn(register);
  const gauges = gaugesIn(register);
  const pulls: (() => Promise<Observed>)[] = [];
  return {
    contentType: register.contentType,
    turn: (result, seconds) => {
      if (seconds !== null) counts.turnLatency.observe(seconds);
      counts.turns.inc({ result });
    },
    sent: (lane, state, rows = 1) => {
      counts.sent.inc({ lane, state }, rows);
    },
    possiblyRepeated: (rows = 1) => {
      counts.repeated.inc(rows);
    },
    telegramCall: (method, outcome) => {
      counts.telegramCalls.inc({ method, outcome });
    },
    plannerSucceeded: (at) => {
      gauges.planner.set(at.getTime() / 1000);
    },
    contacts: (found) => {
      for (const [what, people] of Object.entries(found)) gauges.contacts.set({ what }, people);
    },
    observe: (pull) => {
      pulls.push(pull);
    },
    text: async () => {
      gauges.inboxAge.remove();
      gauges.outboxDepth.reset();
      gauges.channelFault.reset();
      gauges.kfRead.remove();
      gauges.jobAge.reset();
      gauges.unreached.reset();
      for (const pull of pulls) await pull().then(gauges.show, () => counts.unobserved.inc());
      return register.metrics();
    },
  };
}

function countsIn(registry: Registry) {
  const registers = [registry];
  return {
    turnLatency: new Histogram({
      name: 'turn_latency_seconds',
      help: 'Real time from the arrival of a message until its answers are handed over',
      buckets: TURN_BUCKETS_SECONDS,
      registers,
    }),
    turns: new Counter({
      name: 'turns_total',
      help: 'Dialog turns, by how they ended',
      labelNames: ['result'],
      registers,
    }),
    sent: new Counter({
      name: 'outbox_sent_total',
      help: 'Outbox rows that reached a state, by lane',
      labelNames: ['lane', 'state'],
      registers,
    }),
    repeated: new Counter({
      name: 'outbox_possibly_repeated_total',
      help: 'Messages that may have reached their reader twice',
      registers,
    }),
    telegramCalls: new Counter({
      name: 'telegram_calls_total',
      help: 'Calls to Telegram, by its method and how they ended',
      labelNames: ['method', 'outcome'],
      registers,
    }),
    unobserved: new Counter({
      name: 'metrics_observation_failures_total',
      help: 'Readings of the metrics for which the database could not be asked',
      registers,
    }),
  };
}

function gaugesIn(registry: Registry) {
  const registers = [registry];
  const inboxAge = new Gauge({
    name: 'inbox_age_seconds',
    help: 'Age of the oldest message not yet answered',
    registers,
  });
  const outboxDepth = new Gauge({
    name: 'outbox_depth',
    help: 'Messages still to be sent, by lane',
    labelNames: ['lane'],
    registers,
  });
  const channelFault = new Gauge({
    name: 'channel_settings_fault',
    help: 'The platform turns this process away until an administrator acts, by its code',
    labelNames: ['channel', 'code'],
    registers,
  });
  const kfRead = new Gauge({
    name: 'kf_last_read_timestamp_seconds',
    help: 'When what families wrote in WeChat was last read to the end; absent where that is not set up',
    registers,
  });
  const jobAge = new Gauge({
    name: 'job_heartbeat_age_seconds',
    help: 'For how long this job, in whichever process does the work, has not come to its end',
    labelNames: ['job'],
    registers,
  });
  const unreached = new Gauge({
    name: 'alert_unreached',
    help: 'What an alert would not reach by the last proof, by kind: areas, rungs, directors, children or people',
    labelNames: ['kind'],
    registers,
  });
  const proved = new Gauge({
    name: 'alert_reach_proved_timestamp_seconds',
    help: 'When it was last proved whom an alert would reach; 0 before the first time',
    registers,
  });
  const planner = new Gauge({
    name: 'planner_last_success_timestamp_seconds',
    help: 'When the planner last ran to its end; 0 before the first time',
    registers,
  });
  const contacts = new Gauge({
    name: 'wecom_contacts',
    help: 'Where WeCom and the roster differ, in people; held: so many would vanish and nothing was done',
    labelNames: ['what'],
    registers,
  });
  const show = (observed: Observed) => {
    inboxAge.set(observed.inboxAgeSeconds);
    for (const [lane, rows] of Object.entries(observed.outboxDepth)) outboxDepth.set({ lane }, rows);
    for (const { channel, code } of observed.channelFaults ?? []) channelFault.set({ channel, code }, 1);
    if (observed.kfReadAt) kfRead.set(observed.kfReadAt.getTime() / 1000);
    for (const [job, seconds] of Object.entries(observed.jobAgeSeconds ?? {})) jobAge.set({ job }, seconds);
    for (const [kind, count] of Object.entries(observed.proof?.counts ?? {})) unreached.set({ kind }, count);
    proved.set(observed.proof ? Date.parse(observed.proof.at) / 1000 : 0);
  };
  return { inboxAge, outboxDepth, channelFault, kfRead, jobAge, unreached, planner, contacts, show };
}
