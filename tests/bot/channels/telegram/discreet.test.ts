import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemo } from '../../../../prisma/seed/demo-county.ts';
import { discreetly } from '../../../../server/assembly/telegram-discreet.ts';
import { TIPS } from '../../../../server/domain/family/tips.ts';
import type { LocalDate } from '../../../../server/domain/local-date.ts';
import { say } from '../../../../server/domain/say.ts';
import { loadWording } from '../../../../server/platform/wording.ts';
import { uuidIds } from '../../../../server/platform/ids.ts';
import { sampleFile } from '../../../support/sample-files.ts';
import { TelegramService } from '../../../support/telegram-service.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const CHATS = ['9300001', '9300002', '9300003', '9300004', '9300005'] as const;
const [DIRECTOR, SUPERVISOR, DESK, MOTHER, UNKNOWN] = CHATS;

let service: TelegramService;
beforeAll(async () => {
  service = await TelegramService.start({ env: { NODE_ENV: 'production', DATA_KEY: KEY, INDEX_KEY: KEY } });
  const { store } = service.running.service.world;
  await seedDemo(store, '2026-11-25' as LocalDate, () => uuidIds.next());
  for (const chat of CHATS) await service.telegram.say(chat, '/start');
  await service.answered();
  const staff = ['dir.00001', 'sup.001', 'county.desk'];
  for (const [n, account] of staff.entries()) await service.link(CHATS[n] ?? '', account);
  const { guardianId } = await store.client.guardianship.findFirstOrThrow();
  await store.client.chatAccount.update({
    where: { channel_externalId: { channel: 'telegram', externalId: MOTHER } },
    data: { personKind: 'guardian', personId: guardianId },
  });
}, 120_000);
afterAll(() => service.stop());

const world = () => service.running.service.world;
const client = () => world().store.client;

/** Every word that is kept of what came in. */
async function keptWords(): Promise<string> {
  const rows = await client().inbox.findMany();
  return rows.map((row) => world().store.open('Inbox', row as never).body ?? '').join('\n');
}

