import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkingRepertoire } from '../../../../bot/flows/repertoire.ts';
import { seedDemo } from '../../../../prisma/seed/demo-county.ts';
import { DEMO_COUNTY, demoVillageCode } from '../../../../prisma/seed/demo-roster.ts';
import { digestedAs } from '../../../../server/domain/family/invitation.ts';
import type { LocalDate } from '../../../../server/domain/local-date.ts';
import type { FrozenBody } from '../../../../server/jobs/outbox-worker-ports.ts';
import { uuidIds } from '../../../../server/platform/ids.ts';
import { insert } from '../../../../server/services/batch.ts';
import {
  TABLES,
  type OutboxRow,
  type Rows,
  type TableName,
} from '../../../../server/store/generated/tables.ts';
import { winterBreak } from '../../../support/campaign-families.ts';
import { TelegramService } from '../../../support/telegram-service.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const DIRECTORS = ['9400011', '9400012', '9400013'] as const;
const SUPERVISORS = ['9400021', '9400022', '9400023'] as const;
/** One desk with three phones, so that it says every word as fast as the others. */
const DESKS = ['9400031', '9400032', '9400033'] as const;
const MOTHERS = ['9400041', '9400042', '9400043'] as const;
const STRANGERS = ['9400051', '9400052', '9400053'] as const;
const KINDS = [DIRECTORS, SUPERVISORS, DESKS, MOTHERS, STRANGERS] as const;
/** Nobody knows this grandfather yet: he binds with the code on his paper. */
const GRANDFATHER = '9400061';
const CHATS = [...KINDS.flat(), GRANDFATHER];
/** Stands in whatever anybody tells; it is nobody's word of the program. */
const TOLD = '桂花树下那一家';

let service: TelegramService;
beforeAll(async () => {
  service = await TelegramService.start({ env: { NODE_ENV: 'production', DATA_KEY: KEY, INDEX_KEY: KEY } });
  const { store } = world();
  await seedDemo(store, '2026-11-25' as LocalDate, () => uuidIds.next());
  for (const chat of CHATS) await service.telegram.say(chat, '/start');
  await service.answered();
  for (const [n, chat] of DIRECTORS.entries()) await service.link(chat, `dir.0000${String(n + 1)}`);
  for (const [n, chat] of SUPERVISORS.entries()) await service.link(chat, `sup.00${String(n + 1)}`);
  for (const chat of DESKS) await service.link(chat, 'county.desk');
  const children = await Promise.all(MOTHERS.map((chat, n) => bind(chat, demoVillageCode(n), n < 2)));
  await store.commit({
    guards: [],
    writes: [...winterBreak(DEMO_COUNTY, '2026-12-05', '2026-12-06'), ...children.slice(0, 2).map(visitOf)],
  });
  await invite(children[0]?.childId ?? '');
}, 120_000);
afterAll(() => service.stop());

const world = () => service.running.service.world;
const client = () => world().store.client;

/** The phone is the mother's of a child in this village, who works away or is at home. */
async function bind(
  chat: string,
  villageCode: string,
  isAway: boolean,
): Promise<{ childId: string; directorId: string }> {
  const children = await client().child.findMany({ where: { villageCode, tier: { not: 'high' } } });
  const bond = await client().guardianship.findFirstOrThrow({
    where: { childId: { in: children.map(({ id }) => id) } },
  });
  if (!isAway)
    await client().guardianship.updateMany({
      where: { guardianId: bond.guardianId },
      data: { awaySince: null, workplace: null },
    });
  await client().chatAccount.update({
    where: { channel_externalId: { channel: 'telegram', externalId: chat } },
    data: { personKind: 'guardian', personId: bond.guardianId, linkedAt: '2026-11-25T02:00:00.000Z' },
  });
  const { workerId: directorId } = await client().assignment.findFirstOrThrow({ where: { villageCode } });
  return { childId: bond.childId, directorId };
}

/** Somebody goes there on Friday, and nobody at home has been told. */
function visitOf({ childId, directorId }: { childId: string; directorId: string }, n: number) {
  const at = '2026-11-25T02:00:00.000Z';
  return insert('VisitAppointment', {
    ...{
      id: `visit-${String(n)}`,
      childId,
      tripId: null,
      directorId,
      onDay: '2026-11-27',
      daypart: 'afternoon',
    },
    ...{ state: 'planned', told: false, toldAt: null, owed: 'announce', nextAt: at, reminded: false },
    ...{
      atHome: false,
      wishText: null,
      wishOn: null,
      wishPart: null,
      supersedesId: null,
      doneById: null,
      createdAt: at,
      rev: 1,
    },
  });
}

/** The grandfather of this child sends the code on his paper and agrees to everything. */
async function invite(childId: string): Promise<void> {
  const { store } = world();
  const { carerId } = await client().careArrangement.findFirstOrThrow();
  const { workerId } = await client().assignment.findFirstOrThrow({
    where: { villageCode: demoVillageCode(0) },
  });
  const times = { madeAt: '2026-11-25T02:00:00.000Z', expiresAt: '2026-12-02T02:00:00.000Z' };
  const row = { id: 'invitation', codeIndex: store.sealing.blindIndex('audit', digestedAs('7K3MQ9TA')) };
  const about = { personKind: 'carer', personId: carerId, childId, madeBy: workerId } as const;
  await store.commit({
    guards: [],
    writes: [insert('Invitation', { ...row, ...about, ...times, usedAt: null, usedBy: null, rev: 1 })],
  });
  await service.says(GRANDFATHER, '绑定 7K3MQ9TA');
  await service.taps(GRANDFATHER, '同意');
  await service.taps(GRANDFATHER, '想收');
}

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

