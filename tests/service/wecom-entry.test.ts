import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WecomService } from '../support/wecom-service.ts';
import { DIRECTOR } from '../support/wecom-tenant.ts';

const DESK = 'county.desk';
const STRANGER = 'somebody.else';

let service: WecomService;
let clock: WecomService['clock'];
let wecom: WecomService['wecom'];
let running: WecomService['running'];

beforeEach(async () => {
  service = await WecomService.start({ members: [DIRECTOR, DESK, STRANGER, 'sup.001'] });
  ({ clock, wecom, running } = service);
});

afterEach(() => service.stop());

const answered = (): Promise<void> => service.answered();

async function enters(userid: string): Promise<readonly string[]> {
  const before = wecom.phone(userid).length;
  await wecom.acts.enter(userid);
  await answered();
  return wecom.readPhone(userid).slice(before);
}

const menuMade = () => expect.poll(() => wecom.count('menu/create'), { timeout: 30_000 }).toBe(1);

describe('the menu', () => {
  it('is there after the start, and a click is the word itself', async () => {
    await menuMade();
    await wecom.acts.clickMenu(DIRECTOR, '待办');
    await answered();
    const clicked = wecom.phone(DIRECTOR).at(-1);
    await wecom.say(DIRECTOR, '待办');
    await answered();
    const typed = wecom.phone(DIRECTOR).at(-1);
    expect(typed?.msgid).not.toBe(clicked?.msgid);
    expect(clicked?.text).toMatch(/有\d+个孩子在等/u);
    expect(typed?.text).toBe(clicked?.text);
    await wecom.acts.clickMenu(DIRECTOR, '走访', { capitals: true });
    await answered();
    expect(wecom.readPhone(DIRECTOR).at(-1)).toContain('去看了哪个孩子');
  });

  it('紧急 in it calls the supervisor', async () => {
    await menuMade();
    await wecom.acts.clickMenu(DIRECTOR, '紧急');
    await answered();
    expect(wecom.readPhone(DIRECTOR).at(-1)).toContain('R-2026-');
    expect(wecom.readPhone('sup.001').at(-1)).toContain('收到');
  });

  it('is not asked for at every tick', async () => {
    await menuMade();
    await answered();
    await answered();
    expect(wecom.count('menu/get')).toBe(1);
    expect(running.log.join('\n')).toContain('wecom menu set');
  });
});

describe('whoever opens the app', () => {
  it('is greeted once and never again, with three buttons and no child', async () => {
    const [greeting = '', ...more] = await enters(DIRECTOR);
    expect(more).toEqual([]);
    expect(greeting).toContain('护童');
    const { card } = wecom.phone(DIRECTOR).at(-1) ?? { card: null };
    expect(card?.buttons.map(({ text }) => text)).toEqual(['走访', '待办', '紧急']);
    const { store } = running.service.world;
    const names = (await store.client.child.findMany()).map((row) =>
      store.openName('Child', 'name', row.id, row.name),
    );
    expect(names.filter((name) => greeting.includes(name))).toEqual([]);
    expect(await enters(DIRECTOR)).toEqual([]);
    clock.pass(3 * 86_400_000);
    await answered();
    const after = wecom.phone(DIRECTOR).length;
    await enters(DIRECTOR);
    expect(
      wecom
        .readPhone(DIRECTOR)
        .slice(after)
        .filter((text) => text === greeting),
    ).toEqual([]);
  });

  it('has said nothing by it', async () => {
    await enters(DIRECTOR);
    const { client } = running.service.world.store;
    expect(await client.inbox.count()).toBe(0);
    expect(await client.chatAccount.count({ where: { channel: 'wecom', lastWordAt: { not: null } } })).toBe(
      0,
    );
  });

  it('and has spoken before is not greeted', async () => {
    await wecom.say(DIRECTOR, '菜单');
    await answered();
    expect(await enters(DIRECTOR)).toEqual([]);
  });

  it('is greeted by what the role can do; whom nobody imported reads that, and can call for help', async () => {
    await enters(DESK);
    expect(
      wecom
        .phone(DESK)
        .at(-1)
        ?.card?.buttons.map(({ text }) => text),
    ).toEqual(['预警', '逾期', '紧急']);
    expect((await enters(STRANGER)).join()).toContain('名册里还没有您');
    await wecom.tap(STRANGER, -1, 'c:urgent');
    await answered();
    expect(wecom.readPhone(STRANGER).at(-1)).toContain('有立即危险，先打110');
  });
});
