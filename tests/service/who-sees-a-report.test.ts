import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  inStep,
  OF_REPORTS,
  pressesEverything,
  readable,
  saysEverything,
  type Answers,
} from '../support/probes.ts';
import { AROUND, EVERYBODY, startReportCounty, substitutes, type Around } from '../support/report-county.ts';
import {
  endedWell,
  JOINED,
  MARKS,
  NUMBER,
  phoneOf,
  reports,
  reportsAgain,
  toldPolice,
  walkTo,
} from '../support/report-course.ts';
import { WORKERS, type SmallCounty } from '../support/small-county.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Those whom the ladder had reached when the supervisor took the report after 25 minutes. */
const TOLD: readonly Around[] = ['the supervisor', 'the deputy', 'the county desk'];
const REPORTER: Around = 'the reporting director';

/**
 * Who reads what of a report (domain rules §5.6: reporter and child are visible to the named recipients only; §5.8: the
 * outcome goes back to the reporter). Whoever does not stand in a line does not see it, and nobody else learns that
 * there is a report at all.
 */
const SEES: Readonly<Record<string, { readonly mark: string; readonly seen: readonly Around[] }>> = {
  'that it exists, its number': { mark: NUMBER, seen: [REPORTER, ...TOLD] },
  'the number of the one that went into it': {
    mark: JOINED,
    seen: [REPORTER, 'the supervisor'],
  },
  'what was said in that one': { mark: MARKS.joined, seen: TOLD },
  'the story': { mark: MARKS.story, seen: TOLD },
  'the child in the words of the reporter': { mark: MARKS.child, seen: TOLD },
  'the place': { mark: MARKS.place, seen: TOLD },
  'the kind': { mark: `情况：${MARKS.kind}`, seen: TOLD },
  'who reported': { mark: `报告人：${WORKERS.zheng.name}`, seen: TOLD },
  'the voice message': { mark: '语音20秒，见下面', seen: TOLD },
  'the police station': { mark: MARKS.station, seen: TOLD },
  'the number at the police': { mark: MARKS.policeNumber, seen: TOLD },
  'the outcome': { mark: MARKS.outcome, seen: TOLD },
  'what the reporter is told of it': { mark: MARKS.reply, seen: [REPORTER] },
  'who took it': { mark: `${WORKERS.zhou.name}已收到`, seen: [REPORTER, ...TOLD] },
};

interface Probed {
  readonly answers: Answers;
  readonly pressed: Answers;
  readonly files: readonly number[];
  /** Everything that came to this phone until three days later. */
  readonly received: readonly string[];
}

/** What everybody hears on the next day, and in the three days after; `reportIds` and `fileId` are those of the report. */
async function probe(
  county: SmallCounty,
  reportIds: readonly string[],
  fileId: string,
): Promise<Map<Around, Probed>> {
  await walkTo(county, '11-24 10:00');
  const step = inStep(EVERYBODY.length);
  const heard = await Promise.all(
    EVERYBODY.map(async (who) => {
      const phone = phoneOf(county, who);
      const answers = await saysEverything(phone, undefined, step);
      const pressed = new Map<string, readonly string[]>();
      for (const [n, id] of reportIds.entries())
        for (const [button, answer] of await pressesEverything(phone, id, undefined, step))
          pressed.set(`${button.slice(0, -1)} ${String(n + 1)}]`, answer);
      return [who, { answers, pressed, files: [(await phone.fetchFile(fileId)).status] }] as const;
    }),
  );
  return new Map(heard.map(([who, one]) => [who, { ...one, received: [] }]));
}

async function received(county: SmallCounty, who: Around): Promise<string[]> {
  return (await phoneOf(county, who).received()).map(readable);
}

