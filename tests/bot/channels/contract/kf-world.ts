import { startKf } from '../../../support/kf-service.ts';
import { SAMPLE_KF } from '../../../support/wecom/fake-wecom.ts';
import type { ChannelWorld, PlatformAbilities } from './channel-world.ts';
import { keepFileOf, lastOptionOf } from './service-side.ts';

const MOTHER = 'wmMOTHER';

/**
 * Five messages may follow the words of a family. One is kept for what is urgent, and the service's answer to those
 * words has gone when the contract begins to send.
 */
export const KF_ABILITIES: PlatformAbilities = {
  files: false,
  longQuestions: 'numbered',
  beforeReaderWrites: 3,
  knowsRepeats: true,
};

/** 微信客服: the platform behind it is the fake, the service is the whole one, the reader is a mother in WeChat. */
export async function kfWorld(): Promise<ChannelWorld> {
  const { wecom, clock, running, answered, stop } = await startKf();
  const { store, channels } = running.service.world;
  const channel = channels.get('kf');
  if (channel === undefined) throw new Error('the service has no 微信客服');
  const phone = (address: string) => wecom.kf.phone(SAMPLE_KF, address);
  const write = async (): Promise<void> => {
    await wecom.kf.say(SAMPLE_KF, MOTHER, '你好');
    await answered();
  };
  await write();
  return {
    channel,
    reader: MOTHER,
    stranger: 'wmNOBODY',
    phone: (address) =>
      Promise.resolve(
        phone(address).map(({ text, menu }) => ({
          text,
          choices: menu.map((entry) => entry.text),
          files: [],
        })),
      ),
    press: async (label) => {
      const menu = phone(MOTHER).findLast((shown) => shown.menu.length > 0)?.menu ?? [];
      await wecom.kf.tapMenu(SAMPLE_KF, MOTHER, menu.find(({ text }) => text === label)?.id ?? '');
      await answered();
      return lastOptionOf(store);
    },
    write,
    keepFile: keepFileOf(store, 'kf', MOTHER),
    breakDown: (how) => {
      wecom.faults.clear();
      if (how !== null) wecom.faults.plan('*', { kind: 'html-502' }, { times: Infinity });
    },
    loseAnswer: (after) => void wecom.faults.plan('kf/send_msg', { kind: 'close-after' }, { skip: after }),
    pass: (ms) => {
      clock.pass(ms);
    },
    close: stop,
  };
}
