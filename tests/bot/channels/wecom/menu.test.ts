import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WecomApi } from '../../../../bot/channels/wecom/api.ts';
import { setMenu, tooLong, type AppMenu } from '../../../../bot/channels/wecom/menu.ts';
import { commandIn } from '../../../../bot/dialog/words.ts';
import { repertoire } from '../../../../bot/flows/repertoire.ts';
import type { View } from '../../../../bot/dialog/view.ts';
import { appMenu, wecomMenuJob } from '../../../../server/assembly/wecom-menu-job.ts';
import type { World } from '../../../../server/assembly/world.ts';
import { httpClient } from '../../../../server/platform/http-client.ts';
import { createLogger } from '../../../../server/platform/logger.ts';
import { loadWording } from '../../../../server/platform/wording.ts';
import type { StandingClock } from '../../../support/wecom/clock.ts';
import type { FakeWecom } from '../../../support/wecom/fake-wecom.ts';
import { SAMPLE, sampleWecom } from '../../../support/wecom/sample-tenant.ts';

const MENU = appMenu({ wording: loadWording() });
const clicks = MENU.flatMap((button) => ('key' in button ? [button] : button.buttons));

let wecom: FakeWecom;
let api: WecomApi;
let clock: StandingClock;
let client: Awaited<ReturnType<typeof sampleWecom>>['client'];

beforeEach(async () => {
  const sample = await sampleWecom();
  ({ wecom, client, clock } = sample);
  const { corpId, agentId, secret: agentSecret } = SAMPLE;
  api = new WecomApi(
    { apiBase: wecom.url, corpId, agentId, agentSecret },
    {
      fetch: httpClient,
      now: () => sample.clock.now(),
      bell: { begins: () => undefined, ends: () => undefined },
    },
  );
});
afterEach(() => wecom.stop());

const made = () => wecom.count('menu/create');

describe('the menu after the start', () => {
  it('is tried again half an hour after WeCom refused it, and nothing waits for it', async () => {
    const log: string[] = [];
    const logger = createLogger({ write: (line: string) => void log.push(line) });
    const world = { wording: loadWording(), logger, realClock: clock } as unknown as World;
    const job = wecomMenuJob(world, api, SAMPLE.agentId);
    wecom.faults.plan('menu/get', { kind: 'errcode', errcode: 60_020 });
    expect(await job.run()).toBe(0);
    await expect.poll(() => log.join(''), { timeout: 30_000 }).toContain('wecom menu not set');
    clock.pass(29 * 60_000);
    await job.run();
    expect(wecom.count('menu/get')).toBe(1);
    clock.pass(60_000);
    await job.run();
    await expect.poll(() => log.join(''), { timeout: 30_000 }).toContain('wecom menu set');
    await job.run();
    expect([wecom.count('menu/get'), made()]).toEqual([2, 1]);
  });
});

describe('the menu of the app', () => {
  it('fits into what WeCom takes, holds 紧急 as a button of its own, and every key is a word that is understood', () => {
    expect(tooLong(MENU)).toBeNull();
    expect(MENU.some((button) => 'key' in button && button.key === '紧急')).toBe(true);
    expect(clicks.map(({ key }) => key).sort()).toEqual(
      ['走访', '待办', '联系', '补录', '菜单', '帮助', '紧急'].sort(),
    );
    const director = { role: 'director', caseload: [] } as unknown as View;
    const words = [repertoire.urgent, ...repertoire.commands];
    for (const { key } of clicks) expect(commandIn(words, key, director)?.rest, key).toBeNull();
  });

  it('is made once, left alone afterwards, and put back where somebody changed it', async () => {
    expect(await setMenu(api, SAMPLE.agentId, MENU)).toEqual({ kind: 'made' });
    expect([...(wecom.menu.keys ?? [])].length).toBe(clicks.length);
    expect(await setMenu(api, SAMPLE.agentId, MENU)).toEqual({ kind: 'same' });
    expect(made()).toBe(1);
    const other = { button: [{ type: 'view', name: '新闻', url: 'https://example.org' }] };
    const query = new URLSearchParams({ access_token: client.token, agentid: String(SAMPLE.agentId) });
    await client.read('menu/create', Object.fromEntries(query), {
      method: 'POST',
      body: JSON.stringify(other),
    });
    expect(await setMenu(api, SAMPLE.agentId, MENU)).toEqual({ kind: 'made' });
    expect(wecom.menu.keys?.get('紧急')).toBe('紧急');
  });

  it('is read back as WeCom tells it, with what we did not say', async () => {
    const told = [
      { type: 'click', name: '走访', key: '走访', sub_button: [] },
      { name: '更多', sub_button: [{ type: 'click', name: '帮助', key: '帮助', sub_button: [] }] },
    ];
    const menu: AppMenu = [
      { name: '走访', key: '走访' },
      { name: '更多', buttons: [{ name: '帮助', key: '帮助' }] },
    ];
    const get = () =>
      Promise.resolve({ reaction: 'done', code: 0, body: { errcode: 0, button: told } } as const);
    expect(await setMenu({ get, post: get }, 1, menu)).toEqual({ kind: 'same' });
  });

  it('with a word that is too long is not sent', async () => {
    const long: AppMenu = [{ name: '走访和联系的', key: '走访' }];
    expect(await setMenu(api, SAMPLE.agentId, long)).toEqual({ kind: 'too-long', name: '走访和联系的' });
    expect(tooLong([{ name: '更多', buttons: [{ name: '十'.repeat(14), key: '帮助' }] }])).toBe(
      '十'.repeat(14),
    );
    expect(
      tooLong([{ name: '更多', buttons: Array.from({ length: 6 }, () => ({ name: '帮助', key: '帮助' })) }]),
    ).toBe('更多');
    expect(tooLong(['一', '二', '三', '四'].map((name) => ({ name, key: name })))).toBe('四');
    expect(tooLong([{ name: '走访', key: '走'.repeat(43) }])).toBe('走访');
    expect(wecom.calls.map(({ path }) => path)).toEqual(['gettoken']);
  });

  it('is not made over one that could not be read', async () => {
    wecom.faults.plan('menu/get', { kind: 'errcode', errcode: 60_020 });
    expect(await setMenu(api, SAMPLE.agentId, MENU)).toMatchObject({
      kind: 'refused',
      answer: { code: 60_020 },
    });
    expect(made()).toBe(0);
    clock.pass(60_000); // so long nobody asks again after a refused setting
    wecom.faults.plan('menu/create', { kind: 'errcode', errcode: 48_002 });
    expect(await setMenu(api, SAMPLE.agentId, MENU)).toMatchObject({
      kind: 'refused',
      answer: { code: 48_002 },
    });
  });
});
