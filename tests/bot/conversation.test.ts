import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { begin } from '../../bot/dialog/flow.ts';
import { EMPTY_SESSION } from '../../bot/dialog/session.ts';
import { recordVisit } from '../../bot/flows/record-visit.ts';
import { update } from '../../server/services/batch.ts';
import { StaleBatch } from '../../server/store/commit.ts';
import { Phone } from '../support/phone.ts';
import {
  personalWords,
  startSmallCounty,
  WORKERS,
  workerId,
  type SmallCounty,
} from '../support/small-county.ts';

const open: SmallCounty[] = [];

async function county(): Promise<SmallCounty> {
  const started = await startSmallCounty();
  open.push(started);
  return started;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

/** One request as a phone on a bad network makes it: with a key, so that it can be made again. */
async function post(where: SmallCounty, account: string, body: object, key: string): Promise<number> {
  const answer = await fetch(`${where.url}/simulator/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ account, ...body }),
  });
  await answer.text();
  return answer.status;
}

/** What a county stored, without ids and times: two runs of the same conversation must agree on it. */
async function stored({ service }: SmallCounty): Promise<object> {
  const { client } = service.world.store;
  const [contacts, reports, entries, concerns, feedback, inbox, outbox] = await Promise.all([
    client.contact.findMany({ orderBy: { id: 'asc' } }),
    client.mandatoryReport.findMany({ orderBy: { number: 'asc' } }),
    client.reportEntry.findMany({ orderBy: { id: 'asc' } }),
    client.concern.findMany({ orderBy: { id: 'asc' } }),
    client.feedback.findMany(),
    client.inbox.findMany({ orderBy: { seq: 'asc' } }),
    client.outbox.findMany({ where: { kind: 'says' }, orderBy: { id: 'asc' } }),
  ]);
  const ids = [...reports, ...concerns, ...feedback, ...contacts].map((row) => row.id);
  // A database may leave a gap in its sequence where a repetition was ignored: the order counts, not the number.
  const turns = new Map(inbox.map((m, n) => [String(m.seq), String(n)]));
  const nameless = (key: string): string =>
    ids
      .reduce((k, id) => k.replaceAll(id, '*'), key)
      .replace(/^turn:(\d+)/, (_whole, seq: string) => `turn ${turns.get(seq) ?? seq}`)
      // A call's id is chance.
      .replace(/^(call(?:-nobody)?):[^:]+/, '$1');
  return {
    contacts: contacts.map((c) => [c.childId, c.mode, c.takenOn, c.childSeen, c.outcome, c.withdrawn]),
    reports: reports.map((r) => [r.number, r.state, r.childId, r.pagesSent]),
    entries: entries.map((e) => e.kind),
    concerns: concerns.map((c) => [c.childId, c.outcome, c.state, c.followUpOn]),
    feedback: feedback.length,
    inbox: inbox.map((m) => m.state),
    outbox: outbox.map((o) => [nameless(o.key), o.lane, o.state]),
  };
}

/** Words and presses; a press is named by its place in the newest message, so that two runs press the same thing. */
const ANY_DEED = fc.oneof(
  fc.constantFrom(
    ...[
      '今天去看了小明，见到孩子了，奶奶在',
      '联系了小红 电话 一切都好',
      '走访',
      '待办',
      '取消',
      '返回',
      '继续',
    ],
    ...[
      '撤回',
      '紧急',
      '说完了',
      '有担心',
      '等我走开',
      '方便',
      '1',
      '2',
      '奶奶',
      '昨天',
      '投诉建议',
      '胳膊上有淤青',
    ],
  ),
  fc.nat(5),
);
const PEOPLE = [WORKERS.zheng.account, WORKERS.luo.account, WORKERS.zhou.account];
const ANY_RUN = fc.array(fc.tuple(fc.constantFrom(...PEOPLE), ANY_DEED), { minLength: 6, maxLength: 14 });

async function run(
  events: readonly (readonly [string, string | number])[],
  trouble: (n: number) => { readonly twice: boolean; readonly restart: boolean },
): Promise<object> {
  const where = await startSmallCounty();
  try {
    for (const [n, [account, deed]] of events.entries()) {
      const { twice, restart } = trouble(n);
      if (restart) await where.restart();
      const newest = typeof deed === 'number' ? await newestOptions(where, account) : [];
      const option = typeof deed === 'number' ? newest[deed % Math.max(1, newest.length)] : undefined;
      const body = option === undefined ? { text: String(deed) } : { option: option };
      const statuses = await Promise.all(
        (twice ? [1, 2, 3] : [1]).map(() => post(where, account, body, `deed-${String(n)}`)),
      );
      expect(statuses.every((status) => status === 200)).toBe(true);
    }
    return await stored(where);
  } finally {
    await where.stop();
  }
}

async function newestOptions(where: SmallCounty, account: string): Promise<readonly string[]> {
  const messages = await new Phone(where, account).received();
  return messages.findLast((m) => m.options.length > 0)?.options.map((o) => o.id) ?? [];
}

describe('the inbound path on the whole service', () => {
  it('requests made twice or three times at once, and restarts at any point, change nothing of what is stored', async () => {
    await fc.assert(
      fc.asyncProperty(ANY_RUN, fc.infiniteStream(fc.nat(9)), async (events, chance) => {
        const dice = [...chance.take(events.length * 2)];
        const straight = await run(events, () => ({ twice: false, restart: false }));
        const troubled = await run(events, (n) => ({
          twice: (dice[n] ?? 0) < 4,
          restart: (dice[n + events.length] ?? 0) < 2,
        }));
        expect(troubled).toEqual(straight);
      }),
      { numRuns: 5 },
    );
  }, 180_000);

  it('two messages at once from one person are served one after the other, in the order they came', async () => {
    const where = await county();
    const phone = new Phone(where, WORKERS.zheng.account);
    await phone.say('投诉建议');
    const both = ['清单来得太早', '联系了小明 电话 一切都好', '联系了小红 电话 一切都好'];
    await Promise.all(both.map((text) => phone.say(text)));
    const inbox = await where.service.world.store.client.inbox.findMany({ orderBy: { seq: 'asc' } });
    expect(inbox.map((m) => m.state)).toEqual(['done', 'done', 'done', 'done']);
    const sent = await where.service.world.store.client.outbox.findMany({
      where: { causeSeq: { not: null } },
    });
    const turns = sent.sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap((o) => o.causeSeq ?? []);
    expect(turns).toEqual([...turns].sort((a, b) => a - b));
    const session = await where.service.world.store.client.dialogSession.findMany();
    expect(session.map((s) => s.rev)).toEqual([4]);
  });

  it('fifty messages of everybody at once are all answered, once each', async () => {
    const where = await county();
    const accounts = Object.values(WORKERS).map((w) => w.account);
    const phones = Array.from({ length: 50 }, (_, n) => accounts[n % accounts.length] ?? '');
    const answers = await Promise.all(phones.map((account) => new Phone(where, account).say('帮助')));
    expect(answers.every((replies) => replies.length === 1)).toBe(true);
    const { client } = where.service.world.store;
    expect(await client.inbox.count({ where: { state: 'done' } })).toBe(50);
  }, 60_000);

  it('two directors who record the same child in the same moment are both stored', async () => {
    const where = await county();
    const said = '联系了兰兰 电话 一切都好';
    const phones = [WORKERS.he, WORKERS.luo].map((w) => new Phone(where, w.account));
    const answers = await Promise.all(phones.map(async (phone) => (await phone.say(said))[0]?.text ?? ''));
    // Whoever comes second by a breath is asked whether it is the same call, and says that it is another.
    const asked = phones.filter((_phone, n) => answers[n]?.startsWith('这条好像已经记过') === true);
    await Promise.all(asked.map((phone) => phone.press('是另一次')));
    expect(asked.length).toBeLessThanOrEqual(1);
    expect(await where.service.world.store.client.contact.count()).toBe(2);
  });
});

describe('a session that cannot be read', () => {
  async function withSession(body: string): Promise<{ readonly where: SmallCounty; readonly phone: Phone }> {
    const where = await county();
    const phone = new Phone(where, WORKERS.zheng.account);
    await phone.say('今天去看了小明，作业没写完');
    await where.service.world.store.commit({
      guards: [],
      writes: [update('DialogSession', workerId('zheng'), { body })],
    });
    return { where, phone };
  }

  it('is told to the person, who goes on at once; nothing stored is touched', async () => {
    const { phone } = await withSession('{"v":1,"frames":');
    const replies = await phone.say('联系了小红 电话 一切都好');
    expect(replies.map((r) => r.text.slice(0, 3))).toEqual(['刚才没', '已保存']);
  });

  it('because its flow is gone is told as well', async () => {
    const frame = { ...begin(recordVisit, {}), flow: 'no-such-flow' };
    const { phone } = await withSession(JSON.stringify({ ...EMPTY_SESSION, frames: [frame] }));
    expect((await phone.say('帮助'))[0]?.text).toMatch(/^刚才没写完的/);
  });

  it('never stands in the way of 紧急', async () => {
    const { phone, where } = await withSession('no session at all');
    const replies = await phone.say('紧急');
    expect(replies.some((r) => r.text.includes('110'))).toBe(true);
    expect(await where.service.world.store.client.mandatoryReport.count()).toBe(1);
  });
});

describe('a turn that cannot be done', () => {
  it('because it loses every race holds up nobody else, and is done once the race is over', async () => {
    const where = await county();
    const { store } = where.service.world;
    const commit = store.commit.bind(store);
    let tries = 0;
    Object.assign(store, {
      commit: (batch: Parameters<typeof commit>[0], options?: Parameters<typeof commit>[1]) => {
        if (!batch.writes.some((w) => w.table === 'Feedback')) return commit(batch, options);
        tries += 1;
        return Promise.reject(new StaleBatch('somebody was faster'));
      },
    });
    const waiting = new Phone(where, WORKERS.zheng.account).say('投诉建议 清单来得太早');
    expect(await new Phone(where, WORKERS.luo.account).say('帮助')).toHaveLength(1);
    await where.service.conversation.quiet();
    expect(tries).toBeGreaterThan(1);
    Object.assign(store, { commit });
    where.service.conversation.kick();
    expect(await waiting).toHaveLength(1);
    expect(await store.client.feedback.count()).toBe(1);
  });

  it('is given up after a few tries: the person is told, the words are kept, the next ones work', async () => {
    const where = await county();
    const { store } = where.service.world;
    const phone = new Phone(where, WORKERS.zheng.account);
    const commit = store.commit.bind(store);
    const broken = Object.assign(store, {
      commit: (batch: Parameters<typeof commit>[0], options?: Parameters<typeof commit>[1]) =>
        batch.writes.some((w) => w.table === 'Feedback')
          ? Promise.reject(new Error('the disk is full'))
          : commit(batch, options),
    });
    const asked = phone.say('投诉建议 清单来得太早');
    for (let n = 0; n < 8; n += 1) {
      await new Promise((later) => setTimeout(later, 5));
      await where.service.conversation.quiet();
    }
    expect((await asked).map((r) => r.text)).toEqual([
      '这边出了点问题，您的话已经留下了。请过一分钟再说一遍。',
    ]);
    Object.assign(broken, { commit });
    const [inbox] = await store.client.inbox.findMany();
    expect(inbox).toMatchObject({ state: 'failed' });
    expect((await phone.say('待办'))[0]?.text).toMatch(/^有\d个孩子在等/);
    expect(where.log.join('\n')).not.toContain('清单来得太早');
  });
});

describe('what a stranger can think of, over HTTP', () => {
  const started = startSmallCounty();
  afterAll(async () => (await started).stop());
  const RUNS = { numRuns: 60 };
  const { account } = WORKERS.zheng;

  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.constantFrom(
      ...[
        "'; DROP TABLE Child; --",
        '<script>alert(1)</script>',
        '{{name}} {{lines}}',
        '$t(menu.todo)',
        '\u0000\u0001',
      ],
      ...[
        '\u202e小明',
        '小\u200b明',
        '👨‍👩‍👧‍👦',
        '\ud800',
        '\udfff小明',
        '长'.repeat(4000),
        '长'.repeat(4001),
        ' \n\t ',
      ],
      ...[
        '今天去看了小明{{child}}，奶奶在$t(record.saved)',
        'c:urgent',
        'q1.none',
        '%s%n',
        '🙂'.repeat(3000),
        '一',
      ],
    ),
  );

  async function raw(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const where = await started;
    return fetch(`${where.url}/simulator/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  }

  async function isWell(): Promise<void> {
    const where = await started;
    const phone = new Phone(where, account);
    // A report that is being told lets nobody cancel what lies below it.
    for (let n = 0; n < 2; n += 1) await phone.say('说完了');
    for (let n = 0; n < 4; n += 1) await phone.say('取消');
    await phone.say('中文');
    expect((await phone.say('联系了小明 电话 一切都好'))[0]?.text).toMatch(/^(已保存|这条好像已经记过)/u);
  }

  it('any text gets an answer or a clear refusal, and the next ordinary words work', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (text) => {
        const answer = await raw(JSON.stringify({ account, text }));
        const body = (await answer.json()) as { replies?: { text: string }[]; error?: { message: string } };
        expect(answer.status).toBeLessThan(500);
        expect(body.replies?.length ?? body.error?.message.length).toBeGreaterThan(0);
        expect(JSON.stringify(body.error ?? '')).not.toMatch(/Prisma|SQLITE|node_modules|at .*\.ts/);
      }),
      RUNS,
    );
    await isWell();
  }, 120_000);

  it('any option id does nothing it was not offered for', async () => {
    const where = await started;
    const before = await where.service.world.store.client.mandatoryReport.count();
    const anyId = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.string({ maxLength: 20 }).map((s) => `q1.${s}`),
      fc
        .tuple(
          fc.constantFrom('visit', 'contact', 'undo', 'todo', 'acknowledge', 'view-report', 'resume'),
          fc.string({ maxLength: 30 }),
        )
        .map(([word, target]) => `c:${word}:${target}`),
    );
    await fc.assert(
      fc.asyncProperty(anyId, async (option) => {
        const answer = await raw(JSON.stringify({ account, option }));
        await answer.text();
        expect(answer.status).toBeLessThan(500);
      }),
      RUNS,
    );
    expect(await where.service.world.store.client.mandatoryReport.count()).toBe(before);
    await isWell();
  }, 120_000);

  it('any JSON, and what only looks like it, is refused in a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string(), fc.constantFrom('{', '[]', 'null', '')),
        async (body) => {
          const answer = await raw(body);
          const read = (await answer.json()) as { error?: { code: string; message: string } };
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.status).toBeLessThan(500);
          expect(read.error?.message.length).toBeGreaterThan(0);
        },
      ),
      RUNS,
    );
    await isWell();
  }, 120_000);

  it('leaves nothing half-done behind, and nobody’s name in the log', async () => {
    const where = await started;
    const { client } = where.service.world.store;
    expect(await client.inbox.count({ where: { state: { not: 'done' } } })).toBe(0);
    expect(await client.outbox.count({ where: { state: { in: ['failed', 'sending'] } } })).toBe(0);
    const log = where.log.join('\n');
    expect(personalWords().filter((word) => log.includes(word))).toEqual([]);
  });
});
