import { HandClock, startService, type RunningService } from './start-service.ts';
import { FakeTelegram } from './telegram/fake-telegram.ts';

/** A chat of the tests: somebody whom the bot does not know yet. */
export const CHAT = '9100001';

interface StageOptions {
  readonly mode?: 'webhook' | 'polling';
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole service with its demo county, and a Telegram of its own. */
export class TelegramService {
  readonly clock: HandClock;
  readonly telegram: FakeTelegram;
  readonly running: RunningService;

  private constructor(clock: HandClock, telegram: FakeTelegram, running: RunningService) {
    this.clock = clock;
    this.telegram = telegram;
    this.running = running;
  }

  static async start({ mode = 'webhook', dataDir, env = {} }: StageOptions = {}): Promise<TelegramService> {
    const clock = new HandClock('2026-11-25T02:00:00.000Z');
    const telegram = await FakeTelegram.start();
    const running = await startService({
      clock,
      env: { ...telegram.env(mode), ...env },
      ...(dataDir === undefined ? {} : { dataDir }),
    });
    if (mode === 'webhook') telegram.sendUpdatesTo(`${running.url}/channels/telegram/webhook`);
    const service = new TelegramService(clock, telegram, running);
    await service.answered();
    return service;
  }

  /** The account of a chat is a director of the demo county, as if it had been linked. */
  async link(chat: string, account: string): Promise<void> {
    const { store } = this.running.service.world;
    const { id: personId } = await store.client.worker.findFirstOrThrow({ where: { account } });
    await store.client.chatAccount.update({
      where: { channel_externalId: { channel: 'telegram', externalId: chat } },
      data: { personKind: 'worker', personId, linkedAt: '2026-11-25T02:00:00.000Z' },
    });
  }

  /** Everything that was said is answered, and what was queued for a later moment is on its way. */
  async answered(): Promise<void> {
    const { service } = this.running;
    this.clock.pass(6_000); // nobody is answered faster than Telegram allows in one chat
    await service.conversation.quiet();
    await service.beat();
    await service.conversation.quiet();
  }

  /** Says something; what the phone reads then. */
  async says(chat: string, words: string): Promise<string> {
    await this.telegram.say(chat, words);
    await this.answered();
    return this.newest(chat);
  }

  async taps(chat: string, label: string): Promise<string> {
    await this.telegram.tap(chat, label);
    await this.answered();
    return this.newest(chat);
  }

  newest(chat: string): string {
    return this.telegram.phone(chat).at(-1)?.text ?? '';
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.telegram.stop();
  }
}
