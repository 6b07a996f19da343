import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkingRepertoire } from '../../../../bot/flows/repertoire.ts';
import { seedDemo } from '../../../../prisma/seed/demo-county.ts';
import { discreetly } from '../../../../server/assembly/telegram-discreet.ts';
import type { FrozenBody } from '../../../../server/jobs/outbox-worker-ports.ts';
import type { LocalDate } from '../../../../server/domain/local-date.ts';
import { loadWording } from '../../../../server/platform/wording.ts';
import { uuidIds } from '../../../../server/platform/ids.ts';
import type { OutboxRow } from '../../../../server/store/generated/tables.ts';
import { sampleFile } from '../../../support/sample-files.ts';
import { TelegramService } from '../../../support/telegram-service.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const CHATS = ['9300001', '9300002', '9300003', '9300004', '9300005', '9300006', '9300007'] as const;
const [DIRECTOR, SECOND, THIRD, SUPERVISOR, DESK, MOTHER, UNKNOWN] = CHATS;

let service: TelegramService;
beforeAll(async () => {
  service = await TelegramService.start({ env: { NODE_ENV: 'production', DATA_KEY: KEY, INDEX_KEY: KEY } });
  const { store } = service.running.service.world;
  await seedDemo(store, '2026-11-25' as LocalDate, () => uuidIds.next());
  for (const chat of CHATS) await service.telegram.say(chat, '/start');
  await service.answered();
  const staff = ['dir.00001', 'dir.00002', 'dir.00003', 'sup.001', 'county.desk'];
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

/** Everything that must never leave: names, telephones and addresses of everybody. */
async function personal(): Promise<readonly string[]> {
  const { store } = world();
  const [workers, children, guardians, carers, homes] = await Promise.all([
    client().worker.findMany(),
    client().child.findMany(),
    client().guardian.findMany(),
    client().carer.findMany(),
    client().household.findMany(),
  ]);
  const values = [
    ...workers.map((row) => store.open('Worker', row as never)).flatMap(({ name, phone }) => [name, phone]),
    ...children.map((row) => store.open('Child', row as never)).flatMap(({ name, school }) => [name, school]),
    ...guardians.map((row) => store.open('Guardian', row)).flatMap(({ name, phone }) => [name, phone]),
    ...carers.map((row) => store.open('Carer', row)).flatMap(({ name, phone }) => [name, phone]),
    ...homes.map((row) => store.open('Household', row)).map(({ address }) => address),
  ];
  return [...new Set(values.flatMap((value) => (value === null || value.length < 2 ? [] : [value])))];
}

/** Every word that is kept of what came in. */
async function keptWords(): Promise<string> {
  const rows = await client().inbox.findMany();
  return rows.map((row) => world().store.open('Inbox', row as never).body ?? '').join('\n');
}

/** Which of these values stand in what was sent to Telegram. */
const leaked = (values: readonly string[]): readonly string[] => {
  const sent = service.telegram.calls.map(({ raw }) => raw).join('\n');
  return values.filter((value) => sent.includes(value) || sent.includes(encodeURIComponent(value)));
};

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
});

it.each([
  ['菜单', 'kept'],
  ['收到 R-2026-000123', 'kept'],
  ['3', 'kept'],
  ['绑定 ABCD1234', 'kept'],
  ['收到 小明', 'refused'],
  ['13800138000', 'refused'],
  ['绑定 小明', 'refused'],
  ['sos', 'urgent'],
  ['求助', 'kept'],
  ['求助，小明被打了', 'urgent'],
])('of the words %s is %s', (words, fate) => {
  expect(discreetly(words, 'text')).toBe(fate);
});

it('a fixed line is one in which nothing is filled in', () => {
  const wording = loadWording();
  expect(wording.isFixed('菜单')).toBe(true);
  expect(wording.isFixed('王小明')).toBe(false);
});

it(
  'nobody in the county is named in what goes to Telegram, whatever is pressed',
  { timeout: 400_000 },
  async () => {
    const words = linkingRepertoire.commands.flatMap((command) => command.words.slice(0, 1));
    const speakers = [DIRECTOR, SECOND, THIRD, SUPERVISOR, SUPERVISOR, DESK, MOTHER];
    // Each word is said by somebody of each kind, and what it leads to is pressed three times.
    for (let at = 0; at < words.length; at += 3) {
      const saying = speakers.map((chat, n) => [chat, words[(at + (n % 3)) % words.length] ?? ''] as const);
      const once = new Map(saying);
      await Promise.all([...once].map(([chat, word]) => service.telegram.say(chat, word)));
      await service.answered();
      for (let step = 0; step < 3; step += 1) {
        await Promise.all(
          [...once.keys()].map(async (chat) => {
            const shown = service.telegram.phone(chat).findLast(({ buttons }) => buttons.length > 0);
            const button = shown?.buttons[(at + step) % shown.buttons.length];
            if (shown && button) await service.telegram.tell(service.telegram.press(chat, shown, button));
          }),
        );
        await service.answered();
      }
    }
    const values = await personal();
    expect(values.length).toBeGreaterThan(50);
    expect(leaked(values)).toEqual([]);
    expect(service.telegram.calls.filter(({ method }) => method === 'sendDocument')).toEqual([]);
    // There was something to keep: the same messages, as they would have gone elsewhere.
    const rows = await client().outbox.findMany();
    const bodies = rows.map(
      (row) => JSON.parse(world().store.open('Outbox', row as OutboxRow).body ?? '{}') as FrozenBody,
    );
    const written = JSON.stringify(bodies);
    expect(values.filter((value) => written.includes(value)).length).toBeGreaterThan(5);
    expect(service.telegram.calls.map(({ code }) => code)).not.toContain(400);
  },
);
