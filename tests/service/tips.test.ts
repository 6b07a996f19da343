import { afterEach, expect, it, vi } from 'vitest';
import { insert, update, type Write } from '../../server/services/batch.ts';
import { moveClock, Phone, type PhoneMessage } from '../support/phone.ts';
import {
  bindFamily,
  CARER,
  childId,
  PEOPLE,
  startSmallCounty,
  type SmallCounty,
} from '../support/small-county.ts';

vi.setConfig({ testTimeout: 120_000 });

const WEDNESDAY = '2026-11-25T11:30:00.000Z';

let county: SmallCounty | null = null;
afterEach(async () => {
  await county?.stop();
  county = null;
});

/** The grandmother of 李小明 is known on her phone and wants tips; `writes` is what else happened before Wednesday. */
async function wednesdayOf(
  writes: (accountId: string) => readonly Write[],
): Promise<readonly PhoneMessage[]> {
  county = await startSmallCounty();
  const { service } = county;
  await moveClock(county, '2026-11-23T01:00:00.000Z');
  await bindFamily(county, '王奶奶');
  const account = PEOPLE.王奶奶 ?? '';
  const phone = new Phone(county, account);
  await phone.say('订阅');
  const row = await service.world.store.client.chatAccount.findFirst({ where: { externalId: account } });
  await service.world.commit({ guards: [], writes: [...writes(row?.id ?? '')] });
  const before = (await phone.received()).length;
  await moveClock(county, WEDNESDAY);
  return (await phone.received()).slice(before);
}

it('a tip comes once, even where the evening is gone through again after a restart', async () => {
  const came = await wednesdayOf(() => []);
  expect(came.map(({ text }) => text)).toEqual([expect.stringMatching(/^小知识：.+\n不想收，回“退订”。$/su)]);
  if (county === null) return;
  const { store } = county.service.world;
  // As if the process had died before it noted that the evening is done.
  await store.client.setting.delete({ where: { key: 'tips-sent-on' } });
  await county.restart();
  await moveClock(county, '2026-11-25T12:00:00.000Z');
  const received = await new Phone(county, PEOPLE.王奶奶 ?? '').received();
  expect(received.filter(({ text }) => text.startsWith('小知识'))).toHaveLength(1);
  expect(county.log.join('\n')).not.toContain('小知识');
});

it.each<[string, (accountId: string) => readonly Write[]]>([
  [
    'while a worry about the child is open',
    () => [
      insert('Concern', {
        ...{ id: 'concern', childId: childId('李小明'), contactId: null, authorId: 'somebody' },
        ...{ outcome: 'worried', openedAt: '2026-11-24T01:00:00.000Z', state: 'open', answeredAt: null },
        ...{ followUpOn: null, closedAt: null, rev: 1, words: null },
      }),
    ],
  ],
  [
    'to somebody marked 不得联系',
    () => [
      insert('NoContact', {
        ...{ id: 'mark', personKind: 'carer', personId: CARER.id, childId: childId('李小明') },
        ...{ reason: 'protection', fromOn: '2026-11-24', setBy: 'desk', setAt: '2026-11-24T01:00:00.000Z' },
        ...{ liftedBy: null, liftedAt: null, source: null, liftedWhy: null },
      }),
    ],
  ],
  ['of a child that has left', () => [update('Child', childId('李小明'), { endsOn: '2026-11-24' })]],
  ['where nothing can be sent now', (id) => [update('ChatAccount', id, { channel: 'kf' })]],
])('no tip comes %s', async (_when, writes) => {
  expect(await wednesdayOf(writes)).toEqual([]);
});
