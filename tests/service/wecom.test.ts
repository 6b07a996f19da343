import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amrVoice, sampleFile } from '../support/sample-files.ts';
import { HOSTILE_FAULTS } from '../support/wecom/envelope.ts';
import { WecomService } from '../support/wecom-service.ts';
import { DIRECTOR, SUPERVISOR } from '../support/wecom-tenant.ts';

let service: WecomService;
let clock: WecomService['clock'];
let wecom: WecomService['wecom'];
let running: WecomService['running'];

beforeEach(async () => {
  service = await WecomService.start({ at: '2026-11-25T02:10:00.000Z' });
  ({ clock, wecom, running } = service);
});

afterEach(() => service.stop());

const answered = (): Promise<void> => service.answered();
const says = (userid: string, words: string): Promise<string> => service.says(userid, words);
const presses = (userid: string, label: string): Promise<string> => service.presses(userid, label);

describe('a director on WeCom', () => {
  it('proves to WeCom that the address is ours', async () => {
    expect(await wecom.callbacks.verify()).toMatchObject({ ok: true, status: 200 });
  });

  it('files a whole visit by words and cards', async () => {
    expect(await says(DIRECTOR, '今天去看了李小明，奶奶在，作业没写完')).toContain('见到李小明');
    expect(await presses(DIRECTOR, '见到了')).toContain('请看看对不对');
    expect(await presses(DIRECTOR, '未发现异常')).toContain('已保存');
    const { client } = running.service.world.store;
    expect(
      await client.contact.count({ where: { mode: 'home', childSeen: true, takenOn: '2026-11-25' } }),
    ).toBe(1);
  });

  it('hears twice what was asked twice, and once what WeCom delivers four times', async () => {
    await says(DIRECTOR, '菜单');
    await says(DIRECTOR, '菜单');
    expect(wecom.readPhone(DIRECTOR).filter((text) => text.includes('今天做什么'))).toHaveLength(2);
    await wecom.say(DIRECTOR, '菜单', { copies: 4 });
    await answered();
    expect(wecom.readPhone(DIRECTOR).filter((text) => text.includes('今天做什么'))).toHaveLength(3);
  });
});

describe('a call for help on WeCom', () => {
  it('reaches the supervisor as a card, and 收到 is told to the reporter', async () => {
    expect(await says(DIRECTOR, '紧急 李小明被打了')).toContain('R-2026-');
    const page = wecom
      .phone(SUPERVISOR)
      .find(({ card }) => card?.buttons.some(({ text }) => text.startsWith('收到')));
    expect(page?.text).not.toContain('李小明');
    await presses(SUPERVISOR, '收到');
    expect(wecom.readPhone(DIRECTOR).at(-1)).toContain('收到');
  });

  it('goes out although the token has just become invalid, and although the line breaks, once', async () => {
    wecom.faults.plan('message/send', { kind: 'token-invalid' });
    await says(DIRECTOR, '菜单');
    wecom.faults.plan('message/send', { kind: 'close-after' }, { times: 2 });
    await says(DIRECTOR, '紧急 有孩子受伤');
    for (let n = 0; n < 6; n += 1) {
      clock.pass(30_000);
      await answered();
    }
    const numbers =
      wecom
        .readPhone(DIRECTOR)
        .join('\n')
        .match(/R-2026-\d+/gu) ?? [];
    expect(new Set(numbers).size).toBe(1);
    const pages = wecom
      .phone(SUPERVISOR)
      .filter(({ card }) => card?.buttons.some(({ text }) => text.startsWith('收到')));
    expect(pages.length).toBe(1);
  });
});

