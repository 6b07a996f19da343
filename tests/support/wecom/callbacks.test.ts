import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { sign } from './crypto.ts';
import { HOSTILE_FAULTS } from './envelope.ts';
import { cardTo, elementOf, SAMPLE, sampleWecom, SmallBot } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

async function start(options: Parameters<typeof sampleWecom>[0] = {}) {
  const bot = new SmallBot();
  const all = await sampleWecom({ deliver: bot.deliver, ...options });
  made.push(all.wecom);
  const idsHeard = () => bot.heard.map((xml) => elementOf(xml, 'MsgId'));
  return { ...all, bot, idsHeard };
}

const refusal = { status: 500, body: '' };
const NO_WORDS = { bytes: Buffer.from('#!AMR\n'), mime: 'audio/amr', name: 'v.amr' };
const PLACE = { latitude: 23.134, longitude: 113.358, label: '大河村' };

describe('verifying the callback address', () => {
  it('the address is saved when the bot echoes the words, and nothing but the words', async () => {
    const { wecom, bot } = await start();
    const verified = await wecom.callbacks.verify();
    expect(verified).toMatchObject({ ok: true, body: verified.echo });
    bot.answers.push({ status: 200, body: `"${verified.echo}"` }, 'silence');
    expect(await wecom.callbacks.verify()).toMatchObject({ ok: false });
    expect(await wecom.callbacks.verify()).toMatchObject({ ok: false, status: null });
  });

  it('an echostr may hold a plus, which is no blank', async () => {
    const { wecom, bot } = await start();
    expect(await wecom.callbacks.verify({ plusInEcho: true })).toMatchObject({ ok: true });
    expect(bot.requests.at(-1)?.query).toContain('%2B');
  });

  it('a forged verification gets nothing', async () => {
    const { wecom } = await start();
    expect(await wecom.callbacks.verify({ fault: 'bad-signature' })).toMatchObject({
      ok: false,
      status: 403,
    });
  });

  it('the bot has one second to echo and five to take a message', async () => {
    const limits: number[] = [];
    const deliver = async (_: unknown, withinMs: number) => {
      limits.push(withinMs);
      return { status: 200, body: '' };
    };
    const { wecom } = await start({ deliver });
    await wecom.callbacks.verify();
    await wecom.say('sup.001', '你好');
    expect(limits).toEqual([1_000, 5_000]);
  });
});

describe('how often a message comes', () => {
  it('an answer that does not come is waited for four times in all', async () => {
    const { wecom, bot } = await start();
    bot.answers.push('silence', 'silence', 'silence', 'silence');
    const delivery = await wecom.say('sup.001', '待办');
    expect(delivery).toMatchObject({ received: false });
    expect(bot.requests).toHaveLength(4);
    bot.answers.push('silence');
    expect(await wecom.say('sup.001', '待办')).toMatchObject({ received: true });
  });

  it('another status brings the message again only under the older rule', async () => {
    const { wecom, bot } = await start();
    bot.answers.push(refusal);
    expect((await wecom.say('sup.001', '待办')).attempts).toEqual([refusal]);
    wecom.callbacks.manners.retryOn = 'not-200';
    bot.answers.push(refusal);
    expect((await wecom.say('sup.001', '待办')).attempts.map(({ status }) => status)).toEqual([500, 200]);
  });

  it('a retry is the same bytes, or the same words under a new nonce', async () => {
    const { wecom, bot } = await start();
    bot.answers.push('silence');
    await wecom.say('sup.001', '待办');
    expect(bot.requests[1]).toEqual(bot.requests[0]);
    wecom.callbacks.manners.retryAs = 'new';
    bot.answers.push('silence');
    const delivery = await wecom.say('sup.001', '待办');
    const [, , third, fourth] = bot.requests;
    expect(fourth?.body).not.toBe(third?.body);
    expect(fourth?.query).not.toBe(third?.query);
    expect(bot.heard.at(-1)).toBe(delivery.xml);
  });

  it('copies arrive at once, and a day later the same once more', async () => {
    const { wecom, bot } = await start();
    const delivery = await wecom.say('sup.001', '待办', { copies: 4 });
    expect(new Set(bot.requests.map(({ body }) => body)).size).toBe(4);
    await wecom.callbacks.again(delivery);
    expect(bot.heard).toEqual(Array(5).fill(delivery.xml));
  });

  it('what is held back arrives as it happened, backwards, shuffled or at once', async () => {
    const { wecom, idsHeard, bot } = await start();
    for (const order of ['as-happened', 'backwards', 'shuffled', 'at-once'] as const) {
      wecom.callbacks.hold();
      const said = await Promise.all(Array.from({ length: 6 }, (_, n) => wecom.say('sup.001', `${n}`)));
      expect(idsHeard()).toEqual([]);
      await wecom.callbacks.release(order);
      const ids = said.map(({ xml }) => elementOf(xml, 'MsgId'));
      const heard = idsHeard();
      expect([...heard].sort()).toEqual([...ids].sort());
      if (order === 'backwards') expect(heard).toEqual([...ids].reverse());
      if (order === 'shuffled') expect(heard).not.toEqual(ids);
      bot.heard.splice(0);
    }
  });

  it('several events of the corp share a second and their sender', async () => {
    const { wecom, bot } = await start();
    for (const id of ['a', 'b'])
      await wecom.acts.systemEvent('change_contact', [
        ['ChangeType', 'delete_user'],
        ['UserID', id],
      ]);
    const seconds = bot.heard.map(
      (xml) => `${elementOf(xml, 'CreateTime') ?? ''} ${elementOf(xml, 'FromUserName') ?? ''}`,
    );
    expect(new Set(seconds).size).toBe(1);
    expect(new Set(bot.heard).size).toBe(2);
    expect(bot.agents).toEqual([null, null]);
  });

  it('MsgIds are too long for a number, and may be the same for two people', async () => {
    const { wecom, idsHeard } = await start();
    await wecom.say('sup.001', 'a');
    await wecom.say('sup.001', 'b', { msgId: 4561255354251345929n });
    await wecom.say('dir.00001', 'c', { msgId: 4561255354251345929n });
    const [first, ...same] = idsHeard();
    expect(BigInt(first ?? 0)).toBeGreaterThan(2n ** 53n);
    expect(same).toEqual(['4561255354251345929', '4561255354251345929']);
  });
});

