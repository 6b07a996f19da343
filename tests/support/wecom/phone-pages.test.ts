import { afterEach, describe, expect, it } from 'vitest';
import { SAMPLE_KF } from './fake-wecom.ts';
import { GUARDIAN, PhonePages } from './phone-pages.ts';
import { cardTo, elementOf, sampleWecom, SmallBot, textTo } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

async function start() {
  const bot = new SmallBot();
  const pages = new PhonePages();
  const all = await sampleWecom({ deliver: bot.deliver, page: pages.page });
  pages.open(all.wecom);
  made.push(all.wecom);
  const read = async (path: string) => (await fetch(`${all.wecom.url}${path}`)).text();
  const press = async (fields: readonly (readonly [string, string])[]) => {
    const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
    return (await fetch(`${all.wecom.url}/act`, { method: 'POST', body })).text();
  };
  return { ...all, bot, read, press };
}

describe('the page on which somebody tries the fake WeCom', () => {
  it('shows everybody, what one of them reads, and nothing of it as markup', async () => {
    const { client, read } = await start();
    await client.post('message/send', textTo('sup.001', '<b>今天</b>'));
    expect(await read('/?as=sup.001')).toMatch(/Dir\.00001.*sup\.001.*wmGUARDIAN0001/s);
    expect(await read('/phone?as=sup.001')).toContain('&lt;b&gt;今天&lt;/b&gt;');
    expect(await read('/phone?as=Dir.00001')).not.toContain('今天');
  });

  it('what is typed, ticked and pressed reaches the bot, and the page tells so', async () => {
    const { bot, client, read, press } = await start();
    expect(
      await press([
        ['as', 'sup.001'],
        ['from', '/'],
        ['act', 'say'],
        ['words', '待办'],
      ]),
    ).toContain('已送达');
    expect(elementOf(bot.heard[0] ?? '', 'Content')).toBe('待办');
    const card = {
      ...{ card_type: 'vote_interaction', task_id: 't', main_title: { title: '见到谁' } },
      checkbox: {
        question_key: 'met',
        mode: 1,
        option_list: [
          { id: 'a', text: '孩子' },
          { id: 'b', text: '奶奶' },
        ],
      },
      submit_button: { text: '提交', key: 'send' },
    };
    await client.post('message/send', cardTo('sup.001', card));
    expect(await read('/phone?as=sup.001')).toMatch(/checkbox.*孩子.*奶奶.*提交/s);
    await press([
      ['as', 'sup.001'],
      ['act', 'tap'],
      ['index', '0'],
      ['key', 'send'],
      ['q:met', 'a'],
      ['q:met', 'b'],
    ]);
    expect(bot.heard.at(-1)?.match(/<OptionId>/g)).toHaveLength(2);
    bot.answers.push({ status: 500, body: '' });
    expect(
      await press([
        ['as', 'sup.001'],
        ['from', '/'],
        ['act', 'say'],
        ['words', 'x'],
      ]),
    ).toContain('没有送达');
  });

  it('a guardian writes, and reads what comes back', async () => {
    const { client, read, press } = await start();
    await press([
      ['as', GUARDIAN],
      ['act', 'say'],
      ['words', '你好'],
    ]);
    const answer = { msgtype: 'text', text: { content: '您好，请讲' } };
    await client.post('kf/send_msg', { touser: GUARDIAN, open_kfid: SAMPLE_KF, ...answer });
    expect(await read(`/phone?as=${GUARDIAN}`)).toContain('您好，请讲');
  });
});