describe('what strangers and bad lines send', () => {
  it('is refused or ignored without a fault, a word of it in the log, or anything stored', async () => {
    const words = '李小明家在桥头';
    const { client } = running.service.world.store;
    for (const fault of HOSTILE_FAULTS) {
      const { received } = await wecom.say(DIRECTOR, words, { fault });
      // Signed and locked by somebody who has our keys, yet of no form that WeCom sends: taken, and left alone.
      expect([fault, received]).toEqual([fault, fault === 'doctype-inside']);
    }
    expect(await client.inbox.count()).toBe(0);
    expect(running.log.join('\n')).not.toContain('小明');
  });

  it('a callback that comes again a day later is no second turn, sealed anew or not', async () => {
    const stamp = {
      timestamp: String(clock.now().getTime() / 1000),
      nonce: '1234567890',
      random: Buffer.alloc(16, 7),
    };
    const msgId = 4561255354251345930n;
    await wecom.say(DIRECTOR, '菜单', { stamp, msgId });
    await answered();
    const before = wecom.readPhone(DIRECTOR).length;
    clock.pass(86_400_000);
    expect(await wecom.say(DIRECTOR, '菜单', { stamp, msgId })).toMatchObject({ received: false });
    await running.service.conversation.quiet();
    expect(wecom.readPhone(DIRECTOR)).toHaveLength(before);
  });

  it('somebody of the company whom no import knows sees nothing of a child, and can call for help', async () => {
    expect(await says('somebody.else', '今天去看了李小明')).not.toContain('李小明');
    expect(await says('somebody.else', '紧急 有孩子受伤')).toContain('有立即危险，先打110');
  });
});

describe('a photo or a voice message on WeCom', () => {
  const photo = { bytes: sampleFile('image/jpeg'), mime: 'image/jpeg', name: 'a.jpg' };

  it('is fetched at once, kept and asked about, and what is said after it comes after it', async () => {
    await wecom.acts.sendVoice(DIRECTOR, { bytes: amrVoice(4), mime: 'audio/amr', name: 'a.amr' });
    await wecom.say(DIRECTOR, '菜单');
    await answered();
    await answered();
    const read = wecom.readPhone(DIRECTOR);
    const asked = read.findIndex((text) => text.includes('见到哪个孩子了'));
    expect(asked).toBeGreaterThan(-1);
    expect(read.findIndex((text) => text.includes('今天做什么'))).toBeGreaterThan(asked);
    expect(await running.service.world.store.client.storedFile.count({ where: { kind: 'voice' } })).toBe(1);
  });

  it('waits while the line is broken, and urgent words do not wait for it', async () => {
    wecom.faults.plan('media/get', { kind: 'html-502' }, { times: 100 });
    await wecom.acts.sendImage(DIRECTOR, photo);
    const before = wecom.readPhone(DIRECTOR).length;
    await wecom.say(DIRECTOR, '菜单');
    await answered();
    expect(wecom.readPhone(DIRECTOR)).toHaveLength(before);
    clock.pass(61_000);
    expect(await says(DIRECTOR, '紧急 有孩子受伤')).toContain('R-2026-');
    wecom.faults.clear();
    clock.pass(5_000);
    await running.service.beat();
    await answered();
    expect(await running.service.world.store.client.storedFile.count({ where: { kind: 'photo' } })).toBe(1);
  });

  it('that is gone, or is no photo, is told to whoever sent it', async () => {
    await wecom.acts.sendImage(DIRECTOR, { ...photo, bytes: Buffer.from('no picture') });
    await answered();
    await answered();
    expect(wecom.readPhone(DIRECTOR).at(-1)).toContain('打不开');
    wecom.faults.plan('media/get', { kind: 'errcode', errcode: 40_007 });
    await wecom.acts.sendImage(DIRECTOR, photo);
    await answered();
    await answered();
    expect(wecom.readPhone(DIRECTOR).at(-1)).toContain('没收到');
  });

  it('of a kind that nobody could keep is not passed over in silence', async () => {
    await wecom.acts.sendLink(DIRECTOR, '新闻', 'https://example.org');
    await answered();
    expect(wecom.readPhone(DIRECTOR).at(-1)).toContain('请用文字');
  });
});