describe('in production, whoever writes on Telegram', () => {
  it.each(['今天去看了王小明，奶奶在', '走访 小明', '她爸爸打她', '小明'])(
    'is told that words are not taken, and nothing of %s is kept',
    async (words) => {
      expect(await service.says(DIRECTOR, words)).toContain('也没有存');
      const rows = await client().inbox.findMany({ orderBy: { seq: 'desc' }, take: 1 });
      const kept = rows.map((row) => world().store.open('Inbox', row as never));
      expect(kept).toMatchObject([{ state: 'done', body: '{"kind":"text","text":""}' }]);
    },
  );

  it('and makes up what a button brings back, is not listened to and not kept', async () => {
    await service.says(DIRECTOR, '菜单');
    const shown = service.telegram.phone(DIRECTOR).findLast(({ buttons }) => buttons.length > 0);
    const [button] = shown?.buttons ?? [];
    if (shown === undefined || button === undefined) throw new Error('no button is shown');
    const made = { ...button, data: 'oc:note:王小明' };
    await service.telegram.tell(service.telegram.press(DIRECTOR, shown, made));
    await service.answered();
    expect(await keptWords()).not.toContain('王小明');
  });

  it('is told the same of a photo, a voice message and a place, and none of them is fetched', async () => {
    await service.telegram.photo(DIRECTOR, sampleFile('image/jpeg', 900));
    await service.telegram.voice(DIRECTOR, sampleFile('audio/ogg', 900), 4);
    await service.telegram.say(DIRECTOR, '', {
      text: undefined,
      location: { latitude: 26.1, longitude: 117.2 },
    });
    for (let n = 0; n < 3; n += 1) await service.answered();
    expect(service.telegram.calls.filter(({ method }) => method === 'getFile')).toEqual([]);
    expect(await client().storedFile.count({ where: { kind: { in: ['photo', 'voice'] } } })).toBe(0);
    expect(service.newest(DIRECTOR)).toContain('也没有存');
  });

  it('and calls for help is told 110 and where, keeps no words here, and the supervisor is asked to call', async () => {
    const before = await client().callRequest.count();
    const answer = await service.says(DIRECTOR, '紧急 小明被打了');
    expect(answer).toContain('110');
    expect(answer).toContain('点“紧急”');
    expect(await client().callRequest.count()).toBe(before + 1);
    expect(await client().mandatoryReport.count()).toBe(0);
    const { code } = await client().worker.findFirstOrThrow({ where: { account: 'dir.00001' } });
    expect(service.newest(SUPERVISOR)).toBe(
      `请打电话：儿童主任，工号${code}\n这里不写名字，名字和号码在名册里查。`,
    );
    expect(await keptWords()).not.toContain('被打');
    await service.taps(SUPERVISOR, '打过了');
    expect(service.newest(DIRECTOR)).toContain(`电话的事：儿童主任，工号${code}`); // and not that they call themselves
    await service.taps(SUPERVISOR, '通了，没事');
  });

  it('a visit is recorded by buttons, and the child has a code and no name', async () => {
    const before = await client().contact.count();
    await service.says(DIRECTOR, '走访');
    const [first] = service.telegram.phone(DIRECTOR).at(-1)?.buttons ?? [];
    expect(first?.text).toMatch(/^Q\d{4}$/u);
    const code = first?.text ?? '';
    await service.taps(DIRECTOR, code);
    for (const answer of [/^今天/u, /^入户/u, /^孩子本人/u, /^不写了/u, /^未发现异常/u]) {
      const { buttons, text } = service.telegram.phone(DIRECTOR).findLast((m) => m.buttons.length > 0) ?? {};
      expect(text).toContain(code);
      const button = buttons?.find((one) => answer.test(one.text));
      expect(button?.text).toMatch(answer);
      await service.taps(DIRECTOR, button?.text ?? '');
    }
    expect(service.newest(DIRECTOR)).toMatch(
      new RegExp(`^已保存：${code}，11月25日\\(周三\\)，入户。\n.*下一次：12月的`, 'su'),
    );
    expect(await client().contact.count()).toBe(before + 1);
  });

  it('the lists of the day are read by codes, by whoever works with them', async () => {
    expect(await service.says(DIRECTOR, '菜单')).toBe('儿童主任，您好。今天做什么？点下面的按钮。');
    const todo = await service.says(DIRECTOR, '待办');
    const [heading, ...lines] = todo.split('\n');
    expect(heading).toMatch(/^有\d+个孩子在等：$/u);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatch(/^Q\d{4}：.*最晚/u);
    const overdue = await service.says(SUPERVISOR, '逾期');
    expect(overdue).toMatch(/^儿童主任D\d{5}：\nQ\d{4}：.*逾期/mu);
    expect(await service.says(SUPERVISOR, '台账')).toMatch(/^本地，共\d+个孩子\n/u);
    expect(await service.says(DESK, '逾期')).toMatch(/^本地有\d+个孩子逾期。\n\d{9}：\d+个逾期/u);
    for (const told of [todo, overdue]) expect(told).not.toContain('这里不能写');
  });

  it('leaves by a word what was begun by one', async () => {
    await service.says(DIRECTOR, '请假');
    expect(await service.says(DIRECTOR, '取消。')).toContain('没有请假');
    expect(await service.says(DIRECTOR, '菜单')).not.toContain('接着刚才的');
  });

  it('and presses the red button opens a report, whose number and what to press the supervisor reads', async () => {
    await service.taps(DIRECTOR, '紧急');
    expect(service.newest(DIRECTOR)).toMatch(
      /^已开始紧急报告：R-\d{4}-\d{6}\n有立即危险，先打110。[^]*这里不收写的字。\n别的这里不能写/u,
    );
    const page = service.telegram.phone(SUPERVISOR).findLast(({ text }) => text.includes('紧急报告'));
    expect(page?.text).toMatch(/^紧急报告R-\d{4}-\d{6}，请按“收到”。\n11月25日 \d{2}:\d{2}$/u);
    expect(page?.buttons.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^收到/u),
      expect.stringMatching(/^查看/u),
    ]);
  });

  it('and is a mother, is called as well, and whoever is to call reads the code of her child', async () => {
    expect(await service.says(MOTHER, '救命')).toContain('已经请人给您打电话');
    const [asked] = await client().familyRequest.findMany();
    expect(asked).toMatchObject({ kind: 'call-above', state: 'open', text: null });
    await service.answered();
    const { code } = await client().child.findUniqueOrThrow({ where: { id: asked?.childId ?? '' } });
    expect(service.telegram.calls.map(({ raw }) => decodeURIComponent(raw)).join('\n')).toContain(
      `请打电话：孩子${code}的家里人`,
    );
  });

  it('and is nobody known, is told where to report, and the county desk hears that somebody asked', async () => {
    const answer = await service.says(UNKNOWN, '救命 我是李小花');
    expect(answer).toContain('110');
    expect(answer).toContain('12355');
    expect(answer).toContain('没法给您打电话');
    await service.answered();
    const unknown = await client().familyRequest.findMany({ where: { personId: null } });
    expect(unknown).toMatchObject([{ kind: 'call-above', state: 'open', text: null }]);
    expect(service.newest(DESK)).toContain('有人求助，还不知道是谁，没有号码。');
    expect(await keptWords()).not.toContain('小花');
    await service.says(UNKNOWN, '救命');
    expect(await client().familyRequest.count({ where: { personId: null } })).toBe(1);
  });

  it('and calls for help below a picture is heard, and neither is kept', async () => {
    const photo = [{ file_id: 'none', file_size: 9 }];
    await service.telegram.say(UNKNOWN, '', { text: undefined, photo, caption: '救命，小明被打了' });
    await service.answered();
    expect(service.newest(UNKNOWN)).toContain('110');
    await service.telegram.say(DIRECTOR, '', { text: undefined, photo, caption: '小明的作业' });
    await service.answered();
    expect(service.newest(DIRECTOR)).toContain('也没有存');
    expect(await keptWords()).not.toContain('小明');
    expect(service.telegram.calls.filter(({ method }) => method === 'getFile')).toEqual([]);
  });
});

