import { expect, it } from 'vitest';
import type { Channel, ChannelMessage } from '../../../../bot/channels/channel.ts';
import { discreetChannel, type Coded } from '../../../../bot/channels/telegram/discreet.ts';
import { loadWording } from '../../../../server/platform/wording.ts';

const ELSEWHERE = '这件事这里不能写。';
const REST = '别的这里不能写。';
const child = (name: string, code: string): Coded => ({ name, code, isChild: true });
const KNOWN: readonly Coded[] = [
  child('李小明（东岭村）', 'Q0001'),
  child('李小明', 'Q0001'),
  { name: '庄海英', code: '督导员S00001', isChild: false },
];

/** What goes out of a message, and how often the names of people were asked for. */
async function sent(text: string, over: Partial<ChannelMessage> = {}) {
  const out: ChannelMessage[] = [];
  let asked = 0;
  const open: Channel = {
    name: 'telegram',
    send: (message) => {
      out.push(message);
      return Promise.resolve({ kind: 'accepted' });
    },
  };
  const channel = discreetChannel(open, {
    isFixed: (line, codes) => loadWording().isFixed(line, codes),
    instead: () => Promise.resolve({ text: ELSEWHERE, rest: REST, isByCode: false, labels: new Map() }),
    coded: () => {
      asked += 1;
      return Promise.resolve(KNOWN);
    },
  });
  const about = { outboxId: 'a', address: '7', lane: 'reply', at: '2026-11-25T02:00:00.000Z' } as const;
  await channel.send({ ...about, text, options: [], ...over });
  const [{ text: told, options } = { text: '', options: [] }] = out;
  return { told, labels: options.map(({ label }) => label), asked };
}

it('a list of children goes with their codes, and nothing of it is missed', async () => {
  const list = '有2个孩子在等：\n李小明（东岭村）：10月的走访从11月1日起逾期；11月的走访，最晚11月30日(周一)';
  const { told } = await sent(list);
  expect(told).toBe('有2个孩子在等：\nQ0001：10月的走访从11月1日起逾期；11月的走访，最晚11月30日(周一)');
});

it('of a message with a telephone number the other lines go, and what is missing is said', async () => {
  const { told } = await sent(
    '已开始紧急报告：R-2026-000001\n有立即危险，先打110。受伤，打120。\n值班电话：庄海英 10010000084',
  );
  expect(told).toBe(`已开始紧急报告：R-2026-000001\n有立即危险，先打110。受伤，打120。\n${REST}`);
});

it('who took a report is read by role and staff number', async () => {
  const { told } = await sent('庄海英已收到R-2026-000001（11月26日 08:04），会联系您。');
  expect(told).toBe('督导员S00001已收到R-2026-000001（11月26日 08:04），会联系您。');
});

it('what is reported is not told beside the code of a child, where not all of it may be told', async () => {
  const { told } = await sent('R-2026-000001\n孩子：李小明\n孩子：还不知道是谁\n她爸爸打她');
  expect(told).toBe(`R-2026-000001\n孩子：还不知道是谁\n${REST}`);
});

it('of a message of which no line may go only its number goes, and where to ask', async () => {
  const { told } = await sent('王小红：R-2026-000001\n在桥头');
  expect(told).toBe(`${ELSEWHERE}\nR-2026-000001`);
});

it('a name of somebody who is not known stays behind, whatever stands beside it', async () => {
  const { told, labels } = await sent('王李小明（东岭村）：11月的走访，最晚11月30日(周一)\n今天先不走了', {
    options: [
      { id: 'a', label: '走访 李小明' },
      { id: 'b', label: '走访 王小红' },
    ],
  });
  expect(told).toBe(ELSEWHERE);
  expect(labels).toEqual(['走访 Q0001', '2']);
});

it('nobody is looked up for a message that names nobody', async () => {
  expect(await sent('去看了哪个孩子？', { options: [{ id: 'a', label: '今天' }] })).toMatchObject({
    asked: 0,
  });
  expect(await sent('李小明在等')).toMatchObject({ asked: 1 });
});
