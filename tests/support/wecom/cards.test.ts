import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS, SECOND_MS } from './clock.ts';
import type { Fields } from './fields.ts';
import { cardTo, elementOf, SAMPLE, sampleWecom, SmallBot } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

async function start() {
  const bot = new SmallBot();
  const all = await sampleWecom({ deliver: bot.deliver });
  made.push(all.wecom);
  const send = (card: Fields, touser = 'sup.001|dir.00001') =>
    all.client.post('message/send', cardTo(touser, card));
  const update = (code: unknown, more: Fields, userids = ['sup.001', 'Dir.00001']) =>
    all.client.post('message/update_template_card', {
      ...{ userids, agentid: SAMPLE.agentId, response_code: code },
      ...more,
    });
  const code = () => elementOf(bot.heard.at(-1) ?? '', 'ResponseCode');
  return { ...all, bot, send, update, code };
}

const option = (n: number) => ({ id: `o${n}`, text: `选项${n}` });
const options = (count: number) => Array.from({ length: count }, (_, n) => option(n));

const BUTTONS = {
  card_type: 'button_interaction',
  task_id: 'report-1',
  main_title: { title: '紧急上报', desc: '第 7 号' },
  horizontal_content_list: [{ keyname: '时间', value: '10:00' }],
  button_list: [
    { text: '收到', style: 1, key: 'take' },
    { text: '看不到', style: 4, key: 'cannot' },
  ],
};
const VOTE = {
  card_type: 'vote_interaction',
  task_id: 'vote-1',
  main_title: { title: '家访见到谁' },
  checkbox: { question_key: 'met', mode: 1, option_list: options(3) },
  submit_button: { text: '提交', key: 'send' },
};
const LISTS = {
  card_type: 'multiple_interaction',
  task_id: 'lists-1',
  main_title: { title: '本次家访' },
  select_list: [
    { question_key: 'how', title: '方式', option_list: options(2) },
    { question_key: 'met', title: '见到', option_list: options(3) },
  ],
  submit_button: { text: '提交', key: 'send' },
};
const NOTICE = {
  card_type: 'text_notice',
  task_id: 'notice-1',
  main_title: { title: '小结' },
  card_action: { type: 1, url: 'https://hutong.example' },
  action_menu: { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] },
};
const withButtons = (count: number) => ({
  button_list: Array.from({ length: count }, (_, n) => ({ text: `${n}`, key: `k${n}` })),
});

