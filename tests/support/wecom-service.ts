import { HandClock, startService, type RunningService } from './start-service.ts';
import { DIRECTOR, SUPERVISOR, TENANT, wecomEnv } from './wecom-tenant.ts';
import { fakeWecom, type FakeWecom, type FakeWecomOptions } from './wecom/fake-wecom.ts';

/** How a stage begins, besides what its WeCom is told. */
interface StageOptions extends Partial<Omit<FakeWecomOptions, 'clock'>> {
  readonly at?: string;
  /** Kept over a restart, and by whoever gave it. */
  readonly dataDir?: string;
  /** Settings of the service besides those of its company. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Colleagues of the demo county, and one whom nobody imported. */
const MEMBERS = [DIRECTOR, SUPERVISOR, 'sup.002', 'county.desk', 'somebody.else'];

/** The whole service with its demo county, and a WeCom of its own, both on one clock moved by hand. */
export class WecomService {
  readonly clock: HandClock;
  readonly wecom: FakeWecom;
  readonly #begin: () => Promise<RunningService>;
  #running: RunningService;

  private constructor(parts: {
    readonly clock: HandClock;
    readonly wecom: FakeWecom;
    readonly begin: () => Promise<RunningService>;
    readonly running: RunningService;
  }) {
    this.clock = parts.clock;
    this.wecom = parts.wecom;
    this.#begin = parts.begin;
    this.#running = parts.running;
  }

  /** Before anything has happened. */
  static async open({ at, dataDir, env = {}, ...fake }: StageOptions = {}): Promise<WecomService> {
    const clock = new HandClock(at ?? '2026-11-25T02:00:00.000Z');
    const wecom = await fakeWecom({ clock, ...TENANT, members: MEMBERS, ...fake });
    const begin = async (): Promise<RunningService> => {
      const running = await startService({
        clock,
        env: { ...wecomEnv(wecom.url), ...env },
        ...(dataDir === undefined ? {} : { dataDir }),
      });
      wecom.setCallbackUrl(`${running.url}/channels/wecom/callback`);
      return running;
    };
    return new WecomService({ clock, wecom, begin, running: await begin() });
  }

  /** With the lists of the morning out before anybody speaks. */
  static async start(options: StageOptions = {}): Promise<WecomService> {
    const service = await WecomService.open(options);
    await service.running.service.beat();
    await service.answered();
    return service;
  }

  get running(): RunningService {
    return this.#running;
  }

  /** Stops the service and starts it again on the same data, which `dataDir` has kept. */
  async restart(): Promise<void> {
    await this.#running.stop();
    this.#running = await this.#begin();
  }

  /** Everything that was said is answered, and what was queued for a later moment is on its way. */
  async answered(): Promise<void> {
    await this.running.service.conversation.quiet();
    await this.running.service.beat();
  }

  /** Time passes, with a tick every so many seconds. */
  async pass(seconds: number, tick = 30): Promise<void> {
    for (let n = 0; n < seconds; n += tick) {
      this.clock.pass(tick * 1_000);
      await this.answered();
    }
  }

  async says(userid: string, words: string): Promise<string> {
    await this.wecom.say(userid, words);
    await this.answered();
    return this.newest(userid);
  }

  /** Presses the button of the newest card that carries these words. */
  async presses(userid: string, label: string): Promise<string> {
    const shown = this.wecom.phone(userid);
    const index = shown.findLastIndex(({ card }) => card !== null);
    const key = shown[index]?.card?.buttons.find(({ text }) => text.startsWith(label))?.key;
    if (key === null || key === undefined)
      throw new Error(`nothing reads ${label}: ${this.wecom.readPhone(userid).join('\n')}`);
    await this.wecom.tap(userid, index, key);
    await this.answered();
    return this.newest(userid);
  }

  /** Ticks this answer on the newest card and sends it off. */
  async ticks(userid: string, label: string): Promise<string> {
    const shown = this.wecom.phone(userid);
    const index = shown.findLastIndex(({ card }) => card !== null);
    const [question] = shown[index]?.card?.questions ?? [];
    const chosen = question?.options.find(({ text }) => text === label);
    if (question === undefined || chosen === undefined)
      throw new Error(`nothing to tick reads ${label}: ${this.wecom.readPhone(userid).join('\n')}`);
    await this.wecom.choose(userid, index, { [question.key]: chosen.id });
    await this.answered();
    return this.newest(userid);
  }

  newest(userid: string): string {
    return this.wecom.readPhone(userid).at(-1) ?? '';
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.wecom.stop();
  }
}
