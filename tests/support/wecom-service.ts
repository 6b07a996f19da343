import { HandClock, startService, type RunningService } from './start-service.ts';
import { TENANT, wecomEnv } from './service-on-wecom.ts';
import { fakeWecom, type FakeWecom } from './wecom/fake-wecom.ts';

/** A service whose people are reached through a WeCom of its own, both on one clock moved by hand. */
export class WecomService {
  readonly clock: HandClock;
  readonly wecom: FakeWecom;
  readonly running: RunningService;

  private constructor(clock: HandClock, wecom: FakeWecom, running: RunningService) {
    this.clock = clock;
    this.wecom = wecom;
    this.running = running;
  }

  /** Begins at `at`, with the lists of that morning on their way to these members. */
  static async start(at: string, members: readonly string[]): Promise<WecomService> {
    const clock = new HandClock(at);
    const wecom = await fakeWecom({
      ...{ clock, ...TENANT, members },
    });
    const running = await startService({
      clock,
      env: wecomEnv(wecom.url),
    });
    wecom.setCallbackUrl(`${running.url}/channels/wecom/callback`);
    const service = new WecomService(clock, wecom, running);
    await running.service.beat();
    await service.answered();
    return service;
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