it.each([
  ['菜单', 'kept'],
  ['收到 R-2026-000123', 'kept'],
  ['3', 'kept'],
  ['绑定 ABCD1234', 'kept'],
  ['菜单。', 'kept'],
  ['取消', 'kept'],
  ['返回', 'kept'],
  ['取消 小明', 'refused'],
  ['收到 小明', 'refused'],
  ['13800138000', 'refused'],
  ['绑定 小明', 'refused'],
  ['绑定 13800138000', 'refused'],
  ['绑定 wang xiaoming', 'refused'],
  ['sos', 'urgent'],
  ['求助', 'kept'],
  ['求助，小明被打了', 'urgent'],
])('of the words %s is %s', (words, fate) => {
  expect(discreetly(words, 'text')).toBe(fate);
});

it.each([
  ['菜单', true],
  ['在家回1', true],
  ['王小明', false],
  ['王小明回1', false],
  ['小知识：王小明今天要早睡。', false],
  ['儿童主任王小明', false],
  ['孩子：王小明', false],
  ['在家回13800138000', false],
  ['紧急报告R-2026-000123，请按“收到”。', true],
  ['11月25日 10:00报的，第3次提醒', true],
  ['收到 R-2026-000123', true],
  ['13800138000', false],
  ['下一次：12月的走访，最晚12月31日(周四)。', true],
  ['清单：每天8:00', true],
  ['出生：2017年3月5日', false],
  ['孩子：Q0001', false], // a code is no word of ours
  ['周督导已收到R-2026-000123（11月25日 10:00），您不用再按了。', false],
])('the line %s tells of nobody: %s', (line, isFixed) => {
  expect(loadWording().isFixed(line)).toBe(isFixed);
});

it.each([
  ['孩子：Q0001', true],
  ['去看Q0001，见到谁了？', true],
  ['和谁：奶奶、孩子本人', true],
  ['孩子：Q0002', false],
  ['和谁：王奶奶、孩子本人', false],
  ['情况：作业写完了', false],
])('a line may be filled in with the code of a child of its reader: %s', (line, isFixed) => {
  expect(loadWording().isFixed(line, ['Q0001'])).toBe(isFixed);
});

it('a tip of the week may go as it is', () => {
  const wording = loadWording();
  const tip = say('tip-talk.weekly', { tip: say(`tip.${TIPS[0]?.id ?? ''}`) });
  const lines = wording.render('zh-CN', tip).split('\n');
  expect(lines.length).toBe(2);
  expect(lines.every((line) => wording.isFixed(line))).toBe(true);
});