describe('a report that runs its whole course', () => {
  let told: SmallCounty;
  /** The same county in the same days, in which nobody reports anything. */
  let quiet: SmallCounty;
  let inTold: Map<Around, Probed>;
  let inQuiet: Map<Around, Probed>;
  /** Its own, and that of the one that went into it. */
  let reportIds: readonly string[] = [];

  beforeAll(async () => {
    [told, quiet] = await Promise.all([startReportCounty(), startReportCounty()]);
    for (const county of [told, quiet]) {
      await county.service.world.store.commit({ guards: [], writes: [substitutes()] });
      await walkTo(county, '11-23 09:00');
    }
    await reports(told);
    await walkTo(told, '11-23 09:12');
    await reportsAgain(told);
    await walkTo(told, '11-23 09:25');
    const taker = phoneOf(told, 'the supervisor');
    await taker.say('收到');
    await toldPolice(taker);
    await taker.say(`查看 ${NUMBER}`);
    await taker.say(`通报 ${NUMBER}`);
    await endedWell(taker);
    for (const who of [REPORTER, 'the supervisor'] as const) await phoneOf(quiet, who).say('菜单');
    const { client } = told.service.world.store;
    reportIds = await Promise.all(
      [NUMBER, JOINED].map(
        async (number) => (await client.mandatoryReport.findUniqueOrThrow({ where: { number } })).id,
      ),
    );
    const file = await client.storedFile.findFirstOrThrow();
    [inTold, inQuiet] = await Promise.all([
      probe(told, reportIds, file.id),
      probe(quiet, reportIds, file.id),
    ]);
    await taker.say(`回复报告人 ${NUMBER}`);
    await taker.say(`${MARKS.reply}，谢谢您`);
    for (const [county, probed] of [
      [told, inTold],
      [quiet, inQuiet],
    ] as const) {
      await walkTo(county, '11-27 12:00');
      for (const [who, one] of probed) probed.set(who, { ...one, received: await received(county, who) });
    }
  });
  afterAll(async () => {
    await told.stop();
    await quiet.stop();
  });

  /** What somebody read because there was a report; their own words come back to them in both counties. */
  const newTo = (who: Around): readonly string[] => {
    const anyway = new Set(inQuiet.get(who)?.received);
    return inTold.get(who)?.received.filter((text) => !anyway.has(text)) ?? [];
  };

  it.each(Object.entries(SEES))('%s is read by those who are named, and by nobody else', (_what, one) => {
    const who = EVERYBODY.filter((person) => newTo(person).some((text) => text.includes(one.mark)));
    expect(who).toEqual(EVERYBODY.filter((person) => one.seen.includes(person)));
  });

  const outsiders = EVERYBODY.filter((who) => who !== REPORTER && !TOLD.includes(who));

  it.each(outsiders)('%s reads to the letter what they would read if there were no report', (who) => {
    const [here, there] = [inTold.get(who), inQuiet.get(who)];
    expect(here?.answers).toEqual(there?.answers);
    expect(here?.pressed).toEqual(there?.pressed);
    expect(here?.files).toEqual([404]);
    expect(here?.received.toSorted()).toEqual(there?.received.toSorted());
  });

  it.each([REPORTER, ...TOLD])(
    'no list, card, history, log, table, text or form of %s differs for it',
    (who) => {
      const neutral = (answers: Answers | undefined): [string, readonly string[]][] =>
        [...(answers ?? [])].filter(([probe]) => !OF_REPORTS.has(probe.replace(/^\[|\]$| .*$/gu, '')));
      expect(neutral(inTold.get(who)?.answers)).toEqual(neutral(inQuiet.get(who)?.answers));
      expect(neutral(inTold.get(who)?.pressed)).toEqual(neutral(inQuiet.get(who)?.pressed));
    },
  );

  it.each(outsiders)('a guessed number answers %s like one that was never given out', async (who) => {
    const phone = phoneOf(told, who);
    const [guessed, joined, never] = [NUMBER, JOINED, 'R-2026-000999'].map((number) => async () => {
      const answers: string[] = [];
      for (const word of ['查看', '收到', '进展', '办结', '误报', '通报', '回复报告人'])
        answers.push(...(await phone.say(`${word} ${number}`)).map(readable));
      return answers;
    });
    const unknown = await never?.();
    expect([await guessed?.(), await joined?.()]).toEqual([unknown, unknown]);
  });

  it('nobody who was not told has read a line of it, taken it or gone on with it', async () => {
    const { client } = told.service.world.store;
    const report = await client.mandatoryReport.findUniqueOrThrow({ where: { number: NUMBER } });
    const may = [...TOLD, REPORTER].map((who) => AROUND[who]);
    const ids = (await client.worker.findMany({ where: { account: { in: may } } })).map(({ id }) => id);
    const [entries, access] = await Promise.all([
      client.reportEntry.findMany({ where: { reportId: { in: [...reportIds] }, byId: { notIn: ids } } }),
      client.accessRow.findMany({ where: { reportId: { in: [...reportIds] }, workerId: { notIn: ids } } }),
    ]);
    expect([entries, access]).toEqual([[], []]);
    expect([report.state, await client.mandatoryReport.count()]).toEqual(['closed', 2]);
  });

  it('stands in no log line and on no page of the service, and lies sealed in the database', async () => {
    const pages = ['/metrics', '/readyz', '/healthz', '/simulator/activity', '/simulator/people'];
    const shown = await Promise.all(pages.map(async (page) => (await fetch(`${told.url}${page}`)).text()));
    const open = [...told.log, ...shown].join('\n');
    expect(
      [NUMBER, JOINED, ...reportIds, ...Object.values(MARKS)].filter((mark) => open.includes(mark)),
    ).toEqual([]);
    const files = readdirSync(told.dataDir).map((file) => readFileSync(join(told.dataDir, file)));
    expect(Object.values(MARKS).filter((mark) => files.some((bytes) => bytes.includes(mark)))).toEqual([]);
    expect(files.some((bytes) => bytes.includes(NUMBER))).toBe(true); // the number is no secret of the database
  });

  it('is said by no command of whoever runs the service, and lies sealed in a backup', async () => {
    const backup = join(told.dataDir, 'backup-of-the-test.db');
    const said = [
      await commandSays(told, 'backup', '--to', backup),
      await commandSays(told, 'restore-check', backup),
      await commandSays(told, 'policy'),
      await commandSays(told, 'partners'),
      await commandSays(told, 'wecom-check'),
    ].join('\n');
    expect(said).toContain('可以恢复');
    expect([NUMBER, JOINED, ...reportIds, ...Object.values(MARKS)].filter((m) => said.includes(m))).toEqual(
      [],
    );
    const bytes = readFileSync(backup);
    expect(Object.values(MARKS).filter((mark) => bytes.includes(mark))).toEqual([]);
  });
});

/** Everything a command prints, of a service that is running. */
function commandSays({ dataDir }: SmallCounty, name: string, ...args: string[]): Promise<string> {
  const file = fileURLToPath(new URL(`../../server/${name}-command.ts`, import.meta.url));
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'development',
    DATABASE_URL: `file:${join(dataDir, 'hutong.db')}`,
  };
  return new Promise((resolve) => {
    const command = ['--import', import.meta.resolve('tsx'), file, ...args];
    execFile(process.execPath, command, { env, cwd: dataDir }, (_failed, out, err) => {
      resolve(`${out}${err}`);
    });
  });
}
