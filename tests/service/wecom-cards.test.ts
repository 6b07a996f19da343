import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WecomService } from '../support/wecom-service.ts';

const DIRECTOR = 'dir.00001';
const SUPERVISOR = 'sup.001';
const DESK = 'county.desk';
const COLLEAGUES = ['sup.002', 'sup.003', DESK];

let service: WecomService;

/** A report that nobody took for a quarter of an hour. WeCom does not know the deputy, so the desk has its page already. */
beforeEach(async () => {
  service = await WecomService.start({
    at: '2026-11-25T02:10:00.000Z',
    members: [DIRECTOR, SUPERVISOR, ...COLLEAGUES],
  });
  await service.says(DIRECTOR, '紧急 李小明被打了');
  await service.pass(15 * 60, 60);
});

afterEach(() => service.stop());

/** A desk also reads whom a page did not reach; that is no page. */
const isPage = (text: string): boolean => text.includes('紧急报告R-2026-') && text.includes('请按');

/** How the pages on this phone read, the oldest first. */
function pages(userid: string): readonly string[] {
  return service.wecom.readPhone(userid).filter(isPage);
}

function pressable(userid: string): number {
  return pages(userid).filter((text) => text.includes('[收到')).length;
}

function updates(): number {
  return service.wecom.count('update_template_card') + service.wecom.count('message/update_template_card');
}

/** Presses 收到 on a page although a newer card may have come since. */
async function pressesPage(userid: string, label: string): Promise<void> {
  const shown = service.wecom.phone(userid);
  const index = shown.findLastIndex(({ text }) => isPage(text));
  const key = shown[index]?.card?.buttons.find(({ text }) => text.startsWith(label))?.key ?? '';
  await service.wecom.tap(userid, index, key);
  await service.answered();
}

describe('a report that somebody takes', () => {
  it('reads by whom on every page of everybody else, who cannot press any more; the taker can still read it again', async () => {
    expect(pressable(DESK)).toBeGreaterThan(0);
    const own = pressable(SUPERVISOR);
    await pressesPage(SUPERVISOR, '收到');
    await service.answered();
    expect(pressable(DESK)).toBe(0);
    for (const page of pages(DESK)) expect(page).toMatch(/\(已由\p{Script=Han}{2,4}处理\)/u);
    for (const page of pages(DESK)) expect(page).not.toContain('小明');
    expect(pressable(SUPERVISOR)).toBe(own);
    expect(service.newest(DESK)).toContain('您不用再按了'); // and the words stand
    const before = updates();
    await service.pass(600, 60);
    expect(updates()).toBe(before); // nothing is left to change
  });

  it('is shown to whoever looked at the story before, with the code of that press or with the first one', async () => {
    await pressesPage(DESK, '查看');
    const others = ['sup.002', 'sup.003', DESK].reduce((sum, userid) => sum + pressable(userid), 0);
    expect(others).toBe(1); // so that the refusal below meets the desk's only card
    service.wecom.faults.plan('update_template_card', { kind: 'errcode', errcode: 40058 });
    await pressesPage(SUPERVISOR, '收到');
    await service.answered();
    expect(pages(DESK).at(-1)).toContain('(已由');
  });

  it('breaks nothing where no code serves any more: the words stand, and a late press hears who has it', async () => {
    const pagesOfDesk = pressable(DESK);
    service.wecom.faults.plan('update_template_card', { kind: 'errcode', errcode: 40058 }, { times: 100 });
    await pressesPage(SUPERVISOR, '收到');
    await service.pass(180, 60);
    expect(pressable(DESK)).toBe(pagesOfDesk);
    expect(service.newest(DESK)).toContain('您不用再按了');
    service.wecom.faults.clear();
    await pressesPage(DESK, '收到');
    expect(service.newest(DESK)).toContain('已经收到R-2026-');
    await service.answered();
    expect(pressable(DESK)).toBe(pagesOfDesk - 1); // the press brought a new code
    expect(service.running.log.filter((line) => line.includes('job failed'))).toEqual([]);
  });

  it('is shown a minute later where the line was broken', async () => {
    service.wecom.faults.plan('update_template_card', { kind: 'html-502' }, { times: 100 });
    await pressesPage(SUPERVISOR, '收到');
    await service.answered();
    expect(pressable(DESK)).toBeGreaterThan(0);
    const tried = updates();
    await service.pass(30, 5);
    expect(updates()).toBe(tried); // not at each tick
    service.wecom.faults.clear();
    await service.pass(60);
    expect(pressable(DESK)).toBe(0);
  });

  it('after three days leaves its old cards alone', async () => {
    const old = pages(DESK);
    service.clock.pass(4 * 86_400_000);
    await service.answered();
    await pressesPage(SUPERVISOR, '收到');
    await service.answered();
    expect(pages(DESK).slice(0, old.length)).toEqual(old);
    expect(pages(DESK).slice(old.length).join('\n')).toContain('(已由');
    const { client } = service.running.service.world.store;
    expect(await client.sentCard.count({ where: { state: 'pressable' } })).toBe(0);
  });
});

describe('somebody who must not hear of it any more', () => {
  it('can press their pages no more, at once, and never reads there who took it', async () => {
    const { store } = service.running.service.world;
    const row = await store.client.worker.findFirstOrThrow({ where: { account: SUPERVISOR } });
    expect(pressable(SUPERVISOR)).toBeGreaterThan(0);
    await service.says(DIRECTOR, `别告诉${store.openText('Worker', 'name', row.id, row.name)}`);
    await service.answered();
    expect(pressable(SUPERVISOR)).toBe(0);
    expect(pressable(DESK)).toBeGreaterThan(0);
    await pressesPage(DESK, '收到');
    await service.pass(120, 60);
    for (const page of pages(SUPERVISOR)) expect(page).toContain('(不用处理了)');
  });
});
