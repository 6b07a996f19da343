import { afterEach, describe, expect, it } from 'vitest';
import { lookUp, readAddressBook } from '../../../../bot/channels/wecom/address-book.ts';
import { WecomApi } from '../../../../bot/channels/wecom/api.ts';
import { SAMPLE, sampleWecom, SmallBot } from '../../../support/wecom/sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

async function start() {
  const { wecom, clock } = await sampleWecom({
    deliver: new SmallBot().deliver,
    departments: [
      { id: 2, name: '青山镇', parentid: 1, order: 1 },
      { id: 3, name: '大河村', parentid: 2, order: 1 },
    ],
    members: [
      { userid: 'Sup.001', name: '王主任', departments: [3, 2], leads: [2] },
      { userid: 'dir.00001', name: '李老师', departments: [3] },
      { userid: 'hidden', departments: [3], visible: false },
    ],
  });
  made.push(wecom);
  const settings = { apiBase: wecom.url, corpId: SAMPLE.corpId, agentSecret: SAMPLE.secret };
  const alarms: string[] = [];
  const api = new WecomApi(
    { ...settings, agentId: SAMPLE.agentId },
    {
      fetch,
      now: () => clock.now(),
      bell: {
        begins: ({ code, path }) => void alarms.push(`${String(code)} ${path}`),
        ends: () => undefined,
      },
    },
  );
  return { wecom, clock, api, alarms, book: () => readAddressBook(api, SAMPLE.agentId) };
}

describe('reading the address book of WeCom', () => {
  it('gives departments and members within sight, in lower case, without a name of anybody', async () => {
    const { book } = await start();
    const read = await book();
    expect(read).toEqual({
      departments: [
        { id: 1, name: '全县', parentId: 0 },
        { id: 2, name: '青山镇', parentId: 1 },
        { id: 3, name: '大河村', parentId: 2 },
      ],
      members: [
        { userid: 'sup.001', departments: [2, 3] },
        { userid: 'dir.00001', departments: [3] },
      ],
    });
  });

  it('shows nobody whom an administrator shut out or who left by themselves', async () => {
    const { wecom, api, book } = await start();
    await wecom.contacts.update('dir.00001', { status: 5 });
    await wecom.contacts.update('sup.001', { status: 2 });
    expect((await book())?.members).toEqual([]);
    expect(await lookUp(api, 'dir.00001')).toBe('away');
  });

  it('is whole or nothing: any part that fails, however, makes it null', async () => {
    const { wecom, clock, book } = await start();
    for (const [path, fault] of [
      ['department/list', { kind: 'html-502' }],
      ['user/list', { kind: 'close-after' }],
      ['user/list', { kind: 'errcode', errcode: 45_009 }],
      ['user/list', { kind: 'errcode', errcode: 60_011 }],
      ['agent/get', { kind: 'errcode', errcode: 60_020 }],
    ] as const) {
      wecom.faults.plan(path, fault);
      expect(await book()).toBeNull();
      wecom.faults.clear();
    }
    clock.pass(60_000); // so long nobody asks again after a refused setting
    expect((await book())?.members).toHaveLength(2);
  });

  it('is not asked for again and again where WeCom turns such calls away, and once a minute finds out', async () => {
    const { wecom, clock, book, alarms } = await start();
    wecom.faults.plan('*', { kind: 'errcode', errcode: 60_020 }, { skip: 1, times: Infinity });
    expect(await book()).toBeNull();
    const calls = wecom.calls.length;
    for (let n = 0; n < 5; n += 1) expect(await book()).toBeNull();
    expect(wecom.calls).toHaveLength(calls);
    expect(alarms).toHaveLength(1);
    wecom.faults.clear();
    clock.pass(60_000);
    expect((await book())?.members).toHaveLength(2);
  });

  it('goes on with a new token where the old one ended half-way', async () => {
    const { wecom, book } = await start();
    wecom.faults.plan('user/list', { kind: 'token-invalid' });
    expect((await book())?.members).toHaveLength(2);
  });

  it('tells whoever is gone or out of sight from whoever could not be looked up', async () => {
    const { wecom, api } = await start();
    expect(await lookUp(api, 'dir.00001')).toEqual({ userid: 'dir.00001', departments: [3] });
    expect(await lookUp(api, 'nobody')).toBe('away');
    expect(await lookUp(api, 'hidden')).toBe('away');
    wecom.faults.plan('user/get', { kind: 'html-502' });
    expect(await lookUp(api, 'dir.00001')).toBeNull();
  });
});
