import { CHAT, TelegramService } from '../../../support/telegram-service.ts';
import { EVERYTHING, type ChannelWorld, type PlatformAbilities } from './channel-world.ts';
import { keepFileOf, lastOptionOf } from './service-side.ts';

/** Telegram has no name for a message that it would know again. */
export const TELEGRAM_ABILITIES: PlatformAbilities = { ...EVERYTHING, knowsRepeats: false };

/** Telegram: the platform behind it is the fake, the service is the whole one. */
export async function telegramWorld(): Promise<ChannelWorld> {
  const service = await TelegramService.start();
  const { telegram, clock, running } = service;
  const { store, channels } = running.service.world;
  const channel = channels.get('telegram');
  if (channel === undefined) throw new Error('the service has no Telegram');
  await service.says(CHAT, '你好');
  return {
    channel,
    reader: CHAT,
    stranger: '9199999',
    phone: (address) =>
      Promise.resolve(
        telegram.phone(address).map(({ text, buttons, file }) => ({
          text,
          choices: buttons.map((button) => button.text),
          files: file === null ? [] : [file],
        })),
      ),
    press: async (label) => {
      await telegram.tap(CHAT, label);
      return lastOptionOf(store);
    },
    write: async () => {
      await service.says(CHAT, '帮助');
    },
    keepFile: keepFileOf(store, 'telegram', CHAT),
    breakDown: (how) => {
      telegram.well();
      if (how !== null) telegram.plan('*', 'html-502', { times: Infinity });
    },
    // The words of the contract are one piece here; how a longer text goes on is told in tests/bot/channels/telegram.
    loseAnswer: () => {
      telegram.plan('sendMessage', 'close-after');
    },
    pass: (ms) => {
      clock.pass(ms);
    },
    close: () => service.stop(),
  };
}
