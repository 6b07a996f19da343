import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WecomService } from '../support/wecom-service.ts';

const DIRECTOR = 'dir.00001';
const SUPERVISOR = 'sup.001';
const OTHERS = ['sup.002', 'dir.00002', 'dir.00003', 'county.desk'];

let service: WecomService;

beforeEach(async () => {
  service = await WecomService.start({
    at: '2026-11-25T02:10:00.000Z',
    members: [DIRECTOR, SUPERVISOR, ...OTHERS],
  });
});

afterEach(() => service.stop());

async function failing(): Promise<readonly string[]> {
  const answer = await fetch(`${service.running.url}/readyz`);
  return ((await answer.json()) as { failing: string[] }).failing;
}

async function metrics(): Promise<string> {
  return (await fetch(`${service.running.url}/metrics`)).text();
}

function logged(message: string): readonly Record<string, unknown>[] {
  return service.running.log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === message);
}

function sends(): number {
  return service.wecom.count('message/send');
}

/** Every row that is or was for these people, and is neither on its way nor arrived. */
async function lost(): Promise<number> {
  const { client } = service.running.service.world.store;
  const reached = [DIRECTOR, SUPERVISOR, ...OTHERS];
  const accounts = await client.chatAccount.findMany({
    where: { channel: 'wecom', externalId: { in: reached } },
    select: { id: true },
  });
  const accountId = { in: accounts.map(({ id }) => id) };
  return client.outbox.count({ where: { accountId, state: { in: ['failed', 'unknown'] } } });
}

describe('an address that WeCom does not trust any more (60020)', () => {
  it('is told once by code, and all that was said for a day waits and goes out when it is mended', async () => {
    expect(await failing()).toEqual([]);
    service.wecom.tenant.allowedIps = ['10.0.0.1'];
    await service.says(DIRECTOR, '菜单');
    await service.says(DIRECTOR, '紧急 李小明被打了');
    const before = sends();
    await service.pass(600, 15);
    expect(await failing()).toEqual(['wecom-60020']);
    expect(await metrics()).toContain('channel_settings_fault{channel="wecom",code="60020"} 1');
    expect(logged('wecom settings are wrong')).toMatchObject([
      { level: 50, code: 60020, path: '/cgi-bin/message/send' },
    ]);
    expect(sends() - before).toBeGreaterThanOrEqual(9); // somebody asks every minute
    expect(sends() - before).toBeLessThanOrEqual(11);

    for (let hour = 0; hour < 12; hour += 1) {
      service.clock.pass(7_200_000);
      await service.answered();
    }
    expect(await lost()).toBe(0);
    service.wecom.tenant.allowedIps = null;
    await service.pass(60);
    expect(service.wecom.readPhone(DIRECTOR).join('\n')).toContain('今天做什么');
    expect(service.wecom.readPhone(DIRECTOR).join('\n')).toContain('R-2026-');
    expect(service.wecom.readPhone(SUPERVISOR).join('\n')).toContain('[收到');
    expect(await failing()).toEqual([]);
    expect(await metrics()).not.toContain('channel_settings_fault{');
    expect(logged('wecom settings are wrong')).toHaveLength(1);
    expect(logged('wecom settings are right again')).toMatchObject([{ level: 30, code: 60020 }]);
    expect(service.running.log.join('\n')).not.toContain('小明');
  });

  it('puts no list into words that cannot go: it is made of what is true when it goes', async () => {
    service.wecom.tenant.allowedIps = ['10.0.0.1'];
    await service.says(DIRECTOR, '菜单');
    service.clock.pass(23 * 3_600_000); // the next morning's lists
    await service.pass(300);
    const { client } = service.running.service.world.store;
    const queued = { kind: 'digest', state: 'queued', key: { endsWith: '2026-11-26' } } as const;
    const waiting = await client.outbox.count({ where: queued });
    expect(waiting).toBeGreaterThan(7);
    expect(await client.outbox.count({ where: { ...queued, body: { not: null } } })).toBe(0);
    expect(await client.outbox.count({ where: { ...queued, attempts: { gt: 0 } } })).toBe(0);
  });
});

describe('other settings', () => {
  it('a secret that is refused (40001) is asked for ever less often, told once, and never logged', async () => {
    service.wecom.tokens.endAll('invalid');
    service.wecom.faults.plan('gettoken', { kind: 'errcode', errcode: 40001 }, { times: 10_000 });
    await service.says(DIRECTOR, '菜单');
    await service.pass(1_800, 60);
    expect(await failing()).toEqual(['wecom-40001']);
    expect(logged('wecom settings are wrong')).toMatchObject([{ code: 40001, path: '/cgi-bin/gettoken' }]);
    expect(service.wecom.count('gettoken')).toBeLessThan(15);
    expect(service.running.log.join('\n')).not.toContain('a-secret-of-the-app');
    service.wecom.faults.clear();
    await service.pass(660, 60);
    expect(service.wecom.readPhone(DIRECTOR).join('\n')).toContain('今天做什么');
    expect(await failing()).toEqual([]);
  });

  it.each([40013, 48002, 301002])('%i is told by its own code', async (errcode) => {
    service.wecom.faults.plan('message/send', { kind: 'errcode', errcode }, { times: 2 });
    await service.says(DIRECTOR, '菜单');
    expect(await failing()).toEqual([`wecom-${String(errcode)}`]);
    await service.pass(130);
    expect(service.wecom.readPhone(DIRECTOR).join('\n')).toContain('今天做什么');
    expect(await failing()).toEqual([]);
  });

  it('a busy WeCom is nobody’s fault', async () => {
    service.wecom.faults.plan('message/send', { kind: 'errcode', errcode: -1 });
    await service.says(DIRECTOR, '菜单');
    expect(await failing()).toEqual([]);
  });
});

describe('an app that reaches nobody any more (81013 for everybody)', () => {
  function visible(userids: readonly string[], is: boolean): void {
    for (const userid of userids) service.wecom.tenant.known(userid).visible = is;
  }

  it('is an alarm, and nobody’s message is given up', async () => {
    const everybody = [DIRECTOR, SUPERVISOR, ...OTHERS];
    visible(everybody, false);
    for (const userid of [DIRECTOR, 'dir.00002', 'dir.00003']) await service.says(userid, '菜单');
    await service.says(DIRECTOR, '紧急 李小明被打了');
    await service.pass(60);
    expect(await failing()).toEqual([]); // that may be chance
    await service.pass(1_200, 60);
    expect(await failing()).toEqual(['wecom-81013']);
    await service.pass(3_600, 300);
    expect(await lost()).toBe(0);
    expect(logged('wecom settings are wrong')).toMatchObject([{ code: 81013 }]);
    visible(everybody, true);
    await service.pass(60);
    expect(service.wecom.readPhone(SUPERVISOR).join('\n')).toContain('[收到'); // what is urgent asks every minute
    await service.pass(600, 60);
    for (const userid of [DIRECTOR, 'dir.00002', 'dir.00003'])
      expect(service.wecom.readPhone(userid).join('\n')).toContain('今天做什么');
    expect(await failing()).toEqual([]);
  });

  it('one person who is not there is none: the message is given up as soon as others are reached', async () => {
    visible([DIRECTOR], false);
    await service.says(DIRECTOR, '菜单');
    expect(await lost()).toBe(0);
    await service.pass(5, 5);
    await service.says('dir.00002', '菜单');
    await service.pass(60);
    expect(await lost()).toBe(1);
    expect(await failing()).toEqual([]);
    expect(logged('wecom settings are wrong')).toEqual([]);
  });
});