/** Each limit of the documents once: the card that is refused, and why. */
const REFUSED: readonly (readonly [string, Fields, number])[] = [
  ['an unknown kind', { ...BUTTONS, card_type: 'song' }, 42031],
  ['no task_id under buttons', { ...BUTTONS, task_id: undefined }, 42014],
  ['no task_id under a menu', { ...NOTICE, task_id: undefined }, 42014],
  ['a task_id with a colon', { ...BUTTONS, task_id: 'a:1' }, 42014],
  ['a task_id above 128 bytes', { ...BUTTONS, task_id: 'a'.repeat(129) }, 42014],
  ['no title', { ...BUTTONS, main_title: { desc: 'x' } }, 42033],
  ['a notice that leads nowhere', { ...NOTICE, card_action: undefined }, 42045],
  ['a link without address', { ...NOTICE, card_action: { type: 1 } }, 42028],
  ['a mini program without appid', { ...NOTICE, card_action: { type: 2 } }, 42030],
  [
    'seven lines',
    { ...BUTTONS, horizontal_content_list: Array(7).fill({ keyname: 'a', value: 'b' }) },
    42035,
  ],
  ['a line without name', { ...BUTTONS, horizontal_content_list: [{ value: 'b' }] }, 42027],
  [
    'a line for a person without userid',
    { ...BUTTONS, horizontal_content_list: [{ type: 3, keyname: 'a' }] },
    42050,
  ],
  ['four jumps', { ...NOTICE, jump_list: Array(4).fill({ title: 'a' }) }, 42042],
  ['seven buttons', { ...BUTTONS, ...withButtons(7) }, 42038],
  ['no button', { ...BUTTONS, button_list: [] }, 42038],
  ['a button without words', { ...BUTTONS, button_list: [{ key: 'a' }] }, 42038],
  ['a button without key', { ...BUTTONS, button_list: [{ text: 'a' }] }, 42039],
  ['a key above 1,024 bytes', { ...BUTTONS, button_list: [{ text: 'a', key: '好'.repeat(342) }] }, 42039],
  ['two buttons of one key', { ...BUTTONS, button_list: Array(2).fill({ text: 'a', key: 'a' }) }, 42039],
  [
    'eleven options above buttons',
    { ...BUTTONS, button_selection: { question_key: 'q', option_list: options(11) } },
    42037,
  ],
  ['21 options of a vote', { ...VOTE, checkbox: { ...VOTE.checkbox, option_list: options(21) } }, 42037],
  ['a vote without question_key', { ...VOTE, checkbox: { option_list: options(2) } }, 42043],
  ['an option without id', { ...VOTE, checkbox: { ...VOTE.checkbox, option_list: [{ text: 'a' }] } }, 42040],
  [
    'an id above 128 bytes',
    { ...VOTE, checkbox: { ...VOTE.checkbox, option_list: [{ id: 'a'.repeat(129), text: 'a' }] } },
    42040,
  ],
  ['an option without words', { ...VOTE, checkbox: { ...VOTE.checkbox, option_list: [{ id: 'a' }] } }, 42041],
  ['a vote without button', { ...VOTE, submit_button: undefined }, 42049],
  ['a submit button without key', { ...VOTE, submit_button: { text: 'a' } }, 42046],
  ['no list', { ...LISTS, select_list: [] }, 42047],
  [
    'four lists',
    { ...LISTS, select_list: [1, 2, 3, 4].map((n) => ({ question_key: `${n}`, option_list: options(1) })) },
    42047,
  ],
  [
    'eleven options of a list',
    { ...LISTS, select_list: [{ question_key: 'a', option_list: options(11) }] },
    42037,
  ],
  [
    'two menu entries of one key',
    { ...NOTICE, action_menu: { action_list: Array(2).fill({ text: 'a', key: 'a' }) } },
    42051,
  ],
  ['a picture card without picture', { ...NOTICE, card_type: 'news_notice' }, 42044],
];

describe('cards that the fake WeCom takes and refuses', () => {
  it.each(REFUSED)('%s', async (_, card, errcode) => {
    const { wecom, send } = await start();
    expect(await send(card)).toMatchObject({ errcode });
    expect(wecom.phone('sup.001')).toEqual([]);
  });

  it('the longest lists that are allowed are taken, and every card that asks comes with a response_code', async () => {
    const { send } = await start();
    const full = {
      ...BUTTONS,
      ...withButtons(6),
      button_selection: { question_key: 'q', option_list: options(10) },
    };
    const vote = { ...VOTE, checkbox: { ...VOTE.checkbox, option_list: options(20) } };
    for (const card of [full, vote, LISTS, NOTICE])
      expect(await send(card)).toMatchObject({ errcode: 0, response_code: expect.any(String) });
  });

  it('a task_id serves once', async () => {
    const { send } = await start();
    expect(await send(BUTTONS)).toMatchObject({ errcode: 0 });
    expect(await send({ ...BUTTONS, main_title: { title: '另一张' } })).toMatchObject({ errcode: 42014 });
    expect(await send({ ...BUTTONS, task_id: 'report-2' })).toMatchObject({ errcode: 0 });
  });
});

