import { expect, it } from 'vitest';
import type { Store } from '../../server/store/store.ts';
import { Phone } from '../support/phone.ts';
import { HandClock, startService } from '../support/start-service.ts';
import { TelegramTestStage } from '../support/telegram-test-stage.ts';
import { WecomService } from '../support/wecom-service.ts';
import { DIRECTOR, SUPERVISOR } from '../support/wecom-tenant.ts';

const AT = '2026-11-25T02:10:00.000Z';

/** Two people on one platform. */
interface Stage {
  says(who: 'director' | 'supervisor', words: string): Promise<string>;
  presses(who: 'director' | 'supervisor', label: string): Promise<string>;
  readonly store: Store;
  stop(): Promise<void>;
}

async function onSimulator(): Promise<Stage> {
  const running = await startService({ clock: new HandClock(AT) });
  await running.service.beat();
  const phones = { director: new Phone(running, DIRECTOR), supervisor: new Phone(running, SUPERVISOR) };
  return {
    says: async (who, words) => (await phones[who].say(words)).at(-1)?.text ?? '',
    presses: async (who, label) => {
      const offered = (await phones[who].received()).flatMap(({ options }) => options);
      const id = offered.findLast((option) => option.label.startsWith(label))?.id ?? '';
      return (await phones[who].pressId(id)).at(-1)?.text ?? '';
    },
    store: running.service.world.store,
    stop: () => running.stop(),
  };
}

async function onWecom(): Promise<Stage> {
  const service = await WecomService.start({ at: AT });
  const ids = { director: DIRECTOR, supervisor: SUPERVISOR };
  return {
    says: (who, words) => service.says(ids[who], words),
    presses: (who, label) => service.presses(ids[who], label),
    store: service.running.service.world.store,
    stop: () => service.stop(),
  };
}

/** Both have taken their Telegram as theirs with a code they got elsewhere. */
async function onTelegram(): Promise<Stage> {
  const stage = await TelegramTestStage.start(AT);
  const chats = { director: 71, supervisor: 72 };
  for (const [who, account] of [
    ['director', DIRECTOR],
    ['supervisor', SUPERVISOR],
  ] as const) {
    const [reply] = await new Phone(stage.running, account).say('绑定手机');
    const code = /绑定 (\w{8})/u.exec(reply?.text ?? '')?.[1] ?? '';
    expect(await stage.says(chats[who], `/start ${code}`)).toContain('绑定好了');
  }
  return {
    says: (who, words) => stage.says(chats[who], words),
    presses: (who, label) => stage.presses(chats[who], label),
    store: stage.running.service.world.store,
    stop: () => stage.stop(),
  };
}

/** A whole visit, and a call for help that the supervisor takes. */
async function play({ says, presses }: Stage): Promise<void> {
  expect(await says('director', '今天去看了李小明，奶奶在，作业没写完')).toContain('见到李小明');
  expect(await presses('director', '见到了')).toContain('请看看对不对');
  expect(await presses('director', '未发现异常')).toContain('已保存');
  expect(await says('director', '紧急 李小明被打了')).toContain('R-2026-');
  expect(await presses('supervisor', '收到')).toContain('R-2026-');
}

/** What is on record of it, without ids and instants. */
async function records(store: Store): Promise<unknown> {
  const { client } = store;
  const visits = await client.contact.findMany({ where: { filedAt: { gte: AT } }, orderBy: { id: 'asc' } });
  const reports = await client.mandatoryReport.findMany();
  const entries = await client.reportEntry.findMany({ orderBy: { at: 'asc' } });
  const author = async (id: string | null): Promise<string | null> =>
    id === null ? null : ((await client.worker.findUnique({ where: { id } }))?.account ?? null);
  return {
    visits: await Promise.all(
      visits.map(async (row) => {
        const { mode, takenOn, childSeen, note, childId, authorId } = store.open('Contact', row as never);
        const child = await client.child.findUniqueOrThrow({ where: { id: childId } });
        return { mode, takenOn, childSeen, note, child: child.code, author: await author(authorId) };
      }),
    ),
    reports: await Promise.all(
      reports.map(async ({ number, state, acknowledgedBy, reporterId }) => ({
        number,
        state,
        taken: await author(acknowledgedBy),
        reporter: await author(reporterId),
      })),
    ),
    entries: entries.map(({ kind }) => kind).sort(),
  };
}

it(
  'the same words and presses leave the same records, on the simulator, on WeCom and on Telegram',
  { timeout: 300_000 },
  async () => {
    const seen: unknown[] = [];
    for (const open of [onSimulator, onWecom, onTelegram]) {
      const stage = await open();
      try {
        await play(stage);
        seen.push(await records(stage.store));
      } finally {
        await stage.stop();
      }
    }
    const [simulator, wecom, telegram] = seen;
    expect(simulator).toMatchObject({
      visits: [{ mode: 'home', childSeen: true, takenOn: '2026-11-25', author: DIRECTOR }],
      reports: [{ number: 'R-2026-000001', state: 'acknowledged', taken: SUPERVISOR, reporter: DIRECTOR }],
    });
    expect(wecom).toEqual(simulator);
    expect(telegram).toEqual(simulator);
  },
);