describe('what an honest WeCom never sends', () => {
  const stamp = { timestamp: '1795572000', nonce: '12345', random: Buffer.from('0123456789abcdef') };
  const UNSIGNED = ['bad-signature', 'no-signature'];

  it.each(HOSTILE_FAULTS)(
    '%s: differs from an honest request, under a good signature where it has one',
    async (fault) => {
      const { wecom, bot } = await start();
      bot.answers.push(refusal, refusal);
      const delivery = await wecom.say('sup.001', '待办', { stamp });
      await wecom.callbacks.again(delivery, { fault, stamp });
      const [honest, hostile] = bot.requests;
      expect(hostile).not.toEqual(honest);
      const query = new URLSearchParams(hostile?.query);
      const encrypted = elementOf(hostile?.body ?? '', 'Encrypt');
      const right = sign(
        SAMPLE.token,
        query.get('timestamp') ?? '',
        query.get('nonce') ?? '',
        encrypted ?? '',
      );
      expect(query.get('msg_signature') === right).toBe(encrypted !== null && !UNSIGNED.includes(fault));
    },
  );
});

interface Sample {
  readonly name: string;
  readonly event: string;
  readonly xml: string;
}
const file = new URL('../../fixtures/wecom/callback-samples.json', import.meta.url);
const { samples }: { readonly samples: readonly Sample[] } = JSON.parse(readFileSync(file, 'utf8'));

/** Names of the elements, each once. */
const namesIn = (xml: string): readonly string[] =>
  [...new Set([...xml.matchAll(/<(\w+)>/g)].map(([, name]) => name ?? ''))].sort();

describe('the callbacks of the fake are shaped like the public samples', () => {
  async function everything(): Promise<ReadonlyMap<string, string>> {
    const { wecom, bot, client } = await start();
    const { acts } = wecom;
    const menu = { desc: 'x', action_list: [{ text: 'a', key: 'a' }] };
    const card = {
      task_id: 't',
      main_title: { title: 'x' },
      action_menu: menu,
      button_list: [{ text: 'a', key: 'a' }],
    };
    const question = { question_key: 'q', option_list: [{ id: '1', text: '1' }] };
    await client.post(
      'message/send',
      cardTo('sup.001', { ...card, card_type: 'button_interaction', button_selection: question }),
    );
    await acts.say('sup.001', 'x');
    await acts.sendImage('sup.001', NO_WORDS);
    await acts.sendVoice('sup.001', NO_WORDS);
    await acts.sendVideo('sup.001', NO_WORDS);
    await acts.sendLocation('sup.001', PLACE);
    await acts.sendLink('sup.001', 'x', 'https://x.example');
    await acts.enter('sup.001');
    await acts.reportPosition('sup.001', PLACE);
    await acts.clickMenu('sup.001', 'todo');
    await acts.clickMenu('sup.001', 'todo', { capitals: true });
    await acts.unsubscribe('sup.001');
    await acts.subscribe('sup.001');
    await acts.tap('sup.001', 0, 'a', { q: '1' });
    await acts.tapCardMenu('sup.001', 0, 'a');
    return new Map(bot.heard.map((xml) => [elementOf(xml, 'Event') ?? elementOf(xml, 'MsgType') ?? '', xml]));
  }

  /** The newer of two samples, which has AppType. */
  const best = new Map(
    [...samples]
      .sort((a, b) => namesIn(a.xml).length - namesIn(b.xml).length)
      .map((sample) => [sample.event, sample.xml]),
  );

  it('element by element, for everything that a member does', async () => {
    const made = await everything();
    expect(made.size).toBe(14);
    for (const [event, xml] of made) {
      const sample = event === 'CLICK' ? best.get('click') : best.get(event);
      expect(namesIn(xml), event).toEqual(namesIn(sample ?? ''));
    }
  });
});