describe('a card on the phone of a member', () => {
  it('a tap reaches the bot with the key, the task and a code of its own', async () => {
    const { wecom, bot, send, code } = await start();
    const sent = await send(BUTTONS);
    expect(wecom.readPhone('dir.00001')).toEqual(['紧急上报\n第 7 号\n时间：10:00\n[收到]\n[看不到]']);
    await wecom.tap('sup.001', -1, 'take');
    const fields = ['Event', 'EventKey', 'TaskId', 'CardType', 'FromUserName'];
    expect(fields.map((name) => elementOf(bot.heard.at(-1) ?? '', name))).toEqual([
      ...['template_card_event', 'take', 'report-1', 'button_interaction', 'sup.001'],
    ]);
    const first = code();
    await wecom.tap('sup.001', -1, 'take');
    expect(new Set([first, code(), sent.response_code]).size).toBe(3);
    expect(() => wecom.tap('sup.001', -1, 'other')).toThrow('No button other');
  });

  it('after an update the buttons are one grey button, and nothing can be pressed', async () => {
    const { wecom, send, update, code } = await start();
    const sent = await send(BUTTONS);
    await wecom.tap('sup.001', 0, 'take');
    expect(await update(code(), { button: { replace_name: '已收到' } }, ['sup.001'])).toEqual({
      ...{ errcode: 0, errmsg: 'ok' },
    });
    expect(wecom.readPhone('sup.001')[0]).toMatch(/\n\(已收到\)$/);
    expect(wecom.readPhone('dir.00001')[0]).toMatch(/\[收到\]/);
    expect(() => wecom.tap('sup.001', 0, 'take')).toThrow('grey');
    await update(sent.response_code, { button: { replace_name: '已由王主任处理' } }, ['Dir.00001', 'nobody']);
    expect(wecom.readPhone('dir.00001')[0]).toMatch(/\n\(已由王主任处理\)$/);
  });

  it('a whole card takes the place of another, whose task stays', async () => {
    const { wecom, send, update } = await start();
    const sent = await send(BUTTONS);
    const card = { ...NOTICE, task_id: undefined, main_title: { title: '已由王主任处理' } };
    expect(
      await update(sent.response_code, { template_card: { ...card, card_action: undefined } }),
    ).toMatchObject({
      errcode: 42045,
    });
    await update(sent.response_code, { template_card: card });
    expect(wecom.phone('dir.00001')[0]?.card).toMatchObject({
      type: 'text_notice',
      taskId: 'report-1',
      updates: 1,
    });
    expect(wecom.readPhone('dir.00001')).toEqual(['已由王主任处理\n⋯ 不再提醒']);
  });

  it('a code serves once, within 72 hours, for the app it was given to; who has no such card is named', async () => {
    const { wecom, clock, client, send, update, code } = await start();
    const grey = { button: { replace_name: '好' } };
    const sent = await send(BUTTONS);
    expect(await update(sent.response_code, grey, ['sup.001', 'ghost'])).toMatchObject({
      invaliduser: ['ghost'],
    });
    expect(await update(sent.response_code, grey)).toMatchObject({ errcode: 40058 });
    expect(await update('invented', grey)).toMatchObject({ errcode: 40058 });
    await wecom.tap('dir.00001', 0, 'take');
    clock.pass(72 * HOUR_MS);
    await client.refresh();
    const second = code();
    await wecom.tap('dir.00001', 0, 'take');
    clock.pass(SECOND_MS);
    expect(await update(second, grey)).toMatchObject({ errcode: 40058 });
    expect(await update(code(), grey)).toMatchObject({ errcode: 0 });
    expect(await update(code(), {})).toMatchObject({ errcode: 40058 });
    expect(await update(code(), grey, Array<string>(1_001).fill('sup.001'))).toMatchObject({
      errcode: 40032,
    });
  });

  it('a vote and lists come back question by question, one option or several', async () => {
    const { wecom, bot, send } = await start();
    await send(VOTE);
    await wecom.choose('sup.001', 0, { met: ['o0', 'o2'] });
    expect(bot.heard.at(-1)).toContain(
      '<SelectedItems><SelectedItem><QuestionKey><![CDATA[met]]></QuestionKey><OptionIds>' +
        '<OptionId><![CDATA[o0]]></OptionId><OptionId><![CDATA[o2]]></OptionId></OptionIds></SelectedItem></SelectedItems>',
    );
    await send(LISTS);
    await wecom.choose('sup.001', 1, { how: 'o1', met: 'o0' });
    expect(bot.heard.at(-1)?.match(/<SelectedItem>/g)).toHaveLength(2);
    expect(elementOf(bot.heard.at(-1) ?? '', 'EventKey')).toBe('send');
    expect(() => wecom.choose('sup.001', 1, { how: 'o9' })).toThrow('does not offer');
  });

  it('an entry of the three dots is an event of its own kind', async () => {
    const { wecom, bot, send } = await start();
    await send(NOTICE);
    await wecom.acts.tapCardMenu('sup.001', 0, 'mute');
    expect(elementOf(bot.heard.at(-1) ?? '', 'Event')).toBe('template_card_menu_event');
    expect(bot.heard.at(-1)).not.toContain('SelectedItems');
  });
});
