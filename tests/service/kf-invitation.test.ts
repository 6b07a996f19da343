import { afterEach, beforeEach, expect, it } from 'vitest';
import { startKf, type KfWorld } from '../support/kf-service.ts';
import { SAMPLE_KF } from '../support/wecom/fake-wecom.ts';

const DIRECTOR = 'dir.00001';
const GRANDMOTHER = 'wmGRANDMOTHER';
const STRANGER = 'wmSTRANGER';

let world: KfWorld;

beforeEach(async () => {
  world = await startKf();
  await world.answered(); // the link is asked for at the first tick
});

afterEach(async () => {
  await world.stop();
});

async function says(words: string): Promise<string> {
  await world.wecom.say(DIRECTOR, words);
  await world.answered();
  return world.wecom.readPhone(DIRECTOR).join('\n');
}

async function invitation(): Promise<string> {
  const link = /https?:\S+scene_param=[0-9A-Z]{8}/u.exec(await says('邀请 小明的奶奶'))?.[0];
  if (link === undefined) throw new Error('the invitation has no link');
  return link;
}

async function taps(customer: string, label: string): Promise<void> {
  const menu = world.wecom.kf.phone(SAMPLE_KF, customer).findLast((shown) => shown.menu.length > 0)?.menu;
  const entry = menu?.find(({ text }) => text.includes(label));
  if (entry === undefined) throw new Error(`nothing reads ${label}`);
  await world.wecom.kf.tapMenu(SAMPLE_KF, customer, entry.id);
  await world.answered();
}

it('a grandmother follows the link, presses 绑定, agrees, and is known after the director has said so', async () => {
  await world.wecom.kf.follow(await invitation(), GRANDMOTHER);
  await world.answered();
  expect(world.read(GRANDMOTHER).at(-1)).toContain('点“绑定”');
  await taps(GRANDMOTHER, '绑定');
  await taps(GRANDMOTHER, '同意');
  await taps(GRANDMOTHER, '想收');
  const { client } = world.running.service.world.store;
  expect(await client.binding.findMany()).toMatchObject([{ state: 'asked' }]);
  await says('待认');
  await says('是本人');
  expect(await client.binding.findMany()).toMatchObject([{ state: 'confirmed', personKind: 'carer' }]);
  expect(world.read(GRANDMOTHER).at(-1)).toContain('绑定好了');
});

it('the picture that goes with it is a PNG of its maker, and the link is asked for once', async () => {
  await invitation();
  const { client } = world.running.service.world.store;
  expect(await client.storedFile.findMany()).toMatchObject([{ mime: 'image/png', kind: 'photo' }]);
  expect(world.wecom.count('kf/add_contact_way')).toBe(1);
});

it('a stranger with a forwarded link reads nothing of any child, and the link is over once it was used', async () => {
  const link = await invitation();
  await world.wecom.kf.follow(link, STRANGER);
  await world.answered();
  await taps(STRANGER, '绑定');
  await taps(STRANGER, '同意');
  await taps(STRANGER, '不用');
  await says('待认');
  await says('不是本人');
  await world.wecom.kf.follow(link, GRANDMOTHER);
  await world.answered();
  await taps(GRANDMOTHER, '绑定');
  expect(world.read(GRANDMOTHER).at(-1)).toContain('用不了');
  const shown = [...world.read(STRANGER), ...world.read(GRANDMOTHER)].join('\n');
  for (const word of ['小明', '李', '陈']) expect(shown).not.toContain(word);
});