/** Which of these values stand in what was sent to Telegram. */
const leaked = (values: readonly string[]): readonly string[] => {
  const sent = service.telegram.calls.map(({ raw }) => raw).join('\n');
  return values.filter((value) => sent.includes(value) || sent.includes(encodeURIComponent(value)));
};

/** Every chat presses one of the buttons it was shown last. */
async function allPress(chats: readonly string[], nth: number): Promise<void> {
  await Promise.all(
    chats.map(async (chat) => {
      const shown = service.telegram.phone(chat).findLast(({ buttons }) => buttons.length > 0);
      const button = shown?.buttons[nth % shown.buttons.length];
      if (shown && button) await service.telegram.tell(service.telegram.press(chat, shown, button));
    }),
  );
  await service.answered();
}

/** The safety notices that were proposed, as if the desk had read them elsewhere and agreed. */
async function approveNotices(): Promise<void> {
  const answered = { answeredBy: null, answeredAt: world().clock.now().toISOString() };
  await client().campaign.updateMany({
    where: { state: 'proposed' },
    data: { state: 'approved', people: 3, ...answered },
  });
}

/** What has to have come for the test to have looked at it, by the beginnings of the keys of the outbox. */
const COMES_BY_ITSELF = [
  ...['binding', 'campaign', 'campaign-proposed', 'county-table', 'digest', 'nudge', 'reachability'],
  ...['tip', 'visit'],
];

/** When something comes by itself: tips, lists, the evening before a visit, a parent's reminder, the table of a desk. */
const MOMENTS = [
  '2026-11-25T11:31:00.000Z',
  '2026-11-25T23:31:00.000Z',
  '2026-11-26T10:31:00.000Z',
  '2026-11-29T02:31:00.000Z',
  '2026-11-30T00:31:00.000Z',
];

describe('in production nobody in the county is named in what goes to Telegram', () => {
  it(
    'whatever comes by itself in a week, and whatever is pressed below it',
    { timeout: 200_000 },
    async () => {
      for (const chat of MOTHERS) await service.says(chat, '订阅');
      for (const [n, moment] of MOMENTS.entries()) {
        service.clock.pass(Date.parse(moment) - service.clock.now().getTime());
        await service.answered();
        await approveNotices();
        await allPress([...DIRECTORS, ...SUPERVISORS, ...DESKS], n);
      }
      for (let n = 0; n < 3; n += 1) await allPress(CHATS, n);
      const rows = await client().outbox.findMany({ select: { key: true } });
      const kinds = [...new Set(rows.map(({ key }) => key.split(':')[0] ?? ''))];
      expect(kinds).toEqual(expect.arrayContaining(COMES_BY_ITSELF));
      await expectNobodyNamed();
    },
  );

  it('whatever anybody says, and whatever is pressed below the answer', { timeout: 400_000 }, async () => {
    const words = linkingRepertoire.commands.flatMap((command) => command.words.slice(0, 1));
    for (let at = 0; at < words.length; at += 3) {
      // Each word is said by somebody of each kind, the first time with more behind it.
      for (const kind of KINDS)
        for (const [n, chat] of kind.entries()) {
          const word = words[(at + n) % words.length] ?? '';
          await service.telegram.say(chat, `${word}，${TOLD}`);
          await service.telegram.say(chat, word);
        }
      await service.answered();
      for (let step = 0; step < 2; step += 1) await allPress(KINDS.flat(), at + step);
    }
    await expectNobodyNamed();
  });
});

async function expectNobodyNamed(): Promise<void> {
  const values = await personal();
  expect(values.length).toBeGreaterThan(50);
  expect(leaked([...values, TOLD])).toEqual([]);
  expect(service.telegram.calls.filter(({ method }) => method === 'sendDocument')).toEqual([]);
  expect(service.telegram.calls.map(({ code }) => code)).not.toContain(400);
  // There was something to keep: the same messages, as they would have gone elsewhere.
  const rows = await client().outbox.findMany();
  const bodies = rows.map(
    (row) => JSON.parse(world().store.open('Outbox', row as OutboxRow).body ?? '{}') as FrozenBody,
  );
  const written = JSON.stringify(bodies);
  expect(values.filter((value) => written.includes(value)).length).toBeGreaterThan(5);
  // And of what people told nothing was kept, in no table.
  expect(written).not.toContain(TOLD);
  for (const table of Object.keys(TABLES) as TableName[])
    expect(await everythingIn(table), table).not.toContain(TOLD);
}

/** All of a table, opened, as one text. */
async function everythingIn(table: TableName): Promise<string> {
  const rows = await world().store.database.client.$queryRawUnsafe<Rows[TableName][]>(
    `SELECT * FROM "${table}"`,
  );
  return JSON.stringify(
    rows.map((row) => world().store.open(table, row)),
    (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value),
  );
}
