import type { MessageFile } from '../../../../bot/channels/channel.ts';
import { simulatorChannel } from '../../../../bot/channels/simulator/channel.ts';
import { phoneMessages, phonesOn } from '../../../../server/store/simulator.ts';
import { HandClock, startService } from '../../../support/start-service.ts';
import type { ChannelWorld, OnPhone } from './channel-world.ts';
import { keepFileOf, lastOptionOf } from './service-side.ts';

const READER = 'dir.00001';

/** The simulator: the platform behind it is the service's own store. */
export async function simulatorWorld(): Promise<ChannelWorld> {
  const clock = new HandClock('2026-11-25T02:00:00.000Z');
  const { service, url, stop } = await startService({ clock });
  const { store } = service.world;
  const line = { down: false, loses: false };
  const phones = phonesOn(store);
  const received = (address: string) => phoneMessages(store, address, 0, 1_000);
  const said = (what: object) =>
    fetch(`${url}/simulator/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: READER, ...what }),
    });
  const bytesOf = async (account: string, { id, name }: MessageFile) => {
    const response = await fetch(`${url}/simulator/files/${id}?account=${account}`);
    return { name, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  return {
    channel: simulatorChannel({
      knows: (address) => phones.knows(address),
      receive: async (message) => {
        if (line.down) throw new Error('the disk is full');
        await phones.receive(message);
        const lost = line.loses;
        line.loses = false;
        if (lost) throw new Error('the line broke');
      },
    }),
    reader: READER,
    stranger: 'nobody.at.all',
    phone: async (address) =>
      Promise.all(
        (await received(address)).map(async ({ text, options, files = [] }): Promise<OnPhone> => ({
          text,
          choices: options.map(({ label }) => label),
          files: await Promise.all(files.map((file) => bytesOf(address, file))),
        })),
      ),
    press: async (label) => {
      const shown = (await received(READER)).findLast(({ options }) => options.length > 0);
      const option = shown?.options.find((one) => one.label === label)?.id;
      await said({ option });
      return lastOptionOf(store);
    },
    write: async () => {
      await said({ text: '帮助' });
    },
    keepFile: keepFileOf(store, 'simulator', READER),
    breakDown: (how) => void (line.down = how !== null),
    loseAnswer: () => void (line.loses = true), // a message is always one piece
    pass: (ms) => {
      clock.pass(ms);
    },
    close: stop,
  };
}
