import { WecomService } from '../../../support/wecom-service.ts';
import { DIRECTOR } from '../../../support/wecom-tenant.ts';
import type { Shown } from '../../../support/wecom/shown.ts';
import type { ChannelWorld, OnPhone } from './channel-world.ts';
import { keepFileOf, lastOptionOf } from './service-side.ts';

/** WeCom: the platform behind it is the fake, the service is the whole one. */
export async function wecomWorld(): Promise<ChannelWorld> {
  const service = await WecomService.start();
  const { wecom, clock, running } = service;
  const { store, channels } = running.service.world;
  const channel = channels.get('wecom');
  if (channel === undefined) throw new Error('the service has no WeCom');
  const filesOf = ({ kind, content }: Shown): OnPhone['files'] => {
    const file = kind === 'file' ? wecom.media.file(String(content.media_id)) : null;
    return file === null ? [] : [file];
  };
  return {
    channel,
    reader: DIRECTOR,
    stranger: 'nobody.at.all',
    phone: (address) =>
      Promise.resolve(
        wecom.phone(address).map((shown) => ({
          text: shown.text,
          choices: shown.card?.buttons.map(({ text }) => text) ?? [],
          files: filesOf(shown),
        })),
      ),
    press: async (label) => {
      const index = wecom.phone(DIRECTOR).findLastIndex(({ card }) => card !== null);
      const key = wecom.phone(DIRECTOR)[index]?.card?.buttons.find(({ text }) => text === label)?.key;
      await wecom.tap(DIRECTOR, index, key ?? '');
      return lastOptionOf(store);
    },
    write: async () => {
      await wecom.say(DIRECTOR, '帮助');
      await service.answered();
    },
    keepFile: keepFileOf(store, 'wecom', DIRECTOR),
    breakDown: (how) => {
      wecom.faults.clear();
      if (how !== null) wecom.faults.plan('*', { kind: 'html-502' }, { times: Infinity });
    },
    loseAnswer: (after) => void wecom.faults.plan('message/send', { kind: 'close-after' }, { skip: after }),
    pass: (ms) => {
      clock.pass(ms);
    },
    close: () => service.stop(),
  };
}
